"""Lays pictures with soft edges onto the canvas."""

from __future__ import annotations

import cv2
import numpy as np

from devices.drive.camera import Image, Points


def premultiplied(bgra: Image) -> Image:
    """Return the BGRA picture with its colors multiplied by its alpha, as `lay` and `warp_onto` want it."""
    colors = bgra[:, :, :3].astype(np.uint16) * bgra[:, :, 3:] // 255
    return np.dstack([colors.astype(np.uint8), bgra[:, :, 3]])


def lay(canvas: Image, picture: Image, left: int, top: int) -> None:
    """Lay a premultiplied BGRA picture onto the BGR canvas, in place; what lies outside is cut off."""
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + picture.shape[1], canvas.shape[1]), min(top + picture.shape[0], canvas.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = picture[y0 - top : y1 - top, x0 - left : x1 - left]
    under = canvas[y0:y1, x0:x1]
    through = cv2.cvtColor(cv2.bitwise_not(part[:, :, 3]), cv2.COLOR_GRAY2BGR)
    shown = cv2.multiply(under, through, scale=1 / 255)
    canvas[y0:y1, x0:x1] = cv2.add(shown, cv2.cvtColor(part, cv2.COLOR_BGRA2BGR))


def warp_onto(canvas: Image, picture: Image, corners: Points, blur: int = 0) -> None:
    """Lay a premultiplied BGRA picture so that its corners (from the upper left, clockwise) fall on `corners`.

    blur: pixels over which the picture moves sideways during the exposure.
    """
    high, wide = picture.shape[:2]
    margin = blur + 1
    x0 = int(max(corners[:, 0].min() - margin, 0))
    y0 = int(max(corners[:, 1].min() - margin, 0))
    x1 = int(min(corners[:, 0].max() + margin + 1, canvas.shape[1]))
    y1 = int(min(corners[:, 1].max() + margin + 1, canvas.shape[0]))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(source, (corners - (x0, y0)).astype(np.float32))
    warped = cv2.warpPerspective(picture, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
    if blur > 1:
        warped = cv2.blur(warped, (blur, 1))
    lay(canvas, np.asarray(warped, np.uint8), x0, y0)


def halves(picture: Image, least: int = 24) -> tuple[Image, ...]:
    """Return the picture and its halves down to `least` pixels of width: the nearest size is warped cleanly."""
    sizes = [picture]
    while sizes[-1].shape[1] >= 2 * least:
        high, wide = sizes[-1].shape[:2]
        sizes.append(np.asarray(cv2.resize(sizes[-1], (wide // 2, high // 2), interpolation=cv2.INTER_AREA), np.uint8))
    return tuple(sizes)
