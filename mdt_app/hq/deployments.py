"""What came of a deployment: the hits of its cameras in its days, with the stops and arrests of them (DEP-1, AUD-7).

Counted from the records themselves when the deployment ends, and again when somebody asks; no plate is in it. What a
car sends later is in the next count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, select

from mdt_app.domain.events import EventKind
from mdt_app.domain.outcomes import Disposition
from mdt_app.domain.registers import LINE_MOST, WORDS_MOST, Values, names_in
from mdt_app.hq import registers
from mdt_app.hq.registers import Desk, Held
from mdt_app.hq.tables import events
from mdt_app.services.register_files import load_registers

REGISTER = "deployments"
_EARLY = timedelta(days=1)
"""A car's clock may be ahead of headquarters' by less than that."""
_SHOWN_MOST = 80


@dataclass(slots=True)
class _Hit:
    """A hit of the deployment, and what became of it."""

    at: datetime
    car: str
    camera: str
    stopped: bool = False
    disposition: str = ""

    def words(self, hit_id: str) -> str:
        """A line about a stop."""
        when = self.at.astimezone().strftime("%Y-%m-%d %H:%M")
        return f"{when}  {self.car} {self.camera}: stop, {self.disposition or 'its end is not on record'} ({hit_id})"


def join(connection: Connection, deployment: Held, _: Desk) -> Values:
    """Count what its cameras have on record within its days, which are headquarters' own; name each stop."""
    first, last = (date.fromisoformat(deployment.values[name]) for name in ("begins_on", "ends_on"))
    begin, end = (datetime.combine(day, time()).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    names = frozenset(name.casefold() for name in names_in(deployment.values.get("cameras", "")))
    wanted = names | frozenset(_in_inventory(connection, names))
    hits = dict(_hits(connection, begin, end, wanted))
    for subject, kind, body in _told(connection, begin - _EARLY, (EventKind.STOP, EventKind.DISPOSITION)):
        if hit := hits.get(subject):
            hit.stopped = hit.stopped or kind == EventKind.STOP.value
            hit.disposition = str(body.get("disposition", hit.disposition))
    stops = {hit_id: hit for hit_id, hit in hits.items() if hit.stopped}
    arrests = sum(hit.disposition == Disposition.ARREST.value for hit in stops.values())
    of = deployment.values.get("cameras", "") or "all cameras"
    return {
        "hits": str(len(hits)),
        "stops": str(len(stops)),
        "arrests": str(arrests),
        "counted": f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, of {of}"[:LINE_MOST],
        "joined": _list([hit.words(hit_id) for hit_id, hit in stops.items()]),
    }


def _list(lines: list[str]) -> str:
    more = [f"and {len(lines) - _SHOWN_MOST} more"] if len(lines) > _SHOWN_MOST else []
    return "\n".join((*lines[:_SHOWN_MOST], *more))[:WORDS_MOST]


def _in_inventory(connection: Connection, names: frozenset[str]) -> Iterator[str]:
    """What cameras that are named by their number in the inventory are called in the records."""
    for held in registers.records(connection, load_registers()["cameras"]):
        number, vehicle, reader = (held.values.get(name, "").casefold() for name in ("number", "vehicle", "reader_id"))
        if number in names:
            yield from filter(None, (reader, f"{vehicle} {number}" if vehicle else ""))


def _hits(connection: Connection, begin: datetime, end: datetime, wanted: frozenset[str]) -> Iterator[tuple[str, _Hit]]:
    """The hits of these cameras, or of all where none is named, the earliest first."""
    query = select(events).where(events.c.kind == EventKind.HIT.value, events.c.received_at >= begin - _EARLY)
    here = query.where(events.c.at >= begin, events.c.at < end).order_by(events.c.at)
    for row in connection.execute(here):
        read = json.loads(row.content)["body"].get("read")
        camera = str(read.get("camera", "")) if isinstance(read, dict) else ""
        called = {part.casefold() for part in (row.car_id, camera, f"{row.car_id} {camera}")}
        if not wanted or wanted & called:
            yield row.subject, _Hit(row.at, row.car_id, camera)


def _told(
    connection: Connection, since: datetime, kinds: tuple[EventKind, ...]
) -> Iterator[tuple[str, str, dict[str, object]]]:
    named = events.c.kind.in_([kind.value for kind in kinds])
    query = select(events).where(named, events.c.received_at >= since).order_by(events.c.position)
    for row in connection.execute(query):
        yield row.subject, row.kind, json.loads(row.content)["body"]
