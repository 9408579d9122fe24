"""Usage by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "usage_days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("measure", sa.String(40), primary_key=True),
        sa.Column("label", sa.String(100), primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
