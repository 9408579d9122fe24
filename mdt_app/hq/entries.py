"""Manual entries at headquarters: each act a row that is only added, what is in force published to the cars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import ColumnElement, Connection, exists, insert, select

from mdt_app.domain import entries as rules
from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryDraft, Person, Standing, Step
from mdt_app.domain.errors import Refused
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import UseFault
from mdt_app.domain.records_check import RecordsQuery, StatusAnswer
from mdt_app.hq import agency_list
from mdt_app.hq.store import Store
from mdt_app.hq.tables import agency, entry_acts, entry_versions, flags
from mdt_app.sync.entry_wire import EntryCheck, EntryDraftMessage

log = structlog.get_logger()
HEADQUARTERS = Person("headquarters", Role.ADMINISTRATOR)
"""Who ends an entry when its time is over: nobody has to."""
_SAME_VERSION = (entry_versions.c.entry_id == entry_acts.c.entry_id) & (
    entry_versions.c.version == entry_acts.c.version
)


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as it is on record: where it stands, who wrote its versions, its newest draft and the one in force."""

    entry_id: str
    now: Standing
    authors: tuple[Person, ...]
    draft: EntryDraft
    in_force: EntryDraft | None


def request(store: Store, policy: Policy, entry_id: str, draft: EntryDraft, by: Person) -> None:
    """Put a request on record. The same one again changes nothing. Raises Refused with all that the policy misses.

    A prohibited use is refused by name, and the attempt is on record (PUR-4).
    """
    draft = replace(draft, plate=draft.plate.upper())
    _require_permitted(store, policy, draft, by, entry_id)
    with store.writing() as connection:
        first = select(entry_versions.c.content).where(
            entry_versions.c.entry_id == entry_id, entry_versions.c.version == 1
        )
        there = connection.scalar(first)
        if there is None:
            _write(connection, entry_id, 1, draft, by, Step.REQUESTED)
        elif there != _content(draft):
            raise Refused("other_content", "Another request has this id.", "Send it as a new one.")


def change(store: Store, policy: Policy, entry_id: str, base: int, draft: EntryDraft, by: Person) -> None:
    """Add a new version, which needs its own check and decision; the one in force stays until then (HOT-10)."""
    _require_permitted(store, policy, draft, by, entry_id)
    with store.writing() as connection:
        held = _held(connection, entry_id, base)
        _require_owner(held, by)
        _require(rules.step_fault(held.now, Step.UPDATED))
        _write(connection, entry_id, held.now.version + 1, draft, by, Step.UPDATED)


def renew(store: Store, policy: Policy, entry_id: str, base: int, expires_at: datetime, by: Person) -> None:
    """Ask for a later end: a new version, for which the plate is checked anew and a supervisor decides anew."""
    with store.writing() as connection:
        held = _held(connection, entry_id, base)
        _require_owner(held, by)
        _require(rules.step_fault(held.now, Step.RENEWED))
        draft = replace(held.in_force or held.draft, expires_at=expires_at)
        _require(*rules.draft_faults(policy, draft, datetime.now(UTC)))
        _write(connection, entry_id, held.now.version + 1, draft, by, Step.RENEWED)


def query_for(store: Store, entry_id: str, by: Person) -> tuple[RecordsQuery, int]:
    """Return the inquiry that verifies an entry's newest version, and that version. Raises Refused."""
    with store.reading() as connection:
        held, ori = _held(connection, entry_id), _ori(connection)
    _require(rules.step_fault(held.now, Step.CHECKED))
    draft = held.draft
    plate_type = draft.plate_type or "PC"
    query = RecordsQuery(str(uuid4()), entry_id, draft.plate, draft.state, plate_type, "", ori, by.user_id)
    return query, held.now.version


def record_check(store: Store, entry_id: str, version: int, answer: StatusAnswer, by: Person) -> None:
    """Keep CJIS/NCIC's answer with the version that it was asked for (HOT-7)."""
    check = EntryCheck(
        check_id=answer.check_id,
        answer=answer.answer,
        asked_at=answer.asked_at,
        answered_at=answer.answered_at,
        text=answer.text,
    )
    with store.writing() as connection:
        held = _held(connection, entry_id, version)
        _require(rules.step_fault(held.now, Step.CHECKED))
        _act(connection, entry_id, version, Step.CHECKED, by, check_content=check.model_dump_json())


