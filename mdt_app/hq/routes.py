"""Headquarters' routes, version 1. Each names who may call it; the rest of the work stands in its own module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.events import EventKind
from mdt_app.hq import accounts, confirmations, entries, flags, ingest, list_files, lists, records
from mdt_app.hq.access import CAR, Rejected, admit, message_of, packed_message_of, store_of, stream_of
from mdt_app.hq.bundles import BundleMaker, signed_for
from mdt_app.hq.identity import Identity
from mdt_app.hq.ranges import the_rest
from mdt_app.hq.store import Store
from mdt_app.sync.check_wire import ConfirmationAsked, ConfirmationReplies, RecordsCheckReply, RecordsCheckRequest
from mdt_app.sync.event_wire import BatchReceipt, EventBatch, RecordedEvents, Summary
from mdt_app.sync.keeping_wire import FlagMessage, FlagReview, Flags
from mdt_app.sync.list_wire import HotListManifest, HotListManifests
from mdt_app.sync.policy_wire import CarPolicyMessage
from mdt_app.sync.snapshot import MEDIA_TYPE
from mdt_app.sync.wire import PREFIX, SIGNATURE, Digest, Done, Moment, SignedMessage

_BATCH_BYTES = 8 << 20
_CHECK_BYTES = 64 << 10
_LIST_BYTES = 2 << 30

_READERS = (CAR, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR)

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]


@router.get("/health")
def health(store: TheStore) -> dict[str, str]:
    """Say whether headquarters and its database work. Open to all: it tells nothing else."""
    with store.reading():
        return {"status": "ok", "version": PREFIX.strip("/")}


@router.post("/cars/{car_id}/events")
def push_events(
    request: Request,
    car: Annotated[Identity, Depends(admit(CAR))],
    batch: Annotated[EventBatch, Depends(packed_message_of(EventBatch, _BATCH_BYTES))],
    store: TheStore,
) -> BatchReceipt:
    """Take a car's events in."""
    settings = request.app.state.settings
    return ingest.take_in(store, car.holder, batch, settings.policy, settings.receipts)


@router.get("/hotlists", dependencies=[Depends(admit(*_READERS))])
def hotlists(store: TheStore) -> HotListManifests:
    """Return every list's manifest; what is over at this moment has left the agency's list before."""
    entries.expire_due(store)
    return HotListManifests(hotlists=lists.manifests(store))


@router.get("/cars/{car_id}/hotlists")
def car_hotlists(request: Request, car: Annotated[Identity, Depends(admit(CAR))], store: TheStore) -> SignedMessage:
    """Return which lists are in force, signed for this car at this moment."""
    entries.expire_due(store)
    return lists.word_for(store, car.holder, request.app.state.settings.bundles.signer)


@router.get("/hotlists/{list_id}/entries", dependencies=[Depends(admit(*_READERS))])
def hotlist_entries(request: Request, list_id: str, store: TheStore) -> Response:
    """Return a list's file; a caller that holds its beginning asks for the rest (Range, If-Range)."""
    file = list_files.held_file(store, list_id)
    if file is None:
        raise Rejected(404, "no_such_list", "Headquarters holds no list of this name.")
    return the_rest(file.delivery, file.size, partial(list_files.read, store, file), request.headers)


@router.get("/hotlists/{list_id}/deltas/{base_sha256}", dependencies=[Depends(admit(CAR))])
def hotlist_delta(request: Request, list_id: str, base_sha256: Digest, store: TheStore) -> Response:
    """Return what changed in a list since the version with this digest, signed."""
    made = list_files.delta_file(store, list_id, base_sha256, request.app.state.settings.bundles.signer)
    if made is None:
        raise Rejected(404, "no_such_delta", "Headquarters has no delta from this version; fetch the whole list.")
    return Response(made[0], media_type=MEDIA_TYPE, headers={SIGNATURE: made[1]})


@router.put("/hotlists/{list_id}", dependencies=[Depends(admit(Role.ADMINISTRATOR))])
async def put_hotlist(
    list_id: str, content: Annotated[AsyncIterator[bytes], Depends(stream_of(_LIST_BYTES))], store: TheStore
) -> HotListManifest:
    """Put a complete list in the place of the one before."""
    incoming = list_files.Incoming(store)
    try:
        async for chunk in content:
            await run_in_threadpool(incoming.add, chunk)
        file = await run_in_threadpool(incoming.whole)
        return await run_in_threadpool(lists.replace_by, store, list_id, file)
    except BadInput as fault:
        raise Rejected(422, "bad_list", str(fault)) from fault
    finally:
        await run_in_threadpool(incoming.drop)


