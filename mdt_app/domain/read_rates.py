"""Reads a minute of each camera against its own of the minutes before: a camera that goes blind slowly says nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

RECENT_S, BEFORE_S = 300.0, 1800.0
"""The last five minutes are held against the half hour before them: a red light is shorter, a change of road longer."""
LEAST_A_MINUTE = 2.0
"""A camera that read fewer before can't be told from an empty road."""
DROPPED_TO = 0.25
"""A fall to a quarter: dirt, a turned mount or a failing lamp; traffic by itself varies by about half."""
OTHERS_KEPT = 0.5
"""While the other cameras keep less than half of theirs, it is the road or the car that rests."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A camera's reads a minute, before and now."""

    camera_id: str
    before: float
    now: float


@dataclass(slots=True)
class ReadRates:
    """Counts reads; times are monotonic seconds."""

    _times: dict[str, deque[float]] = field(default_factory=dict)
    _since: float | None = None

    def count(self, camera_id: str, now_s: float) -> None:
        """A camera has made a read."""
        if self._since is None:
            self._since = now_s
        times = self._times.setdefault(camera_id, deque())
        times.append(now_s)
        while times and times[0] < now_s - RECENT_S - BEFORE_S:
            times.popleft()

    def forget(self) -> None:
        """A new session begins: what was before it says nothing."""
        self._times.clear()
        self._since = None

    def drops(self, now_s: float) -> tuple[Drop, ...]:
        """The cameras whose reads fell to a quarter while the others' did not fall as well."""
        if self._since is None or now_s - self._since < 2 * RECENT_S:
            return ()
        minutes = (min(BEFORE_S, now_s - RECENT_S - self._since)) / 60
        rates = {camera: self._rates(times, now_s, minutes) for camera, times in self._times.items()}
        return tuple(
            Drop(camera, before, now)
            for camera, (before, now) in rates.items()
            if before >= LEAST_A_MINUTE
            and now <= before * DROPPED_TO
            and _kept(rates[other] for other in rates if other != camera)
        )

    @staticmethod
    def _rates(times: Iterable[float], now_s: float, minutes: float) -> tuple[float, float]:
        recent, before = 0, 0
        for at in times:
            if at >= now_s - RECENT_S:
                recent += 1
            elif at >= now_s - RECENT_S - BEFORE_S:
                before += 1
        return before / minutes, recent / (RECENT_S / 60)


def _kept(others: Iterable[tuple[float, float]]) -> bool:
    """Whether the others still read; with none, or none that read before, there is nothing to excuse the fall."""
    pairs = list(others)
    befores, nows = sum(before for before, _ in pairs), sum(now for _, now in pairs)
    return befores < LEAST_A_MINUTE or nows >= befores * OTHERS_KEPT
