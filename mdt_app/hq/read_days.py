"""The days of bulk reads: which day a read belongs to, and on PostgreSQL a partition for each.

A read's day is the day on which its id was made: the car makes a version 7 UUID when it captures a plate, and that id
holds the time. So an id has one day for good. Whenever, however often and with whatever other content it comes again,
it is looked for in that one partition, and the key (day, id) is as good as a key on the id alone.

A day gets its partition ahead, or with its first read. Ids without a time, days that are over already or too far ahead
(a car's clock may be years wrong), and what outlives its day are in the partition for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, MetaData, Table, delete, func, insert, literal, or_, select, text

from mdt_app.hq.holds import is_held
from mdt_app.hq.tables import reads

UNDATED = date.min
"""The day of ids that hold no time."""

_VERSION_7 = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_AHEAD = timedelta(days=2)
_LOCK = 0x6D6474_72656164
"""Which of PostgreSQL's advisory locks keeps two from making the same partition."""


def day_of(event_id: str) -> date:
    """Return the UTC day on which an id was made, UNDATED where it does not tell."""
    made = _VERSION_7.fullmatch(event_id)
    try:
        return datetime.fromtimestamp(int(made[1] + made[2], 16) / 1000, UTC).date() if made else UNDATED
    except (ValueError, OverflowError, OSError):
        return UNDATED  # later than any calendar


def make_ready(connection: Connection, days: Iterable[date], since: date, now: datetime) -> None:
    """Make the partitions that these days lack, as far as they are neither before `since` nor far ahead."""
    if connection.dialect.name != "postgresql":
        return
    wanted = {name_of(day): day for day in set(days) if since <= day <= (now + _AHEAD).date()}
    lacking = text("SELECT name FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(name) IS NULL")
    for name in connection.scalars(lacking, {"names": list(wanted)}).all() if wanted else ():
        _make(connection, name, wanted[name])


def make_ahead(connection: Connection, since: date, now: datetime) -> None:
    """Make the partitions of today and the next days."""
    make_ready(connection, (now.date() + timedelta(days=number) for number in range(_AHEAD.days + 1)), since, now)


def days_before(connection: Connection, end: date) -> list[date]:
    """Return the days before this one that have a partition, oldest first."""
    if connection.dialect.name != "postgresql":
        return []
    made = text("SELECT relid::text FROM pg_partition_tree('reads') WHERE isleaf")
    names = (name.rpartition("_")[2] for name in connection.scalars(made))
    days = (datetime.strptime(name, "%Y%m%d").replace(tzinfo=UTC).date() for name in names if name.isdigit())
    return sorted(day for day in days if day < end)


def drop(connection: Connection, day: date, before: datetime) -> int:
    """Drop a day's partition, and return how many reads went with it.

    What a case holds, and what came in at `before` (UTC) or later, stays: it moves to the partition for the rest.
    """
    partition = _partition(day)
    stays: ColumnElement[bool] = or_(partition.c.received_at >= before, is_held(partition))
    _patiently(connection)
    connection.execute(text(f"ALTER TABLE reads DETACH PARTITION {partition.name}"))
    connection.execute(insert(reads).from_select(reads.c.keys(), select(partition).where(stays)))
    gone = connection.scalar(select(func.count()).select_from(partition).where(~stays)) or 0
    connection.execute(text(f"DROP TABLE {partition.name}"))
    return gone


def attach(connection: Connection, day: date) -> None:
    """Let a day's table, which has the reads' columns, be its partition; indexes that it lacks are built."""
    span = f"FROM ('{day}') TO ('{day + timedelta(days=1)}')"
    connection.execute(text(f"ALTER TABLE reads ATTACH PARTITION {name_of(day)} FOR VALUES {span}"))


def _make(connection: Connection, name: str, day: date) -> None:
    """Make a day's partition. Reads of that day that came too early for it move in."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if connection.scalar(select(func.to_regclass(literal(name)))) is not None:
        return  # another request was quicker
    _patiently(connection)
    partition = _partition(day)
    connection.execute(text(f"CREATE TABLE {name} (LIKE reads INCLUDING ALL)"))
    early = reads.c.day == day
    connection.execute(insert(partition).from_select(reads.c.keys(), select(reads).where(early)))
    connection.execute(delete(reads).where(early))
    attach(connection, day)


def _patiently(connection: Connection) -> None:
    """Give up rather than keep all others waiting behind one that does not end; it is tried again."""
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))


def _partition(day: date) -> Table:
    return reads.to_metadata(MetaData(), name=name_of(day))


def name_of(day: date) -> str:
    """What a day's partition is called."""
    return f"reads_{day:%Y%m%d}"
