"""What a gateway's readers have read and headquarters has not taken: encrypted, on disk before it is acknowledged."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cache.db import DriverError, open_database
from mdt_app.domain.errors import StorageFault

_SCHEMA = """CREATE TABLE IF NOT EXISTS waiting (
  number INTEGER PRIMARY KEY AUTOINCREMENT, reader_id TEXT NOT NULL, read_id TEXT NOT NULL UNIQUE,
  kept_at REAL NOT NULL, content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS waiting_of_reader ON waiting (reader_id, number);
CREATE INDEX IF NOT EXISTS waiting_since ON waiting (kept_at);
CREATE TABLE IF NOT EXISTS lost (reader_id TEXT PRIMARY KEY, reads INTEGER NOT NULL)"""
_PUT = "INSERT OR IGNORE INTO waiting (reader_id, read_id, kept_at, content) VALUES (?, ?, ?, ?)"
_FIRST = "SELECT number, content FROM waiting WHERE reader_id = ? ORDER BY number LIMIT ?"
_COUNT = "SELECT count(*) FROM waiting WHERE reader_id = ?"
_OVER = "SELECT number FROM waiting WHERE reader_id = ? ORDER BY number DESC LIMIT -1 OFFSET ?"
_DELETE = "DELETE FROM waiting WHERE number IN (SELECT value FROM json_each(?))"
_LOST = """INSERT INTO lost (reader_id, reads) VALUES (?, ?)
  ON CONFLICT (reader_id) DO UPDATE SET reads = reads + excluded.reads"""
_FORGET = "DELETE FROM waiting WHERE kept_at < ? RETURNING reader_id"

_LOOKED = 10
"""After so many reads it is looked whether too many wait."""

AnyT = TypeVar("AnyT")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A read that waits: its number here, and the message as it will be sent."""

    number: int
    content: str


class ReaderQueue:
    """The queue in a file of its own; each thread and each process opens it for itself. Every act is one commit.

    Raises StorageFault where the disk fails, BadInput where the file does not open with this key.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._db, self._puts = open_database(path, key), 0
        self._in_one(lambda: [self._db.execute(statement) for statement in _SCHEMA.split(";\n")])

    def put(self, reader_id: str, read_id: str, content: str, most: int) -> None:
        """Keep a read durably; a repeat changes nothing. Beyond `most`, roughly, the oldest give way, counted."""

        def act() -> None:
            self._puts += self._db.execute(_PUT, (reader_id, read_id, time.time(), content)).rowcount
            if self._puts % _LOOKED == 0:
                over = [number for (number,) in self._db.execute(_OVER, (reader_id, most))]
                self._lose(reader_id, over)

        self._in_one(act)

    def first(self, reader_id: str, most: int) -> tuple[Waiting, ...]:
        """Return a reader's oldest reads, at most so many."""
        return self._in_one(lambda: tuple(Waiting(*row) for row in self._db.execute(_FIRST, (reader_id, most))))

    def taken(self, numbers: Iterable[int]) -> None:
        """Let go what headquarters has on record."""
        held = json.dumps([*numbers])
        self._in_one(lambda: self._db.execute(_DELETE, (held,)))

    def refused(self, reader_id: str, number: int) -> None:
        """Let go what headquarters will never take, and count it."""
        self._in_one(lambda: self._lose(reader_id, [number]))

    def forget_before(self, moment: float) -> None:
        """Let go what was kept before this moment (seconds since 1970): no plate waits for ever. Counted."""

        def act() -> None:
            old = Counter(reader_id for (reader_id,) in self._db.execute(_FORGET, (moment,)).fetchall())
            for reader_id, reads in old.items():
                self._db.execute(_LOST, (reader_id, reads))

        self._in_one(act)

    def counts(self, reader_id: str) -> tuple[int, int]:
        """Return how many of a reader's reads wait, and how many were ever let go without headquarters."""

        def act() -> tuple[int, int]:
            lost = self._db.execute("SELECT reads FROM lost WHERE reader_id = ?", (reader_id,)).fetchone()
            return int(self._db.execute(_COUNT, (reader_id,)).fetchone()[0]), int(lost[0]) if lost else 0

        return self._in_one(act)

    def close(self) -> None:
        """End the connection."""
        self._db.close()

    def _lose(self, reader_id: str, numbers: list[int]) -> None:
        if numbers:
            self._db.execute(_DELETE, (json.dumps(numbers),))
            self._db.execute(_LOST, (reader_id, len(numbers)))

    def _in_one(self, act: Callable[[], AnyT]) -> AnyT:
        try:
            with self._db.atomic():
                return act()
        except DriverError as fault:
            raise StorageFault("The gateway's queue can't be used.", "Check the disk; readers send again.") from fault
