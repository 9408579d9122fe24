"""The tables at headquarters. Migrations build them; a test holds the two equal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

# SQLite numbers rows by itself only in INTEGER columns.
Position = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A UTC time as ISO text of fixed width: the same in every database, and it sorts as the time does."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's names
        """Return the text that is stored."""
        return value and value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's names
        """Return the time that was stored."""
        return value and datetime.fromisoformat(value)


metadata = MetaData()

agency = Table("agency", metadata, Column("ori", String(9), primary_key=True))

tokens = Table(
    "tokens",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("holder", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("issued_at", Moment, nullable=False),
)

# The agency's own authority and headquarters' certificate; their keys are sealed by headquarters' key.
certificates = Table(
    "certificates",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("certificate", Text, nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("hosts", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_id", String(64), primary_key=True),
    Column("car_id", String(200), nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("request_sha256", String(64)),
    Index("enrolment_codes_by_car", "car_id"),
)

devices = Table(
    "devices",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("certificate", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("audit_key", String(64), nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# Rows are only ever added: what was done to cars' identities, and by whom.
device_acts = Table(
    "device_acts",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("act", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("detail", Text, nullable=False),
    Index("device_acts_by_car", "car_id", "position"),
)

orders = Table(
    "orders",
    metadata,
    Column("number", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("by", String(200), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("state", String(20)),
    Column("told_at", Moment),
    Column("words", Text, nullable=False),
    Index("orders_by_car", "car_id", "number"),
)

# One row a day, holder and reason, so that a flood of strangers does not fill the disk.
identity_refusals = Table(
    "identity_refusals",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("holder", String(200), primary_key=True),
    Column("reason", String(40), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

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

events = Table(
    "events",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", String(200), nullable=False, unique=True),
    Column("car_id", String(200), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Index("events_by_subject", "subject", "kind"),
    Index("events_by_kind", "kind", "received_at"),
    Index("events_by_receipt", "received_at"),
    # An empty digest marks what retention has emptied.
    Index(
        "events_to_purge",
        "received_at",
        sqlite_where=text("content_sha256 <> ''"),
        postgresql_where=text("content_sha256 <> ''"),
    ),
    # Two requests at once can't both record a stop of one hit.
    Index(
        "one_stop_a_hit",
        "subject",
        unique=True,
        sqlite_where=text("kind = 'stop.recorded'"),
        postgresql_where=text("kind = 'stop.recorded'"),
    ),
)

flags = Table(
    "flags",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("event_id", String(200), nullable=False, unique=True),
    Column("reason", String(40), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(200)),
    Column("closed_words", Text),
    Index("flags_open", "closed_at", "raised_at"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("kind", String(200), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("content", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("times", Integer, nullable=False),
    Column("subject", String(200), nullable=False, server_default=""),
    Index("alarms_by_content", "content_sha256", "reason", unique=True),
)

hotlists = Table(
    "hotlists",
    metadata,
    Column("list_id", String(200), primary_key=True),
    Column("manifest", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
)

# The files stand apart, so that the manifests are read without them.
hotlist_files = Table(
    "hotlist_files",
    metadata,
    Column("list_id", String(200), ForeignKey("hotlists.list_id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("request_id", String(200), nullable=False, unique=True),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("ori", String(9), nullable=False),
    Column("inquiry", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("final", Boolean, nullable=False),
)

# Rows are only ever added; a request can have several (in process, then confirmed).
confirmation_replies = Table(
    "confirmation_replies",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("request_id", String(200), ForeignKey("confirmations.request_id"), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("answer", String(20), nullable=False),
    Column("who", String(200), nullable=False),
    Column("until_minutes", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("response", Text, nullable=False),
    Index("confirmation_replies_by_car", "car_id", "position"),
)

checks = Table(
    "checks",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("check_id", String(200), nullable=False, index=True),
    Column("car_id", String(200), nullable=False),
    Column("hit_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("ori", String(9), nullable=False),
    Column("inquiry", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", String(20)),
    Column("answered_at", Moment),
    Column("response", Text),
)

# What people asked to be entered by hand: a version is never changed, a new one is added (HOT-10).
entry_versions = Table(
    "entry_versions",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("entry_id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("expires_at", Moment),
    Column("by", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("entry_id", "version"),
    Index("entry_versions_by_end", "expires_at"),
)

# Rows are only ever added: an entry's state is what its acts come to.
entry_acts = Table(
    "entry_acts",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("entry_id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("check_content", Text, nullable=False),
    Column("list_version", Integer, nullable=False),
    Index("entry_acts_by_entry", "entry_id", "position"),
)

# What headquarters published of its own lists: by the digest a car's 'applied' is known as a version.
list_versions = Table(
    "list_versions",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("list_id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("count", Integer, nullable=False),
    Column("published_at", Moment, nullable=False),
    UniqueConstraint("list_id", "version"),
)

entry_notices = Table(
    "entry_notices",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("entry_id", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("address", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("event_id", "address"),
    Index("entry_notices_by_entry", "entry_id"),
)

disputes = Table(
    "disputes",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("dispute_id", String(200), nullable=False, unique=True),
    Column("plate", String(10), nullable=False),
    Column("state", String(2), nullable=False),
    Column("hit_id", String(200), nullable=False),
)

# Rows are only ever added.
dispute_acts = Table(
    "dispute_acts",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("dispute_id", String(200), ForeignKey("disputes.dispute_id"), nullable=False),
    Column("act", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("expires_at", Moment),
    Index("dispute_acts_by_dispute", "dispute_id", "position"),
)

# How far headquarters has followed each car's audit chain; a generation ends when its chain is begun anew.
heads = Table(
    "heads",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("digest", String(200), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("forked_at", Moment),
    Column("moved_at", Moment, nullable=False),
)

# Each row of a car's chain that was taken in. An empty `previous`: known from a signed head, not delivered yet.
links = Table(
    "links",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("previous", String(200), nullable=False),
    Column("digest", String(200), nullable=False),
)

# What is held for a case until its final disposition (REC-2).
holds = Table(
    "holds",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("case_number", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("taken_by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("released_at", Moment),
    Index("holds_by_subject", "subject"),
)

# Rows are only ever added: what each slice of a purge took, counted and signed (REC-3).
purges = Table(
    "purges",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("before", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("signature", String(128), nullable=False),
)

# Bulk reads that were delivered and, under the policy, not kept: a count a car and day (REC-4).
not_kept = Table(
    "not_kept",
    metadata,
    Column("car_id", String(200), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

# The cars' store keys, sealed for the holders of recovery keys; rows are only ever added.
escrow = Table(
    "escrow",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("car_id", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("escrow_by_car", "car_id", "position"),
)

# Rows are only ever added: who gave out an escrow, purged by hand, or began a car's chain anew, and why.
keeping_acts = Table(
    "keeping_acts",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("act", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
)
