"""Muting the sound at the window and in the announcer: what is urgent is heard all the same, and all is on record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HitRaised, SignedOut
from mdt_app.domain.sound import MUTE_MINUTES, MuteSound, SoundMuted
from mdt_app.services.announcer import Announcer
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry
from tests.fakes.speakers import Heard

Key = Qt.Key


class HandClock:
    """Seconds that pass by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def announced(cab: Cab, announcer: Announcer, plate: str) -> None:
    """A camera reads a listed plate; the announcer hears what the core says of it."""
    before = len(cab.shift.said(HitRaised))
    cab.see(plate)
    cab.until(lambda: len(cab.shift.said(HitRaised)) > before)
    announcer.hear(cab.shift.said(HitRaised)[-1])


def test_a_mute_spares_what_is_urgent_ends_by_itself_and_is_on_record(cab: Cab):
    """Muted by U: a stolen plate is silent, an AMBER Alert is heard; after the minutes both are."""
    entries = [make_entry(p, "CT", category="stolen_plate") for p in ("AB12345", "7JKT20", "3FN928")]
    cab.on_patrol(*entries, make_entry("KLM204", "CT", category="amber_alert"))
    clock, heard = HandClock(), Heard()
    announcer = Announcer(heard, heard, str, clock)
    cab.key(Key.Key_U)
    cab.until(lambda: "Muted" in cab.words)
    announcer.hear(cab.shift.said(SoundMuted)[-1])
    announced(cab, announcer, "AB12345")
    assert heard.tones == []
    announced(cab, announcer, "KLM204")
    assert heard.tones == ["high"]
    assert "AMBER Alert" in heard.said[0]
    clock.at += MUTE_MINUTES * 60 + 1
    announced(cab, announcer, "7JKT20")
    assert heard.tones == ["high", "medium"]
    muted = [event for event in cab.shift.recorded() if event.kind is EventKind.MUTED]
    assert [(event.actor, event.body["minutes"]) for event in muted] == [("rdoe", MUTE_MINUTES)]


def test_the_sound_comes_back_by_the_same_key_and_with_the_next_person(cab: Cab):
    """U again brings it back at once; so does signing out, for whoever comes next."""
    cab.on_patrol(make_entry("AB12345", "CT", category="stolen_plate"))
    clock, heard = HandClock(), Heard()
    announcer = Announcer(heard, heard, str, clock)
    for minutes in (MUTE_MINUTES, 0):
        cab.key(Key.Key_U)
        cab.until(lambda minutes=minutes: cab.shift.said(SoundMuted)[-1:] == [SoundMuted(minutes * 60.0)])
        announcer.hear(cab.shift.said(SoundMuted)[-1])
        cab.until(lambda minutes=minutes: bool(cab.window.model.muted_for()) == bool(minutes))
    announcer.hear(SoundMuted(300.0))
    announcer.hear(SignedOut())
    announced(cab, announcer, "AB12345")
    assert heard.tones == ["medium"]


def test_nobody_mutes_for_a_shift(cab: Cab):
    """A mute longer than the most is refused by name."""
    cab.on_patrol()
    with pytest.raises(Refused, match="can't be muted for so long"):
        cab.shift.do(MuteSound(60))
