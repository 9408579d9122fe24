"""Routes of the Administrator's watch: findings of unusual use, their reviews, and security events (AUD-8)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq import overview, security, unusual
from mdt_app.hq.access import Rejected, admit, message_of, store_of
from mdt_app.hq.entry_routes import ThePolicy
from mdt_app.hq.register_routes import desk_with
from mdt_app.hq.registers import Desk
from mdt_app.hq.store import Store
from mdt_app.sync.desk_wire import RecordLines
from mdt_app.sync.oversight_wire import FindingMessage, FindingReview, Findings, SecurityEvents
from mdt_app.sync.overview_wire import AlertProfiles, DueRecords, PolicyInForce
from mdt_app.sync.wire import PREFIX

_BYTES = 64 << 10

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
watching = Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR))


@router.get("/findings", dependencies=[watching])
def findings(store: TheStore, closed: bool = False) -> Findings:
    """Return the findings of unusual use that wait for a review, newest first; with `closed` the reviewed ones too."""
    return unusual.held(store, closed=closed)


@router.get("/findings/{position}/searches", dependencies=[watching])
def finding_searches(position: int, store: TheStore) -> RecordLines:
    """Return the searches behind a finding, with what was searched for while retention leaves it."""
    return unusual.searches_of(store, position)


@router.post("/findings/{position}/review")
def review_finding(
    position: int,
    by: Annotated[Desk, Depends(desk_with(Role.ADMINISTRATOR))],
    review: Annotated[FindingReview, Depends(message_of(FindingReview, _BYTES))],
    store: TheStore,
) -> FindingMessage:
    """Dismiss a finding with the reason, or make it a violation; nobody reviews one about themselves."""
    try:
        return unusual.review(store, position, review, by)
    except (BadInput, Refused) as fault:
        raise Rejected(409, "finding_stays", str(fault)) from fault


@router.get("/security-events", dependencies=[watching])
def security_events(store: TheStore, limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> SecurityEvents:
    """Return failed sign-ins, lockouts, refused uses, exigent stops and unusual use, newest first; no plate in them."""
    return security.recent(store, limit)


@router.get("/policy", dependencies=[Depends(admit(Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR))])
def policy_in_force(policy: ThePolicy) -> PolicyInForce:
    """Return the policy that is enforced, each value with its clause, and where the model policy differs (AUD-9)."""
    return overview.policy_in_force(policy)


@router.get("/alert-profiles", dependencies=[watching])
def alert_profiles(store: TheStore) -> AlertProfiles:
    """Return what everybody has chosen to be alerted of, and the exceptions in force (ALR-3)."""
    return overview.profiles(store)


@router.get("/due")
def due(
    desk: Annotated[Desk, Depends(desk_with(Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR))], store: TheStore
) -> DueRecords:
    """Return what is due over all registers that the caller sees, the earliest first."""
    return overview.due(store, desk)
