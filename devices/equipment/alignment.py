"""Whether a camera still looks where it looked: features of its picture against those of a stored reference."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from devices.cameras.frames import Grey
from devices.equipment.measures import WIDTH, at_width
from devices.recogniser.port import Image
from mdt_app.domain.equipment import Aspect, CameraKind, Finding, Result

SHIFT_MOST_DEG, TILT_MOST_DEG = 1.5, 1.5
"""A lane is lost at about twice this: 3 degrees are half a metre at 10 m."""
AGREE_LEAST = 20
"""So many features have to agree on one movement, else nothing is said of it."""
USUAL_FIELD_OF_VIEW_DEG = 40.0
_FEATURES, _RATIO = 1500, 0.75
_GREEN, _RED, _LINE = (90, 200, 60), (50, 50, 230), 3

Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Moved:
    """How the view has moved since the reference: to the right and down in degrees, and turned clockwise.

    `transform` takes points of the reference to points of the picture, both WIDTH wide.
    """

    right_deg: float
    down_deg: float
    tilt_deg: float
    agree: int
    transform: npt.NDArray[np.float64]

    @property
    def aligned(self) -> bool:
        """Within the limits."""
        return math.hypot(self.right_deg, self.down_deg) <= SHIFT_MOST_DEG and abs(self.tilt_deg) <= TILT_MOST_DEG


def moved(reference: Image, image: Image, field_of_view_deg: float | None) -> Moved | None:
    """Compare two BGR pictures of the same scene; None when too little of it is the same."""
    before, after = at_width(reference), at_width(image)
    pairs = _pairs(before, after)
    if len(pairs[0]) < AGREE_LEAST:
        return None
    found, agree = cv2.estimateAffinePartial2D(*pairs, method=cv2.RANSAC, ransacReprojThreshold=3.0)
    if found is None or int(agree.sum()) < AGREE_LEAST:
        return None
    transform = np.asarray(found, np.float64)
    high, wide = before.shape
    center = transform @ np.array([wide / 2, high / 2, 1.0])
    right, down = center - (after.shape[1] / 2, after.shape[0] / 2)
    # What a camera sees moves against the camera's own movement.
    focal = WIDTH / 2 / math.tan(math.radians((field_of_view_deg or USUAL_FIELD_OF_VIEW_DEG) / 2))
    turned = math.degrees(math.atan2(transform[1, 0], transform[0, 0]))
    right_deg, down_deg = (-math.degrees(math.atan2(float(one), focal)) for one in (right, down))
    return Moved(right_deg, down_deg, -turned, int(agree.sum()), transform)


def alignment(found: Moved | None, kind: CameraKind) -> Finding:
    """Judge a movement. A camera that moves about may stand before another scene: then it can't be told."""
    if found is None and kind is CameraKind.FIXED:
        return Finding(Aspect.ALIGNMENT, Result.FAILED, "the view is not the reference's")
    if found is None:
        words = "the view is not the reference's: park where that was taken, and look again"
        return Finding(Aspect.ALIGNMENT, Result.NOT_NOW, words)
    words = (
        f"shifted {abs(found.right_deg):.1f} degrees {'right' if found.right_deg >= 0 else 'left'}, "
        f"{abs(found.down_deg):.1f} {'down' if found.down_deg >= 0 else 'up'}, at most {SHIFT_MOST_DEG:.1f}; "
        f"tilted {found.tilt_deg:+.1f}, at most {TILT_MOST_DEG:.1f}"
    )
    return Finding(Aspect.ALIGNMENT, Result.PASSED if found.aligned else Result.FAILED, words)


def drawn(image: Image, found: Moved | None) -> Image:
    """The picture with the reference's frame and center drawn where they are seen now."""
    high, wide = image.shape[:2]
    shown = np.asarray(cv2.resize(image, (WIDTH, round(high * WIDTH / wide)), interpolation=cv2.INTER_AREA), np.uint8)
    if found is None:
        return shown
    high, wide = shown.shape[:2]
    color = _GREEN if found.aligned else _RED
    rim = 0.08
    corners = [(x * wide, y * high) for x, y in ((rim, rim), (1 - rim, rim), (1 - rim, 1 - rim), (rim, 1 - rim))]
    _outline(shown, corners, (200, 200, 200), 1)
    _outline(shown, [_through(found, *corner) for corner in corners], color, _LINE)
    start, end = (wide / 2, high / 2), _through(found, wide / 2, high / 2)
    cv2.arrowedLine(shown, _whole(start), _whole(end), color, _LINE)
    return shown


def _pairs(before: Grey, after: Grey) -> tuple[Points, Points]:
    """Points of the one picture and the same points of the other."""
    finder = cv2.ORB.create(_FEATURES)
    known, known_marks = finder.detectAndCompute(before, None)
    seen, seen_marks = finder.detectAndCompute(after, None)
    if known_marks is None or seen_marks is None or min(len(known), len(seen)) < AGREE_LEAST:
        return np.empty((0, 2), np.float32), np.empty((0, 2), np.float32)
    found = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(known_marks, seen_marks, k=2)
    good = [pair[0] for pair in found if len(pair) == 2 and pair[0].distance < _RATIO * pair[1].distance]
    first = np.array([known[match.queryIdx].pt for match in good], np.float32)
    return first, np.array([seen[match.trainIdx].pt for match in good], np.float32)


def _through(found: Moved, x: float, y: float) -> tuple[float, float]:
    right, down = found.transform @ np.array([x, y, 1.0])
    return float(right), float(down)


def _outline(picture: Image, corners: list[tuple[float, float]], color: tuple[int, int, int], thick: int) -> None:
    cv2.polylines(picture, [np.array(corners, np.int32)], isClosed=True, color=color, thickness=thick)


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])
