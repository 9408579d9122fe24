"""Signing in with a code, a locked account's release, and the locked screen, at the window on the real core."""

from __future__ import annotations

import pyotp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from mdt_app.domain.commands import LockScreen, SignOut
from mdt_app.domain.notices import AccountLocked, CommandRefused, HitRaised, ScreenLocked, SignedIn
from mdt_app.services.second_factor import release_code
from tests.fakes.cab import PASSWORD, USER, Cab
from tests.fakes.car import SECRET
from ui.idle import IdleLock

Key = Qt.Key


def code(cab: Cab) -> str:
    return pyotp.TOTP(SECRET).at(cab.shift.clock.now())


def fill(cab: Cab, password: str, given: str) -> None:
    """Tick the notice, then user, password and code, each followed by Enter."""
    screen = cab.window.screens["sign-in"]
    if not screen.acknowledged.isChecked():
        QTest.keyClick(screen.acknowledged, Key.Key_Space)
        assert (screen.password if screen.user.text() else screen.user).hasFocus(), "what is typed next has its place"
    if not screen.user.isReadOnly():
        screen.user.clear()
        QTest.keyClicks(screen.user, USER)
        QTest.keyClick(screen.user, Key.Key_Return)
    QTest.keyClicks(screen.password, password)
    QTest.keyClick(screen.password, Key.Key_Return)
    QTest.keyClicks(screen.code, given)
    QTest.keyClick(screen.code, Key.Key_Return)


@pytest.fixture
def coded(cab_under) -> Cab:
    """A cab under POSTC as it ships: with a second factor."""
    cab = cab_under("postc", codes=True)
    cab.load()
    return cab


@pytest.mark.clause("ACC-1")
def test_user_password_and_code_by_keyboard(coded: Cab):
    """Enter leads from field to field and then signs in; a wrong code is refused in words and clears the fields.

    Nobody is at it only before a key is pressed: then alone the program may begin anew under a newer policy.
    """
    sign_in = coded.window.screens["sign-in"]
    assert sign_in.unattended
    fill(coded, PASSWORD, "000000")
    assert not sign_in.unattended
    coded.until(lambda: "User, password or code is wrong." in coded.words)
    fill(coded, PASSWORD, code(coded))
    coded.begin()
    assert coded.shift.said(SignedIn)
    coded.key(Key.Key_L)
    coded.until(lambda: coded.front == "sign-in")
    assert not sign_in.unattended, "a locked screen is somebody's"
    coded.shift.core.submit(SignOut())
    coded.until(lambda: sign_in.unattended)


@pytest.mark.clause("ACC-1", "ACC-4")
def test_a_locked_account_shows_its_challenge_and_takes_the_release_code(coded: Cab):
    """After five failures the number to read out stands there; with headquarters' code the sign-in works again."""
    heard: list[object] = []
    coded.bridge.notice.connect(lambda notice: heard.append(notice) if isinstance(notice, CommandRefused) else None)
    for number in range(5):
        fill(coded, "guess", "000000")
        coded.until(lambda number=number: len(heard) == number + 1)
    challenge = coded.shift.said(AccountLocked)[-1].challenge
    coded.until(lambda: f"{challenge[:4]} {challenge[4:]}" in coded.words)
    assert "This account is locked. Read this number" in coded.words
    screen = coded.window.screens["sign-in"]
    QTest.keyClicks(screen.release, release_code(b"\x07" * 32, USER, challenge))
    QTest.keyClick(screen.release, Key.Key_Return)
    coded.until(lambda: "Sign in again" in coded.words)
    fill(coded, PASSWORD, code(coded))
    coded.begin()


@pytest.mark.clause("ACC-1")
def test_a_used_code_clears_the_code_alone(coded: Cab):
    """The right code of a moment ago is refused in its own words; the password stays, the cursor waits for the next."""
    fill(coded, PASSWORD, code(coded))
    coded.begin()
    coded.key(Key.Key_L)
    coded.until(lambda: coded.front == "sign-in")
    fill(coded, PASSWORD, code(coded))
    coded.until(lambda: "This code was used already. Wait for the next one." in coded.words)
    screen = coded.window.screens["sign-in"]
    assert (screen.password.text(), screen.code.text(), screen.code.hasFocus()) == (PASSWORD, "", True)
    coded.shift.clock.advance(seconds=30)
    coded.type(code(coded))
    coded.key(Key.Key_Return)
    coded.until(lambda: coded.front == "patrol")


@pytest.mark.clause("ACC-5")
def test_a_locked_screen_says_that_a_hit_waits_and_asks_for_its_own_person(coded: Cab):
    """The hit sounds and stands as a banner; unlocking leads to it."""
    fill(coded, PASSWORD, code(coded))
    coded.begin()
    coded.key(Key.Key_L)
    coded.until(lambda: coded.front == "sign-in")
    assert "Locked. Sign in again" in coded.words
    coded.see("4BXR91")
    coded.until(lambda: bool(coded.shift.said(HitRaised)))
    coded.until(lambda: "A hit waits: Stolen vehicle" in coded.words)
    assert coded.front == "sign-in"
    coded.shift.clock.advance(seconds=30)
    fill(coded, PASSWORD, code(coded))
    coded.until(lambda: coded.front == "alert")


def test_without_the_vehicles_exemption_an_untouched_screen_locks(coded: Cab):
    """The policy's minutes run anew with each touch; when they are over the core locks the screen."""
    fill(coded, PASSWORD, code(coded))
    coded.begin()
    IdleLock(coded.window, 0.03, lambda: coded.bridge.send(LockScreen("idle")))
    coded.until(lambda: bool(coded.shift.said(ScreenLocked)))
    assert coded.shift.said(ScreenLocked)[-1].reason == "idle"
    assert not coded.window.idle.timer.isActive()


def test_a_key_that_is_a_shortcut_is_a_touch(qtbot):
    """Whoever works by shortcuts alone is not locked out in the midst of it."""
    window, pressed, touches = QWidget(), [], []
    qtbot.addWidget(window)
    QShortcut(QKeySequence("F4"), window).activated.connect(lambda: pressed.append(1))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    lock = IdleLock(window, 60, lambda: None, lambda: touches.append(1))
    lock.timer.stop()
    QTest.keyClick(window, Key.Key_F4)
    qtbot.waitUntil(lambda: bool(pressed))
    assert touches
    assert lock.timer.isActive()
