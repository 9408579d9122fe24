"""Registers: every version of every record, each row hanging on the register's row before it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from mdt_app.hq.tables.base import Moment, Position, metadata

# Rows are only ever added: they are the audit trail of a record as well as its versions.
register_versions = Table(
    "register_versions",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("register", String(40), nullable=False),
    Column("record_id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("act", String(40), nullable=False),
    Column("state", String(40), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("policy", String(200), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("record_id", "version"),
    # No two rows hang on the same one: what two desks write at once can't fork a register.
    UniqueConstraint("register", "previous"),
    Index("register_versions_by_register", "register", "position"),
)
