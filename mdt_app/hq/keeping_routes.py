"""Routes of the witness, of retention and of the recovery escrow (AUD-1, REC-3)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.hq import escrow, heads, keeping
from mdt_app.hq.access import CAR, Rejected, admit, message_of, store_of
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.sync.event_wire import HeadStates
from mdt_app.sync.keeping_wire import PurgeCounts, RecoveryBlob, RetentionMessage
from mdt_app.sync.wire import PREFIX, Done, Reason

_BYTES = 64 << 10
_LOOKS_ON = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR)

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Administrator = Annotated[Identity, Depends(admit(Role.ADMINISTRATOR))]
Why = Annotated[Reason, Depends(message_of(Reason, _BYTES))]


@router.get("/heads", dependencies=[Depends(admit(*_LOOKS_ON))])
def head_states(store: TheStore) -> HeadStates:
    """Return how far each car's audit chain is held."""
    return heads.head_states(store)


@router.post("/cars/{car_id}/chain/begin")
def begin_chain(car_id: str, by: Administrator, why: Why, store: TheStore) -> Done:
    """Let a car's chain begin anew, after its device was replaced or its fork looked into; on record with the words."""
    try:
        heads.begin_anew(store, car_id, by.holder, why.words)
    except BadInput as fault:
        raise Rejected(404, "no_such_chain", str(fault)) from fault
    return Done()


@router.get("/retention", dependencies=[Depends(admit(*_LOOKS_ON))])
def retention_outlook(request: Request, store: TheStore) -> RetentionMessage:
    """Return what retention would take now, and the signed counts of what it took; nothing is changed."""
    return keeping.outlook(store, request.app.state.settings.policy.retention, datetime.now(UTC))


@router.post("/retention")
def purge(request: Request, by: Administrator, why: Why, store: TheStore) -> PurgeCounts:
    """Take what is due now, because a person says so; on record with the words."""
    settings = request.app.state.settings
    now = datetime.now(UTC)
    return keeping.purge_by_hand(store, settings.policy.retention, settings.receipts, now, by.holder, why.words)


@router.post("/cars/{car_id}/recovery")
def keep_recovery(
    car: Annotated[Identity, Depends(admit(CAR))],
    blob: Annotated[RecoveryBlob, Depends(message_of(RecoveryBlob, _BYTES))],
    store: TheStore,
) -> Done:
    """Keep a car's sealed store keys."""
    escrow.keep(store, car.holder, blob)
    return Done()


@router.post("/cars/{car_id}/recovery/release")
def give_out_recovery(car_id: str, by: Administrator, why: Why, store: TheStore) -> RecoveryBlob:
    """Give a car's sealed store keys to the Administrator; on record with the words."""
    try:
        return escrow.give_out(store, car_id, by.holder, why.words)
    except BadInput as fault:
        raise Rejected(404, "no_escrow", str(fault)) from fault
