"""Security events as they come in: what cars, desks and headquarters put on record, in one list (AUD-8)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from mdt_app.domain.events import EventKind
from mdt_app.domain.unusual import NAMES
from mdt_app.hq.own_trail import OWN
from mdt_app.hq.sharing import SHARE_COMMAND
from mdt_app.hq.store import Store
from mdt_app.hq.tables import account_acts, device_acts, events, findings, flags, identity_refusals
from mdt_app.sync.oversight_wire import SecurityEvent, SecurityEvents

DESK = "headquarters"
"""The place of what happened at a desk."""

_OF_CARS: Mapping[str, str] = {
    EventKind.SIGN_IN_REFUSED.value: "sign_in_refused",
    EventKind.ACCOUNT_LOCKED.value: "account_locked",
    EventKind.ACCOUNT_RELEASED.value: "account_released",
    EventKind.KEY_CLONED.value: "key_cloned",
    EventKind.PURPOSE_REFUSED.value: "purpose_refused",
    EventKind.CAR_LOCKED.value: "car_locked",
    EventKind.STORE_FOUND.value: "store_damaged",
    EventKind.SERVER_REFUSED.value: "server_refused",
    EventKind.EXPORTED.value: "data_exported",
}
_FLAGS_ELSEWHERE = (
    "prohibited_use", "store_damaged", "server_refused", "key_cloned", "status_owed", "entry_removal", "entry_notice",
)  # fmt: skip
"""Flags that stand here as what raised them, or that only ask for work; every other one is shown."""
_OF_ACCOUNTS: Mapping[str, str] = {
    "proof_refused": "sign_in_refused",
    "locked": "account_locked",
    "released": "account_released",
    "release_code": "account_released",
    "key_cloned": "key_cloned",
    "suspended": "account_suspended",
    "excepted": "exception_granted",
}
_OF_DEVICES: Mapping[str, str] = {
    "revoked": "car_revoked",
    "ordered_lock": "car_locked",
    "ordered_wipe": "car_wiped",
}
_SAID = ("command", "reason", "use", "purpose", "failures", "times", "to", "request")
"""Fields of a body that say what happened and can't hold a plate."""
_REFUSED_USE = "prohibited."


def recent(store: Store, limit: int) -> SecurityEvents:
    """Return the newest security events."""
    with store.reading() as connection:
        found = [event for source in _SOURCES for event in source(connection, limit)]
    found.sort(key=lambda event: event.at, reverse=True)
    return SecurityEvents(events=tuple(found[:limit]))


def _cars(connection: Connection, limit: int) -> Iterator[SecurityEvent]:
    kinds = (*_OF_CARS, EventKind.COMMAND_REFUSED.value)
    for row in _newest(connection, events, events.c.kind.in_(kinds), events.c.received_at, limit):
        said = json.loads(row.content)
        if what := _OF_CARS.get(row.kind) or _refused_use(said["body"]):
            yield _event(
                row.received_at, what, said["actor"], DESK if row.car_id == OWN else row.car_id, _words(said["body"])
            )


def _refused_use(body: Mapping[str, Any]) -> str:
    """A command that was refused because the policy prohibits its use, or because data would have left."""
    if body.get("command") == SHARE_COMMAND:
        return "sharing_refused"
    return "purpose_refused" if str(body.get("reason", "")).startswith(_REFUSED_USE) else ""


def _desks(connection: Connection, limit: int) -> Iterator[SecurityEvent]:
    known = account_acts.c.act.in_(tuple(_OF_ACCOUNTS))
    for row in _newest(connection, account_acts, known, account_acts.c.at, limit):
        # Another person's detail is in free words, which may name a plate; one's own is the program's.
        words = f"by {row.by}" if row.by != row.user_id else row.detail
        yield _event(row.at, _OF_ACCOUNTS[row.act], row.user_id, DESK, words)


def _strangers(connection: Connection, limit: int) -> Iterator[SecurityEvent]:
    """Identities that were turned away: a line a day, holder and reason."""
    every = identity_refusals.c.times > 0
    for row in _newest(connection, identity_refusals, every, identity_refusals.c.last_at, limit):
        words = f"{row.reason.replace('_', ' ')}, {row.times} times on {row.day}"
        yield _event(row.last_at, "turned_away", row.holder or "unknown", DESK, words)


def _flagged(connection: Connection, limit: int) -> Iterator[SecurityEvent]:
    known = flags.c.reason.not_in(_FLAGS_ELSEWHERE)
    for row in _newest(connection, flags, known, flags.c.raised_at, limit):
        yield _event(row.raised_at, row.reason, row.actor, row.car_id or DESK, "closed" if row.closed_at else "open")


def _devices(connection: Connection, limit: int) -> Iterator[SecurityEvent]:
    known = device_acts.c.act.in_(tuple(_OF_DEVICES))
    for row in _newest(connection, device_acts, known, device_acts.c.at, limit):
        yield _event(row.at, _OF_DEVICES[row.act], row.by, row.car_id, f"by {row.by}")


def _found(connection: Connection, limit: int) -> Iterator[SecurityEvent]:
    every = findings.c.rule != ""
    for row in _newest(connection, findings, every, findings.c.found_at, limit):
        yield _event(row.found_at, "unusual_use", row.person, DESK, f"{NAMES.get(row.rule, row.rule)}: {row.words}")


_SOURCES = (_cars, _desks, _strangers, _flagged, _devices, _found)


def _newest(
    connection: Connection, table: Table, those: ColumnElement[bool], at: ColumnElement[Any], limit: int
) -> Iterator[Any]:
    return iter(connection.execute(select(table).where(those).order_by(at.desc()).limit(limit)))


def _words(body: Mapping[str, Any]) -> str:
    return " · ".join(f"{name}: {body[name]}" for name in _SAID if body.get(name))


def _event(at: Any, what: str, person: str, place: str, words: str) -> SecurityEvent:
    return SecurityEvent(at=at, what=what, person=person[:200], place=place[:200], words=_plain(words)[:200])


def _plain(words: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in words)
