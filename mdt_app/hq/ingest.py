"""Taking events in: one transaction a batch, repeats without effect, and no stop without all that it rests on."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, insert, update

from mdt_app.domain.events import TRAINING_MARK, EventKind
from mdt_app.domain.outcomes import EntryAct
from mdt_app.domain.policy import Policy
from mdt_app.hq import register_feeds
from mdt_app.hq.arrivals import Arrival, Record, There
from mdt_app.hq.entry_alerts import forward
from mdt_app.hq.flags import raise_flag, raise_once, raise_refused
from mdt_app.hq.heads import Chain
from mdt_app.hq.holds import count_not_kept, hold_or_release
from mdt_app.hq.keeping import cutoff
from mdt_app.hq.lists import remove_entry
from mdt_app.hq.purge_tasks import EMPTIED
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.stop_basis import STOP_REASONS, removal_stands, stop_lacks
from mdt_app.hq.store import Overtaken, Store
from mdt_app.hq.tables import alarms
from mdt_app.sync.event_wire import BatchReceipt, EventBatch, Refusal
from mdt_app.sync.wire import Message, canonical_json

_TRIES = 4
"""How often a batch is begun anew when others, sent at the same moment, put the same on record first."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Alarm:
    """What is kept of something refused; the names are the table's."""

    car_id: str
    event_id: str
    kind: str
    subject: str
    content: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class _Taking:
    """One batch being taken in, with what decides about its events."""

    connection: Connection
    policy: Policy
    chain: Chain
    record: Record
    now: datetime
    counted: Counter[str]
    reads_only: bool


def take_in(
    store: Store,
    car_id: str,
    batch: EventBatch,
    policy: Policy,
    receipts: ReceiptMaker,
    *,
    reads_only: bool = False,
) -> BatchReceipt:
    """Put a car's batch on record, in its order, and return what became of each event.

    An event is accepted when it is new or there already with the same content; one that is refused, as it or its link
    in the car's chain does not hold, raises an alarm and the others go on. Raises StorageFault when nothing of the
    batch was kept. The vendor's store takes bulk reads alone (`reads_only`), whatever the policy says of headquarters.
    """
    arrivals = [Arrival.of(car_id, message) for message in batch.events]
    for _ in range(_TRIES - 1):
        with suppress(Overtaken):
            return _taken_in(store, car_id, batch, arrivals, policy, receipts, reads_only)
    return _taken_in(store, car_id, batch, arrivals, policy, receipts, reads_only)


def _taken_in(
    store: Store,
    car_id: str,
    batch: EventBatch,
    arrivals: list[Arrival],
    policy: Policy,
    receipts: ReceiptMaker,
    reads_only: bool,
) -> BatchReceipt:
    accepted: list[str] = []
    refused: list[Refusal] = []
    now = datetime.now(UTC)
    with store.writing() as connection:
        chain = Chain(connection, car_id, batch, now)
        record = Record(connection, arrivals, cutoff(policy.retention, now).date(), now)
        taking = _Taking(connection, policy, chain, record, now, Counter(), reads_only)
        _take_withheld(taking, car_id, batch)
        for arrival in arrivals:
            if reason := _take(taking, arrival):
                _refuse(taking, arrival, reason)
                refused.append(Refusal(event_id=arrival.message.event_id, reason=reason, status=_REFUSALS[reason]))
            else:
                accepted.append(arrival.message.event_id)
        record.write()
        _check_head(taking, car_id, batch)
        chain.save()
        count_not_kept(connection, car_id, taking.counted["not_kept"], now)
    for refusal in refused:
        log.warning("event.refused", car=car_id, event_id=refusal.event_id, reason=refusal.reason)
    receipt = receipts.receipt(car_id, chain.sequence, chain.digest) if chain.sequence else None
    return BatchReceipt(
        accepted=tuple(accepted), refused=tuple(refused), not_kept=taking.counted["not_kept"], head=receipt
    )


def _take_withheld(taking: _Taking, car_id: str, batch: EventBatch) -> None:
    for link in batch.withheld:
        if reason := taking.chain.withheld(link):
            _chain_alarm(taking, car_id, reason, link, f"row {link.sequence}")


def _check_head(taking: _Taking, car_id: str, batch: EventBatch) -> None:
    reason = taking.chain.head_fault(fresh=taking.counted["fresh"] > 0)
    if reason and batch.head:
        _chain_alarm(taking, car_id, reason, batch.head, f"row {batch.head.sequence}")


