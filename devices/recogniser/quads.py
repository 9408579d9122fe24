"""A plate's four corners in a picture: cutting it out straight, its box, overlaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from devices.recogniser.port import Image
from mdt_app.domain.reads import Box

Quad = npt.NDArray[np.float32]
"""4 x 2: the corners from the upper left clockwise, in pixels."""
_UNMOVED, _SAME_SIZE = 0.25, 1.25


def box_of(quad: Quad) -> Box:
    """Return the upright rectangle around the corners."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return Box(round(float(left)), round(float(top)), round(float(right - left)), round(float(bottom - top)))


def quad_of(x: float, y: float, w: float, h: float) -> Quad:
    """Return the corners of an upright rectangle."""
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


def grown(quad: Quad, along: float, across: float) -> Quad:
    """Return the corners moved outwards by these shares of the plate's own sides, at each end."""
    right, down = quad[[1, 1, 2, 2]] - quad[[0, 0, 3, 3]], quad[[3, 2, 2, 3]] - quad[[0, 1, 1, 0]]
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    return np.asarray(quad + right * signs[:, :1] * along + down * signs[:, 1:] * across, np.float32)


def unmoved(before: Box, now: Box) -> bool:
    """Return whether a plate is still in its place: moved by less than a quarter of its width, and of the same size."""
    moved = math.hypot(now.x + now.w / 2 - before.x - before.w / 2, now.y + now.h / 2 - before.y - before.h / 2)
    return moved < _UNMOVED * before.w and max(before.w, now.w) < _SAME_SIZE * min(before.w, now.w)


def straightened(image: Image, quad: Quad, size: tuple[int, int]) -> Image:
    """Return what lies between the corners as a straight picture of size (width, height)."""
    wide = float(np.hypot(*(quad[1] - quad[0])))
    if wide > 2.2 * size[0]:
        image, quad = _smaller(image, quad, 1.3 * size[0] / wide)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform((quad - 0.5).astype(np.float32), target)
    cut = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def _smaller(image: Image, quad: Quad, scale: float) -> tuple[Image, Quad]:
    """Return the surroundings scaled down by area, so that a large plate is not sampled with gaps."""
    high, wide = image.shape[:2]
    margin = 4
    left, top = np.maximum(np.floor(quad.min(axis=0)) - margin, 0).astype(int)
    right, bottom = np.minimum(np.ceil(quad.max(axis=0)) + margin, (wide, high)).astype(int)
    if right - left < 2 or bottom - top < 2:
        return image, quad
    part = cv2.resize(image[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ratio = np.array([part.shape[1] / (right - left), part.shape[0] / (bottom - top)])
    return np.asarray(part, np.uint8), np.asarray((quad - (left, top)) * ratio, np.float32)


def overlap(a: Box, b: Box) -> float:
    """Return the shared area as a share of the smaller box, 0 to 1."""
    wide = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    high = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return 0.0 if wide <= 0 or high <= 0 else wide * high / max(1, min(a.w * a.h, b.w * b.h))


def shared_area(quads: Sequence[Quad], quad: Quad) -> list[float]:
    """Return for each of the quads its boxes' intersection over union with this one."""
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    shares = []
    for other in quads:
        (u0, v0), (u1, v1) = other.min(axis=0), other.max(axis=0)
        inside = max(0.0, min(x1, u1) - max(x0, u0)) * max(0.0, min(y1, v1) - max(y0, v0))
        shares.append(float(inside / max(1e-6, (x1 - x0) * (y1 - y0) + (u1 - u0) * (v1 - v0) - inside)))
    return shares
