"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.car import Shift

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


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
