"""Which state a plate is of, by its look and by the pattern of its number; 'unknown' is an answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from devices.recogniser.models import Bytes, Floats, Network, figures
from devices.recogniser.patterns import PATTERNS, fits

FITTING = 8.0
"""How many times likelier a state is when the number fits one of its patterns."""


class StateClassifier:
    """The state network over the cuts of a plate."""

    def __init__(self, threads: int) -> None:
        self._network = Network("states", threads)
        known = figures()["states"]
        self._names: list[str] = known["names"]
        self._least = float(known["least"])

    def state_of(self, crops: Bytes, text: str = "") -> tuple[str | None, float | None]:
        """Return NCIC's code of the state and how convincing it is (0 to 1); (None, None) when it does not convince.

        text: the plate's number, as it was read.
        """
        shares = state_shares(self._network(crops), self._names, text)
        best = int(shares.argmax())
        if shares[best] < self._least or self._names[best] == "":
            return None, None
        return self._names[best], round(float(shares[best]), 4)


def state_shares(logs: Floats, names: Sequence[str], text: str) -> Floats:
    """Return the probability of each name; logs: what the network says of each cut, the name '' standing for none."""
    mean = logs.mean(axis=0)
    shares = np.exp(mean - mean.max())
    shares *= [FITTING if name in PATTERNS and fits(text, name) else 1.0 for name in names]
    return np.asarray(shares / shares.sum(), np.float32)
