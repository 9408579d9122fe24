"""The drive's camera: where a point of the road lies in the picture."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT, FPS = 1280, 720, 15
FOCAL = 2600.0
"""Focal length in pixels: a plate reader's lens, 28 degrees wide."""
EYE = 1.2
"""Height of the lens above the road, in metres."""
BUMP = 4
"""The canvas is higher than the picture by this many rows above and below, so that the camera can bounce."""
CANVAS_HEIGHT = HEIGHT + 2 * BUMP
HORIZON = 240 + BUMP
"""The horizon's row in the canvas."""
PLATE_WIDTH, PLATE_HEIGHT = 0.3048, 0.1524
"""A US plate in metres: 12 by 6 inches."""

Image = npt.NDArray[np.uint8]
"""A BGR or BGRA picture."""
Points = npt.NDArray[np.float64]
"""Rows of (x, y), in metres or pixels."""


def pixels(points: Iterable[tuple[float, float, float]]) -> Points:
    """Return the canvas points of (x right of the lens, y above the road, z ahead), all in metres; z above 0."""
    at = np.array(list(points), np.float64).reshape(-1, 3)
    scale = FOCAL / at[:, 2]
    return np.stack([WIDTH / 2 + at[:, 0] * scale, HORIZON + (EYE - at[:, 1]) * scale], axis=1)


def plate_pixels(z: float) -> float:
    """Return how wide a plate is in the picture, in pixels, `z` metres ahead."""
    return PLATE_WIDTH * FOCAL / z
