"""The screen never shows a gate as open that the core holds shut, keeps a refusal's words, and loses no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mdt_app.domain.alerts import Feature, Seen, asked_features
from mdt_app.domain.gate import Unmet
from mdt_app.domain.notices import CommandRefused, FaultChanged, HitChanged, HitRaised, StopRecorded
from mdt_app.domain.plates import match_key
from mdt_app.domain.records_check import CheckAnswer
from tests.fakes.cab import Cab

Key = Qt.Key
GONE = Unmet("entry_listed", "The entry has expired or left its list.", "Ask the entry's owner.", "HOT-6")


def verified(cab: Cab) -> str:
    """All steps are taken, a purpose is named, and the gate is open."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.until(lambda: "STOP: open" in cab.words)
    return hit_id


def stop_key(cab: Cab) -> tuple[str, str]:
    """The role of the STOP key, and the line beneath its word."""
    key = cab.window.act_bar.key("stop")
    return key.property("role"), key.accessibleDescription()


def gate(cab: Cab) -> str:
    """All that the gate's panel says."""
    return cab.window.screens["verify"].gate.accessibleName()


@pytest.mark.clause("STP-2")
def test_a_fault_of_the_store_shuts_an_open_gate_on_the_screen(cab: Cab):
    """Panel and key say shut with the fault's words while it stands, and open again when it ends."""
    verified(cab)
    assert stop_key(cab)[0] == "go"
    cab.shift.core.tell(FaultChanged("storage", "The record can't be written.", "Work by radio."))
    cab.until(lambda: gate(cab) == "STOP: shut. ▲ The record can't be written. Work by radio.")
    assert "STOP: open" not in cab.words
    assert stop_key(cab) == ("shut", "F12 · shut: fault")
    cab.shift.core.tell(FaultChanged("storage", ""))
    cab.until(lambda: "STOP: open" in cab.words)
    assert stop_key(cab) == ("go", "F12")


def by_backspace(cab: Cab) -> None:
    """The keyboard's own key."""
    cab.key(Key.Key_Backspace)


def by_touch(cab: Cab) -> None:
    """The key beneath what is compared."""
    cab.press("Look again")


def by_big_keys(cab: Cab) -> None:
    """The big keys' key that takes back."""
    cab.key(Key.Key_F2)
    cab.press("Delete")


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize("take_back", [by_backspace, by_touch, by_big_keys])
def test_what_was_confirmed_by_eye_can_be_taken_back_on_the_screen(cab: Cab, take_back: Callable[[Cab], None]):
    """The gate shuts, the fields are empty, and what is typed then is what was seen anew."""
    verified(cab)
    verify = cab.window.screens["verify"]
    take_back(cab)
    cab.until(lambda: "STOP: shut" in cab.words)
    assert (verify.plate.text, verify.plate.locked, stop_key(cab)[0]) == ("", False, "shut")
    cab.type("4BXR91")
    cab.key(Key.Key_Return)
    cab.type("CT")
    cab.key(Key.Key_Return)
    cab.until(lambda: "STOP: open" in cab.words)


@pytest.mark.clause("STP-2")
def test_a_fault_that_records_nothing_less_leaves_the_gate_as_it_is(cab: Cab):
    """A fault of another part stands above the screen; it does not shut what the core would open."""
    verified(cab)
    cab.shift.core.tell(FaultChanged("disk", "The disk is nearly full.", "Sync."))
    cab.until(lambda: "The disk is nearly full." in cab.words)
    assert "STOP: open" in cab.words
    assert stop_key(cab)[0] == "go"


@pytest.mark.clause("STP-2")
def test_a_silent_core_shuts_an_open_gate_on_the_screen(cab: Cab):
    """Nobody decides any more: neither panel nor key stays green."""
    verified(cab)
    cab.shift.core.stop()
    cab.until(lambda: gate(cab).startswith("STOP: shut. ▲ The core does not answer."))
    assert "STOP: open" not in cab.words
    assert stop_key(cab)[0] == "shut"


