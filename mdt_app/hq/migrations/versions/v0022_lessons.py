"""Which version of a topic's lesson training was in, from what, and who put it on record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the columns. Training from before the lessons has no version and is a trainer's word."""
    op.add_column("training", sa.Column("version", sa.Integer, nullable=False, server_default="0"))
    op.add_column("training", sa.Column("basis", sa.String(20), nullable=False, server_default="trainer"))
    op.add_column("training", sa.Column("recorded_by", sa.String(200), nullable=False, server_default=""))
