"""Plays what is due by the drill's clock, in order: as fast as it goes when unattended, or with the time of a watch."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count

from mdt_app.services.simulated_clock import SimulatedClock


class DrillPlayer:
    """A drill's schedule. Things due at the same moment happen in the order in which they were put there."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock, self._lock, self._numbers = clock, threading.Lock(), count()
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._since: float | None = None

    def at(self, second: float, what: Callable[[], None]) -> None:
        """Have something happen at a second of the drill; one that is past happens at once."""
        with self._lock:
            heapq.heappush(self._due, (max(second, self._clock.passed_s), next(self._numbers), what))

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        """Have something happen so many seconds from now. Any thread may ask."""
        self.at(self._clock.passed_s + seconds, what)

    def step(self, until_s: float) -> bool:
        """Do the next thing that is due by then, moving the clock to it; False when there is none."""
        with self._lock:
            if not self._due or self._due[0][0] > until_s:
                return False
            second, _, what = heapq.heappop(self._due)
        self._clock.move_to(second)
        what()
        return True

    def run_to(self, second: float) -> None:
        """Do all that is due by then, and let the clock stand there."""
        while self.step(second):
            pass
        self._clock.move_to(second)

    def start(self) -> None:
        """Let the time go, from the start or after a pause."""
        if self._since is None:
            self._since = time.monotonic() - self._clock.passed_s

    def pause(self) -> None:
        """Hold the time; what is due waits."""
        self._since = None

    def tick(self) -> None:
        """Catch up with the watch. To be called often while it runs."""
        if self._since is not None:
            self.run_to(time.monotonic() - self._since)
