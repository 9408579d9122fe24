"""How light and weather change a picture of the road: dusk, night, rain, fog; and what hides a plate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from devices.drive.camera import HEIGHT, HORIZON, WIDTH, Image
from mdt_app.domain.reads import Box

_Field = npt.NDArray[np.floating[Any]]
_ROWS = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
_COLUMNS = np.linspace(-1, 1, WIDTH, dtype=np.float32)[None, :]
_FAR = np.clip(1 - (np.arange(HEIGHT, dtype=np.float32)[:, None] - HORIZON) / 190, 0, 1)
"""How far what stands in a row is, 1 at the horizon and above it."""
_FOG = np.array((206, 205, 204), np.float32)
_DROPS = 420


def under(picture: Image, light: str, weather: str, number: int) -> Image:
    """Return the picture under this light ('day', 'dusk', 'night') and weather ('clear', 'rain', 'fog').

    number: the frame's, so that rain falls differently in each, and the same way each time.
    """
    shown = _WEATHER[weather](picture.astype(np.float32), number)
    return np.clip(_LIGHT[light](shown), 0, 255).astype(np.uint8)


def blurred(picture: Image, box: Box) -> Image:
    """Return the picture with the plate smeared, so that no eye can read it."""
    return _changed(picture, box, lambda part: np.asarray(cv2.blur(cv2.blur(part, (box.w // 3, 5)), (box.w // 4, 9))))


def hidden(picture: Image, box: Box) -> Image:
    """Return the picture with the tail of a truck before the plate."""
    out = picture.copy()
    left, right = max(0, box.x - 3 * box.w), min(WIDTH, box.x + 4 * box.w)
    top, bottom = max(0, box.y - 5 * box.h), min(HEIGHT, box.y + 5 * box.h)
    cv2.rectangle(out, (left, top), (right, bottom), (92, 96, 98), -1)
    for x in range(left + 30, right, 46):
        cv2.line(out, (x, top + 8), (x, bottom - 60), (76, 80, 82), 3)
    cv2.rectangle(out, (left, bottom - 52), (right, bottom), (34, 34, 36), -1)
    for x in (left + 26, right - 66):
        cv2.rectangle(out, (x, bottom - 44), (x + 40, bottom - 22), (28, 24, 168), -1)
    return out


def _changed(picture: Image, box: Box, change: Callable[[Image], Image]) -> Image:
    out = picture.copy()
    rim = box.h // 3
    rows = slice(max(0, box.y - rim), box.y + box.h + rim)
    columns = slice(max(0, box.x - rim), box.x + box.w + rim)
    out[rows, columns] = change(out[rows, columns])
    return out


def _clear(picture: _Field, _: int) -> _Field:
    return picture


def _fog(picture: _Field, _: int) -> _Field:
    share = (0.22 + 0.58 * _FAR)[:, :, None]
    return picture * (1 - share) + _FOG * share


def _rain(picture: _Field, number: int) -> _Field:
    grey = _fog(picture, number) * 0.45 + picture * 0.55
    rng = np.random.default_rng(number)
    falling = np.zeros((HEIGHT, WIDTH), np.float32)
    for x, y in zip(rng.integers(0, WIDTH, _DROPS), rng.integers(0, HEIGHT, _DROPS), strict=True):
        cv2.line(falling, (int(x), int(y)), (int(x) + 3, int(y) + 22), 42.0, 1)
    return grey * 0.86 + falling[:, :, None]


def _day(picture: _Field) -> _Field:
    return picture


def _dusk(picture: _Field) -> _Field:
    return picture * np.array((0.62, 0.52, 0.56), np.float32)


def _night(picture: _Field) -> _Field:
    """Dark but for what the headlights reach, and the sky is black."""
    lit = np.exp(-((_COLUMNS / 0.62) ** 2) - ((_ROWS - 0.66) / 0.34) ** 2)
    light = 0.1 + 0.72 * lit
    shown: _Field = picture * light[:, :, None] * np.array((0.94, 0.98, 1.0), np.float32)
    return shown


_WEATHER: Mapping[str, Callable[[_Field, int], _Field]] = {"clear": _clear, "fog": _fog, "rain": _rain}
_LIGHT: Mapping[str, Callable[[_Field], _Field]] = {"day": _day, "dusk": _dusk, "night": _night}
