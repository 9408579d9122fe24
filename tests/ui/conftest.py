"""The window of a real car, offscreen."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.cab import Cab
from tests.fakes.car import Shift


@pytest.fixture(autouse=True)
def _garbage_in_qt_thread() -> Iterator[None]:
    """Windows of earlier tests are destroyed here and never in another test's core thread."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def cab(qtbot: QtBot, shift: Shift) -> Cab:
    """A cab in which nobody is signed in and no list is loaded."""
    return Cab(qtbot, shift)
