"""What a camera's picture says of the camera: sharpness, exposure, obstruction, and seeing at night.

All measures are of one picture, grey and brought to one width; each comes with its limit in words. The limits were set
on road photographs and on what blur, glare and cloth make of them; they are the program's own, no policy's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from devices.cameras.frames import Grey
from devices.recogniser.port import Image
from mdt_app.domain.equipment import Aspect, Finding, Result

WIDTH = 960
BLUR_MOST = 0.55
"""Crete's blur effect, 0 sharp to 1: sharp road pictures lie at 0.18 to 0.43, softened by 3 pixels from 0.68."""
WHITE_MOST, LEVELS_LEAST = 0.2, 30
"""Share of the picture that is burnt out; and grey levels that the picture spans (its 1st to its 99th percentile)."""
HIDDEN_MOST = 0.3
"""Share of the picture's lower two thirds without any structure: road and cars always have some."""
STRUCTURE_LEAST = 2.0
"""Standard deviation, in grey levels, below which a spot shows nothing."""
NIGHT_BELOW = 60
"""Mean grey level: brighter pictures say nothing of the night."""
NIGHT_LIGHT_LEAST, NIGHT_NOISE_MOST = 60, 10.0
"""What the lamp has to light up above the dark, in grey levels; and the noise between neighbours."""
_SPOTS = (16, 9)


def measured(image: Image) -> tuple[Finding, ...]:
    """Return the findings of one BGR picture, an aspect each."""
    grey = at_width(image)
    return tuple(measure(grey) for measure in _MEASURES)


def at_width(image: Image) -> Grey:
    """The picture in grey, WIDTH pixels wide: limits are for this size."""
    high, wide = image.shape[:2]
    small = cv2.resize(image, (WIDTH, round(high * WIDTH / wide)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def sharpness(grey: Grey) -> Finding:
    """How much a further blur would take away: from a sharp picture much, from a blurred one little (Crete 2007)."""
    picture = np.asarray(grey, np.float32)
    blur = max(_blur_along(picture, axis) for axis in (0, 1))
    return _finding(Aspect.SHARPNESS, blur <= BLUR_MOST, f"blur {blur:.2f}, at most {BLUR_MOST:.2f}")


def exposure(grey: Grey) -> Finding:
    """Burnt-out and washed-out pictures fail; darkness alone is the night's matter."""
    white = float(np.mean(grey >= 250))
    low, high = np.percentile(grey, (1, 99))
    words = f"burnt out {white:.0%}, at most {WHITE_MOST:.0%}; spans {high - low:.0f} levels, at least {LEVELS_LEAST}"
    return _finding(Aspect.EXPOSURE, white <= WHITE_MOST and high - low >= LEVELS_LEAST, words)


def obstruction(grey: Grey) -> Finding:
    """Cloth, mud or a hand before the lens leave a part of the road without any structure."""
    lower = grey[len(grey) // 3 :]
    wide, high = _SPOTS
    spots = [spot for row in np.array_split(lower, high) for spot in np.array_split(row, wide, axis=1)]
    hidden = float(np.mean([spot.std() < STRUCTURE_LEAST for spot in spots]))
    words = f"without structure {hidden:.0%}, at most {HIDDEN_MOST:.0%}"
    return _finding(Aspect.OBSTRUCTION, hidden <= HIDDEN_MOST, words)


def night(grey: Grey) -> Finding:
    """In the dark the camera's own lamp has to show something, without drowning it in noise."""
    if grey.mean() >= NIGHT_BELOW:
        return Finding(Aspect.NIGHT, Result.NOT_NOW, f"it is light: mean level {grey.mean():.0f}")
    light = float(np.percentile(grey, 99.5) - np.median(grey))
    noise = float(np.median(np.abs(grey.astype(np.float32) - cv2.medianBlur(grey, 3)))) * 1.48
    words = f"lit {light:.0f} levels above the dark, at least {NIGHT_LIGHT_LEAST}; noise {noise:.1f}"
    return _finding(Aspect.NIGHT, light >= NIGHT_LIGHT_LEAST and noise <= NIGHT_NOISE_MOST, words)


def _blur_along(picture: np.ndarray[tuple[int, int], np.dtype[np.float32]], axis: int) -> float:
    size = (1, 9) if axis == 0 else (9, 1)
    before = np.abs(np.diff(picture, axis=axis))
    after = np.abs(np.diff(cv2.blur(picture, size), axis=axis))
    whole = float(before.sum())
    lost = float(np.maximum(0.0, before - after).sum())
    return (whole - lost) / whole if whole else 1.0


def _finding(aspect: Aspect, good: bool, words: str) -> Finding:
    return Finding(aspect, Result.PASSED if good else Result.FAILED, words)


_MEASURES: Sequence[Callable[[Grey], Finding]] = (sharpness, exposure, obstruction, night)
