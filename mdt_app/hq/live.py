"""The live view: how each car says it is, and when it last said so."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from mdt_app.hq.store import Store
from mdt_app.hq.tables import car_states, devices, events, flags
from mdt_app.sync.field_wire import CarLine, CarLines, CarState, ExigentLine, ExigentLines, Place

_EXIGENT = "exigent_stop"
_UNDER_WAY = timedelta(hours=2)
"""So long an exigent stop is news to other cars, unless a supervisor has closed its flag before."""
_TOLD_MOST = 50


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


def exigent_stops(store: Store, car_id: str) -> ExigentLines:
    """Return other cars' exigent stops that are still news, the newest first."""
    here = (flags.c.reason == _EXIGENT) & flags.c.closed_at.is_(None) & (flags.c.car_id != car_id)
    query = select(events.c.event_id, events.c.car_id, events.c.at, events.c.content).join(
        flags, flags.c.event_id == events.c.event_id
    )
    fresh = query.where(here, flags.c.raised_at >= datetime.now(UTC) - _UNDER_WAY)
    with store.reading() as connection:
        rows = connection.execute(fresh.order_by(flags.c.position.desc()).limit(_TOLD_MOST)).all()
    return ExigentLines(stops=tuple(map(_exigent, rows)))


def _exigent(row: Any) -> ExigentLine:
    """A stop without a place, or with one that makes no sense, is told all the same: its place is not known."""
    try:
        place = Place.model_validate(json.loads(row.content)["body"]["position"])
    except (KeyError, ValidationError):
        place = None
    return ExigentLine(stop_id=row.event_id, car_id=row.car_id, at=row.at, place=place)
