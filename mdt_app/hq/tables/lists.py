"""Hot lists, manual entries, and disputes about them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from mdt_app.hq.tables.base import Moment, Position, metadata

hotlists = Table(
    "hotlists",
    metadata,
    Column("list_id", String(200), primary_key=True),
    Column("manifest", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("delivery", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
)

# A file in pieces under its delivery's name; those that no list names are on their way in, or out.
hotlist_pieces = Table(
    "hotlist_pieces",
    metadata,
    Column("delivery", String(200), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

# What changed from one version of a list to the next, as it travels; by position they lead to the list in force.
hotlist_deltas = Table(
    "hotlist_deltas",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("list_id", String(200), nullable=False),
    Column("base_sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index("hotlist_deltas_by_list", "list_id", "position"),
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
