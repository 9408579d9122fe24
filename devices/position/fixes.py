"""From what a receiver says to a fix: jumps that no car makes are doubted, the clocks' difference is noted."""

from __future__ import annotations

import math
import statistics
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from mdt_app.domain.position import FixMode, PositionFix

FASTEST_MPS = 100.0
"""No car covers more ground in a second."""
_SLACK_M = 60.0
_BELIEVED_AFTER = 5
"""So many fixes that agree on a new place are believed: the car was on a ferry, or the old place was the wrong one."""
_EARTH_M = 6_371_000.0
_OFFSETS = 9
_STEADY_LEAST, _STEADY_SPREAD_S = 5, 2.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a receiver said of one moment. heard_s: monotonic seconds when its first byte was here."""

    heard_s: float
    time: datetime | None
    mode: FixMode
    lat: float | None = None
    lon: float | None = None
    speed_mps: float | None = None
    course: float | None = None
    accuracy_m: float | None = None


class FixMaker:
    """Makes fixes of sightings, in their order. `wild` counts those whose place was not believed."""

    def __init__(
        self,
        device_id: str,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._device_id, self._clock, self._now = device_id, clock, now
        self._believed: Sighting | None = None
        self._doubted: Sighting | None = None
        self._agreeing = 0
        self._offsets: deque[float] = deque(maxlen=_OFFSETS)
        self.wild = 0

    def make(self, said: Sighting) -> PositionFix:
        """Return the fix; without a place when the receiver has none or its place can't be."""
        offset, steady = self._clock_offset(said)
        age_s = max(0.0, self._clock() - said.heard_s)
        if said.mode < FixMode.TWO_D or not self._is_believed(said):
            lost = FixMode.NONE
            return PositionFix(
                self._device_id, said.time, mode=lost, age_s=age_s, clock_offset_s=offset, clock_steady=steady
            )
        return PositionFix(
            device_id=self._device_id,
            time=said.time,
            lat=said.lat,
            lon=said.lon,
            speed_mps=said.speed_mps,
            course=said.course,
            mode=said.mode,
            accuracy_m=said.accuracy_m,
            age_s=age_s,
            clock_offset_s=offset,
            clock_steady=steady,
        )

    def _is_believed(self, said: Sighting) -> bool:
        if self._believed is None or _reachable(self._believed, said):
            self._believed, self._doubted, self._agreeing = said, None, 0
            return True
        agrees = self._doubted is not None and _reachable(self._doubted, said)
        self._agreeing = self._agreeing + 1 if agrees else 1
        self._doubted = said
        if self._agreeing >= _BELIEVED_AFTER:
            self._believed, self._doubted, self._agreeing = said, None, 0
            return True
        self.wild += 1
        return False

    def _clock_offset(self, said: Sighting) -> tuple[float | None, bool]:
        """The receiver's time minus the system's: the median of the last ones, and whether these agree."""
        if said.time is not None:
            here = self._now().timestamp() - max(0.0, self._clock() - said.heard_s)
            self._offsets.append(said.time.timestamp() - here)
        if not self._offsets:
            return None, False
        spread = max(self._offsets) - min(self._offsets)
        steady = len(self._offsets) >= _STEADY_LEAST and spread <= _STEADY_SPREAD_S
        return round(statistics.median(self._offsets), 3), steady


def _reachable(before: Sighting, after: Sighting) -> bool:
    """True when a car could have come from there to here in that time."""
    if before.time is not None and after.time is not None:
        passed_s = abs((after.time - before.time).total_seconds())
    else:
        passed_s = abs(after.heard_s - before.heard_s)
    return distance_m(before, after) <= FASTEST_MPS * passed_s + _SLACK_M + (after.accuracy_m or 0.0)


def distance_m(one: Sighting, other: Sighting) -> float:
    """Return the distance between two places in metres (haversine); 0 when either has none."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    low, high = math.radians(one.lat), math.radians(other.lat)
    across = math.radians(other.lon - one.lon)
    half = math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin(across / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))
