"""The JPEGs that leave a camera process: the preview, and the two pictures of a read."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from devices.cameras.frames import Frame, Picture
from devices.recogniser.port import Image, PlateReading
from mdt_app.domain.devices import CameraFrame, CameraStill
from mdt_app.domain.reads import Box, Pictures

PREVIEW_WIDTH, SMALL_PREVIEW_WIDTH = 640, 480
"""How wide a live picture is where one or two stand on the screen, and where four share its place."""
GLANCE_WIDTH = 480
"""How wide the view is that an alert shows until the whole picture is decoded."""
_PREVIEW_QUALITY, _CONTEXT_QUALITY, _CROP_QUALITY, _STILL_QUALITY = 70, 85, 95, 95
_CROP_LEAST_WIDTH = 240
"""A smaller plate is enlarged, so that the officer can compare it at a glance."""


def preview(
    camera_id: str, picture: Picture, readings: Sequence[PlateReading] = (), width: int = PREVIEW_WIDTH
) -> CameraFrame:
    """Return a JPEG of the picture, this wide at most, with the boxes of the readings in its own pixels."""
    small = picture.small(width)
    size, scale = (small.shape[1], small.shape[0]), small.shape[1] / picture.width
    boxes = tuple(Box(*(round(v * scale) for v in (r.box.x, r.box.y, r.box.w, r.box.h))) for r in readings)
    return CameraFrame(camera_id, _jpeg(small, _PREVIEW_QUALITY), *size, boxes, tuple(r.text for r in readings))


def still(camera_id: str, frame: Frame) -> CameraStill:
    """Return the whole picture, as an equipment check needs it."""
    return CameraStill(camera_id, _jpeg(frame.image, _STILL_QUALITY), frame.captured_at)


def pictures(image: Image, box: Box) -> Pictures:
    """Return the plate with a rim around it, the whole picture, and a small one of it for the alert, all as JPEG."""
    high, wide = image.shape[:2]
    rim_x, rim_y = round(box.w * 0.15), round(box.h * 0.6)
    top, bottom = max(0, box.y - rim_y), min(high, box.y + box.h + rim_y)
    left, right = max(0, box.x - rim_x), min(wide, box.x + box.w + rim_x)
    crop = image[top:bottom, left:right]
    scale = _CROP_LEAST_WIDTH / max(1, crop.shape[1])
    if scale > 1 and crop.size:
        crop = np.asarray(cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    plate = _jpeg(crop, _CROP_QUALITY) if crop.size else b""
    return Pictures(plate, _jpeg(image, _CONTEXT_QUALITY), _glance(image))


def _glance(image: Image) -> bytes:
    high, wide = image.shape[:2]
    if wide <= GLANCE_WIDTH:
        return b""
    return _jpeg(cv2.resize(image, (GLANCE_WIDTH, round(high * GLANCE_WIDTH / wide))), _PREVIEW_QUALITY)


def _jpeg(image: cv2.typing.MatLike, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("the JPEG encoder refused a picture")
    return bytes(data)
