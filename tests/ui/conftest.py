"""The window of a real car, offscreen."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mdt_app.domain.policy import Policy
from mdt_app.services.policies import load_policy
from tests.fakes.cab import Cab
from tests.fakes.car import Shift, without_codes
from ui.language import speak


@pytest.fixture(autouse=True)
def _garbage_in_qt_thread() -> Iterator[None]:
    """Windows of earlier tests are destroyed here and never in another test's core thread."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    """A test in another language leaves the next one in English."""
    yield
    speak(qapp, "en")


@pytest.fixture
def cab(qtbot: QtBot, shift: Shift) -> Cab:
    """A cab in which nobody is signed in and no list is loaded."""
    return Cab(qtbot, shift)


@pytest.fixture
def cab_under(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Cab]]:
    """A cab of an agency with another policy: its name, or the policy itself."""
    cars: list[Shift] = []

    def made(
        policy: str | Policy, theme: str = "night", language: str = "en", *, codes: bool = False, keys=None
    ) -> Cab:
        held = load_policy(policy) if isinstance(policy, str) else policy
        cars.append(Shift(tmp_path / f"store{len(cars)}.db", held if codes else without_codes(held)))
        return Cab(qtbot, cars[-1], theme, language, keys)

    yield made
    for car in cars:
        car.core.stop()


@pytest.fixture
def status_may_follow() -> Policy:
    """POSTC's policy at an agency that has switched 'when circumstances permit' on."""
    policy = load_policy("postc")
    on = replace(policy.stops.status_when_practicable, value=True)
    return replace(policy, stops=replace(policy.stops, status_when_practicable=on))
