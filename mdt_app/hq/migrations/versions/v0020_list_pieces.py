"""Files of hot lists in pieces, each delivery under a name of its own: long ones fill no memory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make the table of pieces; what is there becomes one piece a list."""
    op.create_table(
        "hotlist_pieces",
        sa.Column("delivery", sa.String(200), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.add_column("hotlists", sa.Column("delivery", sa.String(200), nullable=False, server_default=""))
    op.add_column("hotlists", sa.Column("size", sa.BigInteger, nullable=False, server_default="0"))
    lists, files, pieces = _tables()
    connection = op.get_bind()
    held = sa.select(files.c.list_id, sa.literal(0), files.c.content, lists.c.received_at)
    known = held.join(lists, lists.c.list_id == files.c.list_id)
    connection.execute(pieces.insert().from_select(["delivery", "number", "content", "at"], known))
    size = sa.select(sa.func.length(files.c.content)).where(files.c.list_id == lists.c.list_id).scalar_subquery()
    connection.execute(lists.update().values(delivery=lists.c.list_id, size=sa.func.coalesce(size, 0)))
    op.drop_table("hotlist_files")


def _tables() -> tuple[sa.TableClause, sa.TableClause, sa.TableClause]:
    named = {
        "hotlists": ("list_id", "received_at", "delivery", "size"),
        "hotlist_files": ("list_id", "content"),
        "hotlist_pieces": ("delivery", "number", "content", "at"),
    }
    lists, files, pieces = (sa.table(name, *map(sa.column, columns)) for name, columns in named.items())
    return lists, files, pieces
