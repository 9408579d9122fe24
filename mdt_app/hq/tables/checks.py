"""Records checks and hit confirmations through the message switch."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from mdt_app.hq.tables.base import Moment, Position, metadata

# `state`: queued, asked, answered, timed_out. `times`: how often the switch was asked. Whose it is: `hq/leases`.
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
    Column("state", String(12), nullable=False),
    Column("times", Integer, nullable=False),
    Column("held_by", String(40), nullable=False),
    Column("held_until", Moment, nullable=False),
    Index("confirmations_open", "state", "held_until"),
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

# An inquiry without an answer is still out, or its worker died; `times`: how often the switch was asked.
checks = Table(
    "checks",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("check_id", String(200), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("ori", String(9), nullable=False),
    Column("inquiry", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", String(20)),
    Column("answered_at", Moment),
    Column("response", Text),
    Column("times", Integer, nullable=False),
    Index("checks_by_id", "car_id", "check_id", unique=True),
    Index("checks_by_answer", "answer", "asked_at"),
)
