"""What came of a stop, the report's sentence, and what is asked of the entry's owner, at the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mdt_app.domain.commands import AskStatus, ConfirmPlate
from mdt_app.domain.notices import CommandRefused, HitChanged, Parked
from mdt_app.domain.outcomes import Disposition, EntryAct, NoStopReason
from mdt_app.domain.records_check import CheckAnswer
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry

Key = Qt.Key


def stopped(cab: Cab) -> str:
    """A hit that went all the steps to a stop; the outcome is asked."""
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.stop()
    return hit_id


def ended_without_stop(cab: Cab, key: Qt.Key) -> str:
    """A hit that was dismissed with the reason on this key."""
    hit_id = cab.raise_hit()
    cab.key(Key.Key_D)
    cab.key(key)
    cab.until(lambda: cab.front == "outcome")
    return hit_id


@pytest.mark.parametrize(
    ("key", "disposition", "words"),
    [(Key.Key_3, Disposition.CITATION, "Citation or warning"), (Key.Key_4, Disposition.RELEASED, "Released")],
)
def test_a_number_key_records_what_came_of_the_stop(cab: Cab, key: Qt.Key, disposition: Disposition, words: str):
    """The outcome is on record, nothing is owed any more, and the list of hits says it in words."""
    cab.on_patrol()
    hit_id = stopped(cab)
    assert "Owed\n1 outcome" in cab.words
    cab.key(key)
    cab.until(lambda: cab.hit(hit_id).closed)
    assert cab.hit(hit_id).stop.disposition is disposition
    cab.key(Key.Key_Return)
    assert "Nothing owed" in cab.words
    cab.key(Key.Key_H)
    assert f"✓ stop recorded\n{words}" in cab.words


def test_later_leaves_the_outcome_owed_until_it_is_given(cab: Cab):
    """Esc goes on; patrol says what is owed and leads back; a click gives the outcome."""
    cab.on_patrol()
    hit_id = stopped(cab)
    cab.key(Key.Key_Escape)
    assert cab.front == "patrol"
    assert "■ Owed: 1 outcome" in cab.words
    cab.click("owed")
    assert (cab.front, cab.window.screens["outcome"].hit_id) == ("outcome", hit_id)
    cab.press("Citation or warning")
    cab.until(lambda: cab.hit(hit_id).closed)


@pytest.mark.clause("STP-6")
def test_an_arrest_without_a_persons_word_is_refused_with_two_ways_on(cab: Cab):
    """The live record opened the gate; an arrest wants dispatch or the entering agency, and the screen leads there."""
    cab.on_patrol()
    hit_id = stopped(cab)
    cab.key(Key.Key_1)
    cab.until(lambda: "No person has confirmed that the hit is still active." in cab.words)
    assert cab.shift.said(CommandRefused)[-1].reason == "not_confirmed_by_person"
    assert cab.hit(hit_id).stop.disposition is None
    cab.key(Key.Key_F11)
    cab.until(lambda: cab.front == "verify" and "What does it answer?" in cab.words)
    cab.key(Key.Key_F11)
    cab.key(Key.Key_F7)
    cab.type("Dispatch 4")
    cab.key(Key.Key_F9)
    cab.until(lambda: cab.hit(hit_id).verification.status.source == "radio")
    cab.key(Key.Key_F12)
    cab.key(Key.Key_1)
    cab.until(lambda: cab.hit(hit_id).closed)
    assert cab.hit(hit_id).stop.disposition is Disposition.ARREST


@pytest.mark.clause("STP-6")
def test_other_facts_let_the_arrest_through_on_record(cab: Cab):
    """The facts are typed once, and the same outcome goes out again with them; Esc then leads back, as everywhere."""
    cab.on_patrol()
    hit_id = stopped(cab)
    cab.key(Key.Key_1)
    cab.until(lambda: "Other facts ..." in cab.words)
    cab.press("Other facts ...")
    cab.state("a loaded pistol lay on the seat")
    cab.until(lambda: cab.hit(hit_id).closed)
    assert cab.hit(hit_id).stop.disposition is Disposition.ARREST
    assert cab.front == "outcome"
    cab.key(Key.Key_Escape)
    assert cab.front == "patrol"


def test_without_a_clause_an_arrest_is_recorded_at_once(cab_under):
    """Glastonbury names no step between the stop and what follows it."""
    cab = cab_under("glastonbury")
    cab.load()
    cab.sign_in()
    cab.until(lambda: cab.front == "profile")
    cab.key(Key.Key_Return)
    cab.begin()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.key(Key.Key_F6)
    cab.key(Key.Key_6)
    cab.state("the owner reported it stolen today")
    cab.until(lambda: cab.front == "verify")
    cab.stop()
    cab.key(Key.Key_1)
    cab.until(lambda: cab.hit(hit_id).closed)
    assert cab.hit(hit_id).stop.disposition is Disposition.ARREST


@pytest.mark.clause("STP-8")
def test_an_arrest_on_a_listed_vehicle_shows_the_notice_to_its_owner(cab: Cab):
    """A located vehicle needs no further key: the notice to NCIC's owner stands there as done."""
    cab.on_patrol()
    hit_id = stopped(cab)
    cab.key(Key.Key_1)
    cab.until(lambda: "Other facts ..." in cab.words)
    cab.key(Key.Key_F9)
    cab.state("a loaded pistol lay on the seat")
    cab.until(lambda: "Notice to the owner CT0056700, on record." in cab.words)
    assert cab.hit(hit_id).entry_act is EntryAct.NOTICE
    assert cab.window.act_bar.key("removal") is None