@pytest.mark.clause("STP-2")
def test_a_refusals_words_stay_until_the_officer_does_something_else(cab: Cab):
    """The core refuses what the screen believed open; decisions that follow by themselves wipe nothing away."""
    hit_id = verified(cab)
    held = cab.window.model.cards[hit_id]
    cab.shift.clock.advance(minutes=cab.context.policy.stops.answer_minutes.value + 1)
    cab.key(Key.Key_F12)
    cab.until(lambda: ", on record" in stop_key(cab)[1])
    refused = stop_key(cab)[1]
    assert refused.startswith("F12 · refused ")
    cab.shift.core.tell(HitChanged(held.hit, held.decision))
    cab.until(lambda: "STOP: open" in cab.words)
    assert stop_key(cab)[1] == refused
    assert "■ Refused at " in gate(cab)
    assert cab.shift.said(StopRecorded) == []
    cab.key(Key.Key_F8)
    cab.until(lambda: "on record" not in stop_key(cab)[1])


@pytest.mark.clause("STP-2")
def test_a_refusal_after_which_nothing_new_was_decided_shuts_the_gate(cab: Cab):
    """The core's last word counts, also where its decision before was an open gate."""
    hit_id = verified(cab)
    cab.shift.core.tell(CommandRefused("RequestStop", "gate_shut", "Stop: shut.", "", hit_id, (GONE,)))
    cab.until(lambda: "STOP: refused" in cab.words)
    assert f"■ {GONE.words} {GONE.remedy}" in cab.words
    assert stop_key(cab)[0] == "shut"


@pytest.mark.clause("STP-2")
def test_a_refusal_that_could_not_be_recorded_does_not_say_that_it_was(cab: Cab):
    """The words stand beside what was typed; 'on record' stands nowhere at the key."""
    hit_id = verified(cab)
    words = "The record can't be written."
    cab.shift.core.tell(CommandRefused("RequestStop", "storage", words, "Work by radio.", hit_id))
    cab.until(lambda: f"{words} Work by radio." in cab.words)
    assert "refused" not in stop_key(cab)[1]


@pytest.mark.clause("STP-1")
def test_the_purpose_is_only_suggested_until_the_officer_takes_it(cab: Cab):
    """The key is amber and says how; without it F12 is refused, F6 takes it, a further F6 opens all purposes."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    purpose = cab.window.screens["verify"].gate.purpose
    suggested = purpose.accessibleName()
    assert suggested.startswith("Suggested: ")
    assert (purpose.accessibleDescription(), purpose.property("role")) == ("F6 takes it", "owed")
    cab.key(Key.Key_F12)
    cab.until(lambda: "STOP: refused" in cab.words)
    assert "purpose_named" in {u.name for u in cab.shift.said(CommandRefused)[-1].unmet}
    cab.press(suggested)
    assert cab.window.model.draft(hit_id).use.purpose == cab.hit(hit_id).row.purpose
    assert "No permitted purpose named." not in cab.words
    assert purpose.accessibleName() == suggested.removeprefix("Suggested: ")
    cab.key(Key.Key_F6)
    assert cab.front == "purpose"


@pytest.mark.clause("STP-2")
def test_answers_typed_at_once_go_to_their_questions_in_order(cab: Cab):
    """Four digits before the core has answered any: each question gets its own, none two, none nothing."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    QTest.keyClicks(cab.window.screens["verify"], "2111")
    asked = asked_features(cab.hit(hit_id))
    cab.until(lambda: len(cab.hit(hit_id).verification.features) == len(asked) == 4)
    assert [cab.hit(hit_id).verification.features[f] for f in asked] == [Seen.DIFFERS, *[Seen.MATCH] * 3]


@pytest.mark.clause("STP-2")
def test_a_held_key_answers_nothing(cab: Cab):
    """Its repeats are no look at the vehicle; the next real press goes to the first question."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    for _ in range(4):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
        QApplication.sendEvent(cab.window.screens["verify"], held)
    cab.key(Key.Key_2)
    cab.until(lambda: bool(cab.hit(hit_id).verification.features))
    assert dict(cab.hit(hit_id).verification.features) == {asked_features(cab.hit(hit_id))[0]: Seen.DIFFERS}


@pytest.mark.clause("STP-2")
def test_cant_see_does_not_undo_a_difference_and_says_so(cab: Cab):
    """The core's refusal stands on the screen, the difference on record; later digits find their question."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    make = cab.window.screens["verify"].vehicle.questions[Feature.MAKE].buttons
    QTest.mouseClick(make[Seen.DIFFERS.value], Qt.MouseButton.LeftButton)
    cab.until(lambda: cab.hit(hit_id).verification.features.get(Feature.MAKE) is Seen.DIFFERS)
    QTest.mouseClick(make[Seen.CANT_SEE.value], Qt.MouseButton.LeftButton)
    cab.until(lambda: cab.shift.said(CommandRefused)[-1:] != [])
    refused = cab.shift.said(CommandRefused)[-1]
    assert refused.reason == "vehicle_denied"
    cab.until(lambda: f"{refused.words} {refused.remedy}" in cab.words)
    QTest.keyClicks(cab.window.screens["verify"], "111")
    cab.until(lambda: len(cab.hit(hit_id).verification.features) == 4)
    assert cab.hit(hit_id).verification.features[Feature.MAKE] is Seen.DIFFERS


