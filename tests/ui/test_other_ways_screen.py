"""Other ways than the steps, what stays owed after them, and how long it stands before the officer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from mdt_app.domain.notices import StopRecorded
from mdt_app.domain.policy import Policy
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry

Key = Qt.Key
FACTS = "the driver fires at people in the street"


def say(cab: Cab, way: str, words: str = FACTS) -> None:
    """From the verification: another way, and its facts; and the purpose that is suggested."""
    cab.click("ways")
    cab.press(way)
    cab.state(words)
    cab.until(lambda: cab.front == "verify")
    cab.take_purpose()


def exigent_stop(cab: Cab) -> str:
    """A stop that went before all steps."""
    hit_id = cab.raise_hit()
    cab.open_verification()
    say(cab, "Exigent circumstances")
    cab.until(lambda: "STOP: open" in cab.words)
    cab.stop()
    return hit_id


def test_a_key_that_is_still_held_chooses_no_way(cab: Cab):
    """The repeat of a held number key is not an answer to the page that came up under it; a new press is."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    cab.click("ways")
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
    QApplication.sendEvent(cab.window.screens["ways"], held)
    assert cab.front == "ways"
    pressed = QKeyEvent(QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", False)
    QApplication.sendEvent(cab.window.screens["ways"], pressed)
    assert cab.front == "statement"


@pytest.mark.clause("STP-5")
def test_exigent_facts_open_the_gate_in_amber_and_name_what_is_owed(cab: Cab):
    """The panel says by which way it is open, what is owed after, and when it was put on record."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    say(cab, "Exigent circumstances")
    cab.until(lambda: "Open by exigent circumstances." in cab.words)
    assert "Owed after: plate, state, vehicle, status, still active." in cab.words
    assert "● Exigent circumstances, on record" in cab.words
    assert "5 steps still owed" in cab.words
    assert cab.window.screens["verify"].gate.property("role") == "owed"
    assert cab.window.act_bar.key("stop").property("role") == "go-owed"


@pytest.mark.clause("STP-5", "STP-7")
def test_the_sentence_of_an_exigent_stop_claims_no_confirmation(cab: Cab):
    """It says that exigent circumstances went before, and what is still owed."""
    cab.on_patrol()
    hit_id = exigent_stop(cab)
    assert cab.hit(hit_id).stop.excuses == ("exigent",)
    assert "Exigent circumstances, put on record at" in cab.words
    assert "Not confirmed yet, still owed: plate, state, vehicle, status, still active." in cab.words
    assert "I confirmed" not in cab.words


@pytest.mark.clause("STP-4", "STP-5")
def test_owed_steps_stand_before_the_officer_until_they_are_made_good(cab: Cab):
    """Status bar and patrol name them; the verification opens again without STOP, and each answer settles its step."""
    cab.on_patrol()
    hit_id = exigent_stop(cab)
    cab.key(Key.Key_Escape)
    assert "■ Owed: 1 verification · 1 outcome" in cab.words
    assert "Owed\n1 verification · 1 outcome" in cab.words
    cab.key(Key.Key_W)
    assert (cab.front, cab.window.act_bar.key("stop")) == ("verify", None)
    assert "■ Owed: plate, state, vehicle, status, still active." in cab.words
    cab.shift.clock.advance(minutes=2)
    cab.confirm("4BXR91", "CT")
    cab.until(lambda: "■ Owed: vehicle, status, still active." in cab.words)
    cab.answer_vehicle(hit_id)
    cab.answer()
    cab.until(lambda: "✓ No step is owed any more. The outcome still is." in cab.words)
    cab.key(Key.Key_F12)
    assert "by eye at" in cab.words
    assert cab.words.count("after the stop.") == 2
    assert "before the stop." not in cab.words
    cab.key(Key.Key_3)
    cab.until(lambda: cab.hit(hit_id).closed)
    cab.key(Key.Key_Return)
    assert "Nothing owed" in cab.words


@pytest.mark.clause("STP-5")
def test_a_step_that_speaks_against_the_stop_is_said_large(cab: Cab):
    """Another plate after the stop: its basis fell, on the verification, the outcome and in the list."""
    cab.on_patrol()
    exigent_stop(cab)
    cab.key(Key.Key_F12)
    cab.confirm("4BXR97", "CT")
    words = "Plate differs: the stop's basis fell. End it, and tell a supervisor."
    cab.until(lambda: words in cab.words)
    cab.key(Key.Key_F12)
    assert cab.front == "outcome"
    assert words in cab.words
    assert "I confirmed" not in cab.words
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_H)
    assert words in cab.words


@pytest.mark.clause("STP-3")
def test_independent_suspicion_goes_around_the_eye_and_not_around_the_status(cab: Cab):
    """With its words plate and state are not missing any more; the status still shuts the gate."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    say(cab, "Independent reasonable suspicion", "the driver threw a stolen bag out of the window")
    cab.until(lambda: "● Independent suspicion, on record" in cab.words)
    assert "Plate not confirmed." not in cab.words
    assert "Status not verified." in cab.words
    cab.answer()
    cab.until(lambda: "Open by independent suspicion." in cab.words)
    cab.stop()
    assert cab.hit(hit_id).stop.excuses == ("independent_suspicion",)
    assert "I stopped it on independent reasonable suspicion, put on record at" in cab.words
    assert "I confirmed" not in cab.words


@pytest.mark.clause("STP-3")
def test_less_than_three_words_are_no_statement(cab: Cab):
    """The screen says what counts, and nothing goes on record; Esc leads back, and the words stay as a draft."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F3)
    cab.key(Key.Key_1)
    assert "In your own words, at least 3." in cab.words
    cab.type("looks odd")
    cab.key(Key.Key_Return)
    assert "Not yet: say at least 3 words." in cab.words
    assert cab.hit(hit_id).verification.suspicion is None
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_1)
    assert cab.window.screens["statement"].field.toPlainText() == "looks odd"


@pytest.mark.clause("STP-3", "STP-5")
def test_ways_that_the_policy_lacks_are_shown_shut_with_its_clause(cab_under):
    """Glastonbury has none: each stands there with the clause, and its key does nothing."""
    cab = cab_under("glastonbury")
    cab.load()
    cab.sign_in()
    cab.until(lambda: cab.front == "profile")
    cab.key(Key.Key_Return)
    cab.begin()
    cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F3)
    assert cab.words.count("not in this policy (Glastonbury Hits)") == 3
    for key in (Key.Key_1, Key.Key_2, Key.Key_3):
        cab.key(key)
    assert cab.front == "ways"


@pytest.mark.clause("STP-4")
def test_where_switched_on_the_status_may_follow_and_stays_owed(cab_under, status_may_follow: Policy):
    """Why it is not possible goes on record; after the stop the status is owed until it is there."""
    cab = cab_under(status_may_follow)
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    cab.answer_vehicle(hit_id)
    say(cab, "The status can't be asked now", "no link and no radio in this valley")
    cab.until(lambda: "Open by status not possible before." in cab.words)
    cab.stop()
    assert "Its status could not be asked before the stop; why is on record since" in cab.words
    assert cab.hit(hit_id).stop.owed == ("status_verified", "still_active")
    cab.shift.clock.advance(minutes=2)
    cab.answer()
    cab.until(lambda: cab.hit(hit_id).stop.owed == ())
    assert "after the stop." in cab.words


@pytest.mark.clause("STP-4")
def test_by_default_the_status_comes_before_the_stop(cab: Cab):
    """POSTC as shipped: the way is shown shut."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F3)
    assert "not in this policy (POSTC F.c.1.ii)" in cab.words


def test_who_cannot_see_follows(cab: Cab):
    """The act beside the questions says so; the hit stays open and the gate shut."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    assert "Can't see: follow" in cab.words
    cab.key(Key.Key_F5)
    cab.until(lambda: cab.hit(hit_id).status == "following")
    assert cab.front == "patrol"
    assert cab.shift.said(StopRecorded) == []


def test_an_owed_stop_comes_back_after_a_restart_without_taking_the_screen(cab_under):
    """Signed in again the officer finds it owed on patrol and on top of the list; no alert is raised for it."""
    cab = cab_under("postc")
    cab.on_patrol(make_entry("4BXR91", "CT"), make_entry("KLM204", "CT"))
    hit_id = exigent_stop(cab)
    cab.window.close()
    cab.shift.restart()
    cab = Cab(cab.qtbot, cab.shift)
    cab.sign_in()
    cab.begin()
    cab.until(lambda: "Owed: 1 verification · 1 outcome" in cab.words)
    assert cab.front == "patrol"
    cab.raise_hit("KLM204")
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_H)
    rows = [k for k in names(cab) if "·" in k]
    assert ["4BX·R91" in rows[0], "KLM·204" in rows[1]] == [True, True]
    assert "■ owed: plate, state, vehicle, status, still active · outcome owed" in cab.words
    cab.press(next(k for k in names(cab) if "4BX·R91" in k))
    assert (cab.front, cab.window.screens["verify"].hit_id) == ("verify", hit_id)


def names(cab: Cab) -> list[str]:
    """What the visible keys are called."""
    return [k.accessibleName() for k in cab.window.findChildren(QAbstractButton) if k.isVisible()]


def test_an_alert_takes_the_screen_while_steps_are_owed_on_patrol(cab: Cab):
    """What is owed interrupts nothing."""
    cab.on_patrol()
    exigent_stop(cab)
    cab.key(Key.Key_Escape)
    second = cab.raise_hit("KLM204")
    assert (cab.front, cab.window.screens["alert"].hit_id) == ("alert", second)
