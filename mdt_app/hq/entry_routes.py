"""Routes of manual entries: request, check, decision, removal, renewal, and what stands on record (HOT-2 to HOT-11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import Person
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.policy import Policy
from mdt_app.hq import car_entries, entries, entry_records
from mdt_app.hq.access import CAR, Rejected, admit, message_of, store_of
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.sync.entry_wire import (
    EntryAsked,
    EntryChange,
    EntryDecision,
    EntryDetail,
    EntryRecord,
    EntryRecords,
    EntryRemoval,
    EntryRenewal,
)
from mdt_app.sync.wire import PREFIX

_BYTES = 64 << 10
_OVERSEERS = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Enterer = Annotated[Identity, Depends(admit(*car_entries.ENTERING))]
Reader = Annotated[Identity, Depends(admit(*_OVERSEERS, *car_entries.ENTERING))]
Supervisor = Annotated[Identity, Depends(admit(Role.SUPERVISOR))]
Asked = Annotated[EntryAsked, Depends(message_of(EntryAsked, _BYTES))]


def policy_of(request: Request) -> Policy:
    """Return the agency's policy."""
    policy: Policy = request.app.state.settings.policy
    return policy


ThePolicy = Annotated[Policy, Depends(policy_of)]


@contextmanager
def told() -> Iterator[None]:
    """What the rules refuse is turned away with its name and words."""
    try:
        yield
    except Refused as fault:
        raise Rejected(409, fault.reason, str(fault)) from fault
    except BadInput as fault:
        raise Rejected(422, "bad_entry", str(fault)) from fault


def person(caller: Identity) -> Person:
    """Return the person at a desk."""
    if caller.role is None:
        raise Rejected(403, "wrong_identity", "This identity may not do this.")
    return Person(caller.holder, caller.role)


@router.post("/cars/{car_id}/entries", dependencies=[Depends(admit(CAR))])
def request_from_car(asked: Asked, policy: ThePolicy, store: TheStore) -> EntryRecord:
    """Take a request in that an officer makes in a car; it reaches the supervisors' console (HOT-9)."""
    with told():
        return car_entries.ask(store, policy, asked)


@router.get("/cars/{car_id}/entries", dependencies=[Depends(admit(CAR))])
def entries_of_officer(user_id: str, store: TheStore, expiring: bool = False) -> EntryRecords:
    """Return an officer's own entries to the car that they use, or those about to expire (HOT-5)."""
    with told():
        owner = car_entries.officer(store, user_id).user_id
    entries.expire_due(store)
    return (entry_records.expiring if expiring else entry_records.records)(store, owner)


@router.post("/entries")
def request_entry(caller: Enterer, asked: Asked, policy: ThePolicy, store: TheStore) -> EntryDetail:
    """Take a request in from a desk."""
    with told():
        entries.request(store, policy, asked.entry_id, asked.draft.to_draft(), person(caller))
        return entry_records.detail(store, asked.entry_id)


@router.get("/entries")
def all_entries(caller: Reader, store: TheStore, expiring: bool = False) -> EntryRecords:
    """Return the entries, or those about to expire: all of them to who oversees, else the caller's own."""
    entries.expire_due(store)
    owner = "" if caller.role in _OVERSEERS else caller.holder
    return (entry_records.expiring if expiring else entry_records.records)(store, owner)


@router.get("/entries/{entry_id}")
def one_entry(entry_id: str, caller: Reader, store: TheStore) -> EntryDetail:
    """Return all that is on record of an entry."""
    return _shown(store, entry_id, caller)


@router.put("/entries/{entry_id}")
def change_entry(
    entry_id: str,
    caller: Enterer,
    asked: Annotated[EntryChange, Depends(message_of(EntryChange, _BYTES))],
    policy: ThePolicy,
    store: TheStore,
) -> EntryDetail:
    """Add a new version; every one before is kept (HOT-10)."""
    with told():
        entries.change(store, policy, entry_id, asked.version, asked.draft.to_draft(), person(caller))
        return entry_records.detail(store, entry_id)


@router.post("/entries/{entry_id}/renewal")
def renew_entry(
    entry_id: str,
    caller: Enterer,
    asked: Annotated[EntryRenewal, Depends(message_of(EntryRenewal, _BYTES))],
    policy: ThePolicy,
    store: TheStore,
) -> EntryDetail:
    """Ask for a later end; the plate is checked anew and a supervisor decides anew."""
    with told():
        entries.renew(store, policy, entry_id, asked.version, asked.expires_at, person(caller))
        return entry_records.detail(store, entry_id)


@router.post("/entries/{entry_id}/check")
async def check_entry(request: Request, entry_id: str, caller: Enterer, store: TheStore) -> EntryDetail:
    """Ask CJIS/NCIC about the plate, and keep the answer with the entry (HOT-7)."""
    by = person(caller)
    await run_in_threadpool(_shown, store, entry_id, caller)
    with told():
        query, version = await run_in_threadpool(entries.query_for, store, entry_id, by)
        answer = await request.app.state.gateway.check(store, f"desk:{by.user_id}", query)
        await run_in_threadpool(entries.record_check, store, entry_id, version, answer, by)
        return await run_in_threadpool(entry_records.detail, store, entry_id)


@router.post("/entries/{entry_id}/decision")
def decide_entry(
    entry_id: str,
    caller: Supervisor,
    decision: Annotated[EntryDecision, Depends(message_of(EntryDecision, _BYTES))],
    policy: ThePolicy,
    store: TheStore,
) -> EntryDetail:
    """Approve or refuse a version; approved, it is in the agency's list at once (HOT-3)."""
    with told():
        entries.decide(store, policy, entry_id, decision.version, decision.approve, decision.words, person(caller))
        return entry_records.detail(store, entry_id)


@router.post("/entries/{entry_id}/removal")
def remove_entry(
    entry_id: str,
    caller: Enterer,
    removal: Annotated[EntryRemoval, Depends(message_of(EntryRemoval, _BYTES))],
    store: TheStore,
) -> EntryDetail:
    """Take an entry out of every car's list (HOT-6)."""
    with told():
        entries.remove(store, entry_id, removal.words, person(caller))
        return entry_records.detail(store, entry_id)


def _shown(store: Store, entry_id: str, caller: Identity) -> EntryDetail:
    """All that is on record of an entry, to who oversees or asked for it; a plate is nobody else's to see."""
    with told():
        found = entry_records.detail(store, entry_id)
    if caller.role not in _OVERSEERS and caller.holder not in {version.by for version in found.versions}:
        raise Rejected(403, "not_yours", "This entry is somebody else's.")
    return found
