"""The outbox: what headquarters has not confirmed yet. A row stays until that very row is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.sync_messages import OutboxRow


@dataclass(frozen=True, slots=True)
class _Content:
    event: Event
    chain: ChainLink | None


_CONTENT = TypeAdapter(_Content)


class Outbox:
    """Rows in the order of their making; parked ones are kept aside."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, event: Event, chain: ChainLink | None) -> int:
        """Put an event in the outbox, and return its position: positions only rise, and are never given twice."""
        content = _CONTENT.dump_json(_Content(event, chain)).decode()
        row = self._db.execute("INSERT INTO outbox (event_id, content) VALUES (?, ?)", (event.event_id, content))
        return row.lastrowid or 0

    def pending(self, limit: int) -> list[OutboxRow]:
        """The oldest rows that wait."""
        rows = self._db.execute(
            "SELECT position, content FROM outbox WHERE parked IS NULL ORDER BY position LIMIT ?", (limit,)
        ).fetchall()
        contents = ((position, _CONTENT.validate_json(content)) for position, content in rows)
        return [OutboxRow(position, content.event, content.chain) for position, content in contents]

    def confirm(self, event_ids: Iterable[str]) -> None:
        """Remove exactly these rows."""
        self._db.conn.executemany("DELETE FROM outbox WHERE event_id = ?", ((event_id,) for event_id in event_ids))

    def park(self, event_id: str, reason: str) -> None:
        """Set a refused row aside, with the reason."""
        self._db.execute("UPDATE outbox SET parked = ? WHERE event_id = ?", (reason, event_id))

    def count(self) -> int:
        """How many rows wait, parked ones not counted."""
        return int(self._db.execute("SELECT count(*) FROM outbox WHERE parked IS NULL").fetchone()[0])
