"""Signing in with a security key, and proving oneself for a privileged act, at the window on the real core."""

from __future__ import annotations

import time

import pyotp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mdt_app.domain.notices import CaseHeld, CommandRefused, ProvedAgain, SignedIn
from tests.fakes.cab import PASSWORD, USER, Cab
from tests.fakes.car import SECRET
from tests.fakes.security_key import SoftwareKey, enrolled, reader_of

Key = Qt.Key


@pytest.fixture
def plugged() -> list[SoftwareKey]:
    """What is plugged in."""
    return [SoftwareKey()]


@pytest.fixture
def cab(cab_under, plugged) -> Cab:
    """A cab under POSTC as it ships; the officer's account has the key that is plugged in at first."""
    from devices.security_key import SecurityKeyReader

    made = cab_under("postc", codes=True, keys=SecurityKeyReader(lambda: list(plugged), 3.0))
    made.load(security_keys=(enrolled(plugged[0]),))
    return made


def type_who(cab: Cab, password: str = PASSWORD) -> None:
    """Tick the notice, type user and password."""
    screen = cab.window.screens[cab.front]
    if cab.front == "sign-in" and not screen.acknowledged.isChecked():
        QTest.keyClick(screen.acknowledged, Key.Key_Space)
    fields = screen.credentials
    if not fields.user.isReadOnly():
        fields.user.clear()
        QTest.keyClicks(fields.user, USER)
    fields.password.clear()
    QTest.keyClicks(fields.password, password)


@pytest.mark.clause("ACC-1")
def test_f8_asks_the_key_which_blinks_until_it_is_touched(cab: Cab, plugged):
    """Words say what the key waits for; the window goes on meanwhile; the touch signs in."""
    plugged[0].touch.clear()
    type_who(cab)
    cab.key(Key.Key_F8)
    cab.until(lambda: "Touch your security key: it blinks." in cab.words)
    begun = time.monotonic()
    cab.window.grab()
    assert time.monotonic() - begun < 1
    plugged[0].touch.set()
    cab.begin()
    assert cab.shift.said(SignedIn)[-1].session.user_id == USER


def test_absent_wrong_untouched_and_left_keys_each_have_their_words_and_the_code_still_opens(cab: Cab, plugged):
    """No key, somebody else's key, no touch, Esc: each is said, none counts as a failure, a code signs in."""
    own = plugged.pop()
    type_who(cab)
    cab.key(Key.Key_F8)
    cab.until(lambda: "Plug in your security key …" in cab.words)
    cab.until(lambda: "No security key was found." in cab.words)
    plugged.append(SoftwareKey())
    cab.key(Key.Key_F8)
    cab.until(lambda: "is not registered for this account" in cab.words)
    plugged[:] = [own]
    own.touch.clear()
    cab.key(Key.Key_F8)
    cab.until(lambda: "was not touched in time" in cab.words)
    cab.key(Key.Key_F8)
    cab.until(lambda: "it blinks" in cab.words)
    cab.key(Key.Key_Escape)
    cab.until(lambda: "not asked any more" in cab.words)
    assert not cab.shift.said(CommandRefused)
    QTest.keyClicks(cab.window.screens["sign-in"].code, pyotp.TOTP(SECRET).at(cab.shift.clock.now()))
    cab.key(Key.Key_Return)
    cab.begin()


def test_a_key_with_a_pin_asks_for_it_in_the_codes_place(cab_under):
    """Needed, wrong, right: each is said; the PIN stands nowhere to be read."""
    key = SoftwareKey("2468")
    cab = cab_under("postc", codes=True, keys=reader_of(key))
    cab.load(security_keys=(enrolled(key),))
    type_who(cab)
    cab.key(Key.Key_F8)
    cab.until(lambda: "wants its PIN" in cab.words)
    fields = cab.window.screens["sign-in"].credentials
    assert fields.pin.isVisible()
    assert not fields.code.isVisible()
    for pin, said in (("1111", "The PIN is wrong."), ("2468", "")):
        assert fields.pin.hasFocus()
        cab.type(pin)
        assert fields.pin.displayText() != pin
        cab.key(Key.Key_Return)
        cab.until(lambda said=said: said in cab.words if said else cab.front == "start")


