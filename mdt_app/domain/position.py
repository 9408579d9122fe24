"""Position: a receiver's fix, and how old the last one is. An old fix is never taken for a live one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from mdt_app.domain.reads import Position

LIVE_S = 3.0
"""A receiver speaks once a second: older than this, and a fix says where the car was, not where it is."""


class FixMode(IntEnum):
    """What a fix is worth, numbered as gpsd does (standards, section 8)."""

    UNKNOWN = 0
    NONE = 1
    TWO_D = 2
    THREE_D = 3


@dataclass(frozen=True, slots=True)
class PositionFix:
    """What a receiver said at one moment. Without a fix (`mode` below 2) latitude and longitude are None.

    time: the receiver's UTC, None when it gave no date. lat, lon: degrees. speed_mps: metres a second. course: degrees
    from true north. accuracy_m: the receiver's own estimate in metres. age_s: how old it was when it was sent here.
    clock_offset_s: the receiver's time minus the system's, the median of the last fixes; `clock_steady` tells whether
    enough of them agree. Neither sets a clock: that is for a person or the system's own time service to decide.
    """

    device_id: str
    time: datetime | None
    lat: float | None = None
    lon: float | None = None
    speed_mps: float | None = None
    course: float | None = None
    mode: FixMode = FixMode.UNKNOWN
    accuracy_m: float | None = None
    age_s: float = 0.0
    clock_offset_s: float | None = None
    clock_steady: bool = False

    @property
    def held(self) -> bool:
        """True when there is a place."""
        return self.mode >= FixMode.TWO_D and self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class PositionTold:
    """A notice: the receiver has spoken."""

    fix: PositionFix


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The last place that is known, its age in seconds, and whether it may be shown as where the car is now."""

    fix: PositionFix
    age_s: float
    live: bool


class LastFix:
    """Remembers the last fix with a place. Times are monotonic seconds of one clock. Any thread may ask."""

    def __init__(self) -> None:
        self._known: tuple[PositionFix | None, float, bool] = None, 0.0, True

    def hear(self, fix: PositionFix, now_s: float) -> None:
        """Take what the receiver said. A word without a place keeps the last one, which then is no longer live."""
        last, heard_s, _ = self._known
        self._known = (fix, now_s, False) if fix.held else (last, heard_s, True)

    def at(self, now_s: float) -> Whereabouts | None:
        """Return what is known now; None while there never was a fix."""
        fix, heard_s, lost = self._known
        if fix is None:
            return None
        age_s = max(0.0, now_s - heard_s) + fix.age_s
        return Whereabouts(fix, age_s, live=age_s <= LIVE_S and not lost)

    def position(self, now_s: float) -> Position | None:
        """Return the place for a read made now, with its age."""
        known = self.at(now_s)
        if known is None or known.fix.lat is None or known.fix.lon is None:
            return None
        return Position(known.fix.lat, known.fix.lon, round(known.age_s, 3))
