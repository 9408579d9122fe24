"""Rows 3 and 4 of the fault table: the system fails beneath the store, or the disk is full: 0 acknowledged lost."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.reads import Pictures
from tests.fakes.campaign import STEPS
from tests.fakes.car import Shift, make_read
from tests.faults.store.conftest import disk, found_in, stop_dead

SECONDS = 10 if STEPS else 0.4
FAULTS = {
    "posix/io/sync/fsync": 0.05,
    "posix/io/sync/fdatasync": 0.05,
    "posix/io/rw/pwrite": 0.02,
    "posix/io/rw/pread": 0.05,
    "posix/io/oc/open": 0.2,
    "libc/mm/malloc": 0.001,
}
"""What fails, and how often."""


@pytest.mark.parametrize("point", FAULTS)
def test_failing_system_calls_lose_nothing(program, tmp_path, tally, point):
    """A share of the calls fails: refusals with words, no crash, and all that was acknowledged is there."""
    if not shutil.which("fiu-run"):
        pytest.skip("fiu-run (Debian: fiu-utils) makes the system calls fail")
    worker = program("faults", tmp_path, SECONDS, point, FAULTS[point], before=("fiu-run", "-x"))
    worker.hear_until(bool)
    # Libraries written in Rust end the process when memory is out; what it had said holds all the same.
    said = worker.hear_for(SECONDS + 5) if point == "libc/mm/malloc" else worker.finish()
    lines = [line.split(" ", 1) for line in said]
    acknowledged = [words[1] for words in lines if words[0] == "kept"]
    found = found_in(tmp_path / "store.db")
    for _ in lines:
        tally.add(found.lost(acknowledged), found.doubled, [])
    assert found.problems(acknowledged) == []
    assert len(acknowledged) > 1


def test_the_calls_do_fail(program, tmp_path):
    """The negative control: when every sync fails, nothing more is acknowledged, and each refusal has words."""
    if not shutil.which("fiu-run"):
        pytest.skip("fiu-run (Debian: fiu-utils) makes the system calls fail")
    worker = program("faults", tmp_path, SECONDS, "posix/io/sync/*", 1.0, before=("fiu-run", "-x"))
    lines = worker.finish()
    assert [line.split(" ", 1)[0] for line in lines[:2]] == ["kept", "refused"]
    assert sum(line.startswith("kept") for line in lines) == 1
    assert lines[1] != "refused "


@pytest.fixture
def small_disk(tmp_path):
    """Words that put a 16 MiB file system of the worker's own at a folder, without root where user namespaces exist."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not shutil.which("unshare"):
        pytest.skip("unshare (util-linux) makes the small file system")
    probe = subprocess.run(("unshare", "-rm", "true"), check=False, capture_output=True)  # noqa: S607 - found above
    if probe.returncode:
        pytest.skip(f"no namespace of one's own here: {probe.stderr.decode().strip()}")
    mount = f'mount -t tmpfs -o size=16m small {folder} && head -c 6M /dev/zero > {folder}/ballast && exec "$@"'
    return folder, ("unshare", "-rm", "sh", "-c", mount, "sh")


PROMISED = {
    "reserve_at_start": True,
    "freed": True,
    "fault": "The disk is full.",
    "lost": 0,
    "again": True,
    "told": [True, False],
    "made_anew": True,
}
AFTER_SHORT = 80
"""Records of 20 kB that fit once the disk counts as full: in the reserve of 2 MiB, which is then given up."""


def not_as_promised(result: dict) -> set[str]:
    """Which of the figures are not as a full disk's are to be."""
    return {name for name, wanted in PROMISED.items() if result[name] != wanted} | (
        {"after_short"} if result["after_short"] < AFTER_SHORT else set()
    )


def test_a_full_disk_frees_the_reserve(program, small_disk):
    """On a real 16 MiB file system: records go on with the reserve, the full disk is told, 0 lost, it mends."""
    folder, before = small_disk
    assert not_as_promised(json.loads(program("fill", folder, before=before).finish()[-1])) == set()


def test_row_4_a_store_without_its_reserve_is_found_out(program, small_disk):
    """The negative control: a store that keeps nothing back fails the same check, and loses nothing."""
    folder, before = small_disk
    result = json.loads(program("fill", folder, "none", before=before).finish()[-1])
    assert {"reserve_at_start", "after_short"} <= not_as_promised(result)
    assert not {"fault", "lost", "again"} & not_as_promised(result)


def cut_off(folder: Path) -> None:
    stop_dead(folder)


def removed(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()


def test_row_4_with_a_sound_store_the_same_acts_are_on_record(tmp_path):
    """The control: it is the missing store that the next test finds, as nothing is refused where it is there."""
    car = Shift(tmp_path / "store.db")
    car.prepare()
    car.do(c.RecordRead(make_read("4BXR91"), Pictures(b"crop", b"")))
    assert car.said(n.HitRaised)[-1].recorded
    car.do(c.SignOut())
    assert car.said(n.FaultChanged) == []
    car.core.stop()


@pytest.mark.parametrize("gone", [cut_off, removed])
def test_a_store_that_is_gone_keeps_the_gate_shut(power, tmp_path, gone):
    """The file system is cut off, or files are removed, under the running car: alert, fault, shut gate, no crash."""
    with disk(tmp_path) as (_, mount):
        car = Shift(mount / "store.db")
        car.prepare()
        gone(mount)
        for command in (c.RecordRead(make_read("4BXR91"), Pictures(b"crop", b"")), c.SignOut()):
            with pytest.raises(StorageFault):
                car.do(command)
        raised = car.said(n.HitRaised)[-1]
        assert (raised.recorded, raised.decision.passed) == (False, False)
        assert car.said(n.FaultChanged)[-1].words
        with pytest.raises(StorageFault):
            car.do(c.RequestStop(raised.hit.hit_id, "locate"))
        assert car.said(n.StopRecorded) == []
        car.core.stop()
