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
from pathlib import Path
from random import Random

from pydantic import TypeAdapter
from sqlite_utils import Database

from cache.db import PAGE, open_database, prepare_plain
from cache.migrations import migrate
from cache.outbox import Outbox
from cache.reads import Reads
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Box, CharacterRead, ClockSource, Pictures, Position, Read
from mdt_app.services.clock import SystemClock

CROP_BYTES = 6_000
_WARM_UP, _COMMITS, _LOOKUPS = 30, 500, 3_000
_BLOCK = 50_000
_START = datetime(2026, 11, 1, tzinfo=UTC)
_READ = TypeAdapter(Read)
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_ADD = "INSERT INTO reads (read_id, key, captured_at, content) VALUES (?, ?, ?, ?)"
_LOOK_UP = "SELECT content FROM reads WHERE key = ? ORDER BY captured_at DESC LIMIT 1"
SEARCH = "SELECT read_id, captured_at, content FROM reads WHERE key = ? ORDER BY captured_at DESC LIMIT 200"


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """Milliseconds of a commit (one read with its picture and its outbox row), microseconds of a look-up by plate."""

    commit_ms_p50: float
    commit_ms_p99: float
    plain_commit_ms_p50: float
    ratio: float
    lookup_us: float
    plain_lookup_us: float
    rows: int


def bench_store(rows: int, folder: Path | None = None) -> StoreFigures:
    """Measure both stores, filled with so many reads, in a temporary folder on the disk that `folder` is on."""
    with tempfile.TemporaryDirectory(prefix="mdt-bench-", dir=folder) as name, _both(Path(name)) as (ours, plain):
        for db in (ours, plain):
            fill(db, rows)
        commits = _in_turns(_committing(ours), _committing(plain), _COMMITS, _WARM_UP)
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


def fill(db: Database, rows: int) -> None:
    """Put made-up reads in, a second apart, of about as many plates as a region has."""
    for first in range(0, rows, _BLOCK):
        with db.atomic():
            block = range(first, min(rows, first + _BLOCK))
            db.conn.executemany(_ADD, (_row(number, rows) for number in block))


def plate_of(number: int, rows: int) -> str:
    """The plate of this read: each stands about ten times among so many reads."""
    dice = Random(number % max(1, rows // 10))  # noqa: S311 - made-up plates
    return "".join(dice.choices(_LETTERS, k=7))


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


def _row(number: int, rows: int) -> tuple[str, str, str, str]:
    read = _read(number, rows)
    return read.read_id, read.key, read.captured_at.isoformat(), _READ.dump_json(read).decode()


def _read(number: int, rows: int) -> Read:
    plate, at = plate_of(number, rows), _START + timedelta(seconds=number)
    return Read(
        read_id=f"{number:012x}-7000-8000-{number * 2654435761 % 2**48:012x}",
        camera_id="L",
        captured_at=at,
        clock=ClockSource.SYSTEM,
        raw_text=plate,
        key=match_key(plate),
        state="CT",
        state_confidence=0.91,
        confidence=0.97,
        characters=_CHARACTERS,
        box=Box(412, 233, 168, 61),
        position=Position(41.7123, -72.6081, 0.4),
    )


_CHARACTERS = tuple(CharacterRead("8", 0.97, ("B",)) for _ in range(7))


def _committing(db: Database) -> Callable[[int], None]:
    """One read as the car commits it: its row, its age, its picture, its outbox row."""
    clock, pictures, read = SystemClock(), Pictures(crop=os.urandom(CROP_BYTES)), _read(1, 1)
    reads, outbox = Reads(db), Outbox(db)
    body = {"plate": read.raw_text, "state": read.state, "confidence": read.confidence, "camera": read.camera_id}

    def commit(_: int) -> None:
        read_id = clock.new_id()
        about = (clock.now(), clock.source(), "rdoe", "CAR12", read_id, body)
        with db.atomic():
            reads.add(replace(read, read_id=read_id), pictures)
            outbox.add(Event(clock.new_id(), EventKind.READ, *about), None)

    return commit


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
            begun = time.perf_counter()
            act(number)
            if number >= warm_up:
                seconds[side].append(time.perf_counter() - begun)
    return seconds
