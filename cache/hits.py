"""Hits in the store, each in its latest state."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.alerts import Hit

_HIT = TypeAdapter(Hit)
_PUT = """INSERT INTO hits VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (hit_id) DO UPDATE SET status = excluded.status, ended = excluded.ended, content = excluded.content"""


class Hits:
    """Hits by id and key."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, hit: Hit) -> None:
        """Keep a new hit, or a later state of it."""
        content = _HIT.dump_json(hit).decode()
        row = (hit.hit_id, hit.match.entry.key, hit.raised_at.isoformat(), hit.status, int(hit.closed), content)
        self._db.execute(_PUT, row)

    def get(self, hit_id: str) -> Hit | None:
        """The hit with this id."""
        found = self._where("hit_id = ?", hit_id)
        return found[0] if found else None

    def newest(self, key: str) -> Hit | None:
        """The newest hit on this match key, by the order of writing: the time of day can be set back."""
        found = self._where("key = ? ORDER BY rowid DESC LIMIT 1", key)
        return found[0] if found else None

    def not_closed(self) -> tuple[Hit, ...]:
        """Hits that still want answers, also after their stop, the oldest first."""
        return self._where("NOT ended ORDER BY raised_at, hit_id")

    def raised_since(self, since: str) -> tuple[Hit, ...]:
        """Hits that were raised at or after this moment (UTC, ISO), the oldest first."""
        return self._where("raised_at >= ? ORDER BY raised_at, hit_id", since)

    def _where(self, clause: str, *values: Any) -> tuple[Hit, ...]:
        # The clause is one of the constants above; values are bound.
        rows = self._db.execute(f"SELECT content FROM hits WHERE content <> '' AND {clause}", values)  # noqa: S608 - constants only
        return tuple(_HIT.validate_json(content) for (content,) in rows)
