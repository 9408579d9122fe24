"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.car import Shift

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MOSTLY_WAIT = (
    "tests/faults/link/",
    "tests/contract/headquarters/test_hq_workers.py",
    "tests/faults/devices/",
    "tests/unit/devices/test_supervised_processes.py",
    "tests/faults/store/",
    "tests/contract/cameras/test_camera_process.py",
    "tests/contract/headquarters/test_hq_process.py",
    "tests/contract/headquarters/test_sync_worker.py",
    "tests/e2e/",
)
"""What waits for time-outs, kills and links much longer than it works."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What mostly waits comes first: as one worker's first share it leaves the processors to the others meanwhile."""
    items.sort(key=lambda item: not item.nodeid.startswith(MOSTLY_WAIT))


@pytest.fixture(autouse=True, scope="module")
def _old_things_aside() -> None:
    """What is there before a module's tests stays: no later collection of garbage goes through all of it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A car with nothing set up yet."""
    car = Shift(tmp_path / "store.db")
    yield car
    car.core.stop()


@pytest.fixture
def patrol(shift: Shift) -> Shift:
    """A car with accounts and a list, and an officer signed in."""
    shift.prepare()
    return shift
