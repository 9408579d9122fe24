"""The project's own plate letters: strokes whose weight, width and roundness vary, so that no typeface is learnt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Mask = npt.NDArray[np.uint8]

_UPPER, _LOWER = "0,0* 1,0 1,.48 0,.48* z", "0,.48* 1,.48 1,1 0,1* z"
_P = "0,1 0,0* 1,0 1,.53 0,.53"
STROKES: dict[str, tuple[str, ...]] = {
    "0": ("0,0 1,0 1,1 0,1 z",),
    "1": (".2,.2 .55,0* .55,1",),
    "2": ("0,.28 0,0 1,0 1,.42 0,1* 1,1",),
    "3": ("0,.22 0,0 1,0 1,.48 .35,.48", ".35,.48 1,.48 1,1 0,1 0,.78"),
    "4": (".75,1 .75,0* 0,.7* 1,.7",),
    "5": (".95,0 .08,0* .05,.45* 1,.4 1,1 0,1 0,.78",),
    "6": ("1,.2 1,0 0,0 0,1 1,1 1,.45 0,.45",),
    "7": ("0,0 1,0* .35,1",),
    "8": ("0,0 1,0 1,.48 0,.48 z", "0,.48 1,.48 1,1 0,1 z"),
    "9": ("0,.8 0,1 1,1 1,0 0,0 0,.55 1,.55",),
    "A": ("0,1 .5,0* 1,1", ".17,.68 .83,.68"),
    "B": (_UPPER, _LOWER),
    "C": ("1,.25 1,0 0,0 0,1 1,1 1,.75",),
    "D": ("0,0* 1,0 1,1 0,1* z",),
    "E": ("1,0 0,0* 0,1* 1,1", "0,.48 .85,.48"),
    "F": ("1,0 0,0* 0,1", "0,.48 .85,.48"),
    "G": ("1,.25 1,0 0,0 0,1 1,1 1,.55* .55,.55",),
    "H": ("0,0 0,1", "1,0 1,1", "0,.48 1,.48"),
    "I": (".5,0 .5,1",),
    "J": ("1,0 1,1 0,1 0,.7",),
    "K": ("0,0 0,1", "1,0 0,.6", ".3,.42 1,1"),
    "L": ("0,0 0,1* 1,1",),
    "M": ("0,1 0,0* .5,.65* 1,0* 1,1",),
    "N": ("0,1 0,0* 1,1* 1,0",),
    "O": ("0,0 1,0 1,1 0,1 z",),
    "P": (_P,),
    "Q": ("0,0 1,0 1,1 0,1 z", ".6,.7 1.05,1.05"),
    "R": (_P, ".5,.53 1,1"),
    "S": ("1,.22 1,0 0,0 0,.48 1,.52 1,1 0,1 0,.78",),
    "T": ("0,0 1,0", ".5,0 .5,1"),
    "U": ("0,0 0,1 1,1 1,0",),
    "V": ("0,0 .5,1* 1,0",),
    "W": ("0,0 .25,1* .5,.3* .75,1* 1,0",),
    "X": ("0,0 1,1", "1,0 0,1"),
    "Y": ("0,0 .5,.5* 1,0", ".5,.5 .5,1"),
    "Z": ("0,0 1,0* 0,1* 1,1",),
}
"""Each stroke: corners 'x,y' of a line in a unit box, y downwards; '*' is a sharp corner, 'z' closes the line."""

_SERIFS = {"I": (".1,0 .9,0", ".1,1 .9,1"), "1": (".1,1 1,1",)}
_WIDTHS = {"I": 0.35, "1": 0.62, "M": 1.12, "W": 1.12}
_WEIGHTS = {"M": 0.8, "W": 0.8}
_MIDDLE = re.compile(r"\.5,\.\d+\*")
_FINE = 4
"""Fractional bits of OpenCV's coordinates: strokes are laid to a sixteenth of a pixel."""


@dataclass(frozen=True, slots=True)
class Face:
    """A way of drawing all letters. In shares of the height: width, weight of the stroke, radius of corners.

    `peak`: how far below W's top its middle begins, and above M's foot its middle ends.
    """

    wide: float
    weight: float
    radius: float
    serifs: bool
    slant: float
    peak: float = 0.35

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> Face:
        """Return a face at random within what US plates show."""
        wide = float(rng.uniform(0.36, 0.6))
        return cls(
            wide,
            float(min(rng.uniform(0.1, 0.2), 0.31 * wide)),
            float(rng.uniform(0.25, 0.95)) * wide / 2,
            bool(rng.random() < 0.45),
            float(rng.normal(0, 0.015)),
            float(rng.uniform(0.0, 0.6)),
        )


def letter(character: str, face: Face, high: int) -> Mask:
    """Return one letter as a mask `high` rows high."""
    share = 0.75 if face.serifs and character in _SERIFS else _WIDTHS.get(character, 1.0)
    weight = max(1, round(face.weight * high * _WEIGHTS.get(character, 1.0)))
    inner_w, inner_h = face.wide * share * high - weight, high - weight
    width = round(max(inner_w, 1) + weight + abs(face.slant) * high) + 2
    mask = np.zeros((high, width), np.uint8)
    strokes = _peaked(character, face) + (_SERIFS.get(character, ()) if face.serifs else ())
    for stroke in strokes:
        points, closed = _traced(stroke, inner_w, inner_h, face.radius * high)
        points[:, 0] += weight / 2 + 1 - face.slant * (points[:, 1] - high / 2)
        points[:, 1] += weight / 2
        fixed = np.round(points * (1 << _FINE)).astype(np.int32)[:, None]
        cv2.polylines(mask, [fixed], closed, 255, weight, cv2.LINE_AA, _FINE)
    return mask


def _peaked(character: str, face: Face) -> tuple[str, ...]:
    """Return the letter's strokes; W and M with the face's own middle."""
    middle = {"W": f".5,{face.peak:.2f}*", "M": f".5,{1 - face.peak:.2f}*"}.get(character)
    return (
        tuple(_MIDDLE.sub(middle, stroke, count=1) for stroke in STROKES[character]) if middle else STROKES[character]
    )


def _traced(stroke: str, wide: float, high: float, radius: float) -> tuple[Points, bool]:
    """Return the stroke's points with its corners rounded, and whether it is closed."""
    words = stroke.split()
    closed = words[-1] == "z"
    words = words[:-1] if closed else words
    corners = [np.array([float(v) for v in word.rstrip("*").split(",")]) * (wide, high) for word in words]
    path: list[Points] = []
    for i, (word, corner) in enumerate(zip(words, corners, strict=True)):
        inner = closed or 0 < i < len(words) - 1
        if word.endswith("*") or not inner:
            path.append(corner)
        else:
            path += _rounded(corners[i - 1], corner, corners[(i + 1) % len(corners)], radius)
    return np.array(path), closed


def _rounded(before: Points, corner: Points, after: Points, radius: float) -> Sequence[Points]:
    """Return a curve (quadratic Bezier) in place of a corner."""
    reach = min(radius, *(float(np.hypot(*(corner - end))) / 2 for end in (before, after)))
    start, end = (corner + (p - corner) * reach / max(1e-6, np.hypot(*(p - corner))) for p in (before, after))
    steps = np.linspace(0, 1, 6)[:, None]
    return list(
        (1 - steps) ** 2 * start + 2 * steps * (1 - steps) * (corner * 0.7 + (start + end) * 0.15) + steps**2 * end
    )
