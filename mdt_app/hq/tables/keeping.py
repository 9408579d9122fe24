"""What is kept and what is not: holds, purges, counts, escrowed keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from mdt_app.hq.tables.base import Moment, Position, metadata

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
