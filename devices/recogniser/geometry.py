"""Where a line of text lies in a picture: turned boxes, their crops and their merging."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from devices.recogniser.port import Image
from mdt_app.domain.reads import Box

READ_HEIGHT = 48
"""Rows of a crop as the text network wants it."""


@dataclass(frozen=True, slots=True)
class LineBox:
    """A turned box around a line of text: center, size along and across the line in pixels, angle in degrees."""

    x: float
    y: float
    w: float
    h: float
    angle: float
    score: float

    def upright(self) -> Box:
        """Return the upright rectangle around the turned box."""
        turn = math.radians(self.angle)
        wide = abs(self.w * math.cos(turn)) + abs(self.h * math.sin(turn))
        high = abs(self.w * math.sin(turn)) + abs(self.h * math.cos(turn))
        return Box(round(self.x - wide / 2), round(self.y - high / 2), round(wide), round(high))

    def grown(self, along: float, across: float) -> LineBox:
        """Return the box grown by these shares of its height, in all, in each direction."""
        return replace(self, w=self.w + along * self.h, h=self.h * (1 + across))


def overlap(a: Box, b: Box) -> float:
    """Return the shared area as a share of the smaller box, 0 to 1."""
    wide = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    high = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return 0.0 if wide <= 0 or high <= 0 else wide * high / max(1, min(a.w * a.h, b.w * b.h))


def straightened(image: Image, box: LineBox) -> Image:
    """Return the line cut out, turned level and scaled to READ_HEIGHT rows."""
    width = max(READ_HEIGHT // 2, round(box.w / box.h * READ_HEIGHT))
    turn = math.radians(box.angle)
    along = np.array([math.cos(turn), math.sin(turn)]) * box.w / 2
    across = np.array([-math.sin(turn), math.cos(turn)]) * box.h / 2
    center = np.array([box.x, box.y])
    corners = np.array([center - along - across, center + along - across, center - along + across], np.float32)
    target = np.array([[0, 0], [width, 0], [0, READ_HEIGHT]], np.float32)
    matrix = cv2.getAffineTransform(corners, target)
    cut = cv2.warpAffine(image, matrix, (width, READ_HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def joined(boxes: Sequence[LineBox]) -> Iterator[LineBox]:
    """Give a box for each two neighbours on one line: a plate that was found in two pieces, such as '4BX R91'."""
    for first in boxes:
        for second in boxes:
            if first.x < second.x and _neighbours(first, second):
                yield _around(first, second)


def _neighbours(left: LineBox, right: LineBox) -> bool:
    high = max(left.h, right.h)
    gap = (right.x - right.w / 2) - (left.x + left.w / 2)
    level = left.y + math.tan(math.radians(left.angle)) * (right.x - left.x)
    return min(left.h, right.h) > 0.6 * high and -0.6 * high < gap < 1.3 * high and abs(right.y - level) < 0.45 * high


def _around(left: LineBox, right: LineBox) -> LineBox:
    turn = math.atan2(right.y - left.y, right.x - left.x)
    length = math.hypot(right.x - left.x, right.y - left.y) + (left.w + right.w) / 2
    shift = (length - left.w) / 2
    x, y = left.x + math.cos(turn) * shift, left.y + math.sin(turn) * shift
    return LineBox(x, y, length, max(left.h, right.h), math.degrees(turn), min(left.score, right.score))
