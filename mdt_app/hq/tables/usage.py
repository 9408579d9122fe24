"""Usage by day: counts without plate or hit, which stay when retention has taken what was counted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, String, Table

from mdt_app.hq.tables.base import metadata

usage_days = Table(
    "usage_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("measure", String(40), primary_key=True),
    Column("label", String(100), primary_key=True),
    Column("count", BigInteger, nullable=False),
)
