"""Officers' requests for entries as their cars bring them, over the network or by hand (HOT-9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import structlog

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import Person
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.policy import Policy
from mdt_app.hq import accounts, entries, entry_records
from mdt_app.hq.store import Store
from mdt_app.sync.entry_wire import CarriedEntry, EntryAsked, EntryRecord

ENTERING = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CRIME_ANALYST, Role.COMMUNICATIONS)
"""Who may ask for an entry."""

log = structlog.get_logger()


def ask(store: Store, policy: Policy, asked: EntryAsked) -> EntryRecord:
    """Put an officer's request on record, where it reaches the supervisors; a repeat changes nothing.

    Returns the entry as it stands. Raises Refused with what the rules miss, or for an officer whom nobody knows.
    """
    by = officer(store, asked.user_id)
    entries.request(store, policy, asked.entry_id, asked.draft.to_draft(), by)
    return entry_records.record(store, asked.entry_id)


def officer(store: Store, user_id: str) -> Person:
    """Whose request a car sends: a person whose account is in force, in the role that headquarters gave."""
    account = next((a for a in accounts.all_accounts(store) if a.user_id == user_id and a.active), None)
    if account is None or account.role not in ENTERING:
        raise Refused("unknown_officer", "Headquarters knows no such officer.", "Sign in again.")
    return Person(account.user_id, account.role)


def answers(store: Store, policy: Policy, asked: Iterable[EntryAsked], people: Iterable[str]) -> Iterator[CarriedEntry]:
    """Put a package's requests on record; yield what is refused, and how all entries of its people stand."""
    entries.expire_due(store)
    owners = {*people}
    for one in asked:
        owners.add(one.user_id)
        try:
            ask(store, policy, one)
        except (Refused, BadInput) as fault:
            log.warning("package.entry_refused", entry=one.entry_id)
            yield CarriedEntry(entry_id=one.entry_id, user_id=one.user_id, refused=str(fault))
    for user_id in sorted(owners):
        for record in entry_records.records(store, user_id).entries if user_id else ():
            yield CarriedEntry(entry_id=record.entry_id, user_id=user_id, record=record)
