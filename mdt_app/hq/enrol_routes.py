"""Routes of identity: enrolment (open, proved by the code), orders for cars, and the desks' acts on devices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq import enrolment, orders, renewal
from mdt_app.hq.access import CAR, Rejected, admit, message_of, open_message_of, store_of
from mdt_app.hq.identity import Identity
from mdt_app.hq.store import Store
from mdt_app.sync.identity_wire import (
    Devices,
    EnrolmentAnswer,
    EnrolmentClaim,
    EnrolmentDone,
    EnrolmentHello,
    NewEnrolment,
    NewOrder,
    OrderReport,
    RenewalClaim,
    RenewalDone,
    Revocation,
    SignedOrders,
)
from mdt_app.sync.wire import PREFIX, Done

_BYTES = 32 << 10

router = APIRouter(prefix=PREFIX)
TheStore = Annotated[Store, Depends(store_of)]
Administrator = Annotated[Identity, Depends(admit(Role.ADMINISTRATOR))]
OrderedCar = Annotated[Identity, Depends(admit(CAR, even_revoked=True))]
"""A revoked car still fetches and confirms its orders, so that it can be wiped."""


@contextmanager
def _told(status: int) -> Iterator[None]:
    """What does not fit is turned away with its words."""
    try:
        yield
    except Refused as fault:
        raise Rejected(403, fault.reason, fault.words) from fault
    except BadInput as fault:
        raise Rejected(status, "bad_device", str(fault)) from fault


@router.post("/enrolment/hello")
def hello(
    request: Request, said: Annotated[EnrolmentHello, Depends(open_message_of(EnrolmentHello, _BYTES))]
) -> EnrolmentAnswer:
    """Prove to a car that this is headquarters."""
    server: bytes | None = request.app.state.settings.server_certificate
    if server is None:
        raise Rejected(409, "no_tls", "Cars are enrolled over TLS alone.")
    office: enrolment.EnrolmentOffice = request.app.state.settings.enrolment
    with _told(422):
        return office.greet(said, server)


@router.post("/enrolment/claim")
def claim(
    request: Request, said: Annotated[EnrolmentClaim, Depends(open_message_of(EnrolmentClaim, _BYTES))]
) -> EnrolmentDone:
    """Issue a car's certificate and token."""
    settings = request.app.state.settings
    if settings.server_certificate is None:
        raise Rejected(409, "no_tls", "Cars are enrolled over TLS alone.")
    with _told(422):
        issued = settings.enrolment.claim(said)
    return EnrolmentDone(
        car_id=issued.car_id,
        ori=settings.agency_ori,
        certificate=issued.certificate,
        token=issued.token,
        headquarters_key=settings.bundles.public,
        package_key=settings.enrolment.package_key,
    )


@router.post("/cars/{car_id}/renewal")
def renew(
    request: Request,
    car: Annotated[Identity, Depends(admit(CAR))],
    said: Annotated[RenewalClaim, Depends(message_of(RenewalClaim, _BYTES))],
    store: TheStore,
) -> RenewalDone:
    """Issue the certificate that follows the car's present one."""
    office: enrolment.EnrolmentOffice = request.app.state.settings.enrolment
    if car.device is None:
        raise Rejected(409, "no_tls", "This car has no certificate that could be renewed.")
    with _told(422):
        certificate = renewal.renew(store, office.authority, car.holder, bytes.fromhex(said.request))
    return RenewalDone(certificate=certificate, package_key=office.package_key)


@router.get("/cars/{car_id}/orders")
def car_orders(request: Request, car: OrderedCar, store: TheStore) -> SignedOrders:
    """Return the orders that the car has not confirmed yet."""
    return orders.open_orders(store, car.holder, request.app.state.settings.bundles.signer)


@router.post("/cars/{car_id}/orders/{number}/report")
def report_order(
    number: int,
    car: OrderedCar,
    told: Annotated[OrderReport, Depends(message_of(OrderReport, _BYTES))],
    store: TheStore,
) -> Done:
    """Take in how far the car is with an order."""
    with _told(404):
        orders.report(store, car.holder, number, told)
    return Done()


@router.get("/devices", dependencies=[Depends(admit(Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR))])
def devices(store: TheStore) -> Devices:
    """Return the enrolled cars, their orders, and the identities that were turned away."""
    return orders.device_views(store)


@router.post("/devices/{car_id}/enrolment")
def new_enrolment(request: Request, car_id: str, by: Administrator) -> NewEnrolment:
    """Give out a one-time code for a car."""
    office: enrolment.EnrolmentOffice = request.app.state.settings.enrolment
    with _told(422):
        return office.give_code(car_id, by.holder)


@router.post("/devices/{car_id}/revocation")
def revocation(
    car_id: str,
    by: Administrator,
    asked: Annotated[Revocation, Depends(message_of(Revocation, _BYTES))],
    store: TheStore,
) -> Done:
    """End a car's identity."""
    with _told(404):
        enrolment.revoke(store, car_id, asked.reason, by.holder)
    return Done()


@router.post("/devices/{car_id}/orders")
def new_order(
    car_id: str, by: Administrator, asked: Annotated[NewOrder, Depends(message_of(NewOrder, _BYTES))], store: TheStore
) -> Done:
    """Order a car to lock, to open again, or to wipe itself."""
    with _told(404):
        orders.order(store, car_id, asked.kind, asked.reason, by.holder)
    return Done()
