"""The store measured beside plain SQLite: same schema, pragmas, statements and disk, commit by commit in turns."""

from __future__ import annotations

import os
import secrets
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from pydantic import TypeAdapter
from sqlite_utils import Database

from cache.db import PAGE, open_database, prepare_plain
from cache.migrations import migrate
from cache.secrets import seals_of
from cache.store import CacheStore, CacheTransaction
from cache.witness import Mark, Witness
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Box, CharacterRead, ClockSource, Pictures, Position, Read
from mdt_app.services.clock import SystemClock
from mdt_app.services.on_past_reads import READS_MOST

CROP_BYTES = 6_000
_WARM_UP, _COMMITS, _LOOKUPS, _SEARCHES, _BATCH = 30, 500, 3_000, 200, 100
_PAGES_A_SEARCH = 11
"""A leaf of the index and the ten reads of the plate; what is above them stays in memory."""
_BLOCK = 50_000
_START = datetime(2026, 11, 1, tzinfo=UTC)
_ADD = "INSERT INTO reads VALUES (NULL, ?, ?, ?, 0, 0, ?, '', ?, x'')"
_FILLED = "CREATE INDEX reads_by_key ON reads (key); UPDATE read_numbers SET sent = (SELECT max(number) FROM reads);"
_LOOK_UP = "SELECT content FROM reads WHERE key = ? ORDER BY number DESC LIMIT 1"
_SEARCH = "SELECT content FROM reads WHERE key = ? ORDER BY number DESC LIMIT 200"


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """Milliseconds of a commit (one read with its picture and its event), microseconds of a look-up by plate."""

    commit_ms_p50: float
    commit_ms_p99: float
    plain_commit_ms_p50: float
    ratio: float
    lookup_us: float
    plain_lookup_us: float
    rows: int


@dataclass(frozen=True, slots=True)
class OpeningFigures:
    """Milliseconds until a full store is in use from a cold disk, and of a search for all reads of a plate.

    `open_ms` is the start of a car: key, schema, witness, lists, open hits, counts, and what waits for headquarters.
    `past_ms` is the newest reads, as a changed list is held against them. `disk_ms` is the limit: the bare time in
    which this disk gives as many pages of the same cold file as a search wants, one after the other, without the store.
    """

    open_ms: float
    past_ms: float
    search_ms_p50: float
    search_ms_p99: float
    search_ms_max: float
    disk_ms_p50: float
    disk_ms_max: float
    rows: int
    megabytes: int


def bench_store(rows: int, folder: Path | None = None) -> StoreFigures:
    """Measure both stores, filled with so many reads, in a temporary folder on the disk that `folder` is on."""
    with tempfile.TemporaryDirectory(prefix="mdt-bench-", dir=folder) as name, _both(Path(name)) as (ours, plain):
        for db in (ours, plain):
            fill(db, rows)
        acts = (_committing(ours, Path(name) / "ours"), _committing(plain, Path(name) / "plain"))
        commits = _in_turns(*acts, _COMMITS, _WARM_UP)
        lookups = _in_turns(_looking_up(ours, rows), _looking_up(plain, rows), _LOOKUPS, _WARM_UP)
    ours_ms, plain_ms = ([seconds * 1000 for seconds in side] for side in commits)
    ours_us, plain_us = ([seconds * 1e6 for seconds in side] for side in lookups)
    p50, plain_p50 = statistics.median(ours_ms), statistics.median(plain_ms)
    return StoreFigures(
        commit_ms_p50=round(p50, 3),
        commit_ms_p99=round(statistics.quantiles(ours_ms, n=100)[98], 3),
        plain_commit_ms_p50=round(plain_p50, 3),
        ratio=round(p50 / plain_p50, 3),
        lookup_us=round(statistics.median(ours_us), 1),
        plain_lookup_us=round(statistics.median(plain_us), 1),
        rows=rows,
    )


def bench_opening(rows: int, folder: Path | None = None, *, crops: bool = False) -> OpeningFigures:
    """Measure the opening and searching of a store of so many reads, with `crops` each with a picture."""
    with tempfile.TemporaryDirectory(prefix="mdt-bench-", dir=folder) as name:
        path, key = Path(name) / "store.db", secrets.token_bytes(32)
        CacheStore(path, key).close()
        with closing(open_database(path, key)) as db:
            fill(db, rows, CROP_BYTES if crops else 0)
        _forget(path)
        begun = time.perf_counter()
        with _in_use(path, key) as store:
            opened = time.perf_counter()
            with store.transaction() as tx:
                tx.reads.newest(READS_MOST)
            past = time.perf_counter()
        with closing(open_database(path, key)) as db:
            searches = [_seconds(partial(_search, db, plate)) * 1000 for plate in _plates(rows)]
        _forget(path)
        disk = _bare_reads(path)
        return OpeningFigures(
            open_ms=round((opened - begun) * 1000, 1),
            past_ms=round((past - opened) * 1000, 1),
            search_ms_p50=round(statistics.median(searches), 2),
            search_ms_p99=round(statistics.quantiles(searches, n=100)[98], 2),
            search_ms_max=round(max(searches), 2),
            disk_ms_p50=round(statistics.median(disk), 2),
            disk_ms_max=round(max(disk), 2),
            rows=rows,
            megabytes=path.stat().st_size >> 20,
        )


