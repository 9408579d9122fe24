"""What a campaign of faults gives its tests, and hears from them: how much, the seed, and what came of the tries."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

SEED = int(os.environ.get("MDT_SOAK_SEED", "0"))
STEPS = int(os.environ.get("MDT_SOAK_STEPS", "0"))
"""0 in the suite. A campaign of `WHOLE` steps tries each row as often as its target says, one of half as many half."""
WHOLE = 100_000


def amount(short: int, whole: int) -> int:
    """How much a test does: `short` in the suite, in the campaign its share of `whole`, the target's own number."""
    return max(short, whole * STEPS // WHOLE)


def dice(own: int) -> random.Random:
    """A test's own dice, which another seed of the campaign makes others."""
    return random.Random(own + 1000 * SEED)  # noqa: S311 - moments of faults, not secrets


class Tally:
    """Counts a test's tries and what was wrong after each; `record` puts one figure into the test's report."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record
        self.tries = self.lost = self.doubled = 0
        self.problems: list[str] = []

    def add(self, lost: int, doubled: int, problems: list[str]) -> None:
        """After a try: what is lost and doubled by now, and all that is wrong, in words."""
        self.tries += 1
        self.lost, self.doubled = max(self.lost, lost), max(self.doubled, doubled)
        self.problems += problems

    def tell(self) -> None:
        """Put the figures into the report."""
        for name in ("tries", "lost", "doubled"):
            self._record(name, getattr(self, name))
