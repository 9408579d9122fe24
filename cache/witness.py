"""The witness: how far the store had come, noted beside it after each commit.

A damaged write-ahead log or an older file put back loses committed rows, and SQLite calls the rest whole. The note is
written after the commit and never synced, so it can lag behind the store but never be ahead of a whole one.
Headquarters, which knows each car's highest record, is the witness that also finds both put back together.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cache.db import Database
from cache.reads import LAST

_LINE = 256
_POSITION = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"
_DIGEST = "SELECT digest FROM audit WHERE sequence = ?"


@dataclass(frozen=True, slots=True)
class Mark:
    """The highest outbox position ever given, the last row of the trail, and the last read; 0 and '' before them."""

    position: int = 0
    sequence: int = 0
    digest: str = ""
    reads: int = 0

    def on(self, later: Mark) -> Mark:
        """The mark after a transaction that came so far; what it left alone stays."""
        trail = later if later.sequence else self
        position, reads = max(self.position, later.position), max(self.reads, later.reads)
        return Mark(position, trail.sequence, trail.digest, reads)


class Witness:
    """The note beside the store in `folder`, under a key that is inside it."""

    def __init__(self, folder: Path, mac_key: bytes) -> None:
        self._path, self._key = folder / "store.witness", mac_key
        self._file: int | None = None

    def note(self, mark: Mark) -> None:
        """Write the mark. A note that can't be written is no fault of the record's: the commit stands."""
        try:
            content = [mark.position, mark.sequence, mark.digest, mark.reads]
            line = json.dumps([*content, self._mac(content)]).ljust(_LINE).encode()
            if self._file is None:
                self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, line)
        except (OSError, MemoryError, ValueError):  # OpenSSL without memory raises ValueError
            self.close()

    def read(self) -> Mark | None:
        """The mark; None where there is none, or where it is unreadable, as an unsynced file may be."""
        try:
            *content, mac = json.loads(self._path.read_text(encoding="ascii"))
            mark = Mark(*content)
        except (OSError, ValueError, TypeError):
            return None
        return mark if hmac.compare_digest(str(mac), self._mac(content)) else None

    def check(self, db: Database) -> str:
        """Hold the store against the note: '' or what is wrong, in words for the officer and headquarters."""
        mark = self.read()
        if mark is None:
            return ""
        row = db.execute(_POSITION).fetchone()
        missing = max(0, mark.position - (row[0] if row else 0))
        missing += max(0, mark.reads - int(db.execute(LAST).fetchone()[0]))
        if missing:
            return f"{missing} records that were committed are missing from the store."
        found = db.execute(_DIGEST, (mark.sequence,)).fetchone()
        if mark.sequence and (found is None or found[0] != mark.digest):
            return f"Row {mark.sequence} of the audit trail is not the one that was committed."
        return ""

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _mac(self, content: list[object]) -> str:
        said = b"patrol-mdt witness" + json.dumps(content).encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()
