"""What the record at headquarters holds: events, newest first, and the counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from mdt_app.domain.events import EventKind
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alarms, checks, events, reads
from mdt_app.sync.event_wire import EventMessage, RecordedEvent, RecordedEvents, Summary


def recorded_events(store: Store, since: datetime | None, kind: EventKind | None, limit: int) -> RecordedEvents:
    """Return the events that came in at or after `since` (UTC), of one kind or of all, newest first."""
    told, bulk = select(events), select(reads)
    if since is not None:
        told, bulk = told.where(events.c.received_at >= since), bulk.where(reads.c.received_at >= since)
    if kind is not None:
        told = told.where(events.c.kind == kind.value)
    rows: list[Any] = []
    with store.reading() as connection:
        if kind is not EventKind.READ:
            rows += connection.execute(told.order_by(events.c.position.desc()).limit(limit))
        if kind in (None, EventKind.READ):
            newest = bulk.order_by(reads.c.received_at.desc(), reads.c.event_id.desc())
            rows += connection.execute(newest.limit(limit))
    rows.sort(key=lambda row: row.received_at, reverse=True)
    return RecordedEvents(events=tuple(map(_recorded, rows[:limit])))


def summary(store: Store) -> Summary:
    """Return the counts of events by kind, and of stops, alarms and records checks."""
    with store.reading() as connection:
        by_kind = _counts(connection, events.c.kind)
        if bulk := connection.scalar(select(func.count()).select_from(reads)):
            by_kind[EventKind.READ.value] = bulk
        by_reason = _counts(connection, alarms.c.reason)
        asked = connection.scalar(select(func.count()).select_from(checks)) or 0
    return Summary(
        events=sum(by_kind.values()),
        by_kind=by_kind,
        stops=by_kind.get(EventKind.STOP.value, 0),
        alarms=sum(by_reason.values()),
        by_reason=by_reason,
        checks=asked,
    )


def _recorded(row: Any) -> RecordedEvent:
    event = EventMessage.model_validate_json(row.content)
    return RecordedEvent(event=event, car_id=row.car_id, received_at=row.received_at)


def _counts(connection: Any, column: Any) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}
