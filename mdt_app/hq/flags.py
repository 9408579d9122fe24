"""Flags: what a supervisor has to look at, raised by what cars put on record (STP-5), closed with words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.hq.store import Store
from mdt_app.hq.tables import flags
from mdt_app.sync.event_wire import EventMessage
from mdt_app.sync.keeping_wire import FlagMessage, Flags

Body = Mapping[str, Any]


def _stop(body: Body) -> str:
    excuses = body.get("excuses") or ()
    return next((_EXCUSED[name] for name in _EXCUSED if name in excuses), "")


# The worse comes first: one stop raises one flag.
_EXCUSED = {"exigent": "exigent_stop", "status_when_practicable": "status_owed"}
_REASONS: Mapping[str, Callable[[Body], str]] = {
    EventKind.STOP.value: _stop,
    EventKind.BASIS_FELL.value: lambda _: "basis_fell",
    EventKind.DISPOSITION.value: lambda body: "enforced_unconfirmed" if body.get("unconfirmed") else "",
    EventKind.PURPOSE_REFUSED.value: lambda _: "prohibited_use",
    EventKind.STORE_FOUND.value: lambda _: "store_damaged",
    EventKind.SERVER_REFUSED.value: lambda _: "server_refused",
    EventKind.KEY_CLONED.value: lambda _: "key_cloned",
    EventKind.REMOVAL_ASKED.value: lambda body: f"entry_{body.get('act', '')}"[:40],
}


def raise_flag(connection: Connection, car_id: str, message: EventMessage, now: datetime) -> None:
    """Flag an event that a supervisor has to look at; most raise none."""
    rule = _REASONS.get(message.kind)
    if rule and (reason := rule(message.body)):
        _insert(connection, car_id, message, reason, now)


def raise_refused(connection: Connection, car_id: str, message: EventMessage, reason: str, now: datetime) -> None:
    """Flag a stop that was refused, once however often the car sends it."""
    known = select(flags.c.position).where(flags.c.event_id == message.event_id)
    if connection.execute(known).one_or_none() is None:
        _insert(connection, car_id, message, reason, now)


def _insert(connection: Connection, car_id: str, message: EventMessage, reason: str, now: datetime) -> None:
    """The act is that of the one who stopped, where the event says who that was."""
    actor = str(message.body.get("by") or message.actor)
    row = {"event_id": message.event_id, "reason": reason, "car_id": car_id, "actor": actor}
    connection.execute(insert(flags).values(row | {"subject": message.subject, "raised_at": now}))


def raise_once(connection: Connection, car_id: str, reason: str, subject: str, now: datetime) -> None:
    """Flag a state that goes on, of a car or ('') of headquarters itself; not again while that flag is open."""
    same = (flags.c.car_id == car_id) & (flags.c.reason == reason) & flags.c.closed_at.is_(None)
    if connection.execute(select(flags.c.position).where(same).limit(1)).one_or_none() is None:
        row = {"event_id": f"state-{uuid4()}", "reason": reason, "car_id": car_id, "actor": "", "subject": subject}
        connection.execute(insert(flags).values(row | {"raised_at": now}))


def raised(store: Store, *, closed: bool) -> Flags:
    """Return the open flags, with `closed` all of them, oldest first."""
    query = select(flags).order_by(flags.c.position)
    query = query if closed else query.where(flags.c.closed_at.is_(None))
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return Flags(flags=tuple(FlagMessage.model_validate(dict(row)) for row in rows))


def close(store: Store, position: int, by: str, words: str) -> FlagMessage:
    """Close a flag. Raises BadInput when it is not open, or when `by` is the one whose act raised it."""
    with store.writing() as connection:
        here = flags.c.position == position
        row = connection.execute(select(flags).where(here, flags.c.closed_at.is_(None))).mappings().one_or_none()
        if row is None:
            raise BadInput("There is no such open flag.", "Look at the list again.")
        if row["actor"] == by:
            raise BadInput("Nobody closes what their own act raised.", "Ask another supervisor.")
        review = {"closed_at": datetime.now(UTC), "closed_by": by, "closed_words": words}
        connection.execute(update(flags).where(here).values(review))
    return FlagMessage.model_validate(dict(row) | review)
