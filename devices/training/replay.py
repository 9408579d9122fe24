"""Batches of new samples and of ones seen before: rendering only new ones would keep the networks waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np

S = TypeVar("S")


class Replay(Generic[S]):
    """Keeps up to `most` samples that `make` gave; a new one then takes the place of any."""

    def __init__(self, make: Callable[[], S], most: int, rng: np.random.Generator) -> None:
        self._make, self._most, self._rng = make, most, rng
        self._kept: list[S] = []

    def batch(self, size: int, new: int) -> list[S]:
        """Return `size` samples, `new` of them never seen before; the first batch is all new."""
        fresh = [self._make() for _ in range(new if self._kept else size)]
        places = self._rng.integers(0, max(1, len(self._kept)), size - len(fresh))
        older = [self._kept[int(place)] for place in places]
        for sample in fresh:
            self._keep(sample)
        return fresh + older

    def _keep(self, sample: S) -> None:
        if len(self._kept) < self._most:
            self._kept.append(sample)
        else:
            self._kept[int(self._rng.integers(self._most))] = sample
