"""A shift at the window: sign-in, alert, verification, stop and no stop, by keys and clicks, on the real core."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton

from mdt_app.domain.alerts import Feature, Seen
from mdt_app.domain.commands import ConfirmAlertShown
from mdt_app.domain.notices import CommandRefused, FaultChanged, HitChanged, SignedIn, StopRecorded
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.reads import CharacterRead
from mdt_app.domain.records_check import CheckAnswer
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry
from tests.ui.test_screens_fit import settle
from ui.widgets.plate_text import weak_marks

Key = Qt.Key


@pytest.mark.clause("ACC-6")
def test_the_notice_stands_before_sign_in_and_must_be_acknowledged(cab: Cab):
    """The notice names official use, recording and what misuse leads to; without its tick nothing is sent."""
    cab.load()
    for words in ("Official use only", "recorded", "Misuse can lead"):
        assert words in cab.words
    screen = cab.window.screens["sign-in"]
    QTest.keyClicks(screen.user, "rdoe")
    QTest.keyClicks(screen.password, "right")
    QTest.keyClick(screen.password, Key.Key_Return)
    assert "tick it first" in cab.words
    assert cab.shift.said(SignedIn) == []
    assert cab.shift.said(CommandRefused) == []


@pytest.mark.clause("ACC-1")
def test_a_wrong_password_is_refused_in_words_and_the_right_one_signs_in(cab: Cab):
    """The refusal says what to do, keeps no password, and the next try works."""
    cab.load()
    cab.sign_in("wrong")
    cab.until(lambda: "User, password or code is wrong." in cab.words)
    assert cab.window.screens["sign-in"].password.text() == ""
    assert cab.front == "sign-in"
    cab.sign_in()
    cab.begin()


def test_signing_out_leaves_nothing_of_the_person(cab: Cab):
    """After signing out the sign-in screen is empty, and its notice is to be read anew."""
    cab.on_patrol()
    cab.see("AB12340")
    cab.click("sign-out")
    assert cab.front == "end"
    assert "✓ Nothing is owed." in cab.words
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "sign-in")
    screen = cab.window.screens["sign-in"]
    assert (screen.user.text(), screen.password.text(), screen.acknowledged.isChecked()) == ("", "", False)
    assert len(cab.window.model.reads) == 0


@pytest.mark.clause("ALR-1", "ALR-4")
def test_a_hit_takes_the_screen_with_its_caveat_and_the_extracts_age(cab: Cab):
    """Category, full state name, cautions and age stand there; that it was shown is on record once."""
    sent: list[object] = []
    submit = cab.shift.core.submit
    cab.bridge._core = Recording(submit, sent)
    cab.on_patrol()
    hit_id = cab.raise_hit()
    for words in ("▲ STOLEN VEHICLE", "= exact match", "CONNECTICUT", "CAUTION: armed and dangerous", "V123456789"):
        assert words in cab.words
    assert "may not come from live NCIC data (this extract is 3 h 12 min old). Verify before acting." in cab.words
    cab.until(lambda: any(isinstance(c, ConfirmAlertShown) for c in sent))
    cab.window.repaint()
    shown = [c for c in sent if isinstance(c, ConfirmAlertShown)]
    assert [c.hit_id for c in shown] == [hit_id]


class Recording:
    """Passes commands on to the core and keeps them."""

    def __init__(self, submit, sent: list[object]) -> None:
        self._submit, self._sent = submit, sent

    def submit(self, command):
        self._sent.append(command)
        return self._submit(command)


def test_a_state_that_differs_is_said_in_words(cab: Cab):
    """The entry's state stands large, and beneath it that the reader read another one, by its full name."""
    cab.on_patrol()
    cab.raise_hit(state="AZ")
    assert "CONNECTICUT" in cab.words
    assert "READ ANOTHER STATE: Arizona" in cab.words
    assert "≠ same number, other state" in cab.words
    assert "exact match" not in cab.words


