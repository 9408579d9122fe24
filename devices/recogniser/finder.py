"""Finds plates: a first look at the whole picture made small, a second look at each place that may be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from devices.recogniser.models import Floats, Network
from devices.recogniser.port import Image
from devices.recogniser.quads import Quad, shared_area

FIRST_SIDE = 640
"""Longer side of the first look."""
OTHER_SIDES = (960, 320)
"""Looked at where the first look finds nothing: far plates, then ones that fill the picture."""
WINDOW = (224, 160)
"""The second look: its size, and how wide the plate is in it."""
WINDOW_PLATE = 92.0
LEAST_FIRST, LEAST_SECOND = 0.25, 0.3
"""Heat from which a place is looked at again, and from which it is a plate."""
MOST = 5
MOST_ENLARGED = 1.25
"""A smaller picture is not enlarged further: its plates fill it."""
_STRIDE, _UNIT = 8, 32.0
Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Found:
    """A place that may be a plate: its corners in the picture, and the heat (0 to 1)."""

    quad: Quad
    heat: float


class Finder:
    """Finds plates with the detector network."""

    def __init__(self, threads: int) -> None:
        self._network = Network("detector", threads)

    def find(self, image: Image, *, thorough: bool = True) -> list[Found]:
        """Return the plates in a BGR picture, the surest first. thorough: where there is none, look in other sizes."""
        return [found for found in self.candidates(image, thorough=thorough) if found.heat >= LEAST_SECOND]

    def candidates(self, image: Image, *, thorough: bool = True) -> list[Found]:
        """Return all places that were looked at twice, sure or not."""
        grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
        found = self._look_again(grey, self._look(grey, FIRST_SIDE)[:MOST])
        for side in OTHER_SIDES if thorough else ():
            if any(one.heat >= LEAST_SECOND for one in found):
                break
            if _scale(grey, side) != _scale(grey, FIRST_SIDE):
                found = apart([*found, *self._look_again(grey, self._look(grey, side)[:MOST])])
        return apart(found)

    def _look(self, grey: Grey, side: int) -> list[Found]:
        high, wide = grey.shape
        canvas, size = first_canvas(grey, side)
        found = peaks(self._network(canvas[None])[0], LEAST_FIRST)
        ratio = np.array([wide / size[0], high / size[1]], np.float32)
        return apart([Found(np.asarray(one.quad * ratio, np.float32), one.heat) for one in found])

    def _look_again(self, grey: Grey, first: Sequence[Found]) -> list[Found]:
        """Look at each place in a window of its own, in which the plate has a comfortable size."""
        looked = [(found, *window) for found in first if (window := _window(grey, found.quad)) is not None]
        if not looked:
            return []
        outs = self._network(np.stack([window for _, window, _ in looked]))
        second: list[Found] = []
        for (found, _, (left, top, scale)), out in zip(looked, outs, strict=True):
            seen = [Found(np.asarray(o.quad / scale + (left, top), np.float32), o.heat) for o in peaks(out, 0.1)]
            shares = shared_area([o.quad for o in seen], found.quad)
            near = [o for o, share in zip(seen, shares, strict=True) if share > 0.2]
            if near:
                best = max(near, key=lambda o: o.heat)
                second.append(Found(best.quad, (found.heat * best.heat) ** 0.5))
        return second


def first_canvas(grey: Grey, side: int) -> tuple[Grey, tuple[int, int]]:
    """Return the picture made small for a first look, with sides of multiples of 32, and how much of it is picture."""
    high, wide = grey.shape
    scale = _scale(grey, side)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    canvas = np.full((-(-size[1] // 32) * 32, -(-size[0] // 32) * 32), 114, np.uint8)
    canvas[: size[1], : size[0]] = small
    return canvas, size


def _scale(grey: Grey, side: int) -> float:
    return min(side / float(max(grey.shape)), MOST_ENLARGED)


def _window(grey: Grey, quad: Quad) -> tuple[Grey, tuple[float, float, float]] | None:
    """Return the surroundings of the corners at the second look's size; with its left and top edge, and the scale.

    None where nothing of the picture is in it: the network may place corners far outside.
    """
    wide = max(8.0, float(np.ptp(quad[:, 0])))
    scale = WINDOW_PLATE / wide
    center = (quad.min(axis=0) + quad.max(axis=0)) / 2
    left, top = (float(v) for v in center - np.array(WINDOW) / scale / 2)
    x0, y0 = max(0, int(left)), max(0, int(top))
    x1, y1 = min(grey.shape[1], int(left + WINDOW[0] / scale) + 1), min(grey.shape[0], int(top + WINDOW[1] / scale) + 1)
    if min(x1 - x0, y1 - y0) * scale < 1:
        return None
    part = grey[y0:y1, x0:x1]
    if scale < 0.7:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    ratio = part.shape[1] / (x1 - x0)
    matrix = np.array([[scale / ratio, 0, (x0 - left) * scale], [0, scale / ratio, (y0 - top) * scale]], np.float32)
    cut = cv2.warpAffine(part, matrix, WINDOW, flags=cv2.INTER_LINEAR, borderValue=(114,))
    return np.asarray(cut, np.uint8), (left, top, scale)


def peaks(out: Floats, least: float) -> list[Found]:
    """Return the local maxima of the network's map as corners in pixels of its input, the hottest first."""
    heat = 1 / (1 + np.exp(-out[0]))
    top = cv2.dilate(heat, np.ones((3, 3), np.uint8))
    rows, columns = np.nonzero((heat >= top) & (heat >= least))
    order = np.argsort(-heat[rows, columns])[: 2 * MOST]
    found = []
    for row, column in zip(rows[order], columns[order], strict=True):
        middle = (np.array([column, row], np.float32) + 0.5) * _STRIDE
        quad = np.asarray(out[1:, row, column].reshape(4, 2) * _UNIT + middle, np.float32)
        if np.ptp(quad[:, 0]) >= 6 and np.ptp(quad[:, 1]) >= 3:
            found.append(Found(quad, float(heat[row, column])))
    return found


def apart(found: Sequence[Found]) -> list[Found]:
    """Keep the hottest of those that lie on each other."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: -f.heat):
        if not kept or max(shared_area([k.quad for k in kept], one.quad)) < 0.3:
            kept.append(one)
    return kept
