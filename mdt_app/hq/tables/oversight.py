"""What the Administrator watches: findings of unusual use, and what came of each."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from mdt_app.hq.tables.base import Moment, Position, metadata

# `key` is what makes the same finding the same; `searches` are ids of events on record, so that no plate stands here.
findings = Table(
    "findings",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=True),
    Column("key", String(700), nullable=False, unique=True),
    Column("rule", String(40), nullable=False),
    Column("person", String(200), nullable=False),
    Column("words", Text, nullable=False),
    Column("searches", Text, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("verdict", String(40)),
    Column("reviewed_by", String(200)),
    Column("reviewed_at", Moment),
    Column("review_words", Text),
    Index("findings_open", "reviewed_at", "found_at"),
)
