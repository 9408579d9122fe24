"""An alert that takes the screen takes no key or touch that was meant for what was there before."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mdt_app.domain.commands import ConfirmAlertShown, LockScreen
from mdt_app.domain.notices import ScreenLocked
from mdt_app.services.announcer import Announcer
from tests.fakes.cab import PASSWORD, Cab
from tests.fakes.car import Shift
from tests.ui.test_acts import GLANCE_S
from ui.context import DEAD_MS

Key = Qt.Key
LONG_MS = 1000
"""Long enough that these hands press within it on a busy machine, too."""


@pytest.fixture
def cab(qtbot: QtBot, shift: Shift) -> Cab:
    """A cab whose alerts take a moment before they can be answered."""
    return Cab(qtbot, shift, dead_ms=LONG_MS)


class Heard:
    """What was played and spoken."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def play(self, tone: str) -> None:
        self.all.append(tone)

    def say(self, words: str, english: str, after: str = "") -> None:
        self.all.append(english)


def dark(cab: Cab) -> bool:
    return not cab.window.act_bar.isEnabled()


@pytest.mark.clause("ALR-1", "STP-2")
def test_keys_and_touches_for_what_was_there_before_answer_no_alert(cab: Cab, monkeypatch: pytest.MonkeyPatch):
    """Keys, Enter and a tap find the acts dark while the sound is heard already; once lit the same key answers."""
    heard, sent = Heard(), list[object]()
    cab.shift.core.subscribe(Announcer(heard, heard, cab.context.codes.state_name).hear)
    cab.on_patrol()
    cab.key(Key.Key_S)
    assert cab.front == "search"
    submit = cab.bridge.send
    monkeypatch.setattr(cab.bridge, "send", lambda command: (sent.append(command), submit(command)))
    at = cab.window.act_bar.geometry().center()
    cab.raise_hit()
    assert dark(cab)
    assert [*heard.all[:1], heard.all[1][:15]] == ["high", "Stolen vehicle."]
    for key in (Key.Key_Return, Key.Key_D, Key.Key_F, Key.Key_Escape):
        cab.key(key)
    cab.click("verify")
    pressed = time.monotonic()  # before it: the timer, a coarse one, may end at 95 % of its time
    QTest.mouseClick(cab.window, Qt.MouseButton.LeftButton, pos=QPoint(cab.window.width() - 60, at.y()))
    assert (cab.front, dark(cab)) == ("alert", True)
    assert {type(command) for command in sent} <= {ConfirmAlertShown}
    cab.until(lambda: not dark(cab))
    assert time.monotonic() - pressed >= 0.95 * LONG_MS / 1000, "whoever types on has the time begin anew"
    cab.key(Key.Key_Return)
    assert cab.front == "verify"


def test_a_held_key_answers_nothing_until_it_was_let_go(qtbot: QtBot, shift: Shift):
    """A key that was down when the alert came goes on repeating; its repeats press no act, the next press does."""
    cab = Cab(qtbot, shift).on_patrol()
    QTest.simulateEvent(cab.window, True, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", False)
    cab.raise_hit()
    for _ in range(5):
        QTest.simulateEvent(cab.window, True, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    assert cab.front == "alert"
    cab.key(Key.Key_Return)
    assert cab.front == "verify"


def test_a_finger_that_was_down_answers_nothing_when_it_lifts(cab: Cab):
    """'Back' stands at one place everywhere: pressed on the search, lifted over the alert, it is no answer to it."""
    cab.on_patrol()
    cab.key(Key.Key_S)
    back = cab.window.act_bar.key("back")
    QTest.mousePress(back, Qt.MouseButton.LeftButton)
    cab.raise_hit()
    QTest.mouseRelease(back, Qt.MouseButton.LeftButton)
    assert cab.front == "alert"


def test_the_time_ends_however_long_somebody_types_and_comes_with_no_alert_that_was_asked_for(
    qtbot: QtBot, shift: Shift
):
    """After three times its length the acts light up in any case; an alert opened by hand answers at once."""
    cab = Cab(qtbot, shift, dead_ms=250).on_patrol()
    cab.raise_hit()
    assert dark(cab)
    cab.until(lambda: (cab.key(Key.Key_X), not dark(cab))[1])
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_O)
    assert (cab.front, dark(cab)) == ("alert", False)


def test_the_alert_behind_a_lock_comes_dark_too(cab: Cab):
    """The Enter that unlocks, pressed twice, verifies nothing."""
    cab.on_patrol()
    cab.shift.do(LockScreen("idle"))
    cab.until(lambda: cab.front == "sign-in" and bool(cab.shift.said(ScreenLocked)))
    cab.see("4BXR91")
    cab.window.screens["sign-in"].password.setFocus()
    cab.type(PASSWORD)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "alert")
    cab.key(Key.Key_Return)
    assert (cab.front, dark(cab)) == ("alert", True)


def test_nobody_who_looks_first_waits_for_it():
    """A glance and an act take 1.2 s: with all that is typed on, the time is over within one and a half of them."""
    assert 400 <= DEAD_MS <= 600
    assert DEAD_MS / 1000 < GLANCE_S / 2