@pytest.mark.clause("STP-6")
def test_a_no_on_record_stays_in_red_until_an_active_comes(cab: Cab):
    """Asking again clears the answer and not the 'no'; only an 'active' takes it away."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.answer(CheckAnswer.NO_RECORD)
    cab.until(lambda: "✗ NO on record: No record, " in cab.words)
    cab.key(Key.Key_F8)
    cab.until(lambda: len(cab.shift.asked) == 2 and cab.hit(hit_id).verification.status is None)
    assert "✗ NO on record: No record, " in cab.words
    assert "✗ 3 · Is it still active?" in cab.words
    cab.answer()
    cab.until(lambda: "NO on record" not in cab.words)
    assert "✓ 3 · Is it still active?" in cab.words


def off_the_record(cab: Cab, hit_id: str = "off-1") -> HitRaised:
    """An alert of 4BXR91 that the store could not keep, told as the core tells it."""
    if not cab.shift.said(HitRaised):
        cab.raise_hit("KLM204")
        cab.key(Key.Key_Escape)
    raised = cab.shift.said(HitRaised)[0]
    read = replace(raised.hit.read, key=match_key("4BXR91"), raw_text="4BXR91")
    told = replace(raised, hit=replace(raised.hit, hit_id=hit_id, read=read), recorded=False)
    cab.shift.core.tell(told)
    return told


@pytest.mark.clause("ALR-1")
def test_an_alert_off_the_record_is_put_aside_at_the_screen(cab: Cab):
    """It says 'not recorded', owes nothing, is dismissed without a command, and does not come twice when re-seen."""
    cab.on_patrol()
    off_the_record(cab)
    cab.until(lambda: cab.window.screens["alert"].hit_id == "off-1" and cab.front == "alert")
    assert "NOT RECORDED" in cab.words
    assert cab.window.model.owed().hits == 1
    off_the_record(cab, "off-2")
    cab.until(lambda: cab.window.model.cards["off-1"].hit.sightings == 2)
    cab.key(Key.Key_D)
    assert cab.front == "patrol"
    assert [card.hit.hit_id for card in cab.window.model.waiting()] != []
    assert "off-1" not in [card.hit.hit_id for card in cab.window.model.waiting()]
    off_the_record(cab, "off-3")
    cab.until(lambda: cab.window.model.cards["off-1"].hit.sightings == 3)
    assert cab.front == "patrol"
    cab.key(Key.Key_H)
    assert "▲ not recorded, dismissed" in cab.words
    assert cab.shift.said(CommandRefused) == []


@pytest.mark.clause("ALR-1")
@pytest.mark.parametrize("dismissed", [False, True])
def test_the_recorded_hit_takes_the_place_of_the_one_off_the_record(cab: Cab, dismissed: bool):
    """Once the store works again the next read of the plate stands alone, and takes the screen."""
    cab.on_patrol()
    off_the_record(cab)
    cab.until(lambda: cab.window.screens["alert"].hit_id == "off-1" and cab.front == "alert")
    if dismissed:
        cab.key(Key.Key_D)
    cab.see("4BXR91")
    cab.until(lambda: "off-1" not in cab.window.model.cards)
    same = [c for c in cab.window.model.cards.values() if c.hit.read.key == match_key("4BXR91")]
    assert [card.recorded for card in same] == [True]
    assert (cab.front, cab.window.screens["alert"].hit_id) == ("alert", same[0].hit.hit_id)
