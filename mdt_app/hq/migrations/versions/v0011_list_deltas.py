"""What changed from one version of a hot list to the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "hotlist_deltas",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("list_id", sa.String(200), nullable=False),
        sa.Column("base_sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_index("hotlist_deltas_by_list", "hotlist_deltas", ["list_id", "position"])
