"""Accounts, their training, exceptions and acts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from mdt_app.hq.tables.base import Moment, Position, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("user_id", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("totp_secret", String(200), nullable=False, server_default=""),
    Column("releases", Integer, nullable=False, server_default="0"),
)

training = Table(
    "training",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("user_id", String(200), ForeignKey("accounts.user_id"), nullable=False),
    Column("topic", String(200), nullable=False),
    Column("completed_on", String(10), nullable=False),
    Column("trainer", String(200), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("training_by_user", "user_id", "topic"),
)

# Rows are only ever added.
account_acts = Table(
    "account_acts",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("user_id", String(200), nullable=False),
    Column("act", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("detail", Text, nullable=False),
    Index("account_acts_by_user", "user_id"),
)

# Rows are only ever added: each is the record of what the Administrator granted (ALR-3).
alert_exceptions = Table(
    "alert_exceptions",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("user_id", String(200), ForeignKey("accounts.user_id"), nullable=False),
    Column("categories", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Moment, nullable=False),
    Column("granted_by", String(200), nullable=False),
    Column("granted_at", Moment, nullable=False),
    Index("alert_exceptions_by_user", "user_id"),
)
