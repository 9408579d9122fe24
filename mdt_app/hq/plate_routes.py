"""Which routes of headquarters answer with plates: what the page on plates is made of, and what wants a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from mdt_app.sync.wire import PREFIX


class Given(IntEnum):
    """What of plates an answer gives: none, those of one's own entries alone, or plates on record."""

    NONE = 0
    OWN = 1
    ANY = 2


_RECORDS = ("sharing", "member_plates")
"""Registers with a field for a plate."""
_PLATES = (
    "GET /disputes",
    "GET /events",
    "GET /findings/{position}/searches",
    "GET /hits",
    "GET /hotlists/{list_id}/entries",
    "POST /searches",
    "GET /searches/{search_id}/reads",
    *(f"GET /registers/{name}" for name in _RECORDS),
    *(f"GET /registers/{name}/{{record_id}}" for name in _RECORDS),
    *(f"POST /registers/{name}" for name in _RECORDS),
    *(f"POST /registers/{name}/export/{{ending}}" for name in _RECORDS),
)
_ENTRIES = (
    "GET /entries",
    "GET /entries/{entry_id}",
    "PUT /entries/{entry_id}",
    "POST /entries/{entry_id}/check",
    "POST /entries/{entry_id}/renewal",
    "POST /entries/{entry_id}/decision",
    "POST /entries/{entry_id}/removal",
)
"""Who oversees sees every entry, others those that they asked for."""
_ASKED = ("POST /entries",)


def _keys(routes: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((method, PREFIX + path) for method, path in (route.split(" ") for route in routes))


GIVEN: Mapping[tuple[str, str], Mapping[bool, Given]] = {
    **{key: {True: Given.ANY, False: Given.ANY} for key in _keys(_PLATES)},
    **{key: {True: Given.ANY, False: Given.OWN} for key in _keys(_ENTRIES)},
    **{key: {True: Given.OWN, False: Given.OWN} for key in _keys(_ASKED)},
}
"""Routes whose answers hold plates: what they give to who oversees, and to others."""
