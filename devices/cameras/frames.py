"""Frames: what a source hands over, one picture with its times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import cv2
import numpy as np

from devices.recogniser.port import Image

Grey = Image
"""Luminance alone: height x width."""


class Picture(Protocol):
    """A picture that is turned into pixels only when they are wanted: most frames are never read."""

    @property
    def width(self) -> int:
        """How wide it is, in pixels."""

    def bgr(self) -> Image:
        """The whole picture."""

    def grey(self) -> Grey:
        """Its luminance, not copied where the decoder holds it."""

    def small(self, width: int) -> Image:
        """The picture in BGR, no wider than `width`, in its own proportions."""


class Pixels:
    """A picture that is there already, in BGR."""

    def __init__(self, image: Image) -> None:
        self._image = image

    @property
    def width(self) -> int:
        """As Picture says."""
        return int(self._image.shape[1])

    def bgr(self) -> Image:
        """As Picture says."""
        return self._image

    def grey(self) -> Grey:
        """As Picture says."""
        return np.asarray(cv2.cvtColor(self._image, cv2.COLOR_BGR2GRAY), np.uint8)

    def small(self, width: int) -> Image:
        """As Picture says."""
        high, wide = self._image.shape[:2]
        if wide <= width:
            return self._image
        size = (width, round(high * width / wide))
        return np.asarray(cv2.resize(self._image, size, interpolation=cv2.INTER_AREA), np.uint8)


class Frame:
    """One picture: when it arrived on the monotonic clock (seconds), and the same moment in UTC.

    `stamp_s` is the camera's own time in its stream, `exposure_s` how long it exposed; None: it does not say.
    """

    __slots__ = ("_image", "arrived_s", "captured_at", "exposure_s", "picture", "stamp_s")

    def __init__(
        self,
        image: Image | Picture,
        arrived_s: float,
        captured_at: datetime,
        stamp_s: float | None = None,
        exposure_s: float | None = None,
    ) -> None:
        self.picture: Picture = Pixels(image) if isinstance(image, np.ndarray) else image
        self._image: Image | None = None
        self.arrived_s, self.captured_at = arrived_s, captured_at
        self.stamp_s, self.exposure_s = stamp_s, exposure_s

    @property
    def image(self) -> Image:
        """The whole picture in BGR, made when it is first asked for; the decoder's own is let go then."""
        if self._image is None:
            self._image = self.picture.bgr()
            self.picture = Pixels(self._image)
        return self._image


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Input that could not become a frame. The reason is counted and logged; it names no file."""

    reason: str
