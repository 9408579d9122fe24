"""How a plate is cut out for the reader; training and the car do it in the same way."""

from __future__ import annotations

from devices.recogniser.port import Image
from devices.recogniser.quads import Quad, grown, straightened

CROP_SIZE = (160, 48)
"""Width and height of what the reader and the state classifier look at."""
RIM = (0.04, 0.06)
"""How far beyond the plate's edges the cut goes, as a share of its width and height."""


def straight_crop(image: Image, quad: Quad) -> Image:
    """Return the plate between these corners, with a rim around it, straightened to CROP_SIZE."""
    return straightened(image, grown(quad, *RIM), CROP_SIZE)
