"""Muting the sound: for some minutes, never for what is urgent, always on record."""

from __future__ import annotations

from dataclasses import dataclass

MUTE_MINUTES, MUTE_MOST_MINUTES = 5, 15
"""How long one press mutes, and how long a mute may last at most."""


@dataclass(frozen=True, slots=True)
class MuteSound:
    """Keep the sound of medium and low alerts back for so many minutes; 0 brings it back now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SoundMuted:
    """From now on the sound is muted for so many seconds; 0: it is on again."""

    seconds: float
