"""The first tables: agency, tokens, accounts, events, alarms, hot lists and records checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.String(27)


def upgrade() -> None:
    """Create the tables and their indexes."""
    _identities()
    _records()
    _lists()
    _checks()


def _identities() -> None:
    op.create_table("agency", sa.Column("ori", sa.String(9), primary_key=True))
    op.create_table(
        "tokens",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )


def _records() -> None:
    op.create_table(
        "events",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.String(200), nullable=False, unique=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
    )
    op.create_index("events_by_subject", "events", ["subject", "kind"])
    op.create_index("events_by_kind", "events", ["kind", "received_at"])
    op.create_index("events_by_receipt", "events", ["received_at"])
    op.create_table(
        "alarms",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_index("alarms_by_content", "alarms", ["content_sha256", "reason"], unique=True)


def _lists() -> None:
    op.create_table(
        "hotlists",
        sa.Column("list_id", sa.String(200), primary_key=True),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "hotlist_files",
        sa.Column("list_id", sa.String(200), sa.ForeignKey("hotlists.list_id"), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _checks() -> None:
    op.create_table(
        "checks",
        sa.Column("position", _POSITION, primary_key=True, autoincrement=True),
        sa.Column("check_id", sa.String(200), nullable=False),
        sa.Column("car_id", sa.String(200), nullable=False),
        sa.Column("hit_id", sa.String(200), nullable=False),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("ori", sa.String(9), nullable=False),
        sa.Column("inquiry", sa.Text, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("answer", sa.String(20)),
        sa.Column("answered_at", _MOMENT),
        sa.Column("response", sa.Text),
    )
    op.create_index("ix_checks_check_id", "checks", ["check_id"])