def decide(store: Store, policy: Policy, entry_id: str, base: int, approve: bool, words: str, by: Person) -> None:
    """Approve a version, which puts it in force in the agency's list, or refuse it with a reason (HOT-3)."""
    with store.writing() as connection:
        held = _held(connection, entry_id, base)
        step = Step.APPROVED if approve else Step.REFUSED
        _require(rules.step_fault(held.now, step))
        _require(rules.decision_fault(policy, held.now, held.authors, by))
        if not approve:
            _require(rules.reason_fault(words))
            _act(connection, entry_id, base, step, by, words=words)
            return
        _require(rules.unverified_fault(policy, held.now))
        _require(*rules.draft_faults(policy, held.draft, datetime.now(UTC)))
        _act(connection, entry_id, base, step, by, words=words)
        version = _publish(connection, {entry_id: base})
        _act(connection, entry_id, base, Step.ACTIVATED, by, list_version=version)
    log.info("entry.activated", entry=entry_id, list_version=version)


def remove(store: Store, entry_id: str, words: str, by: Person) -> None:
    """Take an entry out of every car's list, with the reason on record (HOT-6). Its owner or a supervisor may."""
    with store.writing() as connection:
        held = _held(connection, entry_id)
        _require_owner(held, by)
        _require(rules.step_fault(held.now, Step.REMOVED), rules.reason_fault(words))
        version = _publish(connection, {entry_id: 0}) if held.now.active else 0
        _act(connection, entry_id, held.now.version, Step.REMOVED, by, words=words, list_version=version)


def located(connection: Connection, list_entry_id: str, actor: str) -> bool:
    """Remove an entry whose vehicle an officer has located (STP-8); False when it is none of ours in force."""
    prefix, _, entry_id = list_entry_id.partition(":")
    mine = select(entry_acts.c.position).where(entry_acts.c.entry_id == entry_id, _in_force_now())
    if prefix != rules.LIST_ID or connection.scalar(mine) is None:
        return False
    held = _held(connection, entry_id)
    version = _publish(connection, {entry_id: 0})
    by = Person(actor, Role.OFFICER)
    _act(connection, entry_id, held.now.version, Step.REMOVED, by, words="Vehicle located.", list_version=version)
    return True


def expire_due(store: Store) -> int:
    """End what is over at this moment, and publish the list without it; returns how many entries ended."""
    with store.reading() as connection:
        if not _due(connection):
            return 0
    with store.writing() as connection:
        due = _due(connection)
        version = _publish(connection, dict.fromkeys(due, 0)) if due else 0
        for entry_id, active in due.items():
            _act(connection, entry_id, active, Step.EXPIRED, HEADQUARTERS, list_version=version)
    return len(due)


def _due(connection: Connection) -> dict[str, int]:
    """The versions in force whose end has come. Every car's sync asks this, so it is one query over an index."""
    over = entry_versions.c.expires_at <= datetime.now(UTC)
    acts = select(entry_acts.c.entry_id, entry_acts.c.version).join(entry_versions, _SAME_VERSION)
    rows = connection.execute(acts.where(over, _in_force_now()).order_by(entry_acts.c.position))
    return {row.entry_id: row.version for row in rows}


def _in_force_now() -> ColumnElement[bool]:
    """Of acts: it put a version in force that has neither ended, nor been removed or followed by another since."""
    later = entry_acts.alias()
    ended = exists().where(
        later.c.entry_id == entry_acts.c.entry_id,
        later.c.position > entry_acts.c.position,
        later.c.step.in_((Step.ACTIVATED, Step.EXPIRED, Step.REMOVED)),
    )
    return (entry_acts.c.step == Step.ACTIVATED.value) & ~ended


def _publish(connection: Connection, changes: dict[str, int]) -> int:
    """Publish what is in force with these changes (entry -> version, 0: it goes); return the list's new version."""
    ori, table = _ori(connection), entry_versions
    kept = select(table).join(entry_acts, _SAME_VERSION).where(_in_force_now())
    rows = [row for row in connection.execute(kept) if row.entry_id not in changes]
    for entry_id, version in changes.items():
        new = select(table).where(table.c.entry_id == entry_id, table.c.version == version)
        rows += connection.execute(new).all()
    listed = (rules.list_entry(row.entry_id, draft_of(row.content), ori, row.at.date()) for row in rows)
    return agency_list.publish(connection, listed).version


