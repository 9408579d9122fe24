"""What arrives from a car, and the record while one batch is taken in: looked up at once, and written at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, union_all

from mdt_app.domain.events import EventKind
from mdt_app.hq.read_days import day_of, make_ready
from mdt_app.hq.seen_columns import seen_columns
from mdt_app.hq.store import insert_rows, one_of
from mdt_app.hq.tables import events, reads
from mdt_app.sync.event_wire import EventMessage

_READ = EventKind.READ.value
_NEAR = timedelta(hours=23)
"""A search looks a day around its time for the days that ids were made on."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event of a batch with what decides about it: the car that sent it, and its content."""

    car_id: str
    message: EventMessage
    content: str
    sha256: str

    @classmethod
    def of(cls, car_id: str, message: EventMessage) -> Arrival:
        """Make it. The car stands in the digest: another car can't repeat an event as its own."""
        content = message.canonical()
        return cls(car_id, message, content, hashlib.sha256(f"{car_id}\n{content}".encode()).hexdigest())

    @property
    def bulk(self) -> bool:
        """Whether it is a bulk read."""
        return self.message.kind == _READ


@dataclass(frozen=True, slots=True)
class There:
    """What is on record under an event's id: whose it is, and the digest of its content."""

    car_id: str
    sha256: str


class Record:
    """The record as one batch sees it: what it holds of the batch's ids, and what is new, which `write` puts down.

    `since` is the first day of which reads are still kept; `now` the time of receipt (UTC).
    """

    def __init__(self, connection: Connection, arrivals: Iterable[Arrival], since: date, now: datetime) -> None:
        self._connection, self._since, self._now = connection, since, now
        self._known = _known(connection, {arrival.message.event_id for arrival in arrivals})
        self._events: list[dict[str, Any]] = []
        self._reads: list[dict[str, Any]] = []

    def there(self, arrival: Arrival) -> There | None:
        """What is on record under the arrival's id already."""
        return self._known.get(arrival.message.event_id)

    def add(self, arrival: Arrival) -> None:
        """Take what is not there yet; it is on record once `write` was called."""
        self._known[arrival.message.event_id] = There(arrival.car_id, arrival.sha256)
        row = {
            "event_id": arrival.message.event_id,
            "car_id": arrival.car_id,
            "subject": arrival.message.subject,
            "at": arrival.message.at,
            "received_at": self._now,
            "content": arrival.content,
            "content_sha256": arrival.sha256,
        }
        if arrival.bulk:
            seen = seen_columns(arrival.message.body)
            self._reads.append(row | seen | {"day": day_of(arrival.message.event_id), "at": _seen_at(arrival.message)})
        else:
            self._events.append(row | {"kind": arrival.message.kind})

    def write(self) -> None:
        """Put down what was added since the last time, in its order."""
        make_ready(self._connection, {row["day"] for row in self._reads}, self._since, self._now)
        insert_rows(self._connection, reads, self._reads)
        insert_rows(self._connection, events, self._events)
        self._reads, self._events = [], []


def _known(connection: Connection, ids: set[str]) -> dict[str, There]:
    if not ids:
        return {}
    days = {day_of(event_id) for event_id in ids}
    of_events = select(events.c.event_id, events.c.car_id, events.c.content_sha256)
    of_events = of_events.where(one_of(connection, events.c.event_id, ids))
    of_reads = select(reads.c.event_id, reads.c.car_id, reads.c.content_sha256)
    of_reads = of_reads.where(one_of(connection, reads.c.day, days), one_of(connection, reads.c.event_id, ids))
    rows = connection.execute(union_all(of_events, of_reads))
    return {row.event_id: There(row.car_id, row.content_sha256) for row in rows}


def _seen_at(message: EventMessage) -> datetime:
    """When the plate was seen, by the same clock as the event's own time; that one, where it tells nothing near it."""
    try:
        seen = datetime.fromisoformat(str(message.body.get("captured_at")))
        near = abs(seen - message.at) < _NEAR
    except (ValueError, TypeError, OverflowError):
        return message.at
    return seen if near else message.at
