"""How fast the sync worker goes, and how long it waits after turns that failed."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the worker goes; times are in seconds.

    A failed turn waits between 0 and `retry_base_s` doubled each time, up to `retry_most_s` (full jitter). What was
    posted to the core and is not in use after `again_s` is fetched and posted again.
    """

    batch_most: int = 100
    push_every_s: float = 1.0
    pull_every_s: float = 5.0
    retry_base_s: float = 0.5
    retry_most_s: float = 30.0
    again_s: float = 600.0
    check_threads: int = 2

    def retry_s(self, failures: int) -> float:
        """Seconds to wait after so many failed turns in a row, 1 or more."""
        most = min(self.retry_most_s, self.retry_base_s * 2 ** min(failures - 1, 20))
        return random.uniform(0.0, most)  # noqa: S311 - jitter, no secret
