"""Usage at headquarters: each day counted once it is over, by when it came in, before retention takes anything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from mdt_app.domain.usage import COUNTED, READS, Span, counted
from mdt_app.hq.rounds import rounds
from mdt_app.hq.store import Store
from mdt_app.hq.tables import events, not_kept, reads, usage_days

_DONE = "counted"
"""The measure that says that a day has been counted."""
_EVERY_S = 1800.0
_U = usage_days.c


@contextmanager
def usage_counted(store: Store) -> Iterator[None]:
    """Count what is over at once, before anything is purged; while inside, each day as it ends."""
    count_days(store, datetime.now(UTC))
    with rounds("usage", _EVERY_S, lambda: count_days(store, datetime.now(UTC))):
        yield


def count_days(store: Store, now: datetime) -> int:
    """Count every day (UTC) that is over and not counted yet; returns how many that were."""
    with store.reading() as connection:
        days = list(_days_to_count(connection, now.date()))
    for day in days:
        with store.writing() as connection:
            if connection.scalar(select(_U.count).where(_U.day == day, _U.measure == _DONE)) is None:
                _keep(connection, day, counts_of(connection, day))
    return len(days)


def usage(connection: Connection, span: Span, today: date) -> dict[date, Counter[tuple[str, str]]]:
    """Return the counts of each day of a period that is over or is today; a day without any is left out."""
    days: dict[date, Counter[tuple[str, str]]] = {}
    query = select(usage_days).where(_U.day >= span.first, _U.day <= span.last, _U.measure != _DONE)
    for row in connection.execute(query):
        days.setdefault(row.day, Counter())[row.measure, row.label] += row._mapping["count"]
    if span.first <= today <= span.last:
        days[today] = counts_of(connection, today)
    return days


def counts_of(connection: Connection, day: date) -> Counter[tuple[str, str]]:
    """Count what came in on a day, from the records themselves."""
    begin = datetime.combine(day, time(), UTC)
    end = begin + timedelta(days=1)
    told = select(events.c.kind, events.c.content).where(
        events.c.kind.in_(COUNTED), events.c.received_at >= begin, events.c.received_at < end
    )
    counts = counted(_said(row) for row in connection.execute(told))
    bulk = select(func.count()).select_from(reads).where(reads.c.received_at >= begin, reads.c.received_at < end)
    elsewhere = select(func.sum(not_kept.c.count)).where(not_kept.c.day == day.isoformat())
    if made := (connection.scalar(bulk) or 0) + int(connection.scalar(elsewhere) or 0):
        counts[READS, ""] = made
    return counts


def _said(row: Any) -> tuple[str, str, dict[str, Any]]:
    said = json.loads(row.content)
    return row.kind, str(said.get("actor", "")), said["body"]


def _days_to_count(connection: Connection, today: date) -> Iterator[date]:
    last = connection.scalar(select(func.max(_U.day)).where(_U.measure == _DONE))
    day = last + timedelta(days=1) if last else _first_day(connection)
    while day is not None and day < today:
        yield day
        day += timedelta(days=1)


def _first_day(connection: Connection) -> date | None:
    """The day of the first record of all."""
    found = (connection.scalar(select(func.min(table.c.received_at))) for table in (events, reads))
    return min((at.date() for at in found if at is not None), default=None)


def _keep(connection: Connection, day: date, counts: Counter[tuple[str, str]]) -> None:
    rows = [{"day": day, "measure": m, "label": label, "count": count} for (m, label), count in counts.items()]
    connection.execute(insert(usage_days), [*rows, {"day": day, "measure": _DONE, "label": "", "count": 1}])
