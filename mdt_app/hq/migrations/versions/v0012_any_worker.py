"""Requests to the message switch that any worker can answer: their state, and whose they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """What was open becomes a request that nobody works on; what was final was answered."""
    _confirmations()
    _checks()


def _confirmations() -> None:
    never = sa.text("'1970-01-01T00:00:00.000000Z'")
    op.add_column("confirmations", sa.Column("state", sa.String(12), nullable=False, server_default="queued"))
    op.add_column("confirmations", sa.Column("times", sa.Integer, nullable=False, server_default="0"))
    op.add_column("confirmations", sa.Column("held_by", sa.String(40), nullable=False, server_default=""))
    op.add_column("confirmations", sa.Column("held_until", sa.String(27), nullable=False, server_default=never))
    final = sa.table("confirmations", sa.column("final", sa.Boolean), sa.column("state", sa.String))
    op.execute(sa.update(final).where(final.c.final.is_(sa.true())).values(state="answered"))
    op.drop_column("confirmations", "final")
    op.create_index("confirmations_open", "confirmations", ["state", "held_until"])


def _checks() -> None:
    op.add_column("checks", sa.Column("times", sa.Integer, nullable=False, server_default="1"))
    op.drop_index("ix_checks_check_id", "checks")
    op.create_index("checks_by_id", "checks", ["car_id", "check_id"], unique=True)
    op.create_index("checks_by_answer", "checks", ["answer", "asked_at"])
