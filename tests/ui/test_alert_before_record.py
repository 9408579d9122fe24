"""An alert whose record is being written stands there already; it is told as shown once it is on record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.commands import Redecide
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import CommandRefused, HitComing, HitRaised
from mdt_app.domain.plates import match_key
from tests.fakes.cab import Cab


def shown(cab: Cab) -> list[str]:
    """The hits that are on record as shown."""
    return [event.subject for event in cab.shift.recorded() if event.kind is EventKind.ALERT_SHOWN]


def coming(cab: Cab) -> HitComing:
    """The first word of a hit on 4BXR91, as the core tells it while the disk writes; its alert is on the screen."""
    cab.on_patrol()
    cab.raise_hit("KLM204")
    cab.until(lambda: len(shown(cab)) == 1)
    cab.key(Qt.Key.Key_Escape)
    raised = cab.shift.said(HitRaised)[0]
    read = replace(raised.hit.read, key=match_key("4BXR91"), raw_text="4BXR91")
    told = HitComing(replace(raised.hit, hit_id="new", read=read), raised.decision, raised.pictures)
    cab.shift.core.tell(told)
    cab.until(lambda: cab.front == "alert" and cab.window.screens["alert"].stands[0] == "new")
    return told


@pytest.mark.clause("ALR-1")
def test_a_hit_that_is_coming_stands_whole_and_is_not_yet_told_as_shown(cab: Cab):
    """Its plate and its warning are there, no word of a failed store; that it was shown waits for the record."""
    coming(cab)
    assert "4BXR91" in " ".join(cab.words.split()).replace(" ", "")
    assert "NOT RECORDED" not in cab.words
    cab.shift.do(Redecide())  # what was sent before it is done
    assert len(shown(cab)) == 1
    assert cab.shift.said(CommandRefused) == []


@pytest.mark.clause("ALR-1")
def test_the_same_hit_off_the_record_says_so_where_it_stands(cab: Cab):
    """Its record failed: the alert stays, says that it is not recorded, and can only be put aside."""
    told = coming(cab)
    cab.shift.core.tell(HitRaised(told.hit, told.decision, told.pictures, recorded=False))
    cab.until(lambda: "NOT RECORDED" in cab.words)
    assert (cab.front, cab.window.screens["alert"].hit_id) == ("alert", "new")
    assert len(cab.window.model.waiting()) == 2
    assert len(shown(cab)) == 1
    cab.key(Qt.Key.Key_D)
    assert cab.front == "patrol"


@pytest.mark.clause("ALR-1")
def test_a_plate_that_is_shown_off_the_record_waits_for_its_record(cab: Cab):
    """While the store fails each new read of a plate that stands there already says nothing new."""
    told = coming(cab)
    cab.shift.core.tell(HitRaised(told.hit, told.decision, told.pictures, recorded=False))
    cab.until(lambda: "NOT RECORDED" in cab.words)
    again = replace(told, hit=replace(told.hit, hit_id="newer"))
    cab.shift.core.tell(again)
    cab.shift.core.tell(HitRaised(again.hit, again.decision, again.pictures, recorded=False))
    cab.until(lambda: cab.window.model.cards["new"].hit.sightings == 2)
    assert "newer" not in cab.window.model.cards
    assert (cab.front, cab.window.screens["alert"].hit_id) == ("alert", "new")


def test_the_alert_is_painted_once_for_both_words(cab: Cab, monkeypatch: pytest.MonkeyPatch):
    """A real hit: it takes the screen at its first word, and the second takes nothing from under a hand."""
    cab.on_patrol()
    taken: list[str] = []
    take = cab.window.take_screen
    monkeypatch.setattr(cab.window, "take_screen", lambda hit_id: (taken.append(hit_id), take(hit_id)))
    hit_id = cab.raise_hit()
    cab.until(lambda: shown(cab) == [hit_id])
    assert taken == [hit_id]
