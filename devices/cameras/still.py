"""Tells whether a picture differs from the one that was read last, for next to nothing."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from devices.recogniser.port import Image

_SIZE = (80, 45)
LEAST_MEAN, LEAST_SPOT = 1.5, 10.0
"""Grey levels of 255: over the whole picture, or in one spot of it (a far plate is a few spots wide)."""


class StillnessGate:
    """Remembers the picture that was read last."""

    def __init__(self) -> None:
        self._last: npt.NDArray[np.float32] | None = None

    def is_new(self, image: Image) -> bool:
        """Return whether the picture, BGR or grey, has changed; if so it is the one to compare with from now on."""
        spots = cv2.resize(image, _SIZE, interpolation=cv2.INTER_AREA)
        grey = spots if spots.ndim == 2 else cv2.cvtColor(spots, cv2.COLOR_BGR2GRAY)
        small = np.asarray(grey, np.float32)
        change = np.full_like(small, 255) if self._last is None else np.abs(small - self._last)
        if change.mean() < LEAST_MEAN and change.max() < LEAST_SPOT:
            return False
        self._last = small
        return True
