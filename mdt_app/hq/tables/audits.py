"""Audits of queries: what was drawn, and how each was judged. Rows are only ever added."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from mdt_app.hq.tables.base import Moment, Position, metadata

audit_items = Table(
    "audit_items",
    metadata,
    Column("audit_id", String(200), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("event_id", String(200), nullable=False),
    UniqueConstraint("audit_id", "event_id"),
)

# The last judgement of a query counts; the ones before stay.
audit_judgements = Table(
    "audit_judgements",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("audit_id", String(200), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("authorized", Boolean, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Index("audit_judgements_by_audit", "audit_id", "position"),
)
