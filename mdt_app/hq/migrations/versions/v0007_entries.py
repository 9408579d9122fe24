"""Manual entries with their versions and acts, the agency list's versions, alert notices, and disputes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables."""
    _entries()
    _disputes()


def _entries() -> None:
    op.create_table(
        "entry_versions",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("entry_id", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("expires_at", _MOMENT),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.UniqueConstraint("entry_id", "version"),
    )
    op.create_index("entry_versions_by_end", "entry_versions", ["expires_at"])
    op.create_table(
        "entry_acts",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("entry_id", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("check_content", sa.Text, nullable=False),
        sa.Column("list_version", sa.Integer, nullable=False),
    )
    op.create_index("entry_acts_by_entry", "entry_acts", ["entry_id", "position"])
    op.create_table(
        "list_versions",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("list_id", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("list_id", "version"),
    )
    op.create_table(
        "entry_notices",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("entry_id", sa.String(200), nullable=False),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.UniqueConstraint("event_id", "address"),
    )
    op.create_index("entry_notices_by_entry", "entry_notices", ["entry_id"])


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("dispute_id", sa.String(200), nullable=False, unique=True),
        sa.Column("plate", sa.String(10), nullable=False),
        sa.Column("state", sa.String(2), nullable=False),
        sa.Column("hit_id", sa.String(200), nullable=False),
    )
    op.create_table(
        "dispute_acts",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("dispute_id", sa.String(200), sa.ForeignKey("disputes.dispute_id"), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("expires_at", _MOMENT),
    )
    op.create_index("dispute_acts_by_dispute", "dispute_acts", ["dispute_id", "position"])
