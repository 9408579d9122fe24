"""Bulk reads as a search finds them: the newest first, page by page, by the indexes that there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select

from mdt_app.domain.errors import BadInput
from mdt_app.domain.places import METERS_A_DEGREE, Circle, Place, box_around
from mdt_app.domain.read_search import SearchTerms
from mdt_app.hq.read_days import UNDATED
from mdt_app.hq.seen_columns import folded
from mdt_app.hq.store import one_of
from mdt_app.hq.tables import reads
from mdt_app.sync.search_wire import COUNTED_MOST, FoundLine, FoundPage

_AROUND = timedelta(days=1)
_FEW_DAYS = timedelta(days=2)
"""In so few days their partitions are gone through faster than every day's index."""
_PLATES_MOST = 1_000
"""More plates of one middle are no search for a plate: the newest reads of all are gone through."""
_PARTS = re.compile(r"[?*]")
_AFTER = re.compile(r"(\S{20,40})~([\x21-\x7e]{1,200})")


def found_reads(connection: Connection, terms: SearchTerms, after: str, most: int) -> FoundPage:
    """Return at most `most` reads that fit, after a place in their order; with the first page, how many there are.

    Raises BadInput where `after` is no such place.
    """
    fits = and_(*_conditions(connection, terms))
    page = select(reads).where(fits, *_beyond(after))
    rows = connection.execute(page.order_by(reads.c.at.desc(), reads.c.event_id.desc()).limit(most + 1)).all()
    count = None if after else len(rows)
    if count is not None and count > most:
        count = connection.scalar(_counted(select(literal(1)).select_from(reads).where(fits)))
    more = f"{rows[most - 1].at.isoformat()}~{rows[most - 1].event_id}" if len(rows) > most else ""
    return FoundPage(lines=tuple(map(_line, rows[:most])), count=count, after=more)


def _counted(found: Select[int]) -> Select[int]:
    return select(func.count()).select_from(found.limit(COUNTED_MOST + 1).subquery())


def _conditions(connection: Connection, terms: SearchTerms) -> Iterator[ColumnElement[bool]]:
    columns = reads.c
    yield columns.at.between(terms.since, terms.until)
    if connection.dialect.name == "postgresql":
        # Only the partitions of these days are looked into, and the one for the rest.
        days = columns.day.between((terms.since - _AROUND).date(), (terms.until + _AROUND).date())
        yield or_(days, columns.day == UNDATED)
    if terms.plate:
        yield from _plate(connection, terms)
    else:
        yield columns.received_at >= terms.since - _AROUND  # nothing is received before it was seen
    for name in ("state", "camera"):
        if said := getattr(terms, name):
            yield columns[name] == said
    for name in ("color", "make", "body"):
        if said := getattr(terms, name):
            yield columns[name] == folded(name, said)
    if terms.place:
        yield from _within(terms.place)


def _plate(connection: Connection, terms: SearchTerms) -> Iterator[ColumnElement[bool]]:
    """By the longer known end of the plate, which is a range of an index; then by the whole pattern."""
    pattern = terms.pattern
    like = reads.c.plate.like(pattern.replace("?", "_").replace("*", "%"))
    first, last = _PARTS.split(pattern)[0], _PARTS.split(pattern)[-1]
    if first == pattern:
        yield reads.c.plate == pattern
        return
    if not first and not last and terms.until - terms.since > _FEW_DAYS:
        yield _by_middle(connection, terms, like)
        return
    if len(first) >= len(last):
        yield from _range(reads.c.plate, first)
    else:
        yield from _range(reads.c.backwards, last[::-1])
    yield like


def _by_middle(connection: Connection, terms: SearchTerms, like: ColumnElement[bool]) -> ColumnElement[bool]:
    """The plates first, out of their index alone, a tenth of the reads' size; then the reads of these plates."""
    within = reads.c.at.between(terms.since, terms.until)
    plates = select(reads.c.plate).where(within, like).distinct().limit(_PLATES_MOST + 1)
    found = connection.scalars(plates).all()
    return one_of(connection, reads.c.plate, found) if len(found) <= _PLATES_MOST else like


def _range(column: ColumnElement[str], start: str) -> Iterator[ColumnElement[bool]]:
    if start:
        yield column >= start
        yield column < start[:-1] + chr(ord(start[-1]) + 1)


def _within(place: Place) -> Iterator[ColumnElement[bool]]:
    box, columns = box_around(place), reads.c
    yield columns.lat.between(box.south, box.north)
    yield columns.lon.between(box.west, box.east)
    if isinstance(place, Circle):
        up, across = (columns.lat - place.lat) * METERS_A_DEGREE, (columns.lon - place.lon) * place.meters_east
        yield up * up + across * across <= place.radius_m * place.radius_m


def _beyond(after: str) -> Iterator[ColumnElement[bool]]:
    if not after:
        return
    try:
        moment, event_id = _AFTER.fullmatch(after).groups()  # type: ignore[union-attr] # no match is no place
        at = datetime.fromisoformat(moment)
    except (AttributeError, ValueError) as fault:
        raise BadInput("This is no place in the results.", "Search again.") from fault
    columns = reads.c
    yield columns.at <= at
    yield or_(columns.at < at, columns.event_id < event_id)


def _line(row: Any) -> FoundLine:
    said = json.loads(row.content)["body"]
    confidence = said.get("confidence")
    return FoundLine(
        event_id=row.event_id,
        read_id=row.subject,
        car_id=row.car_id,
        at=row.at,
        plate=str(said.get("plate") or "")[:20],
        state=row.state,
        camera=row.camera,
        color=row.color,
        make=row.make,
        body=row.body,
        lat=row.lat,
        lon=row.lon,
        confidence=confidence if isinstance(confidence, float) and 0 <= confidence <= 1 else None,
    )
