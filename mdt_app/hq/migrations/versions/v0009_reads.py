"""Bulk reads in a table of their own, partitioned by day on PostgreSQL; the ones that are there move into it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_MOMENT = sa.String(27)
_SLICE = 1000
_VERSION_7 = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SAME = ("event_id", "car_id", "subject", "at", "received_at", "content", "content_sha256")


def upgrade() -> None:
    """Create the table, and move the reads."""
    reads = op.create_table(
        "reads",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("event_id", sa.String(200), primary_key=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("plate", sa.String(20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        postgresql_partition_by="RANGE (day)",
    )
    op.create_index("reads_by_plate", "reads", ["plate", "at"])
    op.create_index("reads_by_receipt", "reads", ["received_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("CREATE TABLE reads_rest PARTITION OF reads DEFAULT"))
    _move(op.get_bind(), reads)


def _move(connection: sa.Connection, reads: sa.Table) -> None:
    columns: list[sa.ColumnClause[Any]] = [sa.column("position"), *(sa.column(name) for name in _SAME)]
    events = sa.table("events", *columns, sa.column("kind"))
    oldest = sa.select(*columns).where(events.c.kind == "read").order_by(events.c.position).limit(_SLICE)
    while rows := connection.execute(oldest).mappings().all():
        connection.execute(sa.insert(reads), [_moved(row) for row in rows])
        gone = [row["position"] for row in rows]
        connection.execute(sa.delete(events).where(events.c.position.in_(gone)))


def _moved(row: Any) -> dict[str, Any]:
    plate = json.loads(row["content"])["body"].get("plate")
    key = "".join(sign for sign in str(plate or "").upper() if sign.isascii() and sign.isalnum()).replace("O", "0")
    return {**{name: row[name] for name in _SAME}, "day": _day(row["event_id"]), "plate": key[:20]}


def _day(event_id: str) -> date:
    made = _VERSION_7.fullmatch(event_id)
    try:
        return datetime.fromtimestamp(int(made[1] + made[2], 16) / 1000, UTC).date() if made else date.min
    except (ValueError, OverflowError, OSError):
        return date.min
