"""What a supervisor has to look at, exceptions from the alert schedule, and one stop a hit for certain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables and the index."""
    op.create_table(
        "flags",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(200), nullable=False, unique=True),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("raised_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("closed_by", sa.String(200)),
        sa.Column("closed_words", sa.Text),
    )
    op.create_index("flags_open", "flags", ["closed_at", "raised_at"])
    op.create_table(
        "alert_exceptions",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("user_id", sa.String(200), sa.ForeignKey("accounts.user_id"), nullable=False),
        sa.Column("categories", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("granted_by", sa.String(200), nullable=False),
        sa.Column("granted_at", _MOMENT, nullable=False),
    )
    op.create_index("alert_exceptions_by_user", "alert_exceptions", ["user_id"])
    stops = sa.text("kind = 'stop.recorded'")
    op.create_index("one_stop_a_hit", "events", ["subject"], unique=True, sqlite_where=stops, postgresql_where=stops)
