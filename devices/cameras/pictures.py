"""The JPEGs that leave a camera process: the preview, and the two pictures of a read."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from devices.recogniser.port import Image, PlateReading
from mdt_app.domain.devices import CameraFrame
from mdt_app.domain.reads import Box, Pictures

PREVIEW_WIDTH = 640
_PREVIEW_QUALITY, _CONTEXT_QUALITY, _CROP_QUALITY = 70, 85, 95
_CROP_LEAST_WIDTH = 240
"""A smaller plate is enlarged, so that the officer can compare it at a glance."""


def preview(camera_id: str, image: Image, readings: Sequence[PlateReading] = ()) -> CameraFrame:
    """Return a small JPEG of the picture with the boxes of the readings in the small picture's pixels."""
    high, wide = image.shape[:2]
    scale = min(1.0, PREVIEW_WIDTH / wide)
    size = (round(wide * scale), round(high * scale))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
    boxes = tuple(Box(*(round(v * scale) for v in (r.box.x, r.box.y, r.box.w, r.box.h))) for r in readings)
    return CameraFrame(camera_id, _jpeg(small, _PREVIEW_QUALITY), *size, boxes, tuple(r.text for r in readings))


def pictures(image: Image, box: Box) -> Pictures:
    """Return the plate with a rim around it, and the whole picture, both as JPEG."""
    high, wide = image.shape[:2]
    rim_x, rim_y = round(box.w * 0.15), round(box.h * 0.6)
    top, bottom = max(0, box.y - rim_y), min(high, box.y + box.h + rim_y)
    left, right = max(0, box.x - rim_x), min(wide, box.x + box.w + rim_x)
    crop = image[top:bottom, left:right]
    scale = _CROP_LEAST_WIDTH / max(1, crop.shape[1])
    if scale > 1 and crop.size:
        crop = np.asarray(cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    return Pictures(_jpeg(crop, _CROP_QUALITY) if crop.size else b"", _jpeg(image, _CONTEXT_QUALITY))


def _jpeg(image: cv2.typing.MatLike, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("the JPEG encoder refused a picture")
    return bytes(data)
