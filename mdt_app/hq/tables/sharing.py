"""What was given to other agencies: the reads in each package, by their ids alone."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from mdt_app.hq.tables.base import Moment, metadata

# Rows are only ever added. No plate stands here: the list outlives what retention takes.
shared_reads = Table(
    "shared_reads",
    metadata,
    Column("share_id", String(200), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("event_id", String(200), nullable=False),
    Column("car_id", String(200), nullable=False),
    Column("at", Moment, nullable=False),
)
