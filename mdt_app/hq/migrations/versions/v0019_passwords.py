"""When an account's password was set, and when the account was last used."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nothing is known of the accounts that are there: their time begins now."""
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    there = sa.table("accounts", *(sa.column(name, sa.String(27)) for name in ("password_set_at", "used_at")))
    for column in there.columns:
        op.add_column("accounts", sa.Column(column.name, sa.String(27)))
    op.execute(sa.update(there).values(password_set_at=now, used_at=now))
