"""The audit trail in the store: the chain, with the bodies beside it so that retention can purge them alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from cache.db import Database
from cache.secrets import Seals
from mdt_app.domain.audit import GENESIS, PLATE_DATA, AuditRow, Verdict, hashed_plates, link, verify
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import SignedHead, check_head, signed_head
from mdt_app.services.progress import Progress, watched

_COLUMNS = "sequence, event_id, kind, at, clock, actor, device, subject, payload_mac, previous, digest"
_ALL = f"SELECT {_COLUMNS}, body FROM audit LEFT JOIN audit_bodies USING (sequence) ORDER BY sequence"  # noqa: S608 - constants only
_ADD = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LAST = "SELECT sequence, digest FROM audit ORDER BY sequence DESC LIMIT 1"
_PLATES = "INSERT INTO plate_ages SELECT elapsed_s, ? FROM trusted_time"
_SIGN = "INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?, ?)"


class Audit:
    """Appends to the chain, signs its head, and walks it."""

    def __init__(self, db: Database, seals: Seals) -> None:
        self._db, self._seals = db, seals

    def append(self, event: Event) -> tuple[Event, ChainLink]:
        """Hang the event on the chain, with the next number, and sign the new head. Return it as it went on record.

        Plates that stand apart in it have their own age, and go with it.
        """
        event = hashed_plates(event, self._seals.mac_key)
        last = self._db.execute(_LAST).fetchone()
        sequence, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
        made = link(event, self._seals.mac_key, sequence, previous)
        about = (event.event_id, event.kind, event.at.isoformat(), event.clock, event.actor, event.device)
        self._db.execute(_ADD, (sequence, *about, event.subject, made.payload_mac, previous, made.digest))
        self._db.execute("INSERT INTO audit_bodies VALUES (?, ?)", (sequence, json.dumps(dict(event.body))))
        head = signed_head(self._seals.device, sequence, made.digest)
        self._db.execute(_SIGN, (head.sequence, head.digest, head.signature))
        if PLATE_DATA in event.body:
            self._db.execute(_PLATES, (sequence,))
        return event, made

    def head(self) -> SignedHead | None:
        """The signed head; None before the first row."""
        row = self._db.execute("SELECT sequence, digest, signature FROM audit_head").fetchone()
        return SignedHead(*row) if row else None

    def verify(self, progress: Progress | None = None) -> Verdict:
        """Walk the whole chain, bodies included, and hold its end against the signed head."""
        head = self.head()
        chain = verify(watched(self.rows(), head.sequence if head else 0, progress), self._seals.mac_key)
        if chain.wrong_sequence is not None:
            return chain
        return check_head(chain, head, self._seals.device.public_key())

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
