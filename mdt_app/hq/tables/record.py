"""What cars sent: events, bulk reads, chains and heads, what was refused, and what a supervisor has to look at."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Float, Index, Integer, String, Table, Text, text

from mdt_app.hq.tables.base import Moment, Position, metadata

events = Table(
    "events",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", String(200), nullable=False, unique=True),
    Column("car_id", String(200), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Index("events_by_subject", "subject", "kind"),
    Index("events_by_kind", "kind", "received_at"),
    Index("events_by_receipt", "received_at"),
    # An empty digest marks what retention has emptied.
    Index(
        "events_to_purge",
        "received_at",
        sqlite_where=text("content_sha256 <> ''"),
        postgresql_where=text("content_sha256 <> ''"),
    ),
    # Two requests at once can't both record a stop of one hit.
    Index(
        "one_stop_a_hit",
        "subject",
        unique=True,
        sqlite_where=text("kind = 'stop.recorded'"),
        postgresql_where=text("kind = 'stop.recorded'"),
    ),
)

# Compared by bytes on PostgreSQL too, so that a plate's beginning is a range of the index.
Key = String(20).with_variant(String(20, collation="C"), "postgresql")

# Bulk reads, of which there are far more than of anything else. `day` is the day that the event's id was made on
# (hq/read_days.py): on PostgreSQL a partition each, so that a day goes at once; in SQLite one table. `backwards` is the
# plate from its end, for whoever remembers that; what a search asks stands in columns (hq/seen_columns.py).
reads = Table(
    "reads",
    metadata,
    Column("day", Date, primary_key=True),
    Column("event_id", String(200), primary_key=True),
    Column("car_id", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("plate", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("backwards", Key, nullable=False, server_default=""),
    Column("state", String(2), nullable=False, server_default=""),
    Column("camera", String(40), nullable=False, server_default=""),
    Column("color", String(40), nullable=False, server_default=""),
    Column("make", String(40), nullable=False, server_default=""),
    Column("body", String(40), nullable=False, server_default=""),
    Column("lat", Float),
    Column("lon", Float),
    Index("reads_by_plate", "plate", "at"),
    Index("reads_by_end", "backwards", "at"),
    Index("reads_by_receipt", "received_at"),
    postgresql_partition_by="RANGE (day)",
)

flags = Table(
    "flags",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", String(200), nullable=False, unique=True),
    Column("reason", String(40), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(200)),
    Column("closed_words", Text),
    Index("flags_open", "closed_at", "raised_at"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("content", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("times", Integer, nullable=False),
    Column("subject", String(200), nullable=False, server_default=""),
    Index("alarms_by_content", "content_sha256", "reason", unique=True),
)

# How far headquarters has followed each car's audit chain; a generation ends when its chain is begun anew.
heads = Table(
    "heads",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("digest", String(200), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("forked_at", Moment),
    Column("moved_at", Moment, nullable=False),
)

# Each row of a car's chain that was taken in. An empty `previous`: known from a signed head, not delivered yet.
links = Table(
    "links",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("previous", String(200), nullable=False),
    Column("digest", String(200), nullable=False),
)
