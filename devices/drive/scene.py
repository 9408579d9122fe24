"""One frame of the drive: the land, the cars where the script has them, the camera's bounce and its noise."""

from __future__ import annotations

import math

import cv2
import numpy as np

from devices.drive.camera import BUMP, FOCAL, FPS, HEIGHT, WIDTH, Image
from devices.drive.car import draw_car, put_car
from devices.drive.road import Land
from devices.drive.script import Script

SEED = 20260
_EXPOSURE = 1 / 250
"""Seconds that the shutter is open."""
_NOISE = 2.6
"""Standard deviation of the sensor's noise, in grey levels."""


class Scene:
    """Renders any frame of a script; the same frame is the same picture each time. Safe for several threads."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._land = Land(SEED)
        self._drawn = {car: draw_car(car) for car in script.cars}
        self._grain = _grain()

    def frame(self, number: int) -> Image:
        """Return frame `number`, counted from 0: BGR, 720 x 1280."""
        second = number / FPS
        canvas = self._land.canvas(*self._script.patrol(second))
        before = {place.car: place for place in self._script.places(second - _EXPOSURE)}
        for place in self._script.places(second):
            was = before.get(place.car, place)
            moved = abs(place.x / place.z - was.x / was.z) * FOCAL
            put_car(canvas, self._drawn[place.car], place, round(moved))
        bounce = BUMP + round(1.6 * math.sin(2.9 * second) * math.sin(7.3 * second))
        return self._noisy(canvas[bounce : bounce + HEIGHT], number)

    def _noisy(self, picture: Image, number: int) -> Image:
        top, left = number * 37 % 64, number * 53 % 64
        more, less = (g[top : top + HEIGHT, left : left + WIDTH] for g in self._grain)
        return np.asarray(cv2.subtract(cv2.add(picture, more), less), np.uint8)


def _grain() -> tuple[Image, Image]:
    """Return what noise adds and what it takes away, each larger than the picture so that it can be moved about."""
    noise = np.random.default_rng(SEED).normal(0, _NOISE, (HEIGHT + 64, WIDTH + 64, 3))
    soft = 1.6 * np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.6))
    return np.clip(soft, 0, 255).astype(np.uint8), np.clip(-soft, 0, 255).astype(np.uint8)
