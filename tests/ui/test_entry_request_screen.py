"""A hot list request at the window, by keyboard: filled in over three parts, kept over a hit, and its state shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryState
from mdt_app.domain.entry_requests import TakeEntryNews
from mdt_app.domain.limits import Limits
from tests.fakes.cab import Cab

Key = Qt.Key
FACTS = "Seen leaving two burglaries on Elm Street at night"


def tab(cab: Cab, times: int, words: str = "") -> None:
    """Go on so many fields, and type there."""
    for _ in range(times):
        cab.key(Key.Key_Tab)
    QTest.keyClicks(cab.window.focusWidget(), words)


def filled(cab: Cab) -> None:
    """From patrol to the last part, with nothing but the keyboard."""
    cab.key(Key.Key_R)
    cab.key(Key.Key_N)
    cab.type("7jkt20")
    tab(cab, 1, "Connec")
    tab(cab, 3, "Ford")
    tab(cab, 2, "bla")
    cab.key(Key.Key_Return)
    tab(cab, 0, "Investig")
    tab(cab, 1, "Burglary")
    tab(cab, 1, FACTS)
    cab.key(Key.Key_Return)
    cab.key(Key.Key_F7)
    tab(cab, 2, "22:00-06:00 America/New_York")
    tab(cab, 2, "NE")


def test_a_choice_is_found_by_name_however_slowly_it_is_typed(cab: Cab) -> None:
    """A letter every second, as in gloves: it is Connecticut and black, not what each last letter alone begins."""
    cab.on_patrol()
    cab.key(Key.Key_R)
    cab.key(Key.Key_N)
    for fields, letters, found in ((1, "Con", "Connecticut"), (5, "bla", "black")):
        tab(cab, fields)
        box = cab.window.focusWidget()
        QTest.keyClicks(box, letters, delay=1000)
        assert box.currentText() == found


@pytest.mark.clause("HOT-2", "HOT-4", "HOT-5", "HOT-8")
def test_a_request_is_made_with_the_keyboard_alone_and_followed(cab: Cab) -> None:
    """Plate, vehicle, purpose, facts, end and limits go on record; then it waits, and its refusal says who and why."""
    cab.on_patrol()
    filled(cab)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.shows("waits for the link"))
    (asked,) = cab.window.model.requests
    draft = asked.draft
    assert (draft.plate, draft.state, draft.purpose, draft.offense) == ("7JKT20", "CT", "investigation", "Burglary")
    assert (draft.vehicle.make, draft.vehicle.color, draft.facts) == ("FORD", "BLK", FACTS)
    assert draft.limits == Limits("22:00-06:00 America/New_York", "", "NE")
    assert draft.officer_name == "R. Doe"
    cab.key(Key.Key_Escape)
    words = "The facts name no suspicion"
    cab.shift.do(TakeEntryNews((replace(asked, state=EntryState.REFUSED, words=words, by="sgt.lee"),)))
    cab.until(lambda: cab.shows("Requests ■ 1"))
    cab.key(Key.Key_R)
    assert cab.shows("✗ refused")
    assert cab.shows(f"sgt.lee: {words}")
    cab.key(Key.Key_Escape)
    assert not cab.shows("1 new")


def test_what_was_typed_stays_over_a_hit_and_goes_with_its_person(cab: Cab) -> None:
    """A hit takes the screen from the form; coming back, the form is as it was; signing out empties it."""
    cab.on_patrol()
    filled(cab)
    cab.raise_hit()
    cab.key(Key.Key_Escape)
    cab.until(lambda: cab.front == "patrol")
    cab.key(Key.Key_R)
    assert cab.shows("Request 3 of 3")
    form = cab.window.screens["request"].form
    assert form.facts.toPlainText() == FACTS
    cab.window.go("patrol", "")
    cab.click("sign-out")
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "sign-in")
    assert (form.facts.toPlainText(), form.lines["plate"].text(), form.lines["hours"].text()) == ("", "", "")


def test_a_wrong_end_or_hour_is_said_before_anything_is_sent(cab: Cab) -> None:
    """The words say how it is written, and what was typed is still there."""
    cab.on_patrol()
    filled(cab)
    form = cab.window.screens["request"].form
    form.lines["hours"].setText("at night")
    cab.key(Key.Key_Return)
    assert cab.shows("Write them as 22:00-06:00 America/New_York.")
    assert form.lines["hours"].text() == "at night"
    assert cab.window.model.requests == ()


@pytest.mark.clause("HOT-9")
def test_under_glastonburys_policy_an_officer_asks_a_supervisor(cab_under) -> None:
    """An officer's key says that it is a request to a supervisor; a supervisor's own says 'entry'."""
    for role, words in ((Role.OFFICER, "ASK A SUPERVISOR TO ENTER IT"), (Role.SUPERVISOR, "REQUEST ENTRY")):
        cab: Cab = cab_under("glastonbury")
        cab.load(role=role)
        cab.sign_in()
        cab.until(lambda cab=cab: cab.front == "profile")
        cab.key(Key.Key_1)
        cab.key(Key.Key_Return)
        cab.begin()
        filled(cab)
        assert cab.shows(words)
