"""Views for the detector: road photos whose plates are replaced, and photos without a plate into which some are put."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from devices.recogniser.quads import Quad
from devices.training.degrade import paste, photographed, slanted
from devices.training.photos import Photo, Photos
from devices.training.plates import Image, Plate, drawn_plate, frame_over, write_line
from devices.training.styles import FRAME_WORDS, SIGNS

Floats = npt.NDArray[np.float64]
VIEW = (320, 256)
"""Width and height of what the detector learns from."""
SMALLEST, LARGEST = 15.0, 200.0
"""Widths of plates, in pixels of the view."""


@dataclass(frozen=True, slots=True)
class View:
    """A grey picture of VIEW's size, the corners of its plates, and boxes (corners) of which nothing is said."""

    image: Image
    plates: list[Quad]
    ignored: list[Quad]


class Scenes:
    """Makes views without end; `hard` are photos of which the detector took something for a plate."""

    def __init__(self, photos: Photos, rng: np.random.Generator) -> None:
        self._photos, self._rng = photos, rng
        self._pool: list[Plate] = []
        self.hard: list[Photo] = []

    def take(self) -> View:
        """Return one more view."""
        rng = self._rng
        view = self._road() if rng.random() < 0.55 else self._other()
        wide = [float(np.hypot(*(q[1] - q[0]))) for q in view.plates] or [60.0]
        image = photographed(rng, view.image, float(rng.uniform(0.2, 0.9)), min(wide) / 90)
        return View(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8), view.plates, view.ignored)

    def _plate(self) -> Image:
        rng = self._rng
        if rng.random() < 0.35:
            plate = self._photos.plates[int(rng.integers(len(self._photos.plates)))].image
        else:
            plate = self._drawn().image
        if rng.random() < 0.2:
            plate = plate.copy()
            frame_over(rng, plate)
        return plate

    def _drawn(self) -> Plate:
        rng = self._rng
        if len(self._pool) < 600:
            self._pool.append(drawn_plate(rng))
            return self._pool[-1]
        place = int(rng.integers(600))
        if rng.random() < 0.2:
            self._pool[place] = drawn_plate(rng)
        return self._pool[place]

    def _road(self) -> View:
        """A road photo around its plate; mostly a US plate is laid over the foreign one."""
        rng = self._rng
        photo = self._photos.roads[int(rng.integers(len(self._photos.roads)))]
        assert photo.quad is not None  # noqa: S101 - every road photo of plate_boxes has its box
        there = float(photo.quad[1, 0] - photo.quad[0, 0])
        # The foreign plate is wider for its height: a US plate of 0.8 of its width covers it.
        wide = float(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST))))
        scale = float(np.clip(wide / there, 0.55 * VIEW[0] / photo.image.shape[1], 2.0))
        middle = photo.quad.mean(axis=0) * scale
        corner = middle - rng.uniform((0.12, 0.12), (0.88, 0.88)) * VIEW
        image, corner = self._window(photo.image, scale, corner)
        if rng.random() < 0.5:
            image = np.ascontiguousarray(image[:, ::-1])
            center = (float(VIEW[0] - middle[0] + corner[0]), float(middle[1] - corner[1]))
        else:
            center = (float(middle[0] - corner[0]), float(middle[1] - corner[1]))
        box = np.asarray((photo.quad - photo.quad.mean(axis=0)) * scale + center, np.float32)
        if rng.random() < 0.2:
            return _labelled(image, [box])
        quad = slanted(rng, center, there * scale * float(rng.uniform(0.82, 1.0)), 0.8)
        paste(rng, image, self._plate(), quad)
        return _labelled(image, [quad])

    def _other(self) -> View:
        """A photo without a plate; none to three plates are put into it, and signs that are none."""
        rng = self._rng
        hard = bool(self.hard) and rng.random() < 0.3
        photos = self.hard if hard else self._photos.negatives
        photo = photos[int(rng.integers(len(photos)))]
        high, wide = photo.image.shape[:2]
        scale = float(np.exp(rng.uniform(np.log(0.3), np.log(1.4)))) if not hard else float(rng.uniform(0.5, 1.2))
        corner = rng.uniform((-20, -20), np.maximum(np.array([wide, high]) * scale - VIEW + 20, (-19, -19)))
        image, _ = self._window(photo.image, scale, corner)
        for _ in range(int(rng.integers(0, 3))):
            self._sign(image)
        plates: list[Quad] = []
        for _ in range(0 if hard else int(rng.choice([0, 1, 2, 3], p=[0.4, 0.35, 0.17, 0.08]))):
            size = float(np.exp(rng.uniform(np.log(SMALLEST), np.log(150))))
            center = rng.uniform((size * 0.5, size * 0.3), np.array(VIEW) - (size * 0.5, size * 0.3))
            if all(np.hypot(*(center - q.mean(axis=0))) > 0.8 * size + 0.8 * np.hypot(*(q[1] - q[0])) for q in plates):
                quad = slanted(rng, (float(center[0]), float(center[1])), size)
                self._bumper(image, quad)
                paste(rng, image, self._plate(), quad)
                plates.append(quad)
        return _labelled(image, plates)

    def _window(self, image: Image, scale: float, corner: Floats) -> tuple[Image, Floats]:
        """Return VIEW's window of the scaled photo with its upper left corner; outside of it is another photo."""
        left, top = np.floor(corner / scale).astype(int)
        wide, high = np.ceil(np.array(VIEW) / scale).astype(int)
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(image.shape[1], left + wide), min(image.shape[0], top + high)
        canvas = self._ground()
        if x1 > x0 and y1 > y0:
            size = (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))
            kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
            part = cv2.resize(image[y0:y1, x0:x1], size, interpolation=kind)
            u, v = round((x0 - left) * scale), round((y0 - top) * scale)
            part = part[: VIEW[1] - v, : VIEW[0] - u]
            canvas[v : v + part.shape[0], u : u + part.shape[1]] = part
        return canvas, np.array([left, top]) * scale

    def _ground(self) -> Image:
        """Return what lies around a photo that does not fill the view."""
        rng = self._rng
        if rng.random() < 0.3:
            return np.full((VIEW[1], VIEW[0], 3), int(rng.integers(0, 255)), np.uint8)
        other = self._photos.negatives[int(rng.integers(len(self._photos.negatives)))].image
        return np.asarray(cv2.resize(other, VIEW, interpolation=cv2.INTER_AREA), np.uint8)

    def _bumper(self, image: Image, quad: Quad) -> None:
        """Half of the plates get a plain piece of body behind them."""
        rng = self._rng
        if rng.random() < 0.5:
            return
        around = (quad - quad.mean(axis=0)) * rng.uniform(1.1, 2.2, 2) + quad.mean(axis=0)
        tone = float(rng.uniform(10, 230))
        cv2.fillPoly(image, [around.astype(np.int32)], (tone, tone, tone), cv2.LINE_AA)

    def _sign(self, image: Image) -> None:
        """Text that is no plate: a sign, a sticker, a badge."""
        rng = self._rng
        words = str(rng.choice(SIGNS + FRAME_WORDS))
        wide, high = float(rng.uniform(25, 200)), float(rng.uniform(8, 60))
        x, y = float(rng.uniform(0, VIEW[0])), float(rng.uniform(0, VIEW[1]))
        tone = float(rng.uniform(0, 255))
        ink = int((tone + rng.uniform(90, 165)) % 255)
        if rng.random() < 0.7:
            corners = ((int(x - wide / 2), int(y - high / 2)), (int(x + wide / 2), int(y + high / 2)))
            cv2.rectangle(image, *corners, (tone, tone, tone), -1)
        write_line(image, words, "DejaVuSansCondensed-Bold.ttf", (ink, ink, ink), (x, y), high * 0.6, wide * 0.9)


def _labelled(image: Image, quads: list[Quad]) -> View:
    """Label the plates that lie wholly in the view; of those cut by its edge nothing is said."""
    inside = [bool((q >= -2).all() and (q <= np.array(VIEW) + 2).all()) for q in quads]
    whole = [quad for quad, all_in in zip(quads, inside, strict=True) if all_in]
    cut = [quad for quad, all_in in zip(quads, inside, strict=True) if not all_in]
    return View(image, whole, cut)
