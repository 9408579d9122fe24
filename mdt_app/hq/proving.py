"""What proves headquarters' record whole: rows counted, the cars' chains walked, each event held to its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from mdt_app.hq.purge_tasks import EMPTIED
from mdt_app.hq.tables import events, heads, links, metadata, reads

_SLICE = 1_000
_SHOWN = 20


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }


def chain_heads(connection: Connection) -> dict[str, str]:
    """Return where each car's chain stands: generation, number and digest of its last row, and its key."""
    rows = connection.execute(select(heads).order_by(heads.c.car_id))
    return {row.car_id: f"{row.generation} {row.sequence} {row.digest} {row.public_key}" for row in rows}


def faults(connection: Connection) -> tuple[str, ...]:
    """Walk all chains and all events; return what is wrong, in words without plates, empty when all holds."""
    found = []
    for fault in _all_faults(connection):
        found.append(fault)
        if len(found) == _SHOWN:
            break
    return tuple(found)


def _all_faults(connection: Connection) -> Iterator[str]:
    rows = {row.car_id: row for row in connection.execute(select(heads))}
    yield from _chains(connection, {car: (row.generation, row.sequence, row.digest) for car, row in rows.items()})
    yield from _contents(connection)


def _chains(connection: Connection, ends: Mapping[str, tuple[int, int, str]]) -> Iterator[str]:
    """Each row hangs on the one before it where that is held; a chain in force ends at its head."""
    query = select(links).order_by(links.c.car_id, links.c.generation, links.c.sequence)
    before: Row[Any] | None = None
    last: dict[str, tuple[int, int, str]] = {}
    with connection.execute(query.execution_options(yield_per=_SLICE)) as rows:
        for row in rows:
            place = f"{row.car_id}: row {row.sequence} of its chain"
            if before is not None and row.previous and _is_next(before, row) and row.previous != before.digest:
                yield f"{place} does not hang on the row before it"
            if row.previous:  # an empty one is known from a signed head alone, and not taken in yet
                last[row.car_id] = (row.generation, row.sequence, row.digest)
            before = row
    for car, end in ends.items():
        if end[1] and last.get(car) != end:
            yield f"{car}: its chain does not end at its head"


def _is_next(before: Row[Any], row: Row[Any]) -> bool:
    here = (before.car_id, before.generation, before.sequence + 1)
    return here == (row.car_id, row.generation, row.sequence)


def _contents(connection: Connection) -> Iterator[str]:
    """Each event is what its digest says; what retention has emptied has none."""
    for table in (events, reads):
        query = select(table.c.event_id, table.c.car_id, table.c.content, table.c.content_sha256)
        with connection.execute(query.execution_options(yield_per=_SLICE)) as rows:
            for row in rows:
                digest = hashlib.sha256(f"{row.car_id}\n{row.content}".encode()).hexdigest()
                if row.content_sha256 not in (EMPTIED, digest):
                    yield f"event {row.event_id} is not what its digest says"
