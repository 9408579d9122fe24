"""A place in the store for the car's identity: encrypted with it, carried over by a new store key, wiped with it."""

from __future__ import annotations

from pathlib import Path

from cache.db import DriverError, open_database
from mdt_app.domain.errors import StorageFault

_PREFIX = "link "


class StoreVault:
    """Secrets in the store at `path`, which is there and up to date. Each call opens a connection of its own."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key

    def read(self, name: str) -> bytes | None:
        """Return what is kept under this name, None when nothing is."""
        db = open_database(self._path, self._key)
        try:
            row = db.execute("SELECT value FROM secrets WHERE name = ?", (_PREFIX + name,)).fetchone()
            return bytes(row[0]) if row else None
        finally:
            db.close()

    def write(self, name: str, value: bytes) -> None:
        """Keep this under the name, in the place of what was there. Raises StorageFault when it can't."""
        db = open_database(self._path, self._key)
        try:
            with db.atomic():
                db.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?)", (_PREFIX + name, value))
        except DriverError as fault:
            raise StorageFault("The car's identity could not be kept.", "Check the disk; nothing changed.") from fault
        finally:
            db.close()
