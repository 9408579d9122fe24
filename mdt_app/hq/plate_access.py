"""Who is given a plate by what: every route by every role, and the rule of console, car and exports (ACC-2).

`plate_routes` says which answers hold a plate; who is let in at all is read off the routes. A test plants plates and
looks for them in what each role really gets, so that the page says neither less nor more than the truth.
"""

from __future__ import annotations

from collections.abc import Iterable

from mdt_app.domain.accounts import Role
from mdt_app.hq.access_table import Access
from mdt_app.hq.plate_routes import GIVEN, Given

SEES_PLATES = frozenset(Role) - {Role.TRAINER}
"""The kinds of account that may have access, and the auditor, who judges searches (AUD-2). Nobody else ever."""
_OVERSEES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
_WORDS = {Given.NONE: "no plate", Given.OWN: "own entries", Given.ANY: "plates"}

_HEAD = """# Who is given a plate

Made by `mdt hq access --plates > docs/plate-access.md` from the routes and `mdt_app/hq/plate_routes.py`. A test plants
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
