"""The encrypted store: one writer, one transaction a command, and readers of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import structlog

from cache.accounts import Accounts
from cache.audit import Audit
from cache.db import BUSY_MS, Database, DriverError, open_database
from cache.drafts import Drafts
from cache.entry_requests import EntryRequests
from cache.equipment import CameraRecords, EquipmentRecords
from cache.found_reads import FoundReads
from cache.hits import Hits
from cache.lists import Lists
from cache.migrations import migrate
from cache.outbox import Outbox
from cache.profiles import Profiles
from cache.reads import COUNT, LAST, Reads
from cache.reserve import Reserve, Room
from cache.retention import Retention
from cache.secrets import Seals, seals_of
from cache.stops import Stops
from cache.trail import Trail
from cache.witness import Mark, Witness
from mdt_app.domain.audit import Verdict
from mdt_app.domain.entry_requests import AskedEntry
from mdt_app.domain.equipment import EquipmentRecord
from mdt_app.domain.errors import BadInput, StorageFault
from mdt_app.domain.events import Event
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.read_search import SearchTerms
from mdt_app.domain.reads import Read
from mdt_app.domain.retention import Outlook, TrustedTime
from mdt_app.services.progress import Progress

_log = structlog.get_logger()
_COUNTS = {
    "reads": COUNT,
    "hits": "SELECT count(*) FROM hits WHERE status <> 'purged'",
    "stops": "SELECT count(*) FROM stops",
    "alerts": "SELECT count(*) FROM audit WHERE kind = 'alert.shown'",
    "refused": "SELECT count(*) FROM audit WHERE kind = 'gate.refused'",
    "outbox_pending": f"SELECT (SELECT count(*) FROM outbox) + ({LAST}) - sent FROM read_numbers",  # noqa: S608 - constants only
}
_NO_ROOM = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE"})
_ROOM_EVERY = 256
"""A reserve that could not be made is tried again after so many transactions."""


class CacheTransaction:
    """The subjects of one open transaction."""

    def __init__(self, db: Database, seals: Seals) -> None:
        self.reads, self.hits, self.stops = Reads(db), Hits(db), Stops(db)
        self.lists, self.accounts, self.outbox = Lists(db), Accounts(db), Outbox(db)
        self.profiles, self.equipment, self.cameras = Profiles(db), EquipmentRecords(db), CameraRecords(db)
        self.drafts, self.entries, self.retention = Drafts(db), EntryRequests(db), Retention(db)
        self._audit = Audit(db, seals)
        self._linked = Mark()

    @property
    def mark(self) -> Mark:
        """How far the store has come in this transaction; empty when nothing was recorded."""
        return replace(self._linked, position=self.outbox.last, reads=self.reads.last)

    def record(self, event: Event) -> None:
        """Append the event to the audit chain and to the outbox."""
        event, made = self._audit.append(event)
        self.outbox.add(event, made)
        self._linked = Mark(sequence=made.sequence, digest=made.digest)


class CacheStore:
    """The car's store at `path`, encrypted with a raw 32-byte key. Transactions run in one thread alone, the core's.

    A connection belongs to the thread that first uses it; `reader` gives others one of their own. With `room` a
    reserve is kept beside the store; `on_room` then hears True when the disk is full and False when it is not any
    more, in the core's thread. `findings` says what was found wrong at the start, in words without plates.

    Raises BadInput for a wrong key or a foreign file, StorageFault when the disk refuses; the file stays as it was.
    """

    def __init__(
        self, path: Path, key: bytes, *, room: Room | None = None, on_room: Callable[[bool], None] | None = None
    ) -> None:
        self._path, self._key = path, key
        self._on_room = on_room
        self._short, self._unsettled, self._since_try = False, False, 0
        self._reserve = Reserve(path.parent, room) if room else None
        if self._reserve and not self._reserve.keep():
            self._reserve.release()
        self._db: Database | None = None
        self._seals, self._witness, self.findings = self._begin()
        self._mark, self._file = self._witness.read() or Mark(), _file(path)

    def _begin(self) -> tuple[Seals, Witness, tuple[str, ...]]:
        try:
            db = open_database(self._path, self._key)
            try:
                migrate(db)
                seals = seals_of(db, self._key)
                witness = Witness(self._path.parent, seals.mac_key)
                wrong = witness.check(db)
            finally:
                db.close()
        except DriverError as error:
            words = "The store could not be brought up to date. It is as it was."
            raise StorageFault(words, "Make room on the disk, then start again.") from error
        return seals, witness, (wrong,) if wrong else ()

    @property
    def public_key(self) -> str:
        """The device's public key, as 64 hexadecimal digits."""
        return self._seals.public_key

    @contextmanager
    def transaction(self) -> Iterator[CacheTransaction]:
        """Begin a transaction. Leaving it commits; any error rolls all of it back. Raises StorageFault."""
        self._look_for_room()
        try:
            db = self._writer()
            with db.atomic():
                tx = CacheTransaction(db, self._seals)
                yield tx
        except DriverError as error:
            raise self._fault(error) from error
        if tx.mark != Mark():
            self._mark = self._mark.on(tx.mark)
            self._witness.note(self._mark)
        self._unsettled = self._unsettled or tx.retention.removed
        if self._unsettled and tx.retention.counted and not tx.retention.removed:
            self._settle(db)

    def _settle(self, db: Database) -> None:
        """Once a purge is through: bring the log into the store and empty it. A reader in its way: the next time."""
        try:
            db.execute("PRAGMA busy_timeout = 0")
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        except DriverError as error:
            # The purge is committed: what fails here is tried again, and a real fault shows at the next commit.
            _log.warning("log not emptied", error=type(error).__name__)
            self._drop(db)
        else:
            self._unsettled = bool(busy)

    def reader(self) -> StoreReader:
        """A connection for another thread, for reading only."""
        return StoreReader(open_database(self._path, self._key), self._seals)

    def close(self) -> None:
        """Close the writer, in its own thread."""
        self._witness.close()
        if self._db is not None:
            self._db.close()
            self._db = None

    def _writer(self) -> Database:
        """The connection, once its file is sure to be the one at the path: a removed file would take writes too."""
        if self._file != _file(self._path):
            raise StorageFault("The store's file is gone, or another one is in its place.", "Report the fault.")
        if self._db is None:
            try:
                self._db = open_database(self._path, self._key)
            except BadInput as error:  # the key was right at the start: this is the disk's or the memory's fault
                raise StorageFault(error.words, "Report the fault.") from error
        return self._db

    def _fault(self, error: DriverError) -> StorageFault:
        """A connection that met more than a broken rule is not used again."""
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        if not name.startswith("SQLITE_CONSTRAINT") and self._db is not None:
            self._drop(self._db)
        if name in _NO_ROOM:
            if self._reserve:
                self._reserve.release()
            self._tell_room(True)
            return StorageFault("The disk is full.", "Make room on the disk; try again, a reserve may have been freed.")
        return StorageFault(f"The store refused: {name}.", "Report the fault.")

    def _drop(self, db: Database) -> None:
        self._db = None
        with suppress(DriverError):
            db.close()

    def _look_for_room(self) -> None:
        if self._reserve is None:
            return
        short = self._reserve.short()
        if short and self._reserve.kept:
            self._reserve.release()
        elif not short and not self._reserve.kept:
            self._since_try = (self._since_try + 1) % _ROOM_EVERY
            if self._since_try == 1:
                self._reserve.keep()
        self._tell_room(short or (self._short and not self._reserve.kept))

    def _tell_room(self, short: bool) -> None:
        if short is not self._short:
            self._short = short
            if self._on_room:
                self._on_room(short)


