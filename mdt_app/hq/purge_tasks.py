"""What retention takes at headquarters: which rows of which table by what time, and what becomes of them (REC-3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    cast,
    delete,
    literal,
    select,
    true,
    tuple_,
    update,
)

from mdt_app.domain.audit import without_plates
from mdt_app.domain.events import EventKind
from mdt_app.hq.holds import is_held
from mdt_app.hq.tables import alarms, checks, confirmation_replies, confirmations, events, flags, reads
from mdt_app.sync.wire import canonical_json

EMPTIED = ""
"""The digest of an event whose content retention has emptied."""

# What shows neither plate nor person outside the agency: the records of use, which audits need for years (AUD-1).
_STAYS = (
    EventKind.ALERT_SHOWN,
    EventKind.SIGNAL,
    EventKind.GATE_PASSED,
    EventKind.GATE_REFUSED,
    EventKind.SIGNED_IN,
    EventKind.SIGN_IN_REFUSED,
    EventKind.SIGNED_OUT,
    EventKind.SCREEN_LOCKED,
    EventKind.SCREEN_UNLOCKED,
    EventKind.PROVED_AGAIN,
    EventKind.KEY_CLONED,
    EventKind.ACCOUNT_LOCKED,
    EventKind.ACCOUNT_RELEASED,
    EventKind.ACCOUNTS_APPLIED,
    EventKind.PROFILE_SET,
    EventKind.LIST_APPLIED,
    EventKind.LIST_REFUSED,
    EventKind.MUTED,
    EventKind.PURGED,
    EventKind.PRESERVED,
    EventKind.RELEASED,
    EventKind.EXPORTED,
    EventKind.REGISTER_ACTED,
    EventKind.TRAINED,
    EventKind.EQUIPMENT_REGISTERED,
    EventKind.EQUIPMENT_CHECKED,
    EventKind.EQUIPMENT_OUT,
    EventKind.EQUIPMENT_BACK,
    EventKind.EQUIPMENT_REPAIRED,
    EventKind.COMMAND_REFUSED,
)
# Records of use that hold plates apart: these go, and all else stays (QRY-2, AUD-1).
_PLATES_APART = (EventKind.SEARCHED, EventKind.SEARCH_ANSWERED)
_BARE: Mapping[str, Any] = {"purged": True}


_Keys = Sequence[Sequence[Any]]
_Change = Callable[[Connection, Table, _Keys], None]


def _those(table: Table, keys: _Keys) -> ColumnElement[bool]:
    """The rows with these primary keys."""
    return tuple_(*table.primary_key).in_([tuple(key) for key in keys])


def _delete(connection: Connection, table: Table, keys: _Keys) -> None:
    connection.execute(delete(table).where(_those(table, keys)))


def _set(**values: Any) -> _Change:
    def change(connection: Connection, table: Table, keys: _Keys) -> None:
        connection.execute(update(table).where(_those(table, keys)).values(values))

    return change


def _empty(connection: Connection, table: Table, keys: _Keys) -> None:
    """Take out the body alone, as the car does: who, when and the chain's link stay."""
    found = connection.execute(select(*table.primary_key, table.c.content).where(_those(table, keys)))
    for *key, content in found.all():
        bare = canonical_json({**json.loads(content), "body": dict(_BARE)})
        _set(content=bare, content_sha256=EMPTIED)(connection, table, [key])


def _take_plates(connection: Connection, table: Table, keys: _Keys) -> None:
    """Take the plates out of records of use; who, when, why and how many stay for years."""
    found = connection.execute(select(*table.primary_key, table.c.content).where(_those(table, keys)))
    for *key, content in found.all():
        said = json.loads(content)
        bare = canonical_json({**said, "body": without_plates(said["body"])})
        _set(content=bare, content_sha256=EMPTIED)(connection, table, [key])


def is_emptied(body: Mapping[str, Any]) -> bool:
    """Whether retention has taken this whole body."""
    return dict(body) == _BARE


@dataclass(frozen=True, slots=True)
class Task:
    """Rows that go: counted as what, which ones by what time and subject, and what becomes of them."""

    name: str
    table: Table
    since: ColumnElement[datetime]
    subject: ColumnElement[str]
    filled: ColumnElement[bool]
    change: _Change

    @property
    def held(self) -> ColumnElement[bool]:
        """Whether a case of the same car holds the row's subject."""
        return is_held(self.table, self.subject)


_SHOWING = events.c.kind.not_in([kind.value for kind in (*_STAYS, *_PLATES_APART)])
_OF_USE = events.c.kind.in_([kind.value for kind in _PLATES_APART])
_ALARM_KEY = literal("purged-").concat(cast(alarms.c.position, String))
_E, _C, _Q, _R, _A, _F = events.c, checks.c, confirmations.c, confirmation_replies.c, alarms.c, flags.c
TASKS = (
    Task("reads", reads, reads.c.received_at, reads.c.subject, true(), _delete),
    Task("records", events, _E.received_at, _E.subject, _SHOWING & (_E.content_sha256 != EMPTIED), _empty),
    Task("searches", events, _E.received_at, _E.subject, _OF_USE & (_E.content_sha256 != EMPTIED), _take_plates),
    Task("checks", checks, _C.asked_at, _C.hit_id, _C.inquiry != "", _set(inquiry="", response="")),
    Task("confirmations", confirmations, _Q.asked_at, _Q.hit_id, _Q.inquiry != "", _set(inquiry="")),
    Task("confirmations", confirmation_replies, _R.at, _R.hit_id, _R.response != "", _set(response="")),
    Task("alarms", alarms, _A.first_at, _A.subject, _A.content != "", _set(content="", content_sha256=_ALARM_KEY)),
    Task("flags", flags, _F.raised_at, _F.subject, _F.closed_words != "", _set(closed_words="")),
)
