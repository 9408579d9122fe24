"""The status bar with more faults than room: the worst stand there, the others are counted, one key shows them all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.notices import FaultChanged, HealthChanged, LinkChanged
from tests.fakes.cab import Cab, qapp
from tests.fakes.walks import all_at_once
from ui.front import take_display
from ui.language import speak
from ui.model import ShiftModel
from ui.theme import Theme
from ui.widgets.chip import SHAPES, Chip
from ui.widgets.status_bar import StatusBar, part_states
from ui.widgets.training_line import TrainingEdge

NOW = datetime(2026, 11, 22, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_has_no_room_is_counted_and_the_worst_stand_there(qtbot: QtBot, language: str):
    """At each size: no chip is cut, those that are shown are none better than a hidden one, and the count is true."""
    speak(qapp(), language)
    model, bar, theme = ShiftModel(), StatusBar("Unit 12"), Theme()
    holder = QWidget()
    qtbot.addWidget(holder)
    bar.setParent(holder)
    for number in range(1, 9):
        state = (DeviceState.FAULT, DeviceState.STARTING)[number % 2]
        model.apply(HealthChanged(DeviceHealth(f"L{number}", DeviceKind.CAMERA, state)))
    model.apply(LinkChanged(False, 12, None))
    for name in ("key", "policy", "restart"):
        model.apply(FaultChanged(name, "Crashed, started again", "tell IT", urgent=False))
    holder.show()
    for size in ((1024, 768), (1280, 800), (1920, 1080)):
        theme.fit(*size)
        bar.setStyleSheet(theme.sheet())
        holder.resize(*size)
        bar.resize(size[0], bar.sizeHint().height())
        bar.refresh(model, NOW)
        qtbot.wait(1)
        shown, more = chips_of(bar)
        parts = {state[0]: state[2] for state in part_states(model, NOW).values()}
        ranks = list(SHAPES)
        kept = [parts.pop(chip.told[0]) for chip in shown]
        assert more is not None
        assert more.told[0] == f"+{len(part_states(model, NOW)) - len(shown)}"
        assert min(map(ranks.index, kept)) >= ranks.index(more.told[2]) == max(map(ranks.index, parts.values()))
        assert max(chip.geometry().right() for chip in (*shown, more)) < size[0]


def chips_of(bar: StatusBar) -> tuple[list[Chip], Chip | None]:
    """The chips in sight by their parts, and the one that counts the others."""
    seen = [chip for chip in bar.findChildren(Chip) if chip.isVisible()]
    more = [chip for chip in seen if chip.told[0].startswith("+")]
    return [chip for chip in seen if chip not in more], more[0] if more else None


def test_the_whole_list_is_a_key_or_a_touch_away_and_the_hit_in_hand_stays(cab: Cab):
    """F1 on the verification shows every part; Esc goes back to it as it was; a touch on the bar does the same."""
    cab.on_patrol().raise_hit()
    hit_id = cab.open_verification()
    cab.type("4B")
    all_at_once(cab)
    bar = cab.window.findChild(StatusBar)
    for ask in (lambda: cab.key(Qt.Key.Key_F1), lambda: QTest.mouseClick(bar, Qt.MouseButton.LeftButton)):
        ask()
        cab.until(lambda: cab.front == "parts")
        assert (cab.window.in_hand, cab.window.screens["parts"].hit_id) == ("verify", hit_id)
        for words in ("▲ Cam L1: silent", "▲ Voice: silent", "■ New policy: at next start"):
            assert words in cab.words
        cab.key(Qt.Key.Key_Escape)
        assert cab.front == "verify"
    cab.type("XR91")
    assert cab.window.screens["verify"].plate.text == "4BXR91"


def test_the_window_takes_the_whole_display_and_the_keyboard(cab: Cab):
    """Also where no window manager gives it either, and the display is smaller than the size it is drawn for."""
    assert not any(edge.isVisible() for edge in cab.window.findChildren(TrainingEdge)), "no band in a real car"
    take_display(cab.window)
    cab.until(lambda: cab.window.geometry() == cab.window.screen().availableGeometry())
    cab.until(cab.window.isActiveWindow)


def test_a_car_without_a_position_receiver_says_so():
    """Silence of the position is told as well; a receiver that has a state shows that instead."""
    model = ShiftModel()
    assert part_states(model, NOW)["position"] == ("GPS", "none", "owed")
    model.apply(HealthChanged(DeviceHealth("position", DeviceKind.POSITION, DeviceState.FAULT)))
    assert part_states(model, NOW)["position"][2] == "hit"