def _file(path: Path) -> tuple[int, int] | None:
    """Which file is at this path; None when there is none or it can't be asked for."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class StoreReader:
    """Reads the store beside the writer: the outbox for the sync, counts, and the check of the trail."""

    def __init__(self, db: Database, seals: Seals) -> None:
        self._db = db
        self._db.execute("PRAGMA query_only = ON")
        self.outbox, self.hits = Outbox(db), Hits(db)
        self.trail = Trail(db, seals)
        self._retention = Retention(db)

    def counts(self) -> dict[str, int]:
        """How many reads, hits, alerts, refusals and stops are on record, and how many rows wait in the outbox."""
        return {name: int(self._db.execute(sql).fetchone()[0]) for name, sql in _COUNTS.items()}

    def verify_audit(self, progress: Progress | None = None) -> Verdict:
        """Walk the whole audit chain, bodies included, and hold its end against the signed head.

        In one transaction: the writer goes on meanwhile, and chain and head have to be of one moment.
        """
        self._db.execute("BEGIN")
        try:
            return self.trail.verify(progress)
        finally:
            self._db.execute("ROLLBACK")

    def outlook(self, kept_s: float) -> Outlook:
        """What retention would remove now, `kept_s` in trusted seconds."""
        return self._retention.outlook(kept_s)

    def time(self) -> TrustedTime:
        """Trusted time as it was last counted."""
        return self._retention.time()

    def first_block(self, delivery: str) -> int:
        """Where a delivery of a hot list begins. Raises StorageFault for an unknown one."""
        return Lists(self._db).deliveries.first(delivery)

    def lists(self) -> tuple[HotList, ...]:
        """The hot lists in force."""
        return Lists(self._db).lists()

    def entry_requests(self) -> tuple[AskedEntry, ...]:
        """What the officers of this car asked to be listed, and what became of it."""
        return EntryRequests(self._db).requests()

    def find_reads(self, terms: SearchTerms, most: int) -> tuple[Read, ...]:
        """Reads that fit, for a search that is on record."""
        return FoundReads(self._db).find(terms, most)

    def count_reads(self, terms: SearchTerms, most: int) -> int:
        """How many reads fit, counted up to so many."""
        return FoundReads(self._db).count(terms, most)

    def crop(self, read_id: str) -> bytes:
        """The picture of a read's plate; empty without one."""
        return Reads(self._db).pictures(read_id).crop

    def equipment(self) -> tuple[EquipmentRecord, ...]:
        """Checks and repairs of equipment, the oldest first."""
        return EquipmentRecords(self._db).records()

    def parked(self) -> int:
        """How many outbox rows headquarters has refused."""
        return int(self._db.execute("SELECT count(*) FROM outbox WHERE parked IS NOT NULL").fetchone()[0])

    def damage(self) -> tuple[str, ...]:
        """Check every page's signature and every index; empty when the store is whole. Reads the whole file."""
        try:
            pages = [str(row[0]) for row in self._db.execute("PRAGMA cipher_integrity_check")]
            found = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check(10)")]
        except DriverError as error:
            return (f"the store can't be read to its end ({getattr(error, 'sqlite_errorname', 'unknown')})",)
        return (*pages, *(line for line in found if line != "ok"))

    def close(self) -> None:
        """Close the connection."""
        self._db.close()
