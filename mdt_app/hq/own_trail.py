"""Headquarters' own audit chain: what is done there stands among the events of the cars, linked like theirs (AUD-1).

Its rows hang on each other under one name that no car can have. A row's link holds a keyed hash of its body; plates in
it stand apart, go with age, and leave the chain whole (domain/audit.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from uuid6 import uuid7

from mdt_app.domain.audit import GENESIS, AuditRow, Verdict, hashed_plates, link, verify
from mdt_app.domain.events import Event, EventKind
from mdt_app.hq.flags import raise_flag
from mdt_app.hq.purge_tasks import is_emptied
from mdt_app.hq.store import in_order
from mdt_app.hq.tables import events, heads, links
from mdt_app.services.signing import derived
from mdt_app.sync.event_wire import EventMessage

OWN = "headquarters:"
"""Whose the chain is; a car's id has no colon."""
_SLICE = 2_000


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done at headquarters: what, by whom, where (a desk, a car), about which subject."""

    kind: EventKind
    actor: str
    device: str
    subject: str
    body: Mapping[str, Any]


class OwnTrail:
    """Appends to the chain, and walks it. `key` is headquarters' own."""

    def __init__(self, key: bytes) -> None:
        self._mac_key = derived(key, "own trail")

    def record(self, connection: Connection, act: Act) -> EventMessage:
        """Put an act on record in the caller's transaction; it waits for others that do the same."""
        now = datetime.now(UTC)
        made = Event(str(uuid7()), act.kind, now, "system", act.actor, act.device, act.subject, dict(act.body))
        event = hashed_plates(made, self._mac_key)
        sequence, previous = self._head(connection, now)
        here = link(event, self._mac_key, sequence, previous)
        message = EventMessage.of(event, here)
        self._keep(connection, message, now)
        place = {"car_id": OWN, "generation": 0, "sequence": sequence}
        connection.execute(insert(links).values(place | {"previous": previous, "digest": here.digest}))
        moved = {"sequence": sequence, "digest": here.digest, "moved_at": now}
        connection.execute(update(heads).where(heads.c.car_id == OWN).values(moved))
        raise_flag(connection, OWN, message, now)
        return message

    def verify(self, connection: Connection) -> Verdict:
        """Walk the chain, bodies included; a record that was changed, added or removed is found."""
        mine = select(events).where(events.c.car_id == OWN).order_by(events.c.position)
        with connection.execute(mine.execution_options(yield_per=_SLICE)) as rows:
            found = verify((_row(row) for row in rows), self._mac_key)
        length = connection.scalar(select(heads.c.sequence).where(heads.c.car_id == OWN)) or 0
        if found.wrong_sequence is None and found.rows != length:
            return Verdict(
                found.rows, found.head, found.rows + 1, f"{length} rows were recorded, {found.rows} are here"
            )
        return found

    def _head(self, connection: Connection, now: datetime) -> tuple[int, str]:
        """The number and the digest before of the row that comes next."""
        mine = select(heads).where(heads.c.car_id == OWN).with_for_update()
        row = connection.execute(mine).one_or_none()
        if row is None:  # there is no row yet to wait for: the first ones wait for each other
            in_order(connection, heads)
            row = connection.execute(mine).one_or_none()
        if row is not None:
            return row.sequence + 1, row.digest
        first = {"car_id": OWN, "generation": 0, "sequence": 0, "digest": GENESIS, "public_key": "", "moved_at": now}
        connection.execute(insert(heads).values(first))
        return 1, GENESIS

    def _keep(self, connection: Connection, message: EventMessage, now: datetime) -> None:
        content = message.canonical()
        row = {
            "event_id": message.event_id,
            "car_id": OWN,
            "kind": message.kind,
            "subject": message.subject,
            "at": message.at,
            "received_at": now,
            "content": content,
            "content_sha256": hashlib.sha256(f"{OWN}\n{content}".encode()).hexdigest(),
        }
        connection.execute(insert(events).values(row))


def _row(row: Any) -> AuditRow:
    event, here = EventMessage.model_validate_json(row.content).to_event()
    if here is None:
        raise ValueError("a record of headquarters' own has no link")
    return AuditRow(event, here, purged=is_emptied(event.body))
