"""Hot list requests in the store: what the officers of this car asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.entry_requests import AskedEntry

_ASKED = TypeAdapter(AskedEntry)
_PUT = """INSERT INTO entry_requests (entry_id, content) VALUES (?, ?)
  ON CONFLICT (entry_id) DO UPDATE SET content = excluded.content"""


class EntryRequests:
    """Requests by their id."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, asked: AskedEntry) -> None:
        """Keep a request, or a later state of it."""
        self._db.execute(_PUT, (asked.entry_id, _ASKED.dump_json(asked).decode()))

    def requests(self) -> tuple[AskedEntry, ...]:
        """Every request, the oldest first."""
        rows = self._db.execute("SELECT content FROM entry_requests ORDER BY number")
        return tuple(_ASKED.validate_json(content) for (content,) in rows)

    def remove(self, entry_ids: Iterable[str]) -> None:
        """Let these go."""
        self._db.conn.executemany("DELETE FROM entry_requests WHERE entry_id = ?", [(one,) for one in entry_ids])