@pytest.mark.clause("STP-8")
def test_a_located_vehicle_of_the_agencys_own_list_has_its_removal_asked(cab: Cab):
    """'Vehicle located' on a confirmed plate asks for the removal by itself and says so."""
    cab.on_patrol(make_entry("4BXR91", "CT", category="agency"))
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    cab.key(Key.Key_F4)
    cab.key(Key.Key_6)
    cab.until(lambda: "Removal of the entry asked, on record." in cab.words)
    assert cab.hit(hit_id).reason is NoStopReason.LOCATED


@pytest.mark.clause("STP-8")
def test_a_stale_entry_offers_to_ask_its_owner(cab: Cab):
    """The offer is a key; once pressed it is on record and gone."""
    cab.on_patrol()
    hit_id = ended_without_stop(cab, Key.Key_4)
    assert "Ask the owner to remove the entry" in cab.words
    cab.click("removal")
    cab.until(lambda: "Notice to the owner CT0056700, on record." in cab.words)
    assert cab.hit(hit_id).entry_act is EntryAct.NOTICE
    assert cab.window.act_bar.key("removal") is None


def test_a_misread_offers_no_removal(cab: Cab):
    """Nothing speaks against an entry whose plate was only misread."""
    cab.on_patrol()
    ended_without_stop(cab, Key.Key_1)
    assert cab.window.act_bar.key("removal") is None


@pytest.mark.clause("STP-7")
def test_the_sentence_names_what_was_seen_and_asked_before_the_stop(cab: Cab):
    """By eye and by status, each with its time; no other way is claimed."""
    cab.on_patrol()
    stopped(cab)
    assert "ALPR data was used: a plate reader alerted on the vehicle." in cab.words
    assert "I confirmed the plate and the issuing state by eye at" in cab.words
    assert "Its status was verified through CJIS/NCIC message switch at" in cab.words
    assert "Exigent" not in cab.words
    assert "still owed" not in cab.words


@pytest.mark.clause("STP-7")
def test_asking_again_afterwards_leaves_the_sentence_true(cab: Cab):
    """What the stop rested on stays told with its times, while another answer is on its way and once it is there."""
    cab.on_patrol()
    hit_id = stopped(cab)
    before = cab.window.screens["outcome"]._report.text()
    assert before.count("before the stop.") == 2
    cab.shift.clock.advance(minutes=3)
    cab.shift.do(AskStatus(hit_id))
    cab.until(lambda: cab.hit(hit_id).verification.status is None)
    assert cab.window.screens["outcome"]._report.text() == before
    cab.answer()
    cab.until(lambda: cab.hit(hit_id).verification.status is not None)
    assert cab.window.screens["outcome"]._report.text() == before
    cab.shift.do(ConfirmPlate(hit_id, "4BXR91", "CT"))
    cab.until(lambda: cab.hit(hit_id).verification.seen_at == cab.shift.clock.now())
    assert cab.window.screens["outcome"]._report.text() == before


def test_a_stop_that_headquarters_refuses_is_told_in_red_on_its_card(cab: Cab):
    """It does not wait any more: the reason and whom to tell stand there; other refused records count in the bar."""
    cab.on_patrol()
    hit_id = stopped(cab)
    assert "waits for headquarters" in cab.words
    cab.shift.core.tell(Parked(cab.window.model.cards[hit_id].stop_event, "bad_signature"))
    told = "✗ Headquarters refuses this record (bad_signature). Tell a supervisor."
    cab.until(lambda: told in cab.words)
    assert "waits for headquarters" not in cab.words
    assert "Refused by HQ" not in cab.words
    cab.shift.core.tell(Parked("another record", "bad_signature"))
    cab.until(lambda: "Refused by HQ\n1" in cab.words)


def test_an_answer_that_comes_before_the_outcome_is_not_lost(cab: Cab):
    """A 'no record' after the stop shows at once that its basis fell, on the outcome's own screen."""
    cab.on_patrol()
    stopped(cab)
    cab.answer(CheckAnswer.NO_RECORD)
    cab.until(lambda: "Not active: the stop's basis fell. End it, and tell a supervisor." in cab.words)
    assert cab.shift.said(HitChanged)[-1].hit.stop.fell


@pytest.mark.clause("REC-2")
def test_a_hit_is_taken_into_a_case_from_its_outcome(cab: Cab):
    """Number and reason are asked; once on record the outcome says which case holds it."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR97", "CT")
    cab.until(lambda: cab.front == "outcome")
    cab.key(Qt.Key.Key_C)
    cab.until(lambda: cab.front == "case")
    cab.key(Qt.Key.Key_Return)
    assert "Still empty: Case number" in cab.words
    screen = cab.window.screens["case"]
    QTest.keyClicks(screen.number, "26-114")
    QTest.keyClicks(screen.reason, "Swapped plates on Main Street")
    cab.key(Qt.Key.Key_Return)
    cab.until(lambda: "Held for case 26-114." in cab.words)
    assert cab.window.model.cards[hit_id].cases == ("26-114",)


def test_an_outcome_is_corrected_at_the_screen(cab: Cab):
    """K offers the outcomes again; the new one is on record and stands in the title."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.stop()
    cab.key(Qt.Key.Key_3)
    cab.until(lambda: cab.hit(hit_id).stop.disposition is Disposition.CITATION)
    cab.key(Qt.Key.Key_K)
    cab.key(Qt.Key.Key_4)
    cab.until(lambda: cab.hit(hit_id).stop.disposition is Disposition.RELEASED)
    assert ": Released" in cab.words
