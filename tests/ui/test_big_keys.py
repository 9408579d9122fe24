"""Typing without a keyboard: big keys for every field, stored phrases, and a way back that loses nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes.cab import PASSWORD, USER, Cab
from ui.theme import Theme
from ui.widgets.keyboard import Keyboard

Key = Qt.Key


def touch(cab: Cab, text: str) -> None:
    """Press one big key after the other, by touch alone."""
    for sign in text:
        cab.press("space" if sign == " " else sign)


def at_the_statement(cab: Cab) -> None:
    """From patrol to the statement of exigent circumstances, by touch alone."""
    cab.on_patrol()
    cab.raise_hit()
    cab.click("verify")
    cab.click("ways")
    cab.press("Exigent circumstances")
    cab.until(lambda: cab.front == "statement")


def test_signing_in_needs_no_keyboard(cab: Cab):
    """The notice ticked, then user and password by big keys; the password is not readable on them."""
    cab.load()
    cab.press("I have read the notice")
    cab.click("type")
    assert cab.front == "typing"
    assert "1/2 · User" in cab.words
    touch(cab, USER)
    cab.click("next")
    touch(cab, PASSWORD)
    assert PASSWORD not in cab.words
    assert "2/2 · Password" in cab.words
    cab.click("next")
    assert cab.front == "sign-in"
    cab.click("sign-in")
    cab.until(lambda: cab.front == "start")


def test_the_code_is_typed_on_digits_at_once(cab_under):
    """The password begins with letters, whatever was shown before; the code's digits are there without a turn."""
    cab: Cab = cab_under("postc", codes=True)
    cab.load()
    cab.click("type")
    cab.click("next")
    cab.press("123 ?!")
    cab.press("ABC")
    cab.click("next")
    touch(cab, "123456")
    assert cab.window.screens["sign-in"].code.text() == "123456"


def test_a_statement_is_made_by_touch_alone(cab: Cab):
    """A stored phrase begins it, the big keys end it, capitals and signs with them; it goes on record as it stands."""
    at_the_statement(cab)
    cab.press("shots were fired from the vehicle at ...")
    field = cab.window.screens["statement"].field
    assert field.toPlainText() == "shots were fired from the vehicle at "
    cab.click("type")
    cab.press("Capitals")
    touch(cab, "Mainx")
    cab.press("Delete")
    touch(cab, " st")
    cab.press("123 ?!")
    touch(cab, " 12")
    assert "shots were fired from the vehicle at Main st 12" in cab.words
    cab.click("next")
    assert field.toPlainText() == "shots were fired from the vehicle at Main st 12"
    cab.click("put")
    cab.until(lambda: cab.front == "verify" and cab.shows("Exigent circumstances, on record"))


def test_a_phrase_begins_by_its_keys_too(cab: Cab):
    """Alt and a number put the phrase at the cursor, with room before it."""
    at_the_statement(cab)
    cab.type("now")
    cab.key(Key.Key_6, alt=True)
    assert cab.window.screens["statement"].field.toPlainText() == "now waiting would let "


def test_a_hit_takes_the_screen_from_a_search_that_is_typed_and_not_from_a_statement(cab: Cab):
    """Big keys over the search give way to an alert; over a statement a further hit is a banner."""
    cab.on_patrol()
    cab.key(Key.Key_S)
    cab.click("type")
    touch(cab, "ab")
    cab.raise_hit()
    cab.click("verify")
    cab.click("ways")
    cab.press("Exigent circumstances")
    cab.click("type")
    cab.see("KLM204")
    cab.until(lambda: "▲ Next: Stolen vehicle. Waiting: 1." in cab.words)
    assert cab.front == "typing"
    cab.key(Key.Key_Escape)
    assert cab.front == "statement"


def test_the_state_is_typed_by_big_keys_once_its_field_is_touched(cab: Cab):
    """F and L after the plate choose Florida, which is not among the neighbors."""
    cab.on_patrol()
    cab.raise_hit()
    cab.click("verify")
    cab.click("keys")
    touch(cab, "4BX")
    verify = cab.window.screens["verify"]
    assert verify.plate.hasFocus()
    QTest.mouseClick(verify.state.field, Qt.MouseButton.LeftButton)
    touch(cab, "FL")
    assert (verify.plate.text, verify.state.code) == ("4BX", "FL")
    assert verify.state.field.hasFocus()


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_languages_letters_are_on_the_keys(cab_under, language: str):
    """Spanish has its ñ, and its accents among the signs."""
    cab: Cab = cab_under("postc", language=language)
    cab.click("type")
    assert ("ñ" in cab.words.split("\n")) is (language == "es")
    cab.press("123 ?!")
    assert ("é" in cab.words.split("\n")) is (language == "es")


def test_who_answers_by_radio_is_typed_by_touch(cab: Cab):
    """On the radio's page the big keys are for its field; the answer goes on record with that name."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.click("verify")
    cab.press("By radio ...")
    cab.until(lambda: cab.window.act_bar.key("type") is not None)
    cab.click("type")
    assert "Who answers by radio" in cab.words
    touch(cab, "dispatch")
    cab.click("next")
    cab.press("Active: still wanted")
    cab.until(lambda: cab.hit(hit_id).verification.radio is not None)
    assert cab.hit(hit_id).verification.radio.by == "dispatch"


def test_every_sign_is_seen_on_its_key(qtbot: QtBot):
    """Each key shows ink of its own, also '&', which Qt takes for the mark of a shortcut."""
    board = Keyboard()
    qtbot.addWidget(board)
    board.setStyleSheet(Theme().sheet())
    board.resize(1000, 400)
    for _ in range(2):
        for key in board.findChildren(QPushButton):
            picture = key.grab(key.rect().adjusted(8, 8, -8, -8)).toImage()
            colors = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
            assert len(colors) > 1, key.accessibleName()
        board.findChildren(QPushButton)[30].click()
    assert "ABC" not in {key.text() for key in board.findChildren(QPushButton)}
