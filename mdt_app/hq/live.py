"""The live view: how each car says it is, and when it last said so."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from mdt_app.hq.store import Store
from mdt_app.hq.tables import car_states, devices, flags
from mdt_app.sync.field_wire import CarLine, CarLines, CarState

_EXIGENT = "exigent_stop"


def keep_state(store: Store, car_id: str, state: CarState) -> None:
    """Keep what a car said of itself last, in the place of what it said before."""
    row = {"received_at": datetime.now(UTC), "content": state.model_dump_json()}
    again = update(car_states).where(car_states.c.car_id == car_id).values(row)
    with store.writing() as connection:
        if connection.execute(again).rowcount:
            return
        try:
            with connection.begin_nested():
                connection.execute(insert(car_states).values(row | {"car_id": car_id}))
        except IntegrityError:  # another request of the same car was quicker
            connection.execute(again)


def car_lines(store: Store) -> CarLines:
    """Return every car that is enrolled or has spoken, with its own words and what headquarters knows of it."""
    open_stops = select(flags.c.car_id).where(flags.c.reason == _EXIGENT, flags.c.closed_at.is_(None))
    with store.reading() as connection:
        said = {row.car_id: row for row in connection.execute(select(car_states))}
        known = {row.car_id: row for row in connection.execute(select(devices))}
        exigent = Counter(connection.scalars(open_stops))
    lines = []
    for car_id in sorted({*said, *known, *exigent}):
        state, device = said.get(car_id), known.get(car_id)
        lines.append(
            CarLine(
                car_id=car_id,
                received_at=state.received_at if state else None,
                state=CarState.model_validate_json(state.content) if state else None,
                exigent=exigent[car_id],
                expires_at=device.expires_at if device else None,
                revoked=device is not None and device.revoked_at is not None,
            )
        )
    return CarLines(at=datetime.now(UTC), cars=tuple(lines))
