"""Alerts forwarded by mail, queued until they are sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Create the table."""
    moment = sa.String(27)
    op.create_table(
        "alert_mails",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("hit_id", sa.String(200), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("fault", sa.String(100), nullable=False),
        sa.Column("held_by", sa.String(40), nullable=False),
        sa.Column("held_until", moment, nullable=False),
        sa.UniqueConstraint("event_id", "address"),
    )
    op.create_index("alert_mails_due", "alert_mails", ["state", "next_at"])
