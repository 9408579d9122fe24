"""The hit confirmation at the verification's third panel: request, clock, answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.outcomes import EntryAct, NoStopReason
from tests.fakes.cab import Cab

Key = Qt.Key


def asked(cab: Cab, key: Qt.Key = Key.Key_F9) -> str:
    """At the verification of a hit, a confirmation is requested."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F11)
    cab.key(key)
    cab.until(lambda: len(cab.hit(hit_id).verification.confirmation.requests) == 1)
    return hit_id


def ask_again(cab: Cab, hit_id: str) -> None:
    """The time runs out, and it is asked once more."""
    held = cab.hit(hit_id).verification.confirmation
    cab.shift.clock.advance(minutes=11)
    cab.window.screens["verify"].refresh()
    cab.key(Key.Key_F9)
    cab.until(lambda: len(cab.hit(hit_id).verification.confirmation.requests) == len(held.requests) + 1)


@pytest.mark.clause("STP-6")
@pytest.mark.parametrize(
    ("key", "urgency", "left"), [(Key.Key_F9, Urgency.URGENT, "10:00"), (Key.Key_F10, Urgency.ROUTINE, "1:00:00")]
)
def test_a_request_starts_its_clock(cab: Cab, key: Qt.Key, urgency: Urgency, left: str):
    """Urgent runs ten minutes, routine an hour; both stand with the request's number."""
    hit_id = asked(cab, key)
    assert cab.hit(hit_id).verification.confirmation.requests[0].urgency is urgency
    assert f"{urgency} {left} left\nrequest 1 of 3" in cab.words


@pytest.mark.clause("STP-6")
def test_the_clock_ticks_by_itself_on_page_and_panel(cab: Cab):
    """The window's own tick moves it; panel three shows the same."""
    asked(cab)
    cab.shift.clock.advance(seconds=19)
    cab.until(lambda: "urgent 09:41 left" in cab.words)
    cab.key(Key.Key_F11)
    assert "Hit confirmation: urgent 09:41 left\nrequest 1 of 3" in cab.words


def test_every_figure_of_the_clock_is_as_wide(cab: Cab):
    """A clock that runs does not shake: all ten figures take the same room in the label's font."""
    asked(cab)
    font = cab.window.screens["verify"].confirmation._standing.font()
    assert len({round(QFontMetricsF(font).horizontalAdvance(f), 2) for f in "0123456789"}) == 1


@pytest.mark.clause("STP-6")
def test_an_overdue_request_can_be_followed_twice_and_then_leads_to_the_state(cab: Cab):
    """While it runs no second one is offered; after the third the control agency is named."""
    hit_id = asked(cab)
    assert "Wait for the answer." in cab.words
    assert "Second request" not in cab.words
    cab.shift.clock.advance(minutes=10, seconds=5)
    cab.until(lambda: "■ urgent overdue by 00:05\nrequest 1 of 3" in cab.words)
    assert "Second request: urgent (10 min)" in cab.words
    ask_again(cab, hit_id)
    ask_again(cab, hit_id)
    assert "request 3 of 3" in cab.words
    assert "Ask the state's control agency through dispatch." in cab.words


@pytest.mark.clause("STP-6")
def test_confirmed_by_a_named_person_lets_an_arrest_be_recorded(cab: Cab):
    """Without a name nothing goes out; with one the answer stands, and the arrest needs no other facts."""
    hit_id = asked(cab)
    cab.press("Confirmed")
    cab.until(lambda: "■ Say who answers." in cab.words)
    assert cab.hit(hit_id).verification.confirmation.reply is None
    cab.type("Sgt. Lee, CT0056700")
    cab.key(Key.Key_1, alt=True)
    cab.until(lambda: "✓ confirmed" in cab.words)
    reply = cab.hit(hit_id).verification.confirmation.reply
    assert (reply.answer, reply.who) == (ConfirmationAnswer.CONFIRMED, "Sgt. Lee, CT0056700")
    cab.key(Key.Key_F11)
    cab.take_the_steps(hit_id)
    cab.until(lambda: "STOP: open" in cab.words)
    cab.stop()
    assert "The entering agency (Sgt. Lee, CT0056700) confirmed the hit at" in cab.words
    cab.key(Key.Key_1)
    cab.until(lambda: cab.hit(hit_id).closed)


@pytest.mark.clause("STP-6")
def test_in_process_wants_its_minutes_and_runs_on(cab: Cab):
    """The agency's own time stands in place of the request's."""
    hit_id = asked(cab)
    cab.type("Sgt. Lee")
    cab.key(Key.Key_3, alt=True)
    cab.until(lambda: "■ Say how many minutes it needs." in cab.words)
    cab.type("30")
    cab.key(Key.Key_3, alt=True)
    cab.until(lambda: "30:00 left" in cab.words)
    assert "in process until" in cab.words
    assert cab.hit(hit_id).verification.confirmation.reply.answer is ConfirmationAnswer.IN_PROCESS


def test_no_response_offers_the_next_request_at_once(cab: Cab):
    """Who was asked and did not answer stands there; the second request need not wait."""
    asked(cab)
    cab.key(Key.Key_F11)
    cab.key(Key.Key_F11)
    cab.type("Dispatch 4")
    cab.key(Key.Key_4, alt=True)
    cab.until(lambda: "■ no response" in cab.words)
    assert "Second request: urgent (10 min)" in cab.words


@pytest.mark.clause("STP-6", "STP-8")
def test_not_valid_ends_the_hit_and_offers_to_tell_the_owner(cab: Cab):
    """The hit closes as a stale entry, and the key asks for its removal."""
    hit_id = asked(cab)
    cab.window.screens["verify"].confirmation.who.setFocus()
    cab.type("Sgt. Lee")
    cab.press("Not valid")
    cab.until(lambda: cab.front == "outcome")
    assert "✗ No stop: Stale entry, not active any more" in cab.words
    assert cab.hit(hit_id).reason is NoStopReason.STALE_ENTRY
    cab.key(Key.Key_R)
    cab.until(lambda: cab.hit(hit_id).entry_act is EntryAct.NOTICE)


def test_why_no_second_request_goes_out_is_said_in_spanish(cab_under):
    """The core's words, too, are in the officer's language."""
    cab: Cab = cab_under("postc", "night", "es")
    cab.on_patrol().raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F11)
    cab.key(Key.Key_F9)
    cab.until(lambda: "La petición anterior no ha vencido. Espere la respuesta." in cab.words)
