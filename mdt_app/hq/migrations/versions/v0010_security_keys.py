"""Security keys of accounts, and what is on record of proofs of identity at desks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "security_keys",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("user_id", sa.String(200), sa.ForeignKey("accounts.user_id"), nullable=False),
        sa.Column("credential_id", sa.String(2046), nullable=False, unique=True),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("verifies", sa.Boolean, nullable=False),
        sa.Column("counter", sa.BigInteger, nullable=False),
        sa.Column("registered_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT),
    )
    op.create_index("security_keys_by_user", "security_keys", ["user_id"])
    op.create_table(
        "desk_attempts",
        sa.Column("user_id", sa.String(200), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_proofs",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
    )
    op.create_table(
        "key_wishes",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("challenge", sa.String(64), nullable=False),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
    )
