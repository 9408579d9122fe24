"""Draws a car seen from behind: its rear as a picture that is made once, its sides, roof and shadow anew each frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from devices.drive.camera import FOCAL, PLATE_HEIGHT, PLATE_WIDTH, Image, Points, pixels
from devices.drive.paint import halves, premultiplied, warp_onto
from devices.drive.plate import Color, draw_plate
from devices.drive.script import DriveCar, Place
from devices.drive.shapes import SHAPES, Half, Shape, paint_of

_SCALE, _FINER = 440, 2
"""Pixels to the metre of the finished rear, and how much finer it is drawn first."""
_WIDE, _UNDER = 2.2, 0.1
"""The rear's picture in metres: width, and how much of its height is below the road."""
_SUN = np.array([-0.45, 0.9])
"""Where the light comes from, seen from behind: upper left."""
_GLASS: Color = (44, 50, 58)
_SHADOW = cv2.GaussianBlur(np.pad(np.full((96, 48), 190, np.uint8), 16), (0, 0), 6)
"""The soft shadow under any car, as alpha."""


@dataclass(frozen=True, slots=True)
class DrawnCar:
    """A car ready to be put into frames: its rear in falling sizes, and the outlines of its solid body."""

    shape: Shape
    paint: Color
    rear: tuple[Image, ...]
    body: Points
    cabin: Points


def draw_car(car: DriveCar) -> DrawnCar:
    """Draw the car's rear. Raises KeyError for a style that the drive has no drawing for."""
    shape, paint = SHAPES[car.style], paint_of(car.color)
    rear = _Rear(shape, paint).drawn(draw_plate(car.plate, car.state))
    return DrawnCar(shape, paint, halves(rear), _outline(shape.body), _outline(shape.cabin))


def put_car(canvas: Image, drawn: DrawnCar, place: Place, blur: int = 0) -> None:
    """Put the car onto the canvas in place. blur: pixels that it moves sideways during the exposure."""
    shape, x, z = drawn.shape, place.x, place.z
    _put_shadow(canvas, shape, x, z)
    _put_wheels(canvas, shape, x, z)
    _put_solid(canvas, drawn.cabin, drawn.paint, x, [z + d for d in shape.cabin_z], glazed=True)
    _put_solid(canvas, drawn.body, drawn.paint, x, [z + d for d in shape.body_z])
    left, right = x - _WIDE / 2, x + _WIDE / 2
    top, bottom = shape.tall - _UNDER, -_UNDER
    corners = pixels([(left, top, z), (right, top, z), (right, bottom, z), (left, bottom, z)])
    wanted = _WIDE * FOCAL / z
    fitting = [size for size in drawn.rear if size.shape[1] >= 0.9 * wanted] or [drawn.rear[0]]
    warp_onto(canvas, fitting[-1], corners, blur)


def _put_shadow(canvas: Image, shape: Shape, x: float, z: float) -> None:
    black = np.zeros((*_SHADOW.shape, 4), np.uint8)
    black[:, :, 3] = _SHADOW
    near, far = z - 0.55, z + shape.body_z[1] + 0.5
    left, right = x - shape.shadow, x + shape.shadow + 0.4
    warp_onto(canvas, black, pixels([(left, 0, far), (right, 0, far), (right, 0, near), (left, 0, near)]))


def _put_wheels(canvas: Image, shape: Shape, x: float, z: float) -> None:
    radius = shape.tyre[3] * 0.9
    round_ = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    for behind in reversed(shape.wheels_z):
        for side in (-shape.tyre[2], shape.tyre[2]):
            rim = pixels((x + side, radius + radius * s, z + behind + radius * c) for c, s in _circle(round_))
            _fill(canvas, rim, (26, 26, 28))


def _circle(angles: Points) -> list[tuple[float, float]]:
    return list(zip(np.cos(angles).tolist(), np.sin(angles).tolist(), strict=True))


