"""`mdt bench export`: a year's trail as CSV and as PDF, and its check, beside the bare reading of the rows.

The trail is made up, but its chain is whole: rows of a stop's kinds with bodies as a car writes them, in an encrypted
store on the disk that is measured. CSV and PDF are written one after the other, as the command writes them.
"""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from cache.db import Database, open_database
from cache.migrations import migrate
from cache.secrets import Seals, seals_of
from cache.trail import Trail
from mdt_app.domain.audit import GENESIS, link
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.evidence import signed_head
from mdt_app.services.progress import Progress, watched
from mdt_app.services.trail_files import check_file, export_trail
from mdt_app.wiring.bench_machine import most_memory_mb

_START = datetime(2026, 1, 1, tzinfo=UTC)
_BLOCK = 5_000
_YEAR_S = 365 * 86_400
_HEAD = "INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?, ?)"
_ADD = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT * FROM audit LEFT JOIN audit_bodies USING (sequence) ORDER BY sequence"
_BODIES = (
    (EventKind.HIT, '{"plate": "4BXR91", "state": "CT", "list": "ncic", "entry": "V%09d", "match": "exact", '
     '"category": "stolen_vehicle", "confidence": 0.97, "camera": "L", "place": [41.7123, -72.6081], '
     '"policy": "postc 1", "list_age_s": 5120}'),
    (EventKind.PLATE_CONFIRMED, '{"plate": "4BXR91", "state": "CT", "matches": true, "read": %d, "policy": "postc 1"}'),
    (EventKind.CHECK_ANSWERED, '{"answer": "active", "source": "NCIC", "nic": "V%09d", "request": 1, '
     '"asked_at": "2026-11-22T21:14:00+00:00", "policy": "postc 1"}'),
    (EventKind.GATE_PASSED, '{"decision": "%032d", "passed": true, "unmet": [], "ways": [], "policy": "postc 1"}'),
    (EventKind.NO_STOP, '{"reason": "no_opportunity", "words": "left the interstate at exit %d", "policy": "postc 1"}'),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportFigures:
    """Seconds by the clock, and of the processor, of a trail of so many rows; megabytes (10^6) of memory and of files.

    `bare_*` is the limit: reading the same rows from the same store and nothing else. `both_s`: CSV and PDF together.
    """

    rows: int
    csv_s: float
    csv_cpu_s: float
    pdf_s: float
    pdf_cpu_s: float
    both_s: float
    check_csv_s: float
    verify_store_s: float
    bare_s: float
    bare_cpu_s: float
    memory_mb: float | None
    csv_mb: int
    pdf_mb: int


def bench_export(rows: int, folder: Path | None = None, progress: Progress | None = None) -> ExportFigures:
    """Measure it in a temporary folder on the disk that `folder` is on."""
    with tempfile.TemporaryDirectory(prefix="mdt-bench-", dir=folder) as name:
        key, here = secrets.token_bytes(32), Path(name)
        with closing(open_database(here / "store.db", key)) as db:
            migrate(db)
            seals = seals_of(db, key)
            fill_trail(db, seals, rows, progress)
        with closing(open_database(here / "store.db", key)) as db:
            trail, at = Trail(db, seals), _START
            bare = _timed(lambda: _read_bare(db))
            csv = _timed(lambda: export_trail(trail, here / "trail.csv", at, progress=progress))
            pdf = _timed(lambda: export_trail(trail, here / "trail.pdf", at, progress=progress))
            checked = _timed(lambda: check_file(here / "trail.csv", seals.public_key, progress))
            verified = _timed(lambda: trail.verify(progress))
        return ExportFigures(
            rows=rows,
            csv_s=csv[0],
            csv_cpu_s=csv[1],
            pdf_s=pdf[0],
            pdf_cpu_s=pdf[1],
            both_s=round(csv[0] + pdf[0], 1),
            check_csv_s=checked[0],
            verify_store_s=verified[0],
            bare_s=bare[0],
            bare_cpu_s=bare[1],
            memory_mb=most_memory_mb(),
            csv_mb=(here / "trail.csv").stat().st_size // 10**6,
            pdf_mb=(here / "trail.pdf").stat().st_size // 10**6,
        )


def fill_trail(db: Database, seals: Seals, rows: int, progress: Progress | None = None) -> None:
    """Put a trail of so many rows into an empty store, its chain whole and its head signed."""
    numbers = iter(watched(range(1, rows + 1), rows, progress))
    previous, last = GENESIS, 0
    while block := list(islice(numbers, _BLOCK)):
        made = list(_rows(seals, block, rows, previous))
        previous, last = made[-1][0][-1], block[-1]
        with db.atomic():
            db.conn.executemany(_ADD, (row for row, _ in made))
            db.conn.executemany("INSERT INTO audit_bodies VALUES (?, ?)", ((row[0], body) for row, body in made))
    head = signed_head(seals.device, last, previous)
    db.execute(_HEAD, (head.sequence, head.digest, head.signature))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _rows(seals: Seals, numbers: list[int], rows: int, previous: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    for number in numbers:
        kind, template = _BODIES[number % len(_BODIES)]
        body = template % number
        at = _START + timedelta(seconds=number * _YEAR_S / rows)
        about = (f"{number:08x}-0000-7000-8000-{number:012x}", kind, at, "gps", "rdoe", "CAR12")
        event = Event(*about, f"{number // 5:08x}-1111-7000-8000-{number // 5:012x}", json.loads(body))
        made = link(event, seals.mac_key, number, previous)
        told = (number, event.event_id, kind, at.isoformat(), *about[3:], event.subject)
        yield (*told, made.payload_mac, previous, made.digest), body
        previous = made.digest


def _read_bare(db: Database) -> None:
    for _ in db.execute(_ALL):
        pass


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the act: by the clock, and of this process's processor time."""
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return round(time.perf_counter() - begun, 1), round(time.process_time() - worked, 1)
