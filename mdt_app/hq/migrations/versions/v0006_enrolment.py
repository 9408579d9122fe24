"""The agency's authority, enrolment of cars, orders to them, and identities that were turned away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "certificates",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("sealed_key", sa.LargeBinary, nullable=False),
        sa.Column("hosts", sa.Text, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("code_id", sa.String(64), primary_key=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("request_sha256", sa.String(64)),
    )
    op.create_index("enrolment_codes_by_car", "enrolment_codes", ["car_id"])
    op.create_table(
        "devices",
        sa.Column("car_id", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False, unique=True),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("audit_key", sa.String(64), nullable=False),
        sa.Column("enrolled_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT),
    )
    op.create_table(
        "device_acts",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("device_acts_by_car", "device_acts", ["car_id", "position"])
    _orders()


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("number", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(20)),
        sa.Column("told_at", _MOMENT),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("orders_by_car", "orders", ["car_id", "number"])
    op.create_table(
        "identity_refusals",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("holder", sa.String(200), primary_key=True),
        sa.Column("reason", sa.String(40), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
    )
