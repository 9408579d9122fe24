"""The clock of a drill: it begins at the same moment each time, can be paused, and makes the same ids in order."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from mdt_app.domain.reads import ClockSource

START = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
"""The moment at which every drill begins, so that the same scenario gives the same record."""


class SimulatedClock:
    """Time as the player moves it. Durations go on by the machine's own clock as well: the core's heart beats on."""

    def __init__(self, start: datetime = START) -> None:
        self._start, self._passed_s, self._made = start, 0.0, 0
        self._lock = threading.Lock()

    @property
    def passed_s(self) -> float:
        """Seconds of the drill that have passed."""
        return self._passed_s

    def move_to(self, passed_s: float) -> None:
        """Let the drill's time be so many seconds after its start; it never goes back."""
        self._passed_s = max(self._passed_s, passed_s)

    def now(self) -> datetime:
        """The time of day of the drill, UTC."""
        return self._start + timedelta(seconds=self._passed_s)

    def source(self) -> ClockSource:
        """As in a car without a position fix."""
        return ClockSource.SYSTEM

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic() + self._passed_s

    def new_id(self) -> str:
        """A UUID of version 7 by the drill's time and a running number: the same in every run."""
        with self._lock:
            self._made += 1
            made = self._made
        milliseconds = int(self.now().timestamp() * 1000)
        return str(UUID(int=(milliseconds << 80) | (0x7 << 76) | (0b10 << 62) | made))