def fill(db: Database, rows: int, crop_bytes: int = 0) -> None:
    """Put made-up reads in, a second apart, of about as many plates as a region has; headquarters knows them."""
    db.execute("DROP INDEX reads_by_key")  # made at the end: a million entries in their order are quicker
    content = TypeAdapter(Read).dump_json(_READ, exclude_defaults=True).decode()
    for first in range(0, rows, _BLOCK):
        with db.atomic():
            block = range(first, min(rows, first + _BLOCK))
            db.conn.executemany(_ADD, (_row(number, rows, content, crop_bytes) for number in block))
    db.conn.executescript(_FILLED)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def plate_of(number: int, rows: int) -> str:
    """The plate of this read: each stands about ten times among so many reads, never twice in a row."""
    return f"{number * 2654435761 % max(1, rows // 10):07X}"


@contextmanager
def _both(folder: Path) -> Iterator[tuple[Database, Database]]:
    """Our store and a plain one, with the same schema and settings."""
    with (
        closing(open_database(folder / "ours.db", secrets.token_bytes(32))) as ours,
        closing(Database(sqlite3.connect(folder / "plain.db", isolation_level=None))) as plain,
    ):
        plain.execute(f"PRAGMA page_size = {PAGE}")
        prepare_plain(plain.conn)
        migrate(ours)
        migrate(plain)
        yield ours, plain


@contextmanager
def _in_use(path: Path, key: bytes) -> Iterator[CacheStore]:
    """The store with all that a car asks of it at its start."""
    store = CacheStore(path, key)
    with store.transaction() as tx:
        tx.lists.lists()
        tx.lists.index()
        tx.equipment.records()
        tx.accounts.bundle()
        tx.hits.not_closed()
    with closing(store.reader()) as reader:
        reader.counts()
        reader.outbox.count()
        reader.outbox.pending(_BATCH)
        yield store
    store.close()


def _forget(path: Path) -> None:
    """Let the system forget what it holds of the file, as after a start of the machine."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb+") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _row(number: int, rows: int, content: str, crop_bytes: int) -> tuple[str, str, str, str, bytes]:
    plate, at = plate_of(number, rows), (_START + timedelta(seconds=number)).isoformat()
    read_id = f"{number:08x}-0000-7000-8000-{number * 2654435761 % 2**48:012x}"
    said = content.replace(_READ.read_id, read_id).replace(_READ.raw_text, plate)
    return read_id, match_key(plate), at, said, os.urandom(crop_bytes)


_READ = Read(
    read_id="00000000-0000-7000-8000-000000000000",
    camera_id="L",
    captured_at=_START,
    clock=ClockSource.SYSTEM,
    raw_text="4BXR918",
    key=match_key("4BXR918"),
    state="CT",
    state_confidence=0.91,
    confidence=0.97,
    characters=tuple(CharacterRead("8", 0.97, ("B",)) for _ in range(7)),
    box=Box(412, 233, 168, 61),
    position=Position(41.7123, -72.6081, 0.4),
)


def _committing(db: Database, folder: Path) -> Callable[[int], None]:
    """One read as the car commits it: one row with its age, its picture and its event, then the witness's note."""
    folder.mkdir()
    clock, pictures, seals = SystemClock(), Pictures(crop=os.urandom(CROP_BYTES)), seals_of(db, bytes(32))
    witness, marks = Witness(folder, seals.mac_key), [Mark()]
    body = {"plate": _READ.raw_text, "state": _READ.state, "confidence": _READ.confidence, "camera": _READ.camera_id}

    def commit(_: int) -> None:
        read_id = clock.new_id()
        event = Event(read_id, EventKind.READ, clock.now(), clock.source(), "rdoe", "CAR12", read_id, body)
        with db.atomic():
            tx = CacheTransaction(db, seals)
            tx.reads.add(replace(_READ, read_id=read_id), pictures, event)
        marks[0] = marks[0].on(tx.mark)
        witness.note(marks[0])

    return commit


def _search(db: Database, key: str) -> None:
    db.execute(_SEARCH, (key,)).fetchall()


def _bare_reads(path: Path) -> list[float]:
    """Milliseconds in which the disk gives a search's pages from anywhere in the file, as often as was searched."""
    dice, pages = Random(3), path.stat().st_size // PAGE  # noqa: S311 - any pages
    with path.open("rb", buffering=0) as file:

        def read() -> None:
            for _ in range(_PAGES_A_SEARCH):
                file.seek(dice.randrange(pages) * PAGE)
                file.read(PAGE)

        return [_seconds(read) * 1000 for _ in range(_SEARCHES)]


def _plates(rows: int) -> list[str]:
    """Plates that are in a store of so many reads."""
    dice = Random(2)  # noqa: S311 - made-up plates
    return [match_key(plate_of(dice.randrange(rows), rows)) for _ in range(_SEARCHES)]


def _looking_up(db: Database, rows: int) -> Callable[[int], None]:
    dice = Random(1)  # noqa: S311 - the same made-up plates for both
    keys = [match_key(plate_of(dice.randrange(rows), rows)) for _ in range(_LOOKUPS + _WARM_UP)]

    def look_up(number: int) -> None:
        db.execute(_LOOK_UP, (keys[number],)).fetchone()

    return look_up


def _in_turns(
    ours: Callable[[int], None], plain: Callable[[int], None], count: int, warm_up: int
) -> tuple[list[float], list[float]]:
    """Seconds of each call, ours and plain by turns, so that what else the machine does falls on both."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(count + warm_up):
        for side, act in enumerate((ours, plain)):
            took = _seconds(partial(act, number))
            if number >= warm_up:
                seconds[side].append(took)
    return seconds


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
