"""Sessions of people at desks in the place of proofs that stood with the desk's token alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the table. What was proved before ends, as it does whenever headquarters is started."""
    op.drop_table("desk_proofs")
    op.create_table(
        "desk_sessions",
        sa.Column("session", sa.String(64), primary_key=True),
        sa.Column("token", sa.String(64), nullable=False, index=True),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("proved_s", sa.Float, nullable=False),
        sa.Column("active_s", sa.Float, nullable=False),
    )
