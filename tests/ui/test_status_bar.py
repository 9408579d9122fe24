"""The status bar with more faults than room: the worst stand there, the others are counted, one key shows them all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.notices import FaultChanged, HealthChanged, LinkChanged, ListsChanged
from tests.fakes.cab import Cab, qapp
from tests.fakes.walks import all_at_once
from ui.front import show_within, take_display
from ui.language import speak
from ui.model import ShiftModel
from ui.theme import Theme
from ui.widgets.chip import SHAPES, Chip
from ui.widgets.status_bar import StatusBar, part_states
from ui.widgets.training_line import TrainingEdge

NOW = datetime(2026, 11, 22, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_has_no_room_is_counted_and_the_worst_stand_there(qtbot: QtBot, language: str):
    """At each size: no chip is cut, none in sight is better than a hidden one of its row, and the count is true."""
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
        model.apply(FaultChanged(name, f"Crashed, {name}", "tell IT", urgent=False))
    holder.show()
    for size in ((1024, 768), (1280, 800), (1920, 1080)):
        theme.fit(*size)
        bar.setStyleSheet(theme.sheet())
        holder.resize(*size)
        bar.resize(size[0], bar.sizeHint().height())
        bar.refresh(model, NOW)
        qtbot.wait(1)
        shown, counting = chips_of(bar)
        parts = {state[0]: state[2] for state in part_states(model, NOW).values()}
        ranks = list(SHAPES)
        kept = {chip: ranks.index(parts.pop(chip.told[0])) for chip in shown}
        assert counting
        assert sum(int(more.told[0]) for more in counting) == len(parts)
        for more in counting:
            beside = [rank for chip, rank in kept.items() if chip.y() == more.y()]
            assert min(beside) >= ranks.index(more.told[2])
        assert max(ranks.index(more.told[2]) for more in counting) == max(map(ranks.index, parts.values()))
        assert max(chip.geometry().right() for chip in (*shown, *counting)) < size[0]


def chips_of(bar: StatusBar) -> tuple[list[Chip], list[Chip]]:
    """The chips in sight by their parts, and those that count the others."""
    seen = [chip for chip in bar.findChildren(Chip) if chip.isVisible()]
    counting = [chip for chip in seen if chip.told[0].startswith("+")]
    return [chip for chip in seen if chip not in counting], counting


@pytest.mark.clause("HOT-12")
@pytest.mark.parametrize("size", [(1024, 768), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_list_has_its_age_in_words_however_much_is_amiss(qtbot: QtBot, language: str, size: tuple[int, int]):
    """Three lists of a car with four cameras: with all well, with some faults, and with more than there is room for."""
    speak(qapp(), language)
    model, bar, theme = ShiftModel(), StatusBar("Unit 12"), Theme()
    holder = QWidget()
    qtbot.addWidget(holder)
    bar.setParent(holder)
    holder.resize(*size)
    theme.fit(*size)
    bar.setStyleSheet(theme.sheet())
    holder.show()
    old = {"NCIC": 3.4, "State": 26.2, "Agency": 0.2}
    lists = [HotList(name, name, "test", NOW - timedelta(hours=hours), 1, "0" * 64) for name, hours in old.items()]
    model.apply(ListsChanged(tuple(lists), warn_hours=24))
    heights = set()
    for faulty in (0, 2, 12):
        for number in range(1, max(4, faulty) + 1):
            state = DeviceState.FAULT if number <= faulty else DeviceState.OK
            model.apply(HealthChanged(DeviceHealth(f"L{number}", DeviceKind.CAMERA, state, rate_hz=15.0)))
        model.apply(LinkChanged(not faulty, 12, NOW))
        bar.resize(size[0], bar.sizeHint().height())
        bar.refresh(model, NOW)
        qtbot.wait(1)
        heights.add(bar.sizeHint().height())
        said = " ".join(part.text() for chip in chips_of(bar)[0] for part in chip.findChildren(QLabel) if part.text())
        for words in ("NCIC 3 h", "State 26 h", "Agency 12 min", "12 "):
            assert words in said, said
        assert max(chip.geometry().right() for chip in bar.findChildren(Chip) if chip.isVisible()) < size[0]
    assert len(heights) == 1, "what it says moves nothing below it"


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


@pytest.mark.parametrize("over", [(400, 0), (0, 400), (0, -20)])
def test_a_desks_window_never_hangs_over_the_display(qtbot: QtBot, over: tuple[int, int]):
    """Wider, higher, or as high as the display beneath a title: it takes the display's own size, keys and all."""
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(room.width() + over[0], room.height() + over[1])
    show_within(window)
    qtbot.waitUntil(lambda: room.contains(window.geometry()))
    small = QWidget()
    qtbot.addWidget(small)
    small.resize(400, 300)
    show_within(small)
    assert (small.width(), small.height()) == (400, 300)
