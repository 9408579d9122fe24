"""What a search asks of bulk reads, as columns of theirs; the ones that are there get them from their content."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from mdt_app.hq.seen_columns import seen_columns

revision = "0015"
down_revision = "0014"

_SLICE = 1000
_WORDS = {"state": 2, "camera": 40, "color": 40, "make": 40, "body": 40}


def upgrade() -> None:
    """Add the columns, fill them, and have plates compared by bytes."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    key = sa.String(20, collation="C") if on_postgresql else sa.String(20)
    if on_postgresql:
        op.alter_column("reads", "plate", type_=key, existing_type=sa.String(20), existing_nullable=False)
    op.add_column("reads", sa.Column("backwards", key, nullable=False, server_default=""))
    for name, length in _WORDS.items():
        op.add_column("reads", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    for name in ("lat", "lon"):
        op.add_column("reads", sa.Column(name, sa.Float))
    _fill(op.get_bind())
    op.create_index("reads_by_end", "reads", ["backwards", "at"])


def _fill(connection: sa.Connection) -> None:
    named = ("day", "event_id", "content", "backwards", "lat", "lon", *_WORDS)
    reads = sa.table("reads", sa.column("day", sa.Date), *(sa.column(name) for name in named if name != "day"))
    key = sa.tuple_(reads.c.day, reads.c.event_id)
    page = sa.select(reads.c.day, reads.c.event_id, reads.c.content).order_by(reads.c.day, reads.c.event_id)
    rows = connection.execute(page.limit(_SLICE)).all()
    while rows:
        for row in rows:
            found = seen_columns(json.loads(row.content)["body"])
            del found["plate"]
            this = (reads.c.day == row.day) & (reads.c.event_id == row.event_id)
            connection.execute(sa.update(reads).where(this).values(found))
        rows = connection.execute(page.where(key > sa.tuple_(rows[-1].day, rows[-1].event_id)).limit(_SLICE)).all()
