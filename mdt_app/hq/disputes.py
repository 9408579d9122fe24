"""Disputes: a driver says that a stop was wrong. Who decides, what follows, and the list of known false hits.

A plate on that list is shown beside an alert with its evidence; no alert is ever hidden by it (docs/disputes.md).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, exists, insert, select

from mdt_app.domain.entries import Person
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.statements import says_enough
from mdt_app.hq.store import Store
from mdt_app.hq.tables import dispute_acts, disputes, events
from mdt_app.sync.desk_wire import (
    DisputeAct,
    DisputeDecision,
    DisputeOpened,
    DisputeRecord,
    DisputeRecords,
    KnownFalseHit,
    KnownFalseHits,
)
from mdt_app.sync.event_wire import EventMessage

LONGEST = timedelta(days=365)
"""A known false hit is looked at again after a year at the latest."""


def open_dispute(store: Store, opened: DisputeOpened, by: Person) -> None:
    """Put on record what the driver says. The same dispute again changes nothing. Raises Refused without words."""
    _require_words(opened.account)
    row = {"dispute_id": opened.dispute_id, "plate": opened.plate, "state": opened.state, "hit_id": opened.hit_id}
    with store.writing() as connection:
        if connection.scalar(select(disputes.c.position).where(disputes.c.dispute_id == opened.dispute_id)) is None:
            connection.execute(insert(disputes).values(row))
            _act(connection, opened.dispute_id, "opened", by, opened.account)


def decide(store: Store, dispute_id: str, decision: DisputeDecision, by: Person) -> None:
    """Uphold the dispute, which lists the plate as a known false hit, or reject it; the reason stands on record.

    Raises Refused for whoever made the stop or took the hit up, and without a reason or a time to end.
    """
    _require_words(decision.words)
    if decision.upheld:
        _require_end(decision.expires_at)
    with store.writing() as connection:
        row = connection.execute(select(disputes).where(disputes.c.dispute_id == dispute_id)).one_or_none()
        if row is None or _acts(connection, dispute_id)[-1].act != "opened":
            raise Refused("not_open", "There is no such open dispute.", "Look at the list again.")
        if by.user_id.casefold() in _involved(connection, row.hit_id):
            raise Refused("involved", "Nobody decides about their own stop.", "Ask another supervisor.")
        act = "upheld" if decision.upheld else "rejected"
        _act(connection, dispute_id, act, by, decision.words, decision.expires_at if decision.upheld else None)


def lift(store: Store, dispute_id: str, words: str, by: Person) -> None:
    """Take a plate off the list of known false hits before its time; the reason stands on record."""
    _require_words(words)
    with store.writing() as connection:
        acts = _acts(connection, dispute_id)
        if not acts or acts[-1].act != "upheld":
            raise Refused("not_listed", "This plate is not on the list.", "Look at the list again.")
        _act(connection, dispute_id, "lifted", by, words)


def records(store: Store) -> DisputeRecords:
    """Return all disputes with their acts, newest first."""
    with store.reading() as connection:
        rows = connection.execute(select(disputes).order_by(disputes.c.position.desc())).all()
        found = tuple(_record(row, _acts(connection, row.dispute_id)) for row in rows)
    return DisputeRecords(disputes=found)


def known_false_hits(store: Store) -> KnownFalseHits:
    """Return the plates whose disputes were upheld and that have not ended, for cars to show."""
    listed, lifted = dispute_acts.alias(), dispute_acts.alias()
    over = exists().where(lifted.c.dispute_id == listed.c.dispute_id, lifted.c.act == "lifted")
    query = (
        select(disputes, listed.c.words, listed.c.at, listed.c.expires_at)
        .join(listed, listed.c.dispute_id == disputes.c.dispute_id)
        .where(listed.c.act == "upheld", listed.c.expires_at > datetime.now(UTC), ~over)
        .order_by(disputes.c.position)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    about = [(row, {"evidence": row.words, "since": row.at, "expires_at": row.expires_at}) for row in rows]
    named = ("dispute_id", "plate", "state")
    return KnownFalseHits(
        plates=tuple(KnownFalseHit(**{name: getattr(row, name) for name in named}, **said) for row, said in about)
    )


def _involved(connection: Connection, hit_id: str) -> frozenset[str]:
    """Who stopped, or ended the hit: the persons whose act is in dispute."""
    kinds = (EventKind.STOP.value, EventKind.NO_STOP.value, EventKind.PLATE_CONFIRMED.value)
    query = select(events.c.content).where(events.c.subject == hit_id, events.c.kind.in_(kinds))
    rows = connection.scalars(query) if hit_id else ()
    return frozenset(EventMessage.model_validate_json(content).actor.casefold() for content in rows)


def _acts(connection: Connection, dispute_id: str) -> list[Any]:
    query = select(dispute_acts).where(dispute_acts.c.dispute_id == dispute_id).order_by(dispute_acts.c.position)
    return list(connection.execute(query))


def _record(row: Any, acts: list[Any]) -> DisputeRecord:
    told = (DisputeAct(act=a.act, by=a.by, at=a.at, words=a.words, expires_at=a.expires_at) for a in acts)
    return DisputeRecord(
        dispute_id=row.dispute_id, plate=row.plate, state=row.state, hit_id=row.hit_id, acts=tuple(told)
    )


def _act(
    connection: Connection, dispute_id: str, act: str, by: Person, words: str, expires_at: datetime | None = None
) -> None:
    row = {"dispute_id": dispute_id, "act": act, "by": by.user_id, "at": datetime.now(UTC), "words": words}
    connection.execute(insert(dispute_acts).values(row | {"expires_at": expires_at}))


def _require_words(words: str) -> None:
    if not says_enough(words):
        raise Refused("words_missing", "The facts are missing.", "Say them in three words or more.")


def _require_end(expires_at: datetime | None) -> None:
    now = datetime.now(UTC)
    if expires_at is None or not now < expires_at <= now + LONGEST:
        raise Refused("end_missing", "The list needs a time to end, within a year.", "Set it.")
