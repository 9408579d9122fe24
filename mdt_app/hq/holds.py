"""What a car says of its cases and bulk reads: data held until a case's final disposition, reads that are not kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Table, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from mdt_app.domain.events import EventKind
from mdt_app.hq.tables import events, holds, not_kept
from mdt_app.sync.event_wire import EventMessage


def hold_or_release(connection: Connection, car_id: str, message: EventMessage, now: datetime) -> None:
    """Follow a case: its data is held from when a car took it in until that car has its final disposition (REC-2)."""
    if act := _ACTS.get(message.kind):
        act(connection, car_id, message, now)


def is_held(table: Table, subject: ColumnElement[str] | None = None) -> ColumnElement[bool]:
    """Whether a case of the same car holds a row of this table by its subject; without one, by its own column."""
    same = (holds.c.car_id == table.c.car_id) & (holds.c.subject == (table.c.subject if subject is None else subject))
    return exists().where(same, holds.c.released_at.is_(None))


def count_not_kept(connection: Connection, car_id: str, count: int, now: datetime) -> None:
    """Count bulk reads that were delivered and, under the policy, not stored (REC-4). A repeat counts again."""
    if not count:
        return
    day = now.astimezone(UTC).date().isoformat()
    more = update(not_kept).where(not_kept.c.car_id == car_id, not_kept.c.day == day)
    more = more.values(count=not_kept.c.count + count)
    if connection.execute(more).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(not_kept).values(car_id=car_id, day=day, count=count))
    except IntegrityError:  # another batch of the same car was quicker
        connection.execute(more)


def _hold(connection: Connection, car_id: str, message: EventMessage, now: datetime) -> None:
    """Hold a hit with all reads that headquarters knows of it, or a read."""
    contents = connection.scalars(
        select(events.c.content).where(events.c.subject == message.subject, events.c.car_id == car_id)
    )
    reads = (json.loads(content)["body"].get("read_id") for content in contents)
    subjects = dict.fromkeys((message.subject, *(_text(read_id) for read_id in reads if read_id)))
    about = {"car_id": car_id, "case_number": _case(message), "taken_by": message.actor, "at": now}
    connection.execute(insert(holds), [{**about, "subject": subject} for subject in subjects])


def _release(connection: Connection, car_id: str, message: EventMessage, now: datetime) -> None:
    held = (holds.c.car_id == car_id) & (holds.c.case_number == _text(message.subject)) & holds.c.released_at.is_(None)
    connection.execute(update(holds).where(held).values(released_at=now))


def _case(message: EventMessage) -> str:
    return _text(message.body.get("case"))


def _text(value: object) -> str:
    """Fit for a column: PostgreSQL takes no NUL, and no more than the column holds."""
    return str(value or "").replace("\x00", "")[:200]


_ACTS: Mapping[str, Callable[[Connection, str, EventMessage, datetime], None]] = {
    EventKind.PRESERVED.value: _hold,
    EventKind.RELEASED.value: _release,
}
