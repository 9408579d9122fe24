"""Accounts, their security keys, training, exceptions and acts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

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
    Column("password_set_at", Moment),
    Column("used_at", Moment),
)

# A key that was withdrawn stays here: its credential can't be registered again.
security_keys = Table(
    "security_keys",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("user_id", String(200), ForeignKey("accounts.user_id"), nullable=False),
    Column("credential_id", String(2046), nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("name", String(200), nullable=False),
    Column("verifies", Boolean, nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Index("security_keys_by_user", "user_id"),
)

# The failures, locks, used codes and keys' counters of proofs at desks, as the car keeps its own. A change is made only
# to the version that it was worked out from: of two workers one works it out anew.
desk_attempts = Table(
    "desk_attempts",
    metadata,
    Column("user_id", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
)

# Sessions of people at desks, by the hash of their secret: when who sits there proved who they are and was last active,
# by the monotonic clock (s) of a run of headquarters.
desk_sessions = Table(
    "desk_sessions",
    metadata,
    Column("session", String(64), primary_key=True),
    Column("token", String(64), nullable=False, index=True),
    Column("run", String(64), nullable=False),
    Column("proved_s", Float, nullable=False),
    Column("active_s", Float, nullable=False),
)

# What a desk has put to a security key that is to be somebody's; answered once.
key_wishes = Table(
    "key_wishes",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user_id", String(200), nullable=False),
    Column("challenge", String(64), nullable=False),
    Column("run", String(64), nullable=False),
    Column("at_s", Float, nullable=False),
)

# Rows are only ever added. `version`: the lesson's, 0 from before there were any. `basis`: a lesson, or a trainer's
# word.
training = Table(
    "training",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("user_id", String(200), ForeignKey("accounts.user_id"), nullable=False),
    Column("topic", String(200), nullable=False),
    Column("completed_on", String(10), nullable=False),
    Column("trainer", String(200), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("basis", String(20), nullable=False, server_default="trainer"),
    Column("recorded_by", String(200), nullable=False, server_default=""),
    Index("training_by_user", "user_id", "topic"),
)

# Rows are only ever added: each is what a person's drill came to.
drill_results = Table(
    "drill_results",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("user_id", String(200), ForeignKey("accounts.user_id"), nullable=False),
    Column("drill", String(200), nullable=False),
    Column("version", String(16), nullable=False),
    Column("topics", Text, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("mistakes", Text, nullable=False),
    Column("verify_s", Float),
    Column("trainer", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("recorded_by", String(200), nullable=False),
    Index("drill_results_by_user", "user_id"),
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
