"""Routes of searches of past reads, by a desk and by the officer of a car (QRY-1 to QRY-3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.policy import Policy
from mdt_app.hq import accounts, search_cases
from mdt_app.hq.access import CAR, Rejected, admit, message_of, store_of
from mdt_app.hq.entry_routes import ThePolicy
from mdt_app.hq.identity import Identity
from mdt_app.hq.search_desk import SearchDesk, Searcher
from mdt_app.hq.store import Store
from mdt_app.sync.search_wire import CaseAsked, CaseFile, SearchAnswer, SearchAsked
from mdt_app.sync.wire import PREFIX, Done, Identifier, Name, Reason

_BYTES = 64 << 10
_SEARCHING = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CRIME_ANALYST, Role.COMMUNICATIONS)

router = APIRouter(prefix=PREFIX)


def search_desk_of(request: Request) -> SearchDesk:
    """Return what decides about searches at the headquarters that serves this request."""
    settings = request.app.state.settings
    return SearchDesk(store_of(request), settings.policy, settings.trail, settings.kept)


TheDesk = Annotated[SearchDesk, Depends(search_desk_of)]
TheStore = Annotated[Store, Depends(store_of)]
Person = Annotated[Identity, Depends(admit(*_SEARCHING))]
Car = Annotated[Identity, Depends(admit(CAR))]
Asked = Annotated[SearchAsked, Depends(message_of(SearchAsked, _BYTES))]
After = Annotated[Name, Query()]


@contextmanager
def _told() -> Iterator[None]:
    """What the rules refuse is turned away with its name, words and clause."""
    try:
        yield
    except Refused as fault:
        raise Rejected(409, fault.reason, str(fault)) from fault
    except BadInput as fault:
        raise Rejected(422, "bad_search", str(fault)) from fault


@router.post("/searches")
def search(caller: Person, asked: Asked, desk: TheDesk, policy: ThePolicy) -> SearchAnswer:
    """Search past reads for a permitted purpose; it is on record with its count before this is answered (QRY-2)."""
    with _told():
        _require_role(policy, caller.role)
        return desk.search(asked, Searcher(caller.holder))


@router.get("/searches/{search_id}/reads")
def further_reads(search_id: Identifier, caller: Person, desk: TheDesk, after: After = "") -> SearchAnswer:
    """Return a further page of the caller's own search of the last hour."""
    with _told():
        return desk.page(search_id, after, Searcher(caller.holder))


@router.post("/searches/{search_id}/case")
def into_case(
    request: Request,
    search_id: Identifier,
    caller: Person,
    asked: Annotated[CaseAsked, Depends(message_of(CaseAsked, _BYTES))],
    desk: TheDesk,
) -> CaseFile:
    """Hold reads of the caller's own search for a case, and give them out signed; there is no other export."""
    with _told():
        receipts = request.app.state.settings.receipts
        return search_cases.take_into_case(desk, receipts, search_id, asked, Searcher(caller.holder))


@router.post("/cases/{case_number}/release")
def release_case(
    case_number: Identifier,
    caller: Annotated[Identity, Depends(admit(Role.SUPERVISOR, Role.ADMINISTRATOR))],
    why: Annotated[Reason, Depends(message_of(Reason, _BYTES))],
    desk: TheDesk,
) -> Done:
    """Let go of what a case holds at headquarters, after its final disposition; on record with the words."""
    with _told():
        search_cases.release_case(desk.store, desk.trail, case_number, why.words, caller.holder)
    return Done()


@router.post("/cars/{car_id}/searches")
def search_from_car(car: Car, asked: Asked, desk: TheDesk, policy: ThePolicy, store: TheStore) -> SearchAnswer:
    """Search past reads for the officer of a car; on record here too before it is answered (QRY-3)."""
    with _told():
        _require_role(policy, _role_of(store, asked.user_id))
        return desk.search(asked, Searcher(asked.user_id, car.holder))


def _role_of(store: Store, user_id: str) -> Role | None:
    """The role that headquarters gave to who searches in a car; None without an account in force."""
    known = (account for account in accounts.all_accounts(store) if account.user_id == user_id and account.active)
    return next((account.role for account in known), None)


def _require_role(policy: Policy, role: Role | None) -> None:
    if role not in _SEARCHING or role not in policy.access.roles.value:
        words = f"This account may not search ({policy.access.roles.clause})."
        raise Refused("role_not_permitted", words, "Ask your supervisor.")
