"""What stands out in the field: coming certificates, cars' states, designated people, fixed readers and their hits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables."""
    _cars()
    _designated()
    _readers()


def _cars() -> None:
    op.create_table(
        "renewals",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False, unique=True),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "car_states",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )


def _designated() -> None:
    op.create_table(
        "alert_routes",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("ended_by", sa.String(200)),
    )
    op.create_index("alert_routes_by_category", "alert_routes", ["category", "ended_at"])
    op.create_table(
        "alert_notices",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("hit_id", sa.String(200), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT),
        sa.UniqueConstraint("event_id", "address"),
    )
    op.create_index("alert_notices_by_address", "alert_notices", ["address", "seen_at"])


def _readers() -> None:
    op.create_table(
        "readers",
        sa.Column("reader_id", sa.String(200), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("area", sa.String(200), nullable=False),
        sa.Column("duties", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("heard_at", _MOMENT),
    )
    op.create_table(
        "car_duties",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("areas", sa.Text, nullable=False),
        sa.Column("duty", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "reader_hits",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("read_id", sa.String(200), nullable=False, unique=True),
        sa.Column("reader_id", sa.String(200), nullable=False),
        sa.Column("area", sa.String(200), nullable=False),
        sa.Column("duties", sa.Text, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("reader_hits_by_area", "reader_hits", ["area", "position"])
