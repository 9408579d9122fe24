"""Reads in the store as a search finds them: the newest first, by plate, state, vehicle, time, place, camera."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.places import METERS_A_DEGREE, Circle, Place, box_around
from mdt_app.domain.read_search import SearchTerms
from mdt_app.domain.reads import Read
from mdt_app.services.code_tables import load_code_tables

_READ = TypeAdapter(Read)
_LAT, _LON = "content ->> '$.position.lat'", "content ->> '$.position.lon'"
_PLAIN = {"state": "state", "camera": "camera_id"}
_TABLES = {"color": "colors", "make": "makes", "body": "styles"}
_NEAR = f"""(({_LAT}) - ?) * ({_LAT} - ?) * {METERS_A_DEGREE} * {METERS_A_DEGREE}
  + ({_LON} - ?) * ({_LON} - ?) * ? * ? <= ? * ?"""

Condition = tuple[str, tuple[Any, ...]]


class FoundReads:
    """Finds and counts; conditions are made of constants, what is asked goes in as values."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, terms: SearchTerms, most: int) -> tuple[Read, ...]:
        """The newest that fit, so many at most."""
        where, given = _where(terms)
        sql = f"SELECT content FROM reads WHERE {where} ORDER BY number DESC LIMIT ?"  # noqa: S608 - constants only
        return tuple(_READ.validate_json(content) for (content,) in self._db.execute(sql, (*given, most)))

    def count(self, terms: SearchTerms, most: int) -> int:
        """How many fit, counted up to so many."""
        where, given = _where(terms)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM reads WHERE {where} LIMIT ?)"  # noqa: S608 - constants only
        return int(self._db.execute(sql, (*given, most)).fetchone()[0])


def _where(terms: SearchTerms) -> Condition:
    conditions = list(_conditions(terms))
    return " AND ".join(sql for sql, _ in conditions), tuple(value for _, given in conditions for value in given)


def _conditions(terms: SearchTerms) -> Iterator[Condition]:
    yield "captured_at BETWEEN ? AND ?", (terms.since.isoformat(), terms.until.isoformat())
    if terms.plate:
        yield "key GLOB ?", (terms.pattern,)
    for name, held in _PLAIN.items():
        if said := getattr(terms, name):
            yield f"content ->> '$.{held}' = ?", (said,)
    for name, table in _TABLES.items():
        if said := getattr(terms, name):
            seen = f"lower(content ->> '$.vehicle.{name}.value')"
            yield f"{seen} IN (SELECT value FROM json_each(?))", (_words(table, said),)  # noqa: S608 - constants only
    if terms.place:
        yield from _within(terms.place)


def _words(table: str, said: str) -> str:
    """How a reader may say it, as a JSON array: NCIC's code, and the words for it."""
    known = getattr(load_code_tables(), table)
    wanted = known.get(said.upper(), said).casefold()
    return json.dumps([wanted, *(code.casefold() for code, words in known.items() if words.casefold() == wanted)])


def _within(place: Place) -> Iterator[Condition]:
    box = box_around(place)
    yield f"{_LAT} BETWEEN ? AND ?", (box.south, box.north)
    yield f"{_LON} BETWEEN ? AND ?", (box.west, box.east)
    if isinstance(place, Circle):
        east, far = place.meters_east, place.radius_m
        yield _NEAR, (place.lat, place.lat, place.lon, place.lon, east, east, far, far)
