"""Orders to cars: issued by a desk, signed, fetched by the car at its next contact, confirmed by it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import insert, or_, select, update

from mdt_app.domain.errors import BadInput
from mdt_app.domain.orders import OrderKind, OrderState
from mdt_app.hq.bundles import signed_for
from mdt_app.hq.enrolment import record_act
from mdt_app.hq.store import Store
from mdt_app.hq.tables import devices, identity_refusals, orders
from mdt_app.services.signing import Signer
from mdt_app.sync.identity_wire import (
    Devices,
    DeviceView,
    OrderMessage,
    OrderReport,
    OrderView,
    RefusalView,
    SignedOrders,
)

_REFUSALS_MOST = 200


def order(store: Store, car_id: str, kind: OrderKind, reason: str, by: str) -> int:
    """Put an order for a car on record and return its number. Raises BadInput when there is no such car."""
    row = {"car_id": car_id, "kind": kind.value, "by": by, "issued_at": datetime.now(UTC), "words": ""}
    with store.writing() as connection:
        if connection.scalar(select(devices.c.car_id).where(devices.c.car_id == car_id)) is None:
            raise BadInput("No car of this id is enrolled.", "Check its id ('mdt hq devices').")
        number = connection.execute(insert(orders).values(row)).inserted_primary_key
        record_act(connection, car_id, f"ordered_{kind.value}", by, reason)
    return int(number[0]) if number else 0


def open_orders(store: Store, car_id: str, signer: Signer) -> SignedOrders:
    """Return what the car has not confirmed as done, oldest first, each signed for this car."""
    waiting = or_(orders.c.state.is_(None), orders.c.state != OrderState.DONE.value)
    query = select(orders).where(orders.c.car_id == car_id, waiting).order_by(orders.c.number)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    messages = (
        OrderMessage(number=row.number, car_id=row.car_id, kind=OrderKind(row.kind), issued_at=row.issued_at, by=row.by)
        for row in rows
    )
    return SignedOrders(orders=tuple(signed_for(message, signer) for message in messages))


def report(store: Store, car_id: str, number: int, told: OrderReport) -> None:
    """Put on record how far a car is with an order; 'done' is the last word. Raises BadInput for no order of its."""
    this = (orders.c.number == number) & (orders.c.car_id == car_id)
    values = {"state": told.state.value, "told_at": datetime.now(UTC), "words": told.words}
    with store.writing() as connection:
        state = connection.execute(select(orders.c.state).where(this)).one_or_none()
        if state is None:
            raise BadInput("This car has no such order.")
        if state[0] == OrderState.DONE.value:
            return
        connection.execute(update(orders).where(this).values(values))
        if state[0] is None or told.state is OrderState.DONE:  # an order that fails at each contact fills no table
            record_act(connection, car_id, f"order_{told.state.value}", car_id, str(number))


def device_views(store: Store) -> Devices:
    """Return every enrolled car with its orders, and the identities that were turned away, newest first."""
    with store.reading() as connection:
        cars = connection.execute(select(devices).order_by(devices.c.car_id)).all()
        issued = connection.execute(select(orders).order_by(orders.c.number)).all()
        newest = select(identity_refusals).order_by(identity_refusals.c.last_at.desc()).limit(_REFUSALS_MOST)
        refused = connection.execute(newest).mappings().all()
    by_car: dict[str, list[OrderView]] = defaultdict(list)
    for row in issued:
        names = ("number", "kind", "by", "issued_at", "state", "told_at", "words")
        by_car[row.car_id].append(OrderView(**{name: getattr(row, name) for name in names}))
    kept = ("car_id", "enrolled_at", "expires_at", "revoked_at", "audit_key")
    seen = (DeviceView(**{n: getattr(car, n) for n in kept}, orders=tuple(by_car[car.car_id])) for car in cars)
    return Devices(devices=tuple(seen), refusals=tuple(RefusalView(**row) for row in refused))
