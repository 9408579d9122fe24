"""Retention at headquarters: what is old enough goes, cases are spared, and a signed count stays (REC-2, REC-3).

The unit is the UTC day on which a record came in: a day goes as a whole once its first record is as old as the policy
allows. Reads are deleted, on PostgreSQL with their day's partition. Of everything else that shows a plate or a person
the content is emptied, while who did what and when, and the links of the audit chain, stay.

Headquarters' clock is no trusted one. A purge that would reach back by more than a week beyond the one before waits
for a person, who is told by a flag; a clock that is behind the last purge purges nothing; a record that claims to come
from the future counts as received now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import (
    Connection,
    func,
    insert,
    select,
    update,
)

from mdt_app.domain.policy import Retention
from mdt_app.hq import read_days
from mdt_app.hq.flags import raise_once
from mdt_app.hq.purge_tasks import TASKS, Task
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.rounds import rounds
from mdt_app.hq.store import Store
from mdt_app.hq.tables import (
    keeping_acts,
    purges,
)
from mdt_app.sync.keeping_wire import PurgeCounts, PurgeMessage, RetentionMessage
from mdt_app.sync.wire import canonical_json

EVERY_S = 3600.0
"""How often headquarters looks for what is due."""
_SLICE = 2_000
"""Rows in one transaction, so that cars need not wait for a purge."""
_LEAP = timedelta(days=7)
_FUTURE = timedelta(days=1)
_SHOWN = 20

_Sign = Callable[[Connection, PurgeCounts], None]

log = structlog.get_logger()


def cutoff(retention: Retention, now: datetime) -> datetime:
    """What came in before this goes: a day's records together, the oldest of them no older than the policy's days."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=retention.days.value - 1)


def outlook(store: Store, retention: Retention, now: datetime) -> RetentionMessage:
    """Return what a purge would take now, what cases hold back, and the newest purges. Nothing is changed."""
    before, counts = cutoff(retention, now), Counter[str]()
    newest = select(purges.c.content, purges.c.signature).order_by(purges.c.position.desc()).limit(_SHOWN)
    with store.reading() as connection:
        for task in TASKS:
            old = select(func.count()).select_from(task.table).where(task.filled, task.since < before)
            held = connection.scalar(old.where(task.held)) or 0
            counts["preserved"] += held
            counts[task.name] += (connection.scalar(old) or 0) - held
        rows = connection.execute(newest).mappings().all()
    return RetentionMessage(
        days=retention.days.value,
        clause=retention.days.clause,
        before=before,
        would_go=PurgeCounts(**counts),
        purges=tuple(PurgeMessage.model_validate(dict(row)) for row in rows),
    )


def purge_due(store: Store, retention: Retention, receipts: ReceiptMaker, now: datetime) -> PurgeCounts | None:
    """Purge as headquarters does by itself; None, with a flag, where its clock does not bear it."""
    before = cutoff(retention, now)
    with store.writing() as connection:
        last = connection.scalar(select(func.max(purges.c.before)))
        reason = _clock_fault(last, before)
        if reason:
            raise_once(connection, "", reason, "retention", now)
    if reason:
        log.warning("retention.waits", reason=reason)
        return None
    return _purge(store, retention, receipts, now)


def purge_by_hand(
    store: Store, retention: Retention, receipts: ReceiptMaker, now: datetime, by: str, words: str
) -> PurgeCounts:
    """Purge because a person, who knows what time it is, says so; who and why is on record."""
    with store.writing() as connection:
        record_act(connection, "purged_by_hand", "retention", by, words)
    return _purge(store, retention, receipts, now)


@contextmanager
def kept(store: Store, retention: Retention, receipts: ReceiptMaker) -> Iterator[None]:
    """While inside, purge what is due, in a thread of its own that outlives every fault."""
    with rounds("retention", EVERY_S, lambda: purge_due(store, retention, receipts, datetime.now(UTC))):
        yield


def record_act(connection: Connection, act: str, subject: str, by: str, words: str) -> None:
    """Put on record who did what, and why."""
    row = {"act": act, "subject": subject, "by": by, "at": datetime.now(UTC), "words": words}
    connection.execute(insert(keeping_acts).values(row))


def _clock_fault(last: datetime | None, before: datetime) -> str:
    if last is None:
        return ""
    if before < last:
        return "clock_behind"
    return "retention_leap" if before - last > _LEAP else ""


def _purge(store: Store, retention: Retention, receipts: ReceiptMaker, now: datetime) -> PurgeCounts:
    before, gone = cutoff(retention, now), Counter[str]()
    sign = partial(_sign, retention, receipts, now)
    for task in TASKS:
        with store.writing() as connection:
            connection.execute(update(task.table).where(task.since > now + _FUTURE).values({task.since.key: now}))
    gone["reads"] = _drop_days(store, before, now, sign)
    for task in TASKS:
        while count := _slice(store, task, before, sign):
            gone[task.name] += count
    with store.writing() as connection:
        if connection.scalar(select(func.max(purges.c.before))) != before:
            _sign(retention, receipts, now, connection, PurgeCounts())
    log.info("retention.purged", **gone)
    return PurgeCounts(**gone)


def _drop_days(store: Store, before: datetime, now: datetime, sign: _Sign) -> int:
    """Drop the partitions of reads whose day is over, each with its signed count; make the next days' ready."""
    with store.writing() as connection:
        read_days.make_ahead(connection, before.date(), now)
        days = read_days.days_before(connection, before.date())
    gone = 0
    for day in days:
        with store.writing() as connection:
            count = read_days.drop(connection, day, before)
            sign(connection, PurgeCounts(reads=count))
        gone += count
    return gone


def _slice(store: Store, task: Task, before: datetime, sign: _Sign) -> int:
    """Take a slice of what is due, with its signed count in the same transaction; return how many rows that were."""
    due = select(*task.table.primary_key).where(task.filled, task.since < before, ~task.held).limit(_SLICE)
    with store.writing() as connection:
        keys = connection.execute(due).all()
        if keys:
            task.change(connection, task.table, keys)
            sign(connection, PurgeCounts(**{task.name: len(keys)}))
    return len(keys)


def _sign(
    retention: Retention, receipts: ReceiptMaker, now: datetime, connection: Connection, counts: PurgeCounts
) -> None:
    """Put a slice's counts on record: what went is provable, and nothing of it is kept."""
    before, days = cutoff(retention, now), retention.days
    content = canonical_json(
        {
            "at": now.isoformat(),
            "before": before.isoformat(),
            "days": days.value,
            "clause": days.clause,
            "gone": counts.model_dump(exclude={"preserved"}),
        }
    )
    row = {"at": now, "before": before, "content": content, "signature": receipts.count(content)}
    connection.execute(insert(purges).values(row))
