"""The encrypted store: one writer, one transaction a command, and readers of their own."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cache.accounts import Accounts
from cache.audit import Audit
from cache.db import Database, DriverError, open_database
from cache.hits import Hits
from cache.lists import Lists
from cache.migrations import migrate
from cache.outbox import Outbox
from cache.reads import Reads
from cache.stops import Stops
from mdt_app.domain.audit import Verdict, verify
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.events import Event

_COUNTS = {
    "reads": "SELECT count(*) FROM reads",
    "hits": "SELECT count(*) FROM hits",
    "stops": "SELECT count(*) FROM stops",
    "alerts": "SELECT count(*) FROM audit WHERE kind = 'alert.shown'",
    "refused": "SELECT count(*) FROM audit WHERE kind = 'gate.refused'",
    "outbox_pending": "SELECT count(*) FROM outbox",
}


class CacheTransaction:
    """The subjects of one open transaction."""

    def __init__(self, db: Database, mac_key: bytes) -> None:
        self.reads, self.hits, self.stops = Reads(db), Hits(db), Stops(db)
        self.lists, self.accounts, self.outbox = Lists(db), Accounts(db), Outbox(db)
        self._audit = Audit(db, mac_key)

    def record(self, event: Event) -> None:
        """Append the event to the audit chain and to the outbox."""
        self.outbox.add(event, self._audit.append(event))

    def record_bulk(self, event: Event) -> None:
        """Put a bulk read's event in the outbox, outside the audit chain."""
        self.outbox.add(event, None)


class CacheStore:
    """The car's store at `path`, encrypted with a raw 32-byte key. Transactions run in one thread alone, the core's.

    A connection belongs to the thread that first uses it; `reader` gives others one of their own.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._mac_key = hmac.new(key, b"patrol-mdt audit body", hashlib.sha256).digest()
        db = open_database(path, key)
        try:
            migrate(db)
        finally:
            db.close()
        self._db: Database | None = None

    @contextmanager
    def transaction(self) -> Iterator[CacheTransaction]:
        """Begin a transaction. Leaving it commits; any error rolls all of it back. Raises StorageFault."""
        try:
            if self._db is None:
                self._db = open_database(self._path, self._key)
            with self._db.atomic():
                yield CacheTransaction(self._db, self._mac_key)
        except DriverError as error:
            raise StorageFault(f"The store refused: {type(error).__name__}.", "Report the fault.") from error

    def reader(self) -> StoreReader:
        """A connection for another thread, for reading only."""
        return StoreReader(open_database(self._path, self._key), self._mac_key)

    def close(self) -> None:
        """Close the writer, in its own thread."""
        if self._db is not None:
            self._db.close()
            self._db = None


class StoreReader:
    """Reads the store beside the writer: the outbox for the sync, counts, and the check of the trail."""

    def __init__(self, db: Database, mac_key: bytes) -> None:
        self._db, self._mac_key = db, mac_key
        self._db.execute("PRAGMA query_only = ON")
        self.outbox = Outbox(db)

    def counts(self) -> dict[str, int]:
        """How many reads, hits, alerts, refusals and stops are on record, and how many rows wait in the outbox."""
        return {name: int(self._db.execute(sql).fetchone()[0]) for name, sql in _COUNTS.items()}

    def verify_audit(self) -> Verdict:
        """Walk the whole audit chain, bodies included."""
        return verify(Audit(self._db, self._mac_key).rows(), self._mac_key)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()
