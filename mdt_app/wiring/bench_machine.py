"""What a measurement takes of the machine: processor time and memory of this process and of all that it has started."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from mdt_app.domain.errors import MdtError

OUTSIDE = "bench: "
"""Processes whose name begins so are the measurement's own and not counted."""


def cpu_seconds() -> float | None:
    """Processor time so far, in seconds; None where the system does not tell it."""
    try:
        ticks = sum(_ticks(pid) for pid in _pids())
    except (OSError, ValueError, IndexError):
        return None
    return ticks / os.sysconf("SC_CLK_TCK")


def children_cpu_s() -> float:
    """Processor time so far of the programs that this process has started, and of theirs. Raises MdtError."""
    try:
        ticks = sum(map(_ticks, _below(os.getpid())))
    except (OSError, ValueError, IndexError) as fault:
        raise MdtError("This system does not tell processor times.", "Measure on Linux.") from fault
    return ticks / os.sysconf("SC_CLK_TCK")


def most_memory_mb() -> float | None:
    """Return the most memory that this process has held, in megabytes (10^6 bytes); None where it is not told."""
    status = Path(f"/proc/{os.getpid()}/status")
    if not status.is_file():
        return None
    words = dict(row.split(":", 1) for row in status.read_text().splitlines() if ":" in row)
    return round(int(words["VmHWM"].split()[0]) * 1024 / 1e6, 1)


def resident_mb() -> float | None:
    """Resident memory in megabytes (10^6 bytes); None where the system does not tell it."""
    try:
        rows = (Path(f"/proc/{pid}/status").read_text().splitlines() for pid in _pids())
        kilobytes = [int(row.split()[1]) for lines in rows for row in lines if row.startswith("VmRSS")]
    except (OSError, ValueError):
        return None
    return round(sum(kilobytes) * 1024 / 1e6, 1)


@contextmanager
def idle_beside(every_s: float) -> Iterator[Callable[[], list[float]]]:
    """Have a process that only wakes so often note how many seconds late it wakes: what the machine itself withholds.

    What is given ends it and returns its notes.
    """
    ours, its = multiprocessing.get_context("spawn").Pipe()
    idle = multiprocessing.get_context("spawn").Process(
        target=_wake, args=(its, every_s), name=f"{OUTSIDE}idle", daemon=True
    )
    idle.start()
    ours.recv()  # it is awake
    noted: list[float] = []

    def end() -> list[float]:
        ours.send(None)
        noted.extend(ours.recv())
        return noted

    try:
        yield end
    finally:
        ours.close()
        idle.join()


def _wake(told: Connection, every_s: float) -> None:
    told.send(None)
    late = []
    with suppress(EOFError):
        while not told.poll(0):
            slept = time.monotonic()
            time.sleep(every_s)
            late.append(time.monotonic() - slept - every_s)
        told.recv()
        told.send(late)


def _pids() -> list[int]:
    others = [p.pid for p in multiprocessing.active_children() if not p.name.startswith(OUTSIDE)]
    return [os.getpid(), *(pid for pid in others if pid is not None)]


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from _below(child)


def _ticks(pid: int) -> int:
    """User and system time of a process, in the system's ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