def _chain_alarm(taking: _Taking, car_id: str, reason: str, said: Message, subject: str) -> None:
    """Alarm and flag what a car says of its chain beside its events."""
    content = canonical_json(said.model_dump(mode="json"))
    sha256 = hashlib.sha256(f"{car_id}\n{content}".encode()).hexdigest()
    log.warning("chain.refused", car=car_id, reason=reason)
    _keep_alarm(taking.connection, _Alarm(car_id, "", "audit.chain", subject, content, sha256), reason, taking.now)
    raise_once(taking.connection, car_id, reason, subject, taking.now)


def _take(taking: _Taking, arrival: Arrival) -> str:
    """Take one event; return the reason when it is refused, else an empty text."""
    message = arrival.message
    if TRAINING_MARK in message.body:
        return "training_record"
    if there := taking.record.there(arrival):
        return _repeated(arrival, there)
    taking.counted["fresh"] += 1
    if reason := taking.chain.fault(message):
        raise_once(taking.connection, arrival.car_id, reason, f"row {message.sequence}", taking.now)
        return reason
    if message.kind not in _KINDS:
        return "unknown_kind"
    if taking.reads_only and not arrival.bulk:
        return "reads_only"
    if arrival.bulk and not (taking.reads_only or taking.policy.retention.bulk_reads_at_headquarters.value):
        taking.counted["not_kept"] += 1
        return ""
    if message.kind in _LOOKING_BACK:
        taking.record.write()
    if message.kind == EventKind.STOP.value and (
        reason := stop_lacks(taking.connection, arrival.car_id, message, taking.policy)
    ):
        return reason
    taking.record.add(arrival)
    if not arrival.bulk:
        _follow(taking, arrival)
    return ""


def _repeated(arrival: Arrival, there: There) -> str:
    """A repeat is harmless. What retention has emptied has no content to compare with; the car stays its owner."""
    same = there.sha256 == arrival.sha256 or (there.sha256 == EMPTIED and there.car_id == arrival.car_id)
    return "" if same else "other_content"


def _follow(taking: _Taking, arrival: Arrival) -> None:
    """Do what follows from an event that is kept."""
    message, connection = arrival.message, taking.connection
    raise_flag(connection, arrival.car_id, message, taking.now)
    forward(connection, arrival.car_id, message, taking.now)
    hold_or_release(connection, arrival.car_id, message, taking.now)
    register_feeds.follow(connection, arrival.car_id, message, taking.policy, taking.now)
    asked = message.kind == EventKind.REMOVAL_ASKED.value and message.body.get("act") == EntryAct.REMOVAL.value
    if asked and removal_stands(connection, arrival.car_id, message):
        list_id, entry_id = (str(message.body.get(name)) for name in ("list_id", "entry_id"))
        remove_entry(connection, list_id, entry_id, message.actor)


def _refuse(taking: _Taking, arrival: Arrival, reason: str) -> None:
    """Keep the refused event with its reason, and flag a stop."""
    message = arrival.message
    about = (arrival.car_id, message.event_id, message.kind, message.subject)
    _keep_alarm(taking.connection, _Alarm(*about, arrival.content, arrival.sha256), reason, taking.now)
    if reason in STOP_REASONS:
        raise_refused(taking.connection, arrival.car_id, message, reason, taking.now)


def _keep_alarm(connection: Connection, alarm: _Alarm, reason: str, now: datetime) -> None:
    """Keep what was refused; the same one again only counts."""
    same = (alarms.c.content_sha256 == alarm.content_sha256) & (alarms.c.reason == reason)
    again = update(alarms).where(same).values(times=alarms.c.times + 1, last_at=now)
    if connection.execute(again).rowcount:
        return
    times = {"first_at": now, "last_at": now, "times": 1}
    connection.execute(insert(alarms).values(asdict(alarm) | times | {"reason": reason}))


_KINDS = frozenset(kind.value for kind in EventKind)
# What is held against earlier events, or draws on them: these have to be on record by then.
_LOOKING_BACK = frozenset({EventKind.STOP.value, EventKind.PRESERVED.value, EventKind.REMOVAL_ASKED.value})
_CHAIN = ("chain_missing", "chain_altered", "chain_forked", "chain_gap", "head_smaller", "head_forked")
_SIGNED = ("head_not_signed", "device_key_changed")
_REFUSALS = {
    "other_content": 409,
    "unknown_kind": 422,
    "reads_only": 422,
    "training_record": 422,
    **dict.fromkeys(STOP_REASONS, 422),
    **dict.fromkeys(_CHAIN, 409),
    **dict.fromkeys(_SIGNED, 403),
}