def test_what_is_missing_is_said_before_any_key_is_asked(cab: Cab, plugged):
    """The notice, then user and password; and the code's emptiness names the key as the other way."""
    calls = len(plugged[0].calls)
    cab.key(Key.Key_F8)
    assert "Read the notice at the left and tick it first." in cab.words
    QTest.keyClick(cab.window.screens["sign-in"].acknowledged, Key.Key_Space)
    cab.key(Key.Key_F8)
    assert "Still empty: User" in cab.words
    type_who(cab)
    cab.key(Key.Key_Return)
    assert "Or press F8 for your security key." in cab.words
    assert len(plugged[0].calls) == calls


def signed_in(cab: Cab) -> str:
    """On a stop's outcome page; the hit's id."""
    type_who(cab)
    cab.key(Key.Key_F8)
    cab.begin()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.stop()
    return hit_id


def later(cab: Cab) -> None:
    minutes = cab.context.policy.sign_in.privileged_minutes.value + 1
    cab.shift.clock.pass_time(hours=minutes / 60)


def hold(cab: Cab, hit_id: str) -> None:
    cab.window.go("case", hit_id)
    screen = cab.window.screens["case"]
    QTest.keyClicks(screen.number, "26-114")
    QTest.keyClicks(screen.reason, "burglary series")
    cab.key(Key.Key_Return)


@pytest.mark.clause("ACC-1")
@pytest.mark.parametrize("factor", ["code", "key"])
def test_a_privileged_act_asks_for_a_proof_and_then_goes_on_by_itself(cab: Cab, factor: str):
    """Minutes after the sign-in holding data for a case asks who is there; proved, it is done without a further key."""
    hit_id = signed_in(cab)
    later(cab)
    hold(cab, hit_id)
    cab.until(lambda: cab.front == "prove")
    assert "Taking data into a case asks again who you are" in cab.words
    type_who(cab)
    if factor == "code":
        cab.window.screens["prove"].credentials.code.setFocus()
        cab.type(pyotp.TOTP(SECRET).at(cab.shift.clock.now()))
        cab.key(Key.Key_Return)
    else:
        cab.key(Key.Key_F8)
    cab.until(lambda: bool(cab.shift.said(CaseHeld)))
    cab.until(lambda: cab.front == "outcome")
    assert len(cab.shift.said(ProvedAgain)) == 1


@pytest.mark.clause("ACC-1")
def test_a_wrong_proof_is_said_and_leaving_keeps_what_was_typed(cab: Cab):
    """The act is not done; Esc leads back to the page with case number and reason as they were."""
    hit_id = signed_in(cab)
    later(cab)
    hold(cab, hit_id)
    cab.until(lambda: cab.front == "prove")
    type_who(cab, "guess")
    cab.key(Key.Key_F8)
    cab.until(lambda: "User, password or security key is wrong." in cab.words)
    cab.key(Key.Key_Escape)
    assert cab.front == "case"
    screen = cab.window.screens["case"]
    assert (screen.number.text(), screen.reason.text()) == ("26-114", "burglary series")
    assert not cab.shift.said(CaseHeld)
    assert not cab.window.screens["prove"].credentials.password.text()


def test_a_hit_that_comes_during_a_proof_is_a_banner(cab: Cab):
    """It never takes the screen from under the password, and never hides."""
    hit_id = signed_in(cab)
    later(cab)
    hold(cab, hit_id)
    cab.until(lambda: cab.front == "prove")
    cab.see("KLM204")
    cab.until(lambda: "▲ Next: Stolen vehicle" in cab.words)
    assert cab.front == "prove"
