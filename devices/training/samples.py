"""Samples for the reader and the state classifier: plates seen by a camera and cut out as the car does it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL.Image import Resampling

from devices.drive.plate import STYLES as DRIVE_STYLES
from devices.drive.plate import draw_plate
from devices.recogniser.crops import straight_crop
from devices.recogniser.patterns import PATTERNS
from devices.recogniser.quads import Quad
from devices.training.degrade import paste, photographed, reshaped, slanted
from devices.training.photos import Photo, Photos
from devices.training.plates import (
    HIGH,
    WIDE,
    Image,
    Plate,
    drawn_number,
    drawn_plate,
    frame_over,
    write_line,
    write_number,
)
from devices.training.styles import BLACK, BLUE, GREEN, NAVY, RED, SIGNS, STYLES, Color

POOL, USES = 1500, 6
"""How many drawn plates are kept at hand, and how often each is photographed before another takes its place."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A cut-out (BGR, CROP_SIZE), what stands on it ('' for no plate), and its state; `folded` as for Plate."""

    crop: Image
    text: str
    state: str | None
    folded: bool


class Samples:
    """Makes samples without end. `strength` (0 to 1) is how hard the road is; it may be changed at any time."""

    def __init__(self, photos: Photos, rng: np.random.Generator, strength: float = 1.0) -> None:
        self.strength = strength
        self.mixed = Recombined([])
        self.varied = False
        """Whether real plates are reshaped and recolored: good for their numbers, bad for their states."""
        self._photos, self._rng = photos, rng
        self._pool: list[Plate] = []

    def take(self) -> Sample:
        """Return one more sample."""
        rng = self._rng
        kind = rng.random()
        if kind < 0.05:
            return self._nothing()
        if kind < 0.10:
            return self._foreign()
        if kind < 0.40:
            return self.photograph(self._real())
        return self.photograph(self._drawn())

    def photograph(self, plate: Plate) -> Sample:
        """Return the plate as it is cut out of a photo of it."""
        rng = self._rng
        if plate.folded:
            plate = self._varied(plate)
        wide = float(np.clip(np.exp(rng.normal(np.log(88), 0.45)), 34, 300))
        canvas = self._surroundings((round(wide * 1.36), round(wide * 0.95)))
        quad = slanted(rng, (canvas.shape[1] / 2, canvas.shape[0] / 2), wide)
        paste(rng, canvas, plate.image, quad)
        seen = photographed(rng, canvas, self.strength, wide / 90)
        return Sample(straight_crop(seen, jittered(rng, quad)), plate.text, plate.state, plate.folded)

    def _varied(self, plate: Plate) -> Plate:
        """Return a real plate in another make, now and then in a frame: there are too few to be learnt by heart."""
        often = 0.7 if self.varied else 0.0
        image = reshaped(self._rng, plate.image) if self._rng.random() < often else plate.image.copy()
        if self._rng.random() < 0.25:
            frame_over(self._rng, image)
        return replace(plate, image=image)

    def _drawn(self) -> Plate:
        rng = self._rng
        if len(self._pool) < POOL or rng.random() < 1 / USES:
            new = self._new()
            if len(self._pool) < POOL:
                self._pool.append(new)
            else:
                self._pool[int(rng.integers(POOL))] = new
            return new
        return self._pool[int(rng.integers(len(self._pool)))]

    def _new(self) -> Plate:
        kind = self._rng.random()
        if kind < 0.08:
            return drive_plate(self._rng)
        return self.rewritten(self._any_real()) if kind < 0.4 else drawn_plate(self._rng)

    def _real(self) -> Plate:
        if self.mixed.plates and self._rng.random() < 0.65:
            return self.mixed.take(self._rng)
        return self._any_real()

    def _any_real(self) -> Plate:
        return self._photos.plates[int(self._rng.integers(len(self._photos.plates)))]

    def rewritten(self, plate: Plate) -> Plate:
        """Return the real plate with its number taken away and another written."""
        rng = self._rng
        sheet = without_number(plate.image)
        style = STYLES.get(plate.state or "")
        number = drawn_number(rng, PATTERNS.get(plate.state or "", ()))
        ink = style.ink if style and rng.random() < 0.6 else (NAVY, BLACK, RED, GREEN, BLUE)[int(rng.integers(5))]
        write_number(rng, sheet, number, ink, style.mark if style else "none")
        return Plate(sheet, number.replace(" ", "").replace("-", ""), plate.state)

    def _surroundings(self, size: tuple[int, int]) -> Image:
        """Return a piece of a real photo, or one plain color with a gradient: a car's body."""
        rng = self._rng
        if rng.random() < 0.4:
            colors = rng.uniform(0, 230) + rng.normal(0, 15, (2, 2, 3))
            small = np.clip(colors, 0, 255).astype(np.float32)
            return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)
        source = self._source()
        quad = self._anywhere(source.image, 1.4)
        (left, top), (right, bottom) = quad.min(axis=0).astype(int), quad.max(axis=0).astype(int) + 2
        part = source.image[max(0, top) : bottom, max(0, left) : right]
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)

    def _source(self) -> Photo:
        kind = self._photos.negatives if self._rng.random() < 0.8 else self._photos.roads
        return kind[int(self._rng.integers(len(kind)))]

    def _anywhere(self, image: Image, ratio: float = 2.0) -> Quad:
        high, wide = image.shape[:2]
        along = float(np.exp(self._rng.uniform(np.log(40), np.log(min(wide, high * ratio) * 0.7))))
        half = np.array([along / 2, along / ratio / 2])
        center = self._rng.uniform(half + 1, np.maximum(np.array([wide, high]) - half - 1, half + 2))
        return slanted(self._rng, (float(center[0]), float(center[1])), along, 0.7)

    def _nothing(self) -> Sample:
        """Return a piece of a photo without a plate."""
        rng = self._rng
        photo = self._photos.negatives[int(rng.integers(len(self._photos.negatives)))]
        crop = straight_crop(photo.image, self._anywhere(photo.image))
        if rng.random() < 0.3:
            _signed(rng, crop)
        return Sample(photographed(rng, crop, self.strength * 0.6), "", None, False)

    def _foreign(self) -> Sample:
        """Return a Brazilian or European plate of a real road photo."""
        rng = self._rng
        photo = self._photos.roads[int(rng.integers(len(self._photos.roads)))]
        assert photo.quad is not None  # noqa: S101 - every road photo of plate_boxes has its box
        wide = float(np.clip(np.exp(rng.normal(np.log(95), 0.4)), 45, 260))
        scale = wide / float(photo.quad[1, 0] - photo.quad[0, 0])
        margin = 12
        left, top = np.maximum(photo.quad[0] - margin, 0).astype(int)
        right, bottom = (photo.quad[2] + margin).astype(int)
        part = cv2.resize(photo.image[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        quad = np.asarray((photo.quad - (left, top)) * scale, np.float32)
        seen = photographed(rng, np.asarray(part, np.uint8), self.strength * 0.6, 0.7)
        return Sample(straight_crop(seen, jittered(rng, quad, 0.6)), photo.text, None, False)


def _signed(rng: np.random.Generator, crop: Image) -> None:
    """Write the words of a sign or a sticker over the crop, in place: text that is no plate's number."""
    ground, ink = _shades(rng)
    if rng.random() < 0.6:
        crop[:] = ground
    for row in range(int(rng.integers(1, 4))):
        words = SIGNS[int(rng.integers(len(SIGNS)))]
        at = (float(rng.uniform(60, 100)), 10.0 + 15 * row)
        high, most_wide = float(rng.uniform(8, 26)), float(rng.uniform(90, 230))
        write_line(crop, words, "DejaVuSansCondensed-Bold.ttf", ink, at, high, most_wide)


def _shades(rng: np.random.Generator) -> tuple[Color, Color]:
    ground = rng.integers(0, 255, 3)
    ink = (ground + rng.integers(90, 165, 3)) % 255
    return (int(ground[0]), int(ground[1]), int(ground[2])), (int(ink[0]), int(ink[1]), int(ink[2]))


def jittered(rng: np.random.Generator, quad: Quad, strength: float = 1.0) -> Quad:
    """Return the corners as a detector would find them: moved, scaled, each a little off."""
    wide = float(np.hypot(*(quad[1] - quad[0])))
    high = float(np.hypot(*(quad[3] - quad[0])))
    center = quad.mean(axis=0)
    scale = np.exp(rng.normal(0.01, 0.05 * strength, 2))
    moved = (quad - center) * scale + center + rng.normal(0, 0.03 * strength, 2) * (wide, high * 1.6)
    return np.asarray(moved + rng.normal(0, 0.018 * strength, (4, 2)) * wide, np.float32)


def drive_plate(rng: np.random.Generator) -> Plate:
    """Return a plate in the manner of the bundled drive, its number in its state's pattern."""
    state = list(DRIVE_STYLES)[int(rng.integers(len(DRIVE_STYLES)))]
    number = drawn_number(rng, PATTERNS[state]).replace(" ", "").replace("-", "")
    picture = draw_plate(number, state).convert("RGB").resize((WIDE, HIGH), Resampling.BOX)
    return Plate(np.ascontiguousarray(np.asarray(picture, np.uint8)[:, :, ::-1]), number, state)


def without_number(image: Image) -> Image:
    """Return the plate's picture with its number wiped away by the median of its surroundings."""
    half = cv2.resize(image, (WIDE // 2, HIGH // 2), interpolation=cv2.INTER_AREA)
    plain = cv2.resize(cv2.medianBlur(half, 41), (WIDE, HIGH), interpolation=cv2.INTER_LINEAR)
    rows = np.linspace(0, 1, HIGH)
    weight = np.clip(np.minimum(rows - 0.2, 0.82 - rows) / 0.04, 0, 1)[:, None, None]
    return np.asarray(image * (1 - weight) + plain * weight, np.uint8)


@dataclass(frozen=True, slots=True)
class Recombined:
    """Real plates whose characters change places, so that no number is learnt by heart.

    `plates`: the plate and the borders (pixels) between its characters, one more than there are characters.
    """

    plates: list[tuple[Plate, list[int]]]

    def take(self, rng: np.random.Generator) -> Plate:
        """Return one of the plates with its characters in another order."""
        plate, borders = self.plates[int(rng.integers(len(self.plates)))]
        order = rng.permutation(len(plate.text))
        top, bottom = round(HIGH * 0.2), round(HIGH * 0.82)
        strips = [plate.image[top:bottom, borders[i] : borders[i + 1]] for i in order]
        image = plate.image.copy()
        image[top:bottom, borders[0] : borders[-1]] = np.concatenate(strips, axis=1)
        return replace(plate, image=image, text="".join(plate.text[i] for i in order))