def test_weak_characters_are_marked_with_what_they_could_be():
    """A character below 0.8 carries its alternatives at its place in the grouped text."""
    characters = [CharacterRead(c, 0.95) for c in "4BXR9"] + [CharacterRead("1", 0.55, ("7", "I"))]
    assert weak_marks("4BX·R91", characters) == {6: "7 I"}


def test_no_key_moves_when_a_second_hit_comes(cab: Cab):
    """A finger on its way to a key of the verification finds it where it was."""

    def places() -> dict[str, QRect]:
        settle(cab)
        keys = cab.window.findChildren(QAbstractButton)
        return {k.accessibleName(): QRect(k.mapTo(cab.window, QPoint()), k.size()) for k in keys if k.isVisible()}

    cab.window.resize(1024, 768)
    cab.on_patrol(make_entry("4BXR91", "CT"), make_entry("KLM204", "CT", category="amber_alert"))
    cab.raise_hit()
    cab.open_verification()
    before = places()
    beneath = QPoint(cab.window.width() // 2, cab.window.act_bar.y() - 8)
    assert cab.window.grab().toImage().pixelColor(beneath).name().upper() == cab.window.theme.tokens.ground
    cab.see("KLM204")
    cab.until(lambda: "Next: AMBER Alert. Waiting: 1." in cab.words)
    assert len(before) > 3
    assert places() == before


def test_a_second_hit_waits_as_a_banner_with_the_more_urgent_first(cab: Cab):
    """The verification in hand stays; the banner names the most urgent of those that wait, and how many."""
    plate, amber = (
        make_entry("AB12345", "CT", category="stolen_plate"),
        make_entry("KLM204", "CT", category="amber_alert"),
    )
    cab.on_patrol(make_entry("4BXR91", "CT"), plate, amber)
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.see("AB12345")
    cab.see("KLM204")
    cab.until(lambda: "Next: AMBER Alert. Waiting: 2." in cab.words)
    assert (cab.front, cab.window.screens["verify"].hit_id) == ("verify", hit_id)
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_N)
    assert "AMBER ALERT" in cab.words


def test_on_the_way_to_patrol_each_hit_that_came_meanwhile_is_looked_at_once(cab: Cab):
    """Back from the hit in hand leads to the most urgent that nobody has seen, then to the next, then to patrol."""
    plate, amber = (
        make_entry("AB12345", "CT", category="stolen_plate"),
        make_entry("KLM204", "CT", category="amber_alert"),
    )
    cab.on_patrol(make_entry("4BXR91", "CT"), plate, amber)
    cab.raise_hit()
    for meanwhile in ("AB12345", "KLM204"):
        cab.see(meanwhile)
    cab.until(lambda: "Next: AMBER Alert (2)" in cab.words)
    for title in ("AMBER ALERT", "STOLEN PLATE"):
        cab.key(Key.Key_Escape)
        cab.until(lambda title=title: cab.front == "alert" and title in cab.words)
    cab.key(Key.Key_Escape)
    cab.until(lambda: cab.front == "patrol")


@pytest.mark.clause("STP-2", "STP-4")
def test_a_stop_asked_for_too_early_is_sent_refused_and_says_what_is_missing(cab: Cab):
    """STOP is never dead: it goes to the core, whose refusal names each condition with remedy and clause."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    assert "STOP: shut" in cab.words
    cab.click("stop")
    cab.until(lambda: "STOP: refused" in cab.words)
    refusal = cab.shift.said(CommandRefused)[-1]
    missing = {"plate_confirmed", "state_confirmed", "vehicle_confirmed", "status_verified", "still_active"}
    assert (refusal.command, {u.name for u in refusal.unmet}) == ("RequestStop", {*missing, "purpose_named"})
    for unmet in refusal.unmet:
        assert f"■ {unmet.words} {unmet.remedy}" in cab.words
        assert unmet.clause in cab.words
    assert cab.shift.said(StopRecorded) == []


@pytest.mark.clause("STP-2")
def test_the_readers_text_stays_hidden_until_plate_and_state_are_confirmed(cab: Cab):
    """The officer types from the vehicle: neither the plate nor the entry's stands on the verification before."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    screen = cab.window.screens["verify"]
    assert "4BX" not in cab.words
    assert not screen.compare.isVisible()
    cab.confirm("4BXR91", "CT")
    cab.until(screen.compare.isVisible)


