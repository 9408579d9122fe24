"""Finding repeats: one sighting that a reader tells more than once, or tells anew after a lost answer."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from devices.feeds.outcomes import FeedRead

KEPT_MOST = 5_000
WITHIN = timedelta(minutes=10)
"""Readers number their cars from one again after a restart: the same number much later is another car."""


class Repeats:
    """Remembers the ids of the latest sightings, so many at most. Judged by the reader's own times alone."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, datetime] = OrderedDict()

    def is_repeat(self, one: FeedRead) -> bool:
        """True when any id of this sighting is known from about the same time; its ids are known from now on."""
        known = [self._seen[name] for name in one.same if name in self._seen]
        repeat = any(abs(one.read.captured_at - before) <= WITHIN for before in known)
        for name in one.same:
            self._seen[name] = one.read.captured_at
            self._seen.move_to_end(name)
        while len(self._seen) > KEPT_MOST:
            self._seen.popitem(last=False)
        return repeat

    def forget(self, one: FeedRead) -> None:
        """A sighting that could not be kept is none: told again, it is new."""
        for name in one.same:
            self._seen.pop(name, None)
