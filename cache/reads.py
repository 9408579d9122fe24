"""Reads and their pictures in the store: one row each, with the event that headquarters is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.reads import Pictures, Read

LAST = "SELECT max(sent, coalesce((SELECT max(number) FROM reads), 0)) FROM read_numbers"
"""The highest number that a read was ever given: what is purged was sent, or is in the outbox, before."""
COUNT = f"SELECT ({LAST}) - gone FROM read_numbers"  # noqa: S608 - constants only
"""How many reads there are: numbers have no gaps but those of the purge, and counting a million rows takes long."""

_ADD = f"""INSERT INTO reads VALUES (1 + ({LAST}), ?, ?, ?, (SELECT elapsed_s FROM trusted_time),
  (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'outbox'), ?, ?, ?, ?)"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class _Told:
    """What a read's event says beside the read's own id."""

    at: datetime
    clock: str
    actor: str
    device: str
    body: Mapping[str, Any]


_READ, _TOLD = TypeAdapter(Read), TypeAdapter(_Told)


class Reads:
    """Reads by id, key and number."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.last = 0
        """The number of the read that was added last; 0 before the first."""

    def add(self, read: Read, pictures: Pictures, event: Event) -> None:
        """Keep a read with its pictures, and its event for headquarters, which goes under the read's own id."""
        told = _Told(event.at, event.clock, event.actor, event.device, event.body)
        about = (read.read_id, read.key, read.captured_at.isoformat())
        content = (_READ.dump_json(read, exclude_defaults=True).decode(), _TOLD.dump_json(told).decode())
        row = self._db.execute(_ADD, (*about, *content, pictures.crop, pictures.context))
        self.last = row.lastrowid or 0

    def add_context(self, read_id: str, context: bytes) -> None:
        """Keep the whole picture of a read that is kept already."""
        self._db.execute("UPDATE reads SET context = ? WHERE read_id = ?", (context, read_id))

    def newest(self, most: int, skip: int = 0) -> tuple[Read, ...]:
        """The reads that were kept last, the newest first, so many at most, after `skip` of them."""
        query = "SELECT content FROM reads ORDER BY number DESC LIMIT ? OFFSET ?"
        rows = self._db.execute(query, (most, skip)).fetchall()
        return tuple(_READ.validate_json(content) for (content,) in rows)

    def get(self, read_id: str) -> Read | None:
        """The read with this id."""
        row = self._db.execute("SELECT content FROM reads WHERE read_id = ?", (read_id,)).fetchone()
        return _READ.validate_json(row[0]) if row else None

    def pictures(self, read_id: str) -> Pictures:
        """The pictures of a read; both empty when there are none."""
        row = self._db.execute("SELECT crop, context FROM reads WHERE read_id = ?", (read_id,)).fetchone()
        return Pictures(*row) if row else Pictures()


def read_event(read_id: str, told: str) -> Event:
    """The event of a read, from how its row holds it."""
    said = _TOLD.validate_json(told)
    return Event(read_id, EventKind.READ, said.at, said.clock, said.actor, said.device, read_id, said.body)
