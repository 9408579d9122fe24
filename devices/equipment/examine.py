"""An equipment check's look at one camera: all that its picture tells, and the picture to show for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from devices.cameras.sources import LEAST_SIDE
from devices.equipment.alignment import alignment, drawn, moved
from devices.equipment.measures import measured
from devices.recogniser.port import Image
from mdt_app.domain.equipment import Aspect, Equipment, Finding, Result
from mdt_app.domain.errors import BadInput

_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Examined:
    """The findings, and a JPEG of the picture with the reference's frame drawn in."""

    findings: tuple[Finding, ...]
    picture: bytes = field(repr=False)


def examined(equipment: Equipment, jpeg: bytes, reference: bytes | None) -> Examined:
    """Look at a camera's picture. `reference`: the one to align with, None where none is kept. Raises BadInput."""
    image = _picture(jpeg)
    findings = measured(image)
    if reference is None:
        words = "no reference picture: align the camera, then keep one"
        none = Finding(Aspect.ALIGNMENT, Result.NOT_NOW, words)
        return Examined((*findings, none), _jpeg(drawn(image, None)))
    found = moved(_picture(reference), image, equipment.field_of_view_deg)
    return Examined((*findings, alignment(found, equipment.kind)), _jpeg(drawn(image, found)))


def _picture(jpeg: bytes) -> Image:
    data = np.frombuffer(jpeg, np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if image is None or min(image.shape[:2]) < LEAST_SIDE:
        raise BadInput("The camera's picture can't be read.", "Look again.")
    return np.asarray(image, np.uint8)


def _jpeg(image: Image) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1])
