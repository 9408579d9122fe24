"""Second factor, release and training of accounts, and the record of every act on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Add the columns and create the tables."""
    op.add_column("accounts", sa.Column("totp_secret", sa.String(200), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("releases", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "training",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("user_id", sa.String(200), sa.ForeignKey("accounts.user_id"), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("completed_on", sa.String(10), nullable=False),
        sa.Column("trainer", sa.String(200), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
    )
    op.create_index("training_by_user", "training", ["user_id", "topic"])
    op.create_table(
        "account_acts",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("account_acts_by_user", "account_acts", ["user_id"])