@router.get("/cars/{car_id}/accounts")
def car_accounts(request: Request, car: Annotated[Identity, Depends(admit(CAR))], store: TheStore) -> SignedMessage:
    """Return every account, signed for this car, by which it lets people sign in without a link."""
    bundles: BundleMaker = request.app.state.settings.bundles
    return bundles.bundle(car.holder, accounts.all_accounts(store))


@router.get("/cars/{car_id}/policy")
def car_policy(request: Request, car: Annotated[Identity, Depends(admit(CAR))]) -> SignedMessage:
    """Return the agency's policy, signed for this car."""
    settings = request.app.state.settings
    if settings.source is None:
        raise Rejected(404, "no_policy", "Headquarters gives no policy to cars; their settings name it.")
    return signed_for(CarPolicyMessage.of(car.holder, datetime.now(UTC), settings.source), settings.bundles.signer)


@router.get("/flags", dependencies=[Depends(admit(Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR))])
def raised_flags(store: TheStore, closed: bool = False) -> Flags:
    """Return what a supervisor has to look at, oldest first; with `closed` also what has been looked at."""
    return flags.raised(store, closed=closed)


@router.post("/flags/{position}/close")
def close_flag(
    position: int,
    desk: Annotated[Identity, Depends(admit(Role.SUPERVISOR, Role.ADMINISTRATOR))],
    review: Annotated[FlagReview, Depends(message_of(FlagReview, _CHECK_BYTES))],
    store: TheStore,
) -> FlagMessage:
    """Close a flag with words; nobody closes what their own act raised."""
    try:
        return flags.close(store, position, desk.holder, review.words)
    except BadInput as fault:
        raise Rejected(409, "flag_stays", str(fault)) from fault


@router.post("/records-checks")
async def records_check(
    request: Request,
    car: Annotated[Identity, Depends(admit(CAR))],
    asked: Annotated[RecordsCheckRequest, Depends(message_of(RecordsCheckRequest, _CHECK_BYTES))],
) -> RecordsCheckReply:
    """Ask the state's message switch about a plate."""
    if asked.ori != request.app.state.settings.agency_ori:
        raise Rejected(422, "other_ori", "The records check names another agency's ORI.")
    try:
        status = await request.app.state.gateway.check(store_of(request), car.holder, asked.to_query())
    except Refused as fault:
        raise Rejected(409, fault.reason, str(fault)) from fault
    return RecordsCheckReply.of(status)


@router.post("/hit-confirmations")
async def request_confirmation(
    request: Request,
    car: Annotated[Identity, Depends(admit(CAR))],
    asked: Annotated[ConfirmationAsked, Depends(message_of(ConfirmationAsked, _CHECK_BYTES))],
) -> Done:
    """Ask the entering agency to confirm a hit; the car fetches the answers."""
    if asked.ori != request.app.state.settings.agency_ori:
        raise Rejected(422, "other_ori", "The hit confirmation names another agency's ORI.")
    await request.app.state.confirmations.request(car.holder, asked.to_query())
    return Done()


@router.get("/cars/{car_id}/confirmations")
def car_confirmations(
    car: Annotated[Identity, Depends(admit(CAR))], store: TheStore, after: Annotated[int, Query(ge=0, le=2**53)] = 0
) -> ConfirmationReplies:
    """Return the answers to a car's hit confirmation requests that came after a position."""
    return confirmations.replies_after(store, car.holder, after)


@router.get("/events", dependencies=[Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR))])
def recorded_events(
    store: TheStore,
    since: Moment | None = None,
    kind: EventKind | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> RecordedEvents:
    """Return what the record holds, newest first."""
    return records.recorded_events(store, since, kind, limit)


@router.get("/summary", dependencies=[Depends(admit(Role.ADMINISTRATOR, Role.AUDITOR, Role.SUPERVISOR))])
def summary(store: TheStore) -> Summary:
    """Return the counts."""
    return records.summary(store)
