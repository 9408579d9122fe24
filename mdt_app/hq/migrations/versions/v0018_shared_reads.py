"""The reads in each package that was given to another agency."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "shared_reads",
        sa.Column("share_id", sa.String(200), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
    )
