"""`mdt bench export`: a year's trail as CSV and as PDF, and its check, beside the bare reading of the rows.

The trail is made up (`bench_trails`), on the disk that is measured. Both files are written at once, in two processes,
as the command writes them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mdt_app.domain.evidence import Proof
from mdt_app.services.progress import Progress
from mdt_app.services.side_by_side import side_by_side
from mdt_app.services.trail_files import check_file
from mdt_app.wiring.bench_machine import most_memory_mb
from mdt_app.wiring.bench_sync import EMBEDDED
from mdt_app.wiring.bench_trails import MadeTrail, car_trail, headquarters_trail
from mdt_app.wiring.temporary_postgresql import temporary_postgresql

CAR, POSTGRESQL = "car", "postgresql"


@dataclass(frozen=True, slots=True)
class ExportFigures:
    """Seconds by the clock, and of the processor, of a trail of so many rows; megabytes (10^6) of memory and of files.

    `both_s`: CSV and PDF written at once, to the end of the later one, by the clock; `memory_mb` is of both processes.
    `bare_*` is the limit: reading the same rows from the same store and nothing else.
    """

    place: str
    rows: int
    both_s: float
    csv_cpu_s: float
    pdf_cpu_s: float
    check_csv_s: float
    walk_s: float
    bare_s: float
    bare_cpu_s: float
    memory_mb: float | None
    csv_mb: int
    pdf_mb: int
    filled_s: float


@dataclass(frozen=True, slots=True)
class _Written:
    """What writing one file took of its process."""

    proof: Proof
    cpu_s: float
    memory_mb: float | None


def bench_export(
    rows: int, place: str = CAR, folder: Path | None = None, progress: Progress | None = None
) -> ExportFigures:
    """Measure it in a temporary folder on the disk that `folder` is on.

    `place`: a CAR's trail, or headquarters' own: EMBEDDED, in a POSTGRESQL made for this, or at an address.
    """
    with ExitStack() as stack:
        here = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mdt-bench-", dir=folder)))
        began = time.perf_counter()
        trail = _filled(stack, here, rows, place, progress)
        filled = time.perf_counter() - began
        bare = _timed(trail.read_bare)
        csv, pdf = here / "trail.csv", here / "trail.pdf"
        began = time.perf_counter()
        as_csv, as_pdf = side_by_side([partial(_write, trail.write, path) for path in (csv, pdf)], progress)
        both = time.perf_counter() - began
        checked = _timed(lambda: check_file(csv, as_csv.proof.public_key, progress))
        walked = _timed(lambda: trail.verify(progress))
        held = (as_csv.memory_mb, as_pdf.memory_mb)
        return ExportFigures(
            place=place if place in (CAR, EMBEDDED) else POSTGRESQL,
            rows=rows,
            both_s=round(both, 1),
            csv_cpu_s=as_csv.cpu_s,
            pdf_cpu_s=as_pdf.cpu_s,
            check_csv_s=checked[0],
            walk_s=walked[0],
            bare_s=bare[0],
            bare_cpu_s=bare[1],
            memory_mb=None if None in held else round(sum(one or 0.0 for one in held), 1),
            csv_mb=csv.stat().st_size // 10**6,
            pdf_mb=pdf.stat().st_size // 10**6,
            filled_s=round(filled, 1),
        )


def _filled(stack: ExitStack, here: Path, rows: int, place: str, progress: Progress | None) -> MadeTrail:
    if place == CAR:
        return car_trail(here, rows, progress)
    database = None if place == EMBEDDED else place
    if place == POSTGRESQL:
        database = stack.enter_context(temporary_postgresql())
    return headquarters_trail(here, rows, progress, database)


def _write(write: Callable[[Path, Progress | None], Proof], path: Path, progress: Progress) -> _Written:
    began = time.process_time()
    proof = write(path, progress)
    return _Written(proof, round(time.process_time() - began, 1), most_memory_mb())


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the act: by the clock, and of this process's processor time."""
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return round(time.perf_counter() - begun, 1), round(time.process_time() - worked, 1)
