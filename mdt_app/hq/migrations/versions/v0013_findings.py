"""Findings of unusual use, and their reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "findings",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(700), nullable=False, unique=True),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("searches", sa.Text, nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("verdict", sa.String(40)),
        sa.Column("reviewed_by", sa.String(200)),
        sa.Column("reviewed_at", _MOMENT),
        sa.Column("review_words", sa.Text),
    )
    op.create_index("findings_open", "findings", ["reviewed_at", "found_at"])