@pytest.mark.clause("STP-1", "STP-2", "STP-4", "STP-6", "STP-7")
def test_the_whole_way_to_a_stop_by_keyboard_alone(cab: Cab):
    """Type, compare, wait for the answer, F12: the stop is recorded with its purpose and the report's sentence."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.until(lambda: "Waiting for NCIC" in cab.words)
    cab.confirm("4bxr91", "conn")
    cab.answer_vehicle(hit_id)
    cab.answer()
    cab.key(Key.Key_F6)
    cab.until(lambda: "STOP: open" in cab.words)
    assert "MKE/STOLEN VEHICLE" in cab.words
    cab.key(Key.Key_F12)
    cab.until(lambda: cab.front == "outcome")
    stop = cab.shift.said(StopRecorded)[-1].stop
    assert (stop.hit_id, stop.purpose) == (hit_id, "locate")
    assert "✓ Stop recorded at" in cab.words
    assert "ALPR data was used" in cab.words
    cab.key(Key.Key_Escape)
    assert cab.front == "patrol"
    assert "Owed: 1 outcome" in cab.words


@pytest.mark.clause("STP-1")
def test_the_purpose_can_be_changed_and_is_the_one_on_record(cab: Cab):
    """F6 offers the policy's purposes; the chosen one goes with the stop."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    cab.answer_vehicle(hit_id)
    cab.answer()
    cab.key(Key.Key_F6)
    cab.key(Key.Key_F6)
    assert cab.front == "purpose"
    cab.key(Key.Key_5)
    cab.until(lambda: "STOP: open" in cab.words)
    cab.key(Key.Key_F12)
    cab.until(lambda: cab.front == "outcome")
    assert cab.shift.said(StopRecorded)[-1].stop.purpose == "fugitive"


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize(
    ("plate", "state", "reason"),
    [("4BXR97", "CT", NoStopReason.MISREAD), ("4BXR91", "Colorado", NoStopReason.WRONG_STATE)],
)
def test_a_mismatch_ends_in_no_stop(cab: Cab, plate: str, state: str, reason: NoStopReason):
    """Other characters or another state close the hit, and the screen says not to stop."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm(plate, state)
    cab.until(lambda: cab.front == "outcome")
    assert "Do not stop on this hit" in cab.words
    assert "Differs:" in cab.words
    assert cab.window.model.cards[hit_id].hit.reason is reason


@pytest.mark.clause("STP-2")
def test_a_vehicle_that_differs_keeps_the_stop_shut(cab: Cab):
    """One feature that differs leaves the vehicle unconfirmed, whatever else is answered."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.confirm("4BXR91", "CT")
    cab.answer()
    cab.answer_vehicle(hit_id)
    cab.take_purpose()
    cab.until(lambda: "STOP: open" in cab.words)
    style = cab.window.screens["verify"].vehicle.questions[Feature.STYLE]
    QTest.mouseClick(style.buttons[Seen.DIFFERS.value], Qt.MouseButton.LeftButton)
    cab.until(lambda: "Vehicle not compared." in cab.words)
    assert "STOP: open" not in cab.words


