"""Routes of the supervisor's desk beside entries: who sits there, hits of all cars, reliability, disputes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from mdt_app.domain.accounts import Role
from mdt_app.domain.policy import Policy
from mdt_app.domain.purposes import prohibited_uses
from mdt_app.hq import disputes, entry_records, hit_records
from mdt_app.hq.access import admit, message_of, store_of
from mdt_app.hq.entry_routes import ThePolicy, person, told
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.hq.unused import note_use
from mdt_app.sync.desk_wire import (
    DeskInfo,
    DisputeDecision,
    DisputeOpened,
    DisputeRecords,
    HitLines,
    KnownFalseHits,
    PurposeChoice,
    RecordLines,
    ReliabilityTable,
)
from mdt_app.sync.entry_wire import CarList, EntryRemoval
from mdt_app.sync.wire import PREFIX, Done, Identifier

_BYTES = 64 << 10
_OVERSEERS = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)
_DECIDERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Decider = Annotated[Identity, Depends(admit(*_DECIDERS))]
overseen = Depends(admit(*_OVERSEERS))


@router.get("/desk")
def desk(
    request: Request, caller: Annotated[Identity, Depends(admit(*Role))], policy: ThePolicy, store: TheStore
) -> DeskInfo:
    """Return who sits at this desk, and the rules that its forms need. The desk's account counts as used."""
    note_use(store, caller.holder, datetime.now(UTC))
    who, rules = person(caller), policy.manual_entry
    return DeskInfo(
        holder=who.user_id,
        role=who.role,
        ori=request.app.state.settings.agency_ori,
        policy=policy.name,
        may_enter=who.role in rules.entered_by.value,
        approval_needed=rules.approval_needed.value,
        expiry_needed=rules.expiry_needed.value,
        suspicion_for_crime=rules.suspicion_for_crime.value,
        idle_minutes=policy.sign_in.idle_lock_minutes.value,
        factors=policy.sign_in.factors.value if policy.sign_in.second_factor.value else (),
        purposes=tuple(_choices(policy)),
    )


@router.get("/hits", dependencies=[overseen])
def hits(store: TheStore, limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> HitLines:
    """Return the newest hits of all cars, and how they ended."""
    return hit_records.hits(store, limit)


@router.get("/subjects/{subject}", dependencies=[overseen])
def history(subject: str, store: TheStore) -> RecordLines:
    """Return what stands on record of a flagged hit or session, for whoever reviews it."""
    return hit_records.history(store, subject)


@router.get("/reliability", dependencies=[overseen])
def reliability(store: TheStore) -> ReliabilityTable:
    """Return how the hits of each list and entering agency ended."""
    return hit_records.reliability(store)


@router.get("/agency-list/cars", dependencies=[overseen])
def cars(store: TheStore) -> tuple[CarList, ...]:
    """Return which version of the agency's list each car has put in force (HOT-6)."""
    return entry_records.acknowledgments(store)


@router.get("/disputes", dependencies=[overseen])
def all_disputes(store: TheStore) -> DisputeRecords:
    """Return the disputes with all acts on them."""
    return disputes.records(store)


@router.post("/disputes")
def open_dispute(
    caller: Annotated[Identity, Depends(admit(*_DECIDERS, Role.COMMUNICATIONS, Role.OFFICER))],
    opened: Annotated[DisputeOpened, Depends(message_of(DisputeOpened, _BYTES))],
    store: TheStore,
) -> Done:
    """Put on record that a driver says that a stop was wrong."""
    with told():
        disputes.open_dispute(store, opened, person(caller))
    return Done()


@router.post("/disputes/{dispute_id}/decision")
def decide_dispute(
    dispute_id: Identifier,
    caller: Decider,
    decision: Annotated[DisputeDecision, Depends(message_of(DisputeDecision, _BYTES))],
    store: TheStore,
) -> Done:
    """Uphold or reject a dispute; nobody decides about their own stop."""
    with told():
        disputes.decide(store, dispute_id, decision, person(caller))
    return Done()


@router.post("/disputes/{dispute_id}/lift")
def lift_false_hit(
    dispute_id: Identifier,
    caller: Decider,
    reason: Annotated[EntryRemoval, Depends(message_of(EntryRemoval, _BYTES))],
    store: TheStore,
) -> Done:
    """Take a plate off the list of known false hits before its time."""
    with told():
        disputes.lift(store, dispute_id, reason.words, person(caller))
    return Done()


@router.get("/false-hits", dependencies=[Depends(admit(*_OVERSEERS))])
def false_hits(store: TheStore) -> KnownFalseHits:
    """Return the plates whose hits were wrong before; a car shows it beside the alert and hides nothing."""
    return disputes.known_false_hits(store)


def _choices(policy: Policy) -> list[PurposeChoice]:
    """The permitted purposes first, then what is refused by name."""
    named = [PurposeChoice(key=key, words=p.words, needs_facts=p.needs_facts) for key, p in policy.purposes.items()]
    refused = prohibited_uses(policy).items()
    named += [PurposeChoice(key=key, words=p.words, citations=p.unless, prohibited=True) for key, p in refused]
    return named
