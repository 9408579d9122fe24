"""Taking events in: one transaction a batch, repeats without effect, and no stop without its passed gate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, insert, select, update

from mdt_app.domain.events import EventKind
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alarms, events
from mdt_app.sync.wire import BatchReceipt, EventBatch, EventMessage, Refusal

log = structlog.get_logger()


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


def _gate_was_passed(connection: Connection, arrival: _Arrival) -> str:
    """STP-2: a stop stands only behind the same car's passed gate for the same hit, accepted before it."""
    gate = select(events.c.position).where(
        events.c.subject == arrival.message.subject,
        events.c.kind == EventKind.GATE_PASSED.value,
        events.c.car_id == arrival.car_id,
    )
    return "" if connection.scalar(gate.limit(1)) is not None else "stop_without_gate"


def _no_rule(_connection: Connection, _arrival: _Arrival) -> str:
    return ""


_KINDS = frozenset(kind.value for kind in EventKind)
_RULES: Mapping[str, Callable[[Connection, _Arrival], str]] = {EventKind.STOP.value: _gate_was_passed}
_REFUSALS = {"other_content": 409, "unknown_kind": 422, "stop_without_gate": 422}
