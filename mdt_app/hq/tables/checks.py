"""Records checks and hit confirmations through the message switch."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from mdt_app.hq.tables.base import Moment, Position, metadata

confirmations = Table(
    "confirmations",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("request_id", String(200), nullable=False, unique=True),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("ori", String(9), nullable=False),
    Column("inquiry", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("final", Boolean, nullable=False),
)

# Rows are only ever added; a request can have several (in process, then confirmed).
confirmation_replies = Table(
    "confirmation_replies",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("request_id", String(200), ForeignKey("confirmations.request_id"), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("answer", String(20), nullable=False),
    Column("who", String(200), nullable=False),
    Column("until_minutes", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("response", Text, nullable=False),
    Index("confirmation_replies_by_car", "car_id", "position"),
)

checks = Table(
    "checks",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("check_id", String(200), nullable=False, index=True),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("ori", String(9), nullable=False),
    Column("inquiry", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", String(20)),
    Column("answered_at", Moment),
    Column("response", Text),
)
