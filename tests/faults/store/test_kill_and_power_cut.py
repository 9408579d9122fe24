"""Rows 1 and 2 of the fault table: what was acknowledged survives kill -9 and power cuts, whole and once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mdt_app.domain.errors import MdtError
from tests.fakes.campaign import STEPS, Tally, amount, dice
from tests.faults.store.conftest import Found, disk, found_in, put_back, stop_dead


def add(tally: Tally, found: Found, acknowledged: list[str]) -> None:
    tally.add(found.lost(acknowledged), found.doubled, found.problems(acknowledged))


KILLS, CUTS = amount(5, 200), amount(5, 200)


@pytest.mark.timeout(0 if STEPS else 120)
def test_kill_loses_nothing_acknowledged(program, tmp_path, tally):
    """Killed again and again in mid work, on the same store: 0 acknowledged lost, 0 doubled, trail and pages whole."""
    moments, acknowledged = dice(4), []
    for _ in range(KILLS):
        worker, wanted = program("commit", tmp_path), moments.randint(1, 60)
        worker.hear_until(lambda lines, wanted=wanted: len(lines) >= wanted)
        acknowledged += worker.kill()
        add(tally, found_in(tmp_path / "store.db"), acknowledged)
    assert tally.problems == []
    assert len(acknowledged) >= KILLS


def test_the_kill_harness_finds_a_liar(program, tmp_path):
    """The negative control: one that acknowledges before it commits is found out."""
    acknowledged = []
    for _ in range(40):
        worker = program("commit", tmp_path, "early")
        worker.hear_until(lambda lines: len(lines) >= 3)
        acknowledged += worker.kill()
        if found_in(tmp_path / "store.db").problems(acknowledged):
            return
    pytest.fail("a liar was not found")


def cut_power(program, image: Path, mount: Path, wanted: int, how: str, **environment: str) -> list[str]:
    """Let a worker commit, stop the file system dead, and put it back as after a power cut.

    What was heard before the cut counts as acknowledged: after a real one nobody hears anything, and a sync that is
    under way while the file system is stopped may return without having synced.
    """
    worker = program("commit", mount, how, **environment)
    acknowledged = list(worker.hear_until(lambda lines: len(lines) >= wanted))
    stop_dead(mount)
    worker.kill()
    put_back(image, mount)
    return acknowledged


@pytest.mark.timeout(0 if STEPS else 120)
def test_a_power_cut_loses_nothing_acknowledged(power, program, tmp_path, tally):
    """The file system is stopped dead in mid work, also while the store recovers from the cut before: 0 lost."""
    moments, acknowledged = dice(5), []
    with disk(tmp_path) as (image, mount):
        for _ in range(CUTS):
            acknowledged += cut_power(program, image, mount, moments.choice((1, 2, 5, 40)), "")
            copy = tmp_path / "copy"
            shutil.copytree(mount, copy)
            add(tally, found_in(copy / "store.db"), acknowledged)
            shutil.rmtree(copy)
    assert tally.problems == []
    assert len(acknowledged) >= CUTS


@pytest.mark.parametrize("liar", ["unsynced", "eatmydata"])
def test_the_power_cut_harness_finds_a_disk_that_lies(power, program, tmp_path, liar):
    """The negative control: commits that are never synced are found lost, in the store's own way or by eatmydata."""
    library = next(Path("/usr/lib").rglob("libeatmydata.so"), None)
    if liar == "eatmydata" and library is None:
        pytest.skip("eatmydata is not installed")
    how, environment = ("unsynced", {}) if liar == "unsynced" else ("", {"LD_PRELOAD": str(library)})
    with disk(tmp_path) as (image, mount):
        acknowledged = cut_power(program, image, mount, 40, how, **environment)
        shutil.copytree(mount, tmp_path / "copy")
    assert acknowledged
    try:
        problems = found_in(tmp_path / "copy" / "store.db").problems(acknowledged)
    except MdtError as error:  # a store that can't even be opened is lost as well
        problems = [error.words]
    assert problems
