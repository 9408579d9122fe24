"""Who is given a plate by what: every route by every role, and the rule of console, car and exports (ACC-2).

The tables here say which answers hold a plate; who is let in at all is read off the routes. A test plants plates and
looks for them in what each role really gets, so that the page says neither less nor more than the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from mdt_app.domain.accounts import Role
from mdt_app.hq.access_table import Access
from mdt_app.sync.wire import PREFIX


class Given(IntEnum):
    """What of plates an answer gives: none, those of one's own entries alone, or plates on record."""

    NONE = 0
    OWN = 1
    ANY = 2


SEES_PLATES = frozenset(Role) - {Role.TRAINER}
"""The kinds of account that may have access, and the auditor, who judges searches (AUD-2). Nobody else ever."""
_OVERSEES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
_WORDS = {Given.NONE: "no plate", Given.OWN: "own entries", Given.ANY: "plates"}
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

_HEAD = """# Who is given a plate

Made by `mdt hq access --plates > docs/plate-access.md` from the routes and `mdt_app/hq/plate_access.py`. A test plants
a plate in reads, hits, searches, lists, entries, disputes and registers of a real headquarters and looks for it in all
that every role gets from every route; another goes through every page of the console by every role, another through
the car's sign-in screen. What is not in the routes goes by these rules; of the exports that rule is tested by who may
do it, not by planted plates:

- **Console**: a page shows what the routes below give to the desk's role, and nothing is kept beside it. Whoever has no
  page is told so.
- **Car**: plates stand on the screens of a signed-in officer or supervisor alone (the roles that may sign in to a car);
  the sign-in screen shows none, before a session and after one.
- **Exports**: headquarters' exports are routes below. On a car's folder an export asks who is there, as at sign-in, and
  is on record under that name. A package for another agency is sealed.

*Refused*: the role is not let in. *Own entries*: plates of manual entries that this person asked for. Cars get lists,
answers to their checks and searches, and other cameras' hits of their area; a reader gets nothing back.
"""


def given(row: Access, role: Role) -> Given:
    """What of plates this route gives to this role."""
    held = GIVEN.get((row.method, row.path))
    return held[role in _OVERSEES] if held and role.value in row.who else Given.NONE


def page(rows: Iterable[Access]) -> str:
    """Return docs/plate-access.md."""
    roles = " | ".join(role.value.replace("_", " ") for role in Role)
    head = f"{_HEAD}\n| method | route | {roles} |\n|---|---|{'---|' * len(Role)}"
    lines = (f"| {row.method} | `{row.path}` | {' | '.join(_cells(row))} |" for row in rows if _at_desks(row))
    return "\n".join((head, *lines)) + "\n"


def _at_desks(row: Access) -> bool:
    return any(role.value in row.who for role in Role)


def _cells(row: Access) -> Iterable[str]:
    return (_WORDS[given(row, role)] if role.value in row.who else "refused" for role in Role)
