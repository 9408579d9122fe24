"""The announcer: turns notices into sound and voice by the alert table, apart from the screens."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from mdt_app.domain.alert_table import Priority
from mdt_app.domain.alerts import Hit
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.notices import CommandRefused, HitComing, HitRaised, Notice, SignedOut, StopRecorded
from mdt_app.domain.plates import spelled
from mdt_app.domain.sound import SoundMuted

TRAINING_WORD = "Training."
"""What every sound of a drill begins with: nobody within hearing may take it for real."""
EARLIER, VOICE = "Earlier sighting", "voice"
"""What is spoken before a hit on a read of the hours before, and its context of translation."""


class Sound(Protocol):
    """Plays a named tone. Never blocks; its own health says when it can't."""

    def play(self, name: str) -> None:
        """Play resources/sounds/<name>.wav."""


class Voice(Protocol):
    """Speaks. Never blocks; its own health says when it can't."""

    def say(self, text: str, english: str = "", after: str = "") -> None:
        """Speak the text, or the English one where no voice of the officer's language is there.

        `after` names a tone that plays since now: the voice begins when that is through.
        """


def as_written(text: str, _context: str) -> str:
    """Words in English, as the tables have them."""
    return text


class Announcer:
    """Listens to the core. It hears a hit even when the window stands still (ALR-1).

    `said` puts a table's words into the officer's language, by their context. A mute ends by `now`, a clock that nobody
    can set, and with the session; what is of high priority goes through it. `training`: every sound begins with the
    word that says so.
    """

    def __init__(
        self,
        sound: Sound,
        voice: Voice,
        state_name: Callable[[str], str],
        now: Callable[[], float] = time.monotonic,
        *,
        training: bool = False,
    ) -> None:
        self._sound, self._voice, self._state_name = sound, voice, state_name
        self._training, self._coming = training, ""
        self._now, self._muted_until = now, 0.0
        self.said: Callable[[str, str], str] = as_written

    def hear(self, notice: Notice) -> None:
        """Announce what has a sound; everything else is silent."""
        if isinstance(notice, SoundMuted):
            self._muted_until = self._now() + notice.seconds
        elif isinstance(notice, SignedOut):
            self._muted_until = 0.0
        elif isinstance(notice, HitComing | HitRaised) and not notice.hit.ended:
            self._hit(notice)
        elif self._now() < self._muted_until:
            return
        elif isinstance(notice, StopRecorded):
            self._announce("confirmed")
        elif isinstance(notice, CommandRefused) and notice.command == "RequestStop":
            self._announce("refused")

    def _hit(self, notice: HitComing | HitRaised) -> None:
        """Once, as soon as it is known; that it is on record by now says nothing new."""
        coming, self._coming = self._coming, notice.hit.hit_id if isinstance(notice, HitComing) else ""
        if coming != notice.hit.hit_id:
            self._raised(notice.hit)

    def _raised(self, hit: Hit) -> None:
        past = hit.match.kind is MatchKind.PAST_READ
        urgent = hit.row.priority is Priority.HIGH and not past
        if urgent or self._now() >= self._muted_until:
            self._announce("low" if past else hit.row.sound, hit, past=past)

    def _announce(self, tone: str, hit: Hit | None = None, *, past: bool = False) -> None:
        """The tone, then the words; in a drill the word that says so comes before everything."""
        words, english = (self._spoken(said, hit, past) for said in (self.said, as_written))
        if self._training:
            self._voice.say(words, english)
            self._sound.play(tone)
            return
        self._sound.play(tone)
        if words:
            self._voice.say(words, english, tone)

    def _spoken(self, said: Callable[[str, str], str], hit: Hit | None, past: bool) -> str:
        before = said(TRAINING_WORD, VOICE) if self._training else ""
        return f"{before} {self.words(hit, said, past=past) if hit else ''}".strip()

    def words(self, hit: Hit, said: Callable[[str, str], str], *, past: bool) -> str:
        """What is spoken: 'Stolen vehicle. Connecticut. A B 1 2 3 4 5.' States keep their names."""
        entry, before = hit.match.entry, f"{said(EARLIER, VOICE)}. " if past else ""
        return f"{before}{said(hit.row.voice, 'alerts')}. {self._state_name(entry.state)}. {spelled(entry.plate)}."
