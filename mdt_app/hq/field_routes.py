"""Routes of what stands out in the field: cars' states, designated people, and readers with no car around them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq import designated, live, reader_desk
from mdt_app.hq.access import CAR, READER, Rejected, admit, message_of, store_of
from mdt_app.hq.entry_routes import ThePolicy
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.sync.field_wire import (
    AlertNotices,
    AlertRoutes,
    CarDuty,
    CarLines,
    CarState,
    ExigentLines,
    NewAlertRoute,
    NewReader,
    ReaderAnswer,
    ReaderHits,
    ReaderIssued,
    ReaderLines,
    ReaderReads,
)
from mdt_app.sync.identity_wire import CarId
from mdt_app.sync.wire import PREFIX, Done

_BYTES = 64 << 10
_OVERSEERS = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Administrator = Annotated[Identity, Depends(admit(Role.ADMINISTRATOR))]
Number = Annotated[int, Query(ge=0, le=2**53)]
overseen = Depends(admit(*_OVERSEERS))


@contextmanager
def _told(status: int = 404) -> Iterator[None]:
    """What does not fit is turned away with its words."""
    try:
        yield
    except BadInput as fault:
        raise Rejected(status, "bad_field", str(fault)) from fault


@router.post("/cars/{car_id}/state")
def car_state(
    car: Annotated[Identity, Depends(admit(CAR))],
    state: Annotated[CarState, Depends(message_of(CarState, _BYTES))],
    store: TheStore,
) -> Done:
    """Keep how a car says it is, for the supervisors' live view."""
    live.keep_state(store, car.holder, state)
    return Done()


@router.get("/cars", dependencies=[overseen])
def cars(store: TheStore) -> CarLines:
    """Return how every car is, and since when that is known."""
    return live.car_lines(store)


@router.put("/cars/{car_id}/duty")
def car_duty(
    car_id: CarId, by: Administrator, duty: Annotated[CarDuty, Depends(message_of(CarDuty, _BYTES))], store: TheStore
) -> Done:
    """Say where a car works and as what: it hears of the other cameras there."""
    reader_desk.place_car(store, car_id, duty, by.holder)
    return Done()


@router.get("/cars/{car_id}/reader-hits")
def reader_hits(car: Annotated[Identity, Depends(admit(CAR))], store: TheStore, after: Number = 0) -> ReaderHits:
    """Return the fresh hits of other cameras in the car's areas, after a position."""
    return reader_desk.hits_for(store, car.holder, after)


@router.get("/cars/{car_id}/exigent-stops")
def exigent_stops(car: Annotated[Identity, Depends(admit(CAR))], store: TheStore) -> ExigentLines:
    """Return where other cars have stopped under exigent circumstances in the last hours, without plate or person."""
    return live.exigent_stops(store, car.holder)


@router.get("/alert-routes", dependencies=[overseen])
def alert_routes(store: TheStore) -> AlertRoutes:
    """Return who is told of which category of hits, and who was."""
    return designated.routes(store)


@router.post("/alert-routes")
def new_alert_route(
    by: Administrator, new: Annotated[NewAlertRoute, Depends(message_of(NewAlertRoute, _BYTES))], store: TheStore
) -> Done:
    """Have a person or an agency told of every hit of a category."""
    with _told(422):
        designated.designate(store, new, by.holder)
    return Done()


@router.post("/alert-routes/{position}/end")
def end_alert_route(position: int, by: Administrator, store: TheStore) -> Done:
    """Have an address told no more."""
    with _told():
        designated.end_route(store, position, by.holder)
    return Done()


@router.get("/notices")
def notices(caller: Annotated[Identity, Depends(admit(*Role))], store: TheStore) -> AlertNotices:
    """Return the hits that this desk is told of; to who oversees, everybody's."""
    return designated.notices(store, "" if caller.role in _OVERSEERS else caller.holder)


@router.post("/notices/{position}/seen")
def notice_seen(position: int, caller: Annotated[Identity, Depends(admit(*Role))], store: TheStore) -> Done:
    """Put on record that a notice was seen, by whom it is for; a supervisor may say so for another agency."""
    anybodys = caller.role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    with _told():
        designated.mark_seen(store, position, "" if anybodys else caller.holder)
    return Done()


@router.get("/readers", dependencies=[overseen])
def readers(store: TheStore) -> ReaderLines:
    """Return the fixed and portable readers, and when each was last heard."""
    return reader_desk.all_readers(store)


@router.post("/readers")
def new_reader(
    by: Administrator,
    new: Annotated[NewReader, Depends(message_of(NewReader, _BYTES))],
    store: TheStore,
    policy: ThePolicy,
) -> ReaderIssued:
    """Put a reader on the books and give out its credential, this once."""
    return reader_desk.add_reader(store, new, by.holder, policy)


@router.post("/readers/{reader_id}/end")
def end_reader(reader_id: CarId, by: Administrator, store: TheStore) -> Done:
    """End a reader's credential."""
    with _told():
        reader_desk.end_reader(store, reader_id, by.holder)
    return Done()


@router.post("/readers/{reader_id}/reads")
def reader_reads(
    request: Request,
    reader_id: CarId,
    reader: Annotated[Identity, Depends(admit(READER))],
    said: Annotated[ReaderReads, Depends(message_of(ReaderReads, _BYTES))],
    store: TheStore,
) -> ReaderAnswer:
    """Take a reader's reads in; what is on a list is passed on to the cars of its area and duties."""
    if reader.holder != reader_id:
        raise Rejected(403, "other_reader", "This token belongs to another reader.")
    settings = request.app.state.settings
    rules = settings.policy, settings.receipts, settings.kept
    try:
        return reader_desk.take_reads(store, request.app.state.listed.now(), reader.holder, said.reads, *rules)
    except Refused as fault:
        raise Rejected(503, fault.reason, str(fault)) from fault