def _put_solid(canvas: Image, outline: Points, paint: Color, x: float, ends: list[float], glazed: bool = False) -> None:
    """Fill the faces between the outline at the near and the far end that face the lens. glazed: glass sides."""
    near, far = (pixels((x + px, py, z) for px, py in outline.tolist()) for z in ends)
    for i in range(len(outline)):
        j = (i + 1) % len(outline)
        face = np.array([near[i], near[j], far[j], far[i]])
        if cv2.contourArea(face.astype(np.float32), oriented=True) > 0:
            edge = outline[j] - outline[i]
            normal = np.array([edge[1], -edge[0]]) / (np.hypot(*edge) + 1e-9)
            light = 0.62 + 0.33 * float(normal @ _SUN)
            color = _GLASS if glazed and abs(normal[0]) > 0.7 else paint
            _fill(canvas, face, tuple(int(c * light) for c in color))


def _fill(canvas: Image, points: Points, color: tuple[int, ...]) -> None:
    cv2.fillConvexPoly(canvas, np.round(points * 16).astype(np.int32), color[::-1], cv2.LINE_AA, 4)


def _outline(half: Half) -> Points:
    """Return the whole outline, its corners rounded (Chaikin), counterclockwise as seen from behind."""
    right = np.array(half, np.float64)
    points = np.concatenate([right * (-1, 1), right[::-1]])
    points = points[np.abs(np.diff(points, axis=0, prepend=points[-1:])).sum(axis=1) > 1e-6]
    for _ in range(2):
        after = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after], axis=1).reshape(-1, 2)
    return points


