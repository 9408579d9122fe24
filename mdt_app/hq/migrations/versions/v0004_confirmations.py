"""Hit confirmation requests (YQ) and the answers to them (YR)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "confirmations",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("request_id", sa.String(200), nullable=False, unique=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("hit_id", sa.String(200), nullable=False),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("ori", sa.String(9), nullable=False),
        sa.Column("inquiry", sa.Text, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("final", sa.Boolean, nullable=False),
    )
    op.create_table(
        "confirmation_replies",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("request_id", sa.String(200), sa.ForeignKey("confirmations.request_id"), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("hit_id", sa.String(200), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("until_minutes", sa.Integer, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("response", sa.Text, nullable=False),
    )
    op.create_index("confirmation_replies_by_car", "confirmation_replies", ["car_id", "position"])
