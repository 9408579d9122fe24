"""The window of a real car, offscreen."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.cab import Cab
from tests.fakes.car import Shift


@pytest.fixture
def cab(qtbot: QtBot, shift: Shift) -> Cab:
    """A cab in which nobody is signed in and no list is loaded."""
    return Cab(qtbot, shift)
