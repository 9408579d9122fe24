"""The announcer: turns notices into sound and voice by the alert table, apart from the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from mdt_app.domain.alerts import Hit
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.notices import CommandRefused, HitRaised, Notice, StopRecorded
from mdt_app.domain.plates import spelled


class Sound(Protocol):
    """Plays a named tone. Never blocks; its own health says when it can't."""

    def play(self, name: str) -> None:
        """Play resources/sounds/<name>.wav."""


class Voice(Protocol):
    """Speaks. Never blocks; its own health says when it can't."""

    def say(self, text: str) -> None:
        """Speak the text."""


class Announcer:
    """Listens to the core. It hears a hit even when the window stands still (ALR-1)."""

    def __init__(self, sound: Sound, voice: Voice, state_name: Callable[[str], str]) -> None:
        self._sound, self._voice, self._state_name = sound, voice, state_name

    def hear(self, notice: Notice) -> None:
        """Announce what has a sound; everything else is silent."""
        if isinstance(notice, HitRaised) and not notice.hit.ended:
            past = notice.hit.match.kind is MatchKind.PAST_READ
            self._sound.play("low" if past else notice.hit.row.sound)
            self._voice.say(self.words(notice.hit, "Earlier sighting. " if past else ""))
        elif isinstance(notice, StopRecorded):
            self._sound.play("confirmed")
        elif isinstance(notice, CommandRefused) and notice.command == "RequestStop":
            self._sound.play("refused")

    def words(self, hit: Hit, before: str = "") -> str:
        """What is spoken: 'Stolen vehicle. Connecticut. A B 1 2 3 4 5.'"""
        entry = hit.match.entry
        return f"{before}{hit.row.voice}. {self._state_name(entry.state)}. {spelled(entry.plate)}."
