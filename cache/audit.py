"""The audit trail in the store: the chain, with the bodies beside it so that retention can purge them alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from cache.db import Database
from mdt_app.domain.audit import GENESIS, AuditRow, link
from mdt_app.domain.events import ChainLink, Event, EventKind

_COLUMNS = "sequence, event_id, kind, at, clock, actor, device, subject, payload_mac, previous, digest"
_ALL = f"SELECT {_COLUMNS}, body FROM audit LEFT JOIN audit_bodies USING (sequence) ORDER BY sequence"  # noqa: S608 - constants only
_ADD = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Audit:
    """Appends to the chain and walks it."""

    def __init__(self, db: Database, mac_key: bytes) -> None:
        self._db, self._mac_key = db, mac_key

    def append(self, event: Event) -> ChainLink:
        """Hang the event on the chain, with the next number."""
        head = self._db.execute("SELECT sequence, digest FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
        sequence, previous = (head[0] + 1, head[1]) if head else (1, GENESIS)
        made = link(event, self._mac_key, sequence, previous)
        about = (event.event_id, event.kind, event.at.isoformat(), event.clock, event.actor, event.device)
        self._db.execute(_ADD, (sequence, *about, event.subject, made.payload_mac, previous, made.digest))
        self._db.execute("INSERT INTO audit_bodies VALUES (?, ?)", (sequence, json.dumps(dict(event.body))))
        return made

    def rows(self) -> Iterator[AuditRow]:
        """All rows in their order."""
        for row in self._db.execute(_ALL):
            yield _row(row)


def _row(row: tuple[object, ...]) -> AuditRow:
    sequence, event_id, kind, at, clock, actor, device, subject, mac, previous, digest, body = map(str, row)
    event = Event(
        event_id,
        EventKind(kind),
        datetime.fromisoformat(at),
        clock,
        actor,
        device,
        subject,
        json.loads(body) if row[-1] is not None else {},
    )
    return AuditRow(event, ChainLink(int(sequence), mac, previous, digest), purged=row[-1] is None)
