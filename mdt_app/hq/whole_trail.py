"""Whether the whole record at headquarters holds together: each car's chain, headquarters' own, and every register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, select

from mdt_app.domain.audit import GENESIS
from mdt_app.domain.register_chain import COLUMNS, check
from mdt_app.hq import registers
from mdt_app.hq.own_trail import OWN, OwnTrail
from mdt_app.hq.tables import heads, links
from mdt_app.services.register_files import load_registers

_SLICE = 10_000
_SHOWN = 150


def trail_words(connection: Connection, trail: OwnTrail | None) -> str:
    """Return 'whole: ...' with what was walked, or the first things that are wrong."""
    cars = connection.execute(select(heads).where(heads.c.car_id != OWN, heads.c.sequence > 0)).all()
    faults = [fault for car in cars if (fault := _car_fault(connection, car))]
    faults += _own_faults(connection, trail)
    if faults:
        return f"NOT WHOLE: {'; '.join(faults)}"[:_SHOWN]
    rows = sum(car.sequence for car in cars)
    return f"whole: {len(cars)} cars with {rows} rows, headquarters' own, {len(load_registers())} registers"


def _car_fault(connection: Connection, car: Any) -> str:
    """Walk a car's chain as it is held; '' or what is wrong with it."""
    if car.forked_at is not None:
        return f"{car.car_id} is forked"
    mine = (links.c.car_id == car.car_id) & (links.c.generation == car.generation)
    walked = select(links.c.sequence, links.c.previous, links.c.digest).where(mine).order_by(links.c.sequence)
    previous, count = GENESIS, 0
    with connection.execute(walked.execution_options(yield_per=_SLICE)) as rows:
        for row in rows:
            if row.sequence != count + 1:
                return f"{car.car_id} lacks row {count + 1}"
            if row.previous != previous:
                return f"{car.car_id} row {count + 1} does not hang on the one before"
            previous, count = row.digest, count + 1
    return "" if (count, previous) == (car.sequence, car.digest) else f"{car.car_id} ends at row {count}"


def _own_faults(connection: Connection, trail: OwnTrail | None) -> Iterator[str]:
    if trail is not None and (found := trail.verify(connection)).wrong_sequence is not None:
        yield f"headquarters' own: {found.words}"
    for register in load_registers().values():
        rows = (_texts(row) for row in registers.all_versions(connection, register))
        if (found := check(rows)).wrong_sequence is not None:
            yield f"{register.name}: {found.words}"


def _texts(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS} | {"at": row.at.astimezone(UTC).isoformat()}
