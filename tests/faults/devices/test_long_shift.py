"""Row 27: a shift of 12 hours, compressed: window, core, store and four cameras at full speed do not grow.

20,000 reads are 12 hours at 28 a minute; MDT_SOAK_STEPS says which share of them. Part of the soak alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.fakes.campaign import STEPS, amount

READS = amount(800, 20_000)
GROWTH_KB, GROWTH_THINGS = 24_000, 4
pytestmark = [
    pytest.mark.skipif(not STEPS, reason="minutes at full speed: part of the soak"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory and handles are counted in /proc"),
    pytest.mark.timeout(0),
]


def growth(folder: Path, reads: int, how: str) -> dict[str, float]:
    """How much more it holds in its last quarter than in its second, in which all of it has warmed up."""
    command = (sys.executable, "-m", "tests.faults.devices.shift_worker", str(folder), str(reads), how)
    done = subprocess.run(command, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    quarter = len(told) // 4
    early, late = told[quarter : 2 * quarter], told[-quarter:]
    assert {one["processes"] for one in late} == {5}, "the window's process and four cameras"
    return {
        name: median(s[name] for s in late) - median(s[name] for s in early) for name in ("kb", "handles", "threads")
    }


def is_flat(grown: dict[str, float]) -> bool:
    """The check of row 27."""
    return grown["kb"] < GROWTH_KB and grown["handles"] <= GROWTH_THINGS and grown["threads"] <= GROWTH_THINGS


def test_a_shift_of_twelve_hours_with_four_cameras_stays_flat(tmp_path: Path, record_property):
    """Every read is recorded with its pictures, one in a hundred is an alert that is worked; nothing grows."""
    grown = growth(tmp_path, READS, "work")
    record_property("tries", READS)
    for name, value in grown.items():
        record_property(f"grown_{name}", value)
    assert is_flat(grown), grown


def test_the_check_finds_a_shift_that_hoards(tmp_path: Path):
    """Negative control: one that keeps each picture and a handle a read is found in a short run."""
    assert not is_flat(growth(tmp_path, 800, "hoard"))