def _ori(connection: Connection) -> str:
    return connection.scalar(select(agency.c.ori)) or ""


def _held(connection: Connection, entry_id: str, base: int | None = None) -> Held:
    """Read one entry. Raises Refused for an unknown one, and when `base` is no longer its newest version."""
    query = select(entry_versions).where(entry_versions.c.entry_id == entry_id).order_by(entry_versions.c.version)
    # Where the database lets two write at once, the second decision waits here and then sees the first.
    versions = connection.execute(query.with_for_update()).all()
    if not versions:
        raise Refused("no_such_entry", "Headquarters has no such entry.", "Look at the list again.")
    now = rules.standing(steps_of(connection, entry_id))
    if base is not None and base != now.version:
        raise Refused("other_version", "The entry was changed meanwhile.", "Look at it again.")
    drafts = {row.version: draft_of(row.content) for row in versions}
    authors = tuple(Person(row.by, Role(row.role)) for row in versions)
    return Held(entry_id, now, authors, drafts[now.version], drafts.get(now.active))


def steps_of(connection: Connection, entry_id: str) -> Sequence[rules.Taken]:
    """Return an entry's steps, oldest first."""
    query = select(entry_acts).where(entry_acts.c.entry_id == entry_id).order_by(entry_acts.c.position)
    return [taken(row) for row in connection.execute(query)]


def taken(row: Any) -> rules.Taken:
    """Return the step of a row."""
    check = check_of(row)
    return rules.Taken(Step(row.step), row.version, row.by, check.answer if check else None)


def check_of(row: Any) -> EntryCheck | None:
    """Return the check that a row keeps."""
    return EntryCheck.model_validate_json(row.check_content) if row.check_content else None


def draft_of(content: str) -> EntryDraft:
    """Return the draft of a version's content."""
    return EntryDraftMessage.model_validate_json(content).to_draft()


def _content(draft: EntryDraft) -> str:
    return EntryDraftMessage.of(draft).model_dump_json(exclude_defaults=True)


def _write(connection: Connection, entry_id: str, version: int, draft: EntryDraft, by: Person, step: Step) -> None:
    row = {"entry_id": entry_id, "version": version, "content": _content(draft), "expires_at": draft.expires_at}
    who = {"by": by.user_id, "role": by.role.value, "at": datetime.now(UTC)}
    connection.execute(insert(entry_versions).values(row | who))
    _act(connection, entry_id, version, step, by)


def _act(connection: Connection, entry_id: str, version: int, step: Step, by: Person, **more: Any) -> None:
    row = {"entry_id": entry_id, "version": version, "step": step.value, "by": by.user_id, "role": by.role.value}
    row |= {"at": datetime.now(UTC), "words": "", "check_content": "", "list_version": 0}
    connection.execute(insert(entry_acts).values(row | more))


def _require(*faults: UseFault | None) -> None:
    told = [fault for fault in faults if fault is not None]
    if told:
        words = " ".join(f"{f.words} ({f.clause})" if f.clause else f.words for f in told)
        raise Refused(told[0].name, words, told[0].remedy)


def _require_owner(held: Held, by: Person) -> None:
    if by.role is not Role.SUPERVISOR and by.user_id not in held.now.authors:
        raise Refused("not_yours", "This entry is somebody else's.", "Ask its owner or a supervisor.")


def _require_permitted(store: Store, policy: Policy, draft: EntryDraft, by: Person, entry_id: str) -> None:
    faults = rules.draft_faults(policy, draft, datetime.now(UTC))
    refused = next((fault.name for fault in faults if fault.name.startswith("prohibited.")), "")
    if refused:
        _flag_use(store, refused, by, entry_id)
    _require(*faults)


def _flag_use(store: Store, use: str, by: Person, entry_id: str) -> None:
    """The refused attempt is on record, for a supervisor to look at; one flag an attempt."""
    row = {"event_id": f"entry-{uuid4()}", "reason": "prohibited_use", "car_id": "", "actor": by.user_id}
    with store.writing() as connection:
        connection.execute(insert(flags).values(row | {"subject": entry_id, "raised_at": datetime.now(UTC)}))
    log.warning("entry.prohibited_use", use=use)
