"""How far a long work is: told now and then to whoever waits for it, never more often than a person reads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Self, TypeVar

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


class Steps:
    """Within it `at` names the step. `say` hears of it in words, from a thread of its own; short work says nothing."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._ended = say, threading.Event()
        self._now: tuple[str, float | None, float] = ("", None, 0.0)
        self._thread = threading.Thread(target=self._run, name="steps", daemon=True)

    def at(self, words: str, share: float | None = None) -> None:
        """This step is so far, from 0 to 1; None: nobody can tell, and its seconds are said instead."""
        began = self._now[2] if self._now[0] == words else time.monotonic()
        self._now = (words, share, began)

    @property
    def words(self) -> str:
        """The step that is being done."""
        return self._now[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(QUIET_S):
            words, share, began = self._now
            far = f"{time.monotonic() - began:3.0f} s," if share is None else f"{min(share, 1.0):4.0%}"
            self._say(f"{far} {words}")
