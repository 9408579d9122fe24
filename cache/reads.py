"""Reads and their pictures in the store."""

from __future__ import annotations

from pydantic import TypeAdapter

from cache.db import Database
from mdt_app.domain.reads import Pictures, Read

_READ = TypeAdapter(Read)
_ADD = """INSERT INTO reads SELECT ?, ?, ?, ?, elapsed_s,
  (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'outbox') FROM trusted_time"""


class Reads:
    """Reads by id, key and time."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, read: Read, pictures: Pictures) -> None:
        """Keep a read with its pictures."""
        row = (read.read_id, read.key, read.captured_at.isoformat(), _READ.dump_json(read).decode())
        self._db.execute(_ADD, row)
        if pictures.crop or pictures.context:
            self._db.execute("INSERT INTO pictures VALUES (?, ?, ?)", (read.read_id, pictures.crop, pictures.context))

    def newest(self, most: int) -> tuple[Read, ...]:
        """The reads that were kept last, the newest first, so many at most."""
        rows = self._db.execute("SELECT content FROM reads ORDER BY rowid DESC LIMIT ?", (most,)).fetchall()
        return tuple(_READ.validate_json(content) for (content,) in rows)

    def pictures(self, read_id: str) -> Pictures:
        """The pictures of a read; both empty when there are none."""
        row = self._db.execute("SELECT crop, context FROM pictures WHERE read_id = ?", (read_id,)).fetchone()
        return Pictures(*row) if row else Pictures()