class _Rear:
    """The drawing of one rear, in layers of Pillow pictures."""

    def __init__(self, shape: Shape, paint: Color) -> None:
        self._shape, self._paint = shape, paint
        self._size = (round(_WIDE * _SCALE * _FINER), round(shape.tall * _SCALE * _FINER))
        self._picture = Pillow.new("RGBA", self._size)
        self._draw = ImageDraw.Draw(self._picture)

    def drawn(self, plate: Pillow.Image) -> Image:
        """Return the finished rear, premultiplied BGRA."""
        shape = self._shape
        self._mirrored(shape.tyre, (24, 24, 26), 0.05)
        under = min(0.7, shape.tyre[2])
        self._box((-under, 0.14, under, 0.5), (18, 18, 20), 0.05)
        self._panel(_outline(shape.cabin), 0.92)
        self._glass()
        self._panel(_outline(shape.body), 1.0)
        self._bumper()
        self._lines()
        self._lamps()
        self._plate(plate)
        small = self._picture.reduce(_FINER)
        return premultiplied(np.asarray(cv2.cvtColor(np.asarray(small), cv2.COLOR_RGBA2BGRA), np.uint8))

    def _at(self, x: float, y: float) -> tuple[float, float]:
        unit = _SCALE * _FINER
        return (x + _WIDE / 2) * unit, (self._shape.tall - _UNDER - y) * unit

    def _polygon(self, outline: Points) -> list[tuple[float, float]]:
        return [self._at(x, y) for x, y in outline.tolist()]

    def _panel(self, outline: Points, light: float) -> None:
        """Fill with paint: bright where it faces the sky, darker below and towards the edges."""
        mask = Pillow.new("L", self._size)
        ImageDraw.Draw(mask).polygon(self._polygon(outline), fill=255)
        top, bottom = float(outline[:, 1].max()), float(outline[:, 1].min())
        wide, tall = self._size
        y = np.clip((self._shape.tall - _UNDER - np.arange(tall) / (_SCALE * _FINER) - bottom) / (top - bottom), 0, 1)
        x = np.abs(np.linspace(-1, 1, wide // 16)) * _WIDE / 2 / float(outline[:, 0].max())
        down = np.interp(y, (0, 0.3, 0.52, 0.6, 0.85, 0.97, 1), (0.5, 0.7, 0.82, 0.98, 0.9, 1.16, 1.3))
        across = 1.0 - 0.24 * np.clip(x, 0, 1) ** 4
        shade = light * down[:, None] * across[None, :]
        colors = np.clip(np.array(self._paint) * shade[:, :, None] + 10 * down[:, None, None], 0, 255)
        self._picture.paste(
            Pillow.fromarray(colors.astype(np.uint8)).resize(self._size, Pillow.Resampling.BILINEAR), mask=mask
        )

    def _glass(self) -> None:
        """The rear window: dark, with the sky mirrored in its upper part."""
        outline = _outline(self._shape.glass)
        mask = Pillow.new("L", self._size)
        ImageDraw.Draw(mask).polygon(self._polygon(outline), fill=255)
        _, top = self._at(0, float(outline[:, 1].max()))
        _, bottom = self._at(0, float(outline[:, 1].min()))
        rows = np.interp(np.arange(self._size[1]), (top, bottom), (1, 0))[:, None, None]
        colors = np.array((26, 30, 34)) + rows**1.5 * np.array((62, 74, 86))
        self._picture.paste(
            Pillow.fromarray(colors.astype(np.uint8)).resize(self._size, Pillow.Resampling.BILINEAR), mask=mask
        )
        for side in (-0.32, 0.32) if outline[:, 0].max() > 0.43 else ():
            self._box(
                (side - 0.11, self._shape.glass[-1][1], side + 0.11, self._shape.glass[-1][1] + 0.12),
                (20, 22, 24),
                0.05,
            )

    def _bumper(self) -> None:
        bottom, top = self._shape.bumper
        if not top:
            return
        wide = self._shape.tyre[2]
        if self._shape.bumper_color:
            self._box((-wide, bottom, wide, top), self._shape.bumper_color, 0.06)
            self._box((-wide, top - 0.05, wide, top - 0.02), tuple(c + 26 for c in self._shape.bumper_color), 0.01)
        self._box((-0.55, bottom - 0.02, 0.55, bottom + 0.07), (30, 31, 34), 0.03)
        self._mirrored((0.6, bottom + 0.1, 0.76, bottom + 0.14), (150, 24, 24), 0.015)
        self._mirrored((0.42, bottom - 0.05, 0.54, bottom + 0.0), (96, 98, 100), 0.02)

    def _lines(self) -> None:
        """The seams of the lid, its emblem and its handle."""
        if not self._shape.seam:
            return
        dark = tuple(int(c * 0.45) for c in self._paint)
        seam, top = self._shape.seam, self._shape.body[0][1]
        line = [
            self._at(x, y)
            for x, y in ((-seam, top - 0.06), (-seam + 0.02, 0.64), (seam - 0.02, 0.64), (seam, top - 0.06))
        ]
        self._draw.line(line, fill=dark, width=5, joint="curve")
        self._box((-0.075, top - 0.075, 0.075, top - 0.025), (186, 189, 192), 0.025)

    def _lamps(self) -> None:
        for left, bottom, right, top in self._shape.lamps:
            self._mirrored((left, bottom, right, top), (112, 12, 16), 0.03)
            self._mirrored((left + 0.02, bottom + 0.02, right - 0.02, top - 0.04), (186, 24, 28), 0.025)
            self._mirrored((right - 0.09, bottom + 0.02, right - 0.03, bottom + 0.07), (224, 216, 206), 0.01)

    def _plate(self, plate: Pillow.Image) -> None:
        """The plate in its recess, a lamp above it."""
        y, half_w, half_h = self._shape.plate_y, PLATE_WIDTH / 2, PLATE_HEIGHT / 2
        recess = tuple(int(c * 0.5) for c in (self._shape.bumper_color or self._paint))
        self._box((-half_w - 0.05, y - half_h - 0.025, half_w + 0.05, y + half_h + 0.03), recess, 0.03)
        left, top = (round(v) for v in self._at(-half_w, y + half_h))
        right, bottom = (round(v) for v in self._at(half_w, y - half_h))
        small = plate.resize((right - left, bottom - top), Pillow.Resampling.LANCZOS)
        shadow = Pillow.new("RGBA", small.size, (0, 0, 0, 150))
        self._picture.paste(shadow, (left + 4, top + 6), small.getchannel("A").filter(ImageFilter.GaussianBlur(3)))
        self._picture.paste(small, (left, top), small)

    def _mirrored(self, box: tuple[float, float, float, float], color: tuple[int, ...], radius: float) -> None:
        left, bottom, right, top = box
        self._box(box, color, radius)
        self._box((-right, bottom, -left, top), color, radius)

    def _box(self, box: tuple[float, float, float, float], color: tuple[int, ...], radius: float) -> None:
        left, bottom, right, top = box
        corners = (*self._at(left, top), *self._at(right, bottom))
        self._draw.rounded_rectangle(corners, radius * _SCALE * _FINER, fill=(*color, 255))