@pytest.mark.clause("STP-4", "STP-6")
def test_dispatch_answers_by_radio_with_a_name(cab: Cab):
    """Without a name nothing is taken; with one the answer stands as the status, with its source."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    cab.key(Key.Key_F7)
    cab.key(Key.Key_F9)
    assert cab.window.model.cards[hit_id].hit.verification.status is None
    cab.type("Dispatch 4")
    cab.key(Key.Key_F9)
    cab.until(lambda: "By radio," in cab.words)
    status = cab.window.model.cards[hit_id].hit.verification.status
    assert (status.by, status.answer) == ("Dispatch 4", CheckAnswer.ACTIVE)


def test_a_plate_that_is_typed_goes_to_the_plate_wherever_the_keyboard_was_left(cab: Cab):
    """After dispatch's answer, and after a touch between things: its digits answer nothing about the vehicle."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.open_verification()
    screen = cab.window.screens["verify"]
    cab.key(Key.Key_F7)
    cab.type("Dispatch 4")
    cab.key(Key.Key_F9)
    cab.until(lambda: "By radio," in cab.words)
    cab.type("4B")
    assert screen.plate.text == "4B"
    cab.key(Key.Key_F7)
    cab.key(Key.Key_F7)
    cab.type("X")
    screen.setFocus()
    cab.type("r9")
    screen.check.again.setFocus()
    cab.type("1")
    assert screen.plate.text == "4BXR91"
    assert not cab.window.model.cards[hit_id].hit.verification.features
    next(iter(screen.vehicle.questions.values())).buttons[Seen.MATCH.value].setFocus()
    cab.type("3")
    cab.until(lambda: len(cab.window.model.cards[hit_id].hit.verification.features) == 1)
    assert screen.plate.text == "4BXR91", "on the vehicle's questions a number is an answer"


def test_the_big_keys_type_the_plate_without_a_keyboard(cab: Cab):
    """With gloves: the keypad's keys land in the cells, and its last key takes one back."""
    cab.on_patrol()
    cab.raise_hit()
    cab.open_verification()
    cab.click("keys")
    keys = {key.accessibleName(): key for key in cab.window.screens["verify"].findChildren(QPushButton)}
    for name in ("4", "B", "X", "Delete"):
        QTest.mouseClick(keys[name], Qt.MouseButton.LeftButton)
    assert cab.window.screens["verify"].plate.text == "4B"


def test_a_dismissed_hit_keeps_its_reason_and_stays_countable(cab: Cab):
    """Dismiss asks for the reason in place; the hit stands in the list of hits with it."""
    cab.on_patrol()
    cab.raise_hit()
    cab.key(Key.Key_D)
    cab.key(Key.Key_3)
    cab.until(lambda: cab.front == "outcome")
    assert cab.shift.said(HitChanged)[-1].hit.reason is NoStopReason.OTHER_VEHICLE
    cab.key(Key.Key_Return)
    cab.key(Key.Key_H)
    assert "✗ no stop\nOther vehicle" in cab.words


def test_a_followed_hit_stays_owed_and_can_be_taken_up_again(cab: Cab):
    """Follow leaves the gate shut and the hit owed on the patrol screen."""
    cab.on_patrol()
    hit_id = cab.raise_hit()
    cab.key(Key.Key_F)
    cab.until(lambda: "Owed: 1 hit" in cab.words)
    cab.key(Key.Key_O)
    assert (cab.front, cab.window.screens["alert"].hit_id) == ("alert", hit_id)


def test_a_core_that_falls_silent_is_said_above_every_screen(cab: Cab):
    """Without a heartbeat for 2 s, whatever holds the core, the window itself raises the red bar until it beats."""
    cab.on_patrol()
    assert "does not answer" not in cab.words
    go_on = threading.Event()
    cab.shift.core.subscribe(lambda _: go_on.wait(20))
    try:
        cab.until(lambda: "The core does not answer. Do not rely on hits." in cab.words)
    finally:
        go_on.set()
    cab.until(lambda: "does not answer" not in cab.words)


def test_an_urgent_fault_stands_above_every_screen_until_it_ends(cab: Cab):
    """A fault of the store is a bar on patrol and at the alert, and goes when it ends."""
    cab.on_patrol()
    cab.shift.core.tell(FaultChanged("storage", "The record can't be written.", "Work by radio."))
    cab.until(lambda: "▲ The record can't be written. Work by radio." in cab.words)
    cab.raise_hit()
    assert "The record can't be written." in cab.words
    cab.shift.core.tell(FaultChanged("storage", ""))
    cab.until(lambda: "The record can't be written." not in cab.words)
