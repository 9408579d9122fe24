"""What stands out in the field: cars' states, who is told of alerts, fixed readers and the hits passed on to cars."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from mdt_app.hq.tables.base import Moment, Position, metadata

# What each car said of itself last; the record is in its events.
car_states = Table(
    "car_states",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("received_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
)

# Who is told of which category of hits; a route that has ended stays on record.
alert_routes = Table(
    "alert_routes",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("category", String(40), nullable=False),
    Column("address", String(200), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", String(200)),
    Index("alert_routes_by_category", "category", "ended_at"),
)

alert_notices = Table(
    "alert_notices",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("category", String(40), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("address", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("seen_at", Moment),
    UniqueConstraint("event_id", "address"),
    Index("alert_notices_by_address", "address", "seen_at"),
)

# A mail for each notice whose address takes mail; whose it is while it is sent: `hq/leases`.
alert_mails = Table(
    "alert_mails",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("category", String(40), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("address", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("fault", String(100), nullable=False),
    Column("held_by", String(40), nullable=False),
    Column("held_until", Moment, nullable=False),
    UniqueConstraint("event_id", "address"),
    Index("alert_mails_due", "state", "next_at"),
)

# Fixed and portable readers: what they speak, where they stand, and which duties hear of their hits.
readers = Table(
    "readers",
    metadata,
    Column("reader_id", String(200), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("area", String(200), nullable=False),
    Column("duties", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("heard_at", Moment),
)

# Where each car works and as what; a car without a row hears of no other camera.
car_duties = Table(
    "car_duties",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("areas", Text, nullable=False),
    Column("duty", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
)

# A short queue for the cars' polls; the record of a reader's hit is an event like any other.
reader_hits = Table(
    "reader_hits",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("read_id", String(200), nullable=False, unique=True),
    Column("reader_id", String(200), nullable=False),
    Column("area", String(200), nullable=False),
    Column("duties", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Index("reader_hits_by_area", "area", "position"),
)
