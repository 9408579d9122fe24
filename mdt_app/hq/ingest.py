"""Taking events in: one transaction a batch, repeats without effect, and no stop without all that it rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import Connection, insert, select, update

from mdt_app.domain.events import EventKind
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alarms, events
from mdt_app.sync.wire import BatchReceipt, EventBatch, EventMessage, Refusal

log = structlog.get_logger()


Body = Mapping[str, Any]
Earlier = Sequence[tuple[str, Body]]
"""Kind and body of what the same car has on record of the same hit."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An event of a batch with what decides about it: the car that sent it, and its content."""

    car_id: str
    message: EventMessage
    content: str
    sha256: str


def take_in(store: Store, car_id: str, batch: EventBatch) -> BatchReceipt:
    """Put a car's batch on record, in its order, and return what became of each event.

    An event is accepted when it is new or there already with the same content; one that is refused raises an alarm
    and the others go on. Raises StorageFault when nothing of the batch was kept.
    """
    accepted: list[str] = []
    refused: list[Refusal] = []
    now = datetime.now(UTC)
    with store.writing() as connection:
        for message in batch.events:
            arrival = _arrival(car_id, message)
            reason = _take(connection, arrival, now)
            if reason:
                _raise_alarm(connection, arrival, reason, now)
                refused.append(Refusal(event_id=message.event_id, reason=reason, status=_REFUSALS[reason]))
            else:
                accepted.append(message.event_id)
    for refusal in refused:
        log.warning("event.refused", car=car_id, event_id=refusal.event_id, reason=refusal.reason)
    return BatchReceipt(accepted=tuple(accepted), refused=tuple(refused))


def _arrival(car_id: str, message: EventMessage) -> _Arrival:
    content = message.canonical()
    # The car stands in the digest: another car can't repeat an event as its own.
    return _Arrival(car_id, message, content, hashlib.sha256(f"{car_id}\n{content}".encode()).hexdigest())


def _take(connection: Connection, arrival: _Arrival, now: datetime) -> str:
    """Put one event on record; return the reason when it is refused, else an empty text."""
    known = select(events.c.content_sha256).where(events.c.event_id == arrival.message.event_id)
    there = connection.scalar(known)
    if there is not None:
        return "" if there == arrival.sha256 else "other_content"
    if arrival.message.kind not in _KINDS:
        return "unknown_kind"
    reason = _RULES.get(arrival.message.kind, _no_rule)(connection, arrival)
    if not reason:
        _keep(connection, arrival, now)
    return reason


def _keep(connection: Connection, arrival: _Arrival, now: datetime) -> None:
    message = arrival.message
    connection.execute(
        insert(events).values(
            event_id=message.event_id,
            car_id=arrival.car_id,
            kind=message.kind,
            subject=message.subject,
            at=message.at,
            received_at=now,
            content=arrival.content,
            content_sha256=arrival.sha256,
        )
    )


def _raise_alarm(connection: Connection, arrival: _Arrival, reason: str, now: datetime) -> None:
    """Keep the refused event with its reason; the same one again only counts."""
    same = (alarms.c.content_sha256 == arrival.sha256) & (alarms.c.reason == reason)
    again = update(alarms).where(same).values(times=alarms.c.times + 1, last_at=now)
    if connection.execute(again).rowcount:
        return
    connection.execute(
        insert(alarms).values(
            car_id=arrival.car_id,
            event_id=arrival.message.event_id,
            kind=arrival.message.kind,
            reason=reason,
            content=arrival.content,
            content_sha256=arrival.sha256,
            first_at=now,
            last_at=now,
            times=1,
        )
    )


def _stop_stands(connection: Connection, arrival: _Arrival) -> str:
    """STP-2: a stop stands only on what the same car sent of the same hit before it; return what is missing."""
    kinds = (EventKind.GATE_PASSED, EventKind.PLATE_CONFIRMED, EventKind.CHECK_ANSWERED, EventKind.NO_STOP)
    rows = select(events.c.kind, events.c.content).where(
        events.c.subject == arrival.message.subject,
        events.c.kind.in_([kind.value for kind in (*kinds, EventKind.STOP)]),
        events.c.car_id == arrival.car_id,
    )
    earlier = [(kind, json.loads(content)["body"]) for kind, content in connection.execute(rows)]
    return next((reason for reason, holds in _STOP_NEEDS.items() if not holds(earlier, arrival.message.body)), "")


def _of(earlier: Earlier, kind: EventKind) -> Iterable[Body]:
    return (body for its_kind, body in earlier if its_kind == kind.value)


def _same(name: str, one: Body, other: Body) -> bool:
    """Whether both name the same id; an id that is missing on both sides is none."""
    return bool(one.get(name)) and one.get(name) == other.get(name)


def _gate_passed(earlier: Earlier, stop: Body) -> bool:
    gates = _of(earlier, EventKind.GATE_PASSED)
    return any(_same("decision_id", stop, gate) and gate.get("unmet") == [] for gate in gates)


def _plate_confirmed(earlier: Earlier, _stop: Body) -> bool:
    return any(seen.get("agrees") is True for seen in _of(earlier, EventKind.PLATE_CONFIRMED))


def _check_active(earlier: Earlier, stop: Body) -> bool:
    checks = _of(earlier, EventKind.CHECK_ANSWERED)
    return any(_same("check_id", stop, check) and check.get("answer") == CheckAnswer.ACTIVE.value for check in checks)


def _none_of(kind: EventKind) -> Callable[[Earlier, Body], bool]:
    return lambda earlier, _stop: not any(True for _ in _of(earlier, kind))


def _no_rule(_connection: Connection, _arrival: _Arrival) -> str:
    return ""


_STOP_NEEDS: Mapping[str, Callable[[Earlier, Body], bool]] = {
    "stop_without_gate": _gate_passed,
    "stop_without_confirmation": _plate_confirmed,
    "stop_without_check": _check_active,
    "stop_twice": _none_of(EventKind.STOP),
    "stop_after_end": _none_of(EventKind.NO_STOP),
}
_KINDS = frozenset(kind.value for kind in EventKind)
_RULES: Mapping[str, Callable[[Connection, _Arrival], str]] = {EventKind.STOP.value: _stop_stands}
_REFUSALS = {"other_content": 409, "unknown_kind": 422, **dict.fromkeys(_STOP_NEEDS, 422)}
