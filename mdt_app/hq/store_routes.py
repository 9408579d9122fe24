"""Routes of the vendor's store: cars bring their bulk reads, headquarters says who may and asks for them (REC-4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.read_search import VENDOR_STORE
from mdt_app.hq import ingest, keeping, store_trust
from mdt_app.hq.access import AGENCY, CAR, Rejected, admit, message_of, packed_message_of, store_of
from mdt_app.hq.found_reads import found_reads
from mdt_app.hq.identity import Identity
from mdt_app.hq.own_trail import Act
from mdt_app.hq.store import Store
from mdt_app.sync.event_wire import BatchReceipt, EventBatch
from mdt_app.sync.keeping_wire import RetentionMessage
from mdt_app.sync.search_wire import FoundPage
from mdt_app.sync.store_wire import ReaderBatch, StoreOrders, StoreSearch
from mdt_app.sync.wire import PREFIX, Done

_BATCH_BYTES = 8 << 20
_ORDERS_BYTES = 64 << 20
_BYTES = 64 << 10

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Agency = Annotated[Identity, Depends(admit(AGENCY))]


@router.get("/health")
def health(store: TheStore) -> dict[str, str]:
    """Say whether the store and its database work. Open to all: it tells nothing else."""
    with store.reading():
        return {"status": "ok", "version": PREFIX.strip("/")}


@router.post("/cars/{car_id}/events")
def push_reads(
    request: Request,
    car: Annotated[Identity, Depends(admit(CAR))],
    batch: Annotated[EventBatch, Depends(packed_message_of(EventBatch, _BATCH_BYTES))],
    store: TheStore,
) -> BatchReceipt:
    """Take a car's bulk reads in; anything else is refused: it belongs to headquarters."""
    settings = request.app.state.settings
    return ingest.take_in(store, car.holder, batch, settings.policy, settings.receipts, reads_only=True)


@router.put("/store/orders")
def store_orders(
    _: Agency, told: Annotated[StoreOrders, Depends(message_of(StoreOrders, _ORDERS_BYTES))], store: TheStore
) -> Done:
    """Trust these cars and no others, and hold this for cases."""
    store_trust.obey(store, told)
    return Done()


@router.post("/store/readers")
def reader_reads(
    request: Request,
    _: Agency,
    said: Annotated[ReaderBatch, Depends(message_of(ReaderBatch, _BATCH_BYTES))],
    store: TheStore,
) -> BatchReceipt:
    """Take the bulk reads of a fixed or portable reader in, which headquarters brings."""
    settings = request.app.state.settings
    return ingest.take_in(store, said.reader_id, said.batch, settings.policy, settings.receipts, reads_only=True)


@router.post("/store/reads")
def store_reads(
    request: Request,
    by: Agency,
    asked: Annotated[StoreSearch, Depends(message_of(StoreSearch, _BYTES))],
    store: TheStore,
) -> FoundPage:
    """Return reads that fit a search of headquarters; that it asked is on record here too, without the plate."""
    try:
        with store.reading() as connection:
            page = found_reads(connection, asked.terms.to_terms(), asked.after, asked.most)
    except BadInput as fault:
        raise Rejected(422, "bad_search", str(fault)) from fault
    with store.writing() as connection:
        body = {"found": {VENDOR_STORE: page.count}, "lines": len(page.lines)}
        act = Act(EventKind.SEARCH_ANSWERED, by.holder, "store", asked.search_id, body)
        request.app.state.settings.trail.record(connection, act)
    return page


@router.get("/store/retention")
def store_retention(request: Request, _: Agency, store: TheStore) -> RetentionMessage:
    """Return what retention would take here now, and the signed counts of what it took."""
    return keeping.outlook(store, request.app.state.settings.policy.retention, datetime.now(UTC))
