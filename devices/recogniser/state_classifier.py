"""Which state a plate is of, by its look and by the pattern of its number; 'unknown' is an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from devices.recogniser.models import Bytes, Floats, Network, figures
from devices.recogniser.patterns import states_fitting

FITTING = 8.0
"""How many times likelier a state is when the number fits one of its patterns."""
OWN_PATTERN, ANY_PATTERN = 4.0, 1.25
"""How many times likelier a number is that fits a pattern of the state, or of another one.

A hint alone: a number that was seen more than four times as plainly stands against every pattern."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What a plate's look says of its state: the probability of each name, the name '' standing for none of them."""

    names: Sequence[str]
    shares: Floats

    @classmethod
    def of(cls, logs: Floats, names: Sequence[str]) -> Looks:
        """logs: what the network says of each cut, cuts x names."""
        mean = logs.mean(axis=0)
        shares = np.exp(mean - mean.max())
        return cls(names, np.asarray(shares / shares.sum(), np.float32))

    def with_number(self, text: str) -> Floats:
        """Return the probability of each name once the plate's number is known too."""
        own = states_fitting(text)
        shares = self.shares * [FITTING if name in own else 1.0 for name in self.names]
        return np.asarray(shares / shares.sum(), np.float32)

    def hint(self, text: str) -> float:
        """Return what the look adds to a number's log belief: at most log OWN_PATTERN, where the state is sure."""
        own = states_fitting(text)
        of_another = ANY_PATTERN if own else 1.0
        likelier = [OWN_PATTERN if name in own else of_another for name in self.names]
        return math.log(float(self.shares @ np.array(likelier)))


class StateClassifier:
    """The state network over the cuts of a plate."""

    def __init__(self, threads: int) -> None:
        self._network = Network("states", threads)
        known = figures()["states"]
        self._names: tuple[str, ...] = tuple(known["names"])
        self._least = float(known["least"])

    def looks(self, crops: Bytes) -> Looks:
        """Return what the look alone says."""
        return Looks.of(self._network(crops), self._names)

    def state_of(self, looks: Looks, text: str = "") -> tuple[str | None, float | None]:
        """Return NCIC's code of the state and how convincing it is (0 to 1); (None, None) when it does not convince.

        text: the plate's number, as it was read.
        """
        shares = looks.with_number(text)
        best = int(shares.argmax())
        if shares[best] < self._least or looks.names[best] == "":
            return None, None
        return looks.names[best], round(float(shares[best]), 4)
