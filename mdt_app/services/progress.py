"""How far a long work is: told now and then to whoever waits for it, never more often than a person reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[float], None]
"""Hears the share that is done, 0 to 1. What it raises stops the work."""
QUIET_S = 1.0
"""What takes longer tells its progress, this often."""
_EVERY = 2048
_Item = TypeVar("_Item")


def watched(items: Iterable[_Item], total: int, progress: Progress | None) -> Iterable[_Item]:
    """Pass the items on, and tell what share of `total` was passed."""
    return items if progress is None else _watched(items, max(total, 1), progress)


def _watched(items: Iterable[_Item], total: int, progress: Progress) -> Iterator[_Item]:
    told = time.monotonic()
    for number, item in enumerate(items):
        if number % _EVERY == 0 and time.monotonic() - told > QUIET_S:
            told = time.monotonic()
            progress(min(1.0, number / total))
        yield item
