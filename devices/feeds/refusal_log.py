"""What the log says of a reader's refusals: the first of a reason at once, then each minute what it has come to."""

from __future__ import annotations

import time
from collections import Counter

import structlog

from devices.feeds.outcomes import Reason

EVERY_S = 60.0

_log = structlog.get_logger()


class RefusalLog:
    """One reader's refusals, or those of all who are none (an empty name). `counts` has them whole."""

    def __init__(self, name: str, counts: Counter[Reason]) -> None:
        self._name, self._counts = name, counts
        self._said: dict[Reason, tuple[float, int]] = {}
        self.latest: Reason | None = None
        self.latest_s = 0.0
        """When the latest was (monotonic seconds)."""

    def hear(self, reason: Reason) -> None:
        """Something was refused, and is counted."""
        self.latest, self.latest_s = reason, time.monotonic()
        self.say()

    def say(self, *, rest: bool = False) -> None:
        """Log what is due, with `rest` all that is not yet said."""
        now = time.monotonic()
        for reason, count in self._counts.items():
            said_s, said = self._said.get(reason, (0.0, 0))
            if count > said and (rest or not said or now - said_s >= EVERY_S):
                self._said[reason] = now, count
                _log.warning("feed refused", source=self._name, reason=reason.value, count=count)
