"""The road of a drill: its cars at their own times, under its light and weather, and what a reader makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import cv2
import numpy as np

from devices.cameras.camera import as_read
from devices.cameras.frames import Frame, Pixels
from devices.cameras.pictures import pictures, preview
from devices.drive.camera import BUMP, FPS, HEIGHT, PLATE_HEIGHT, PLATE_WIDTH, WIDTH, Image, pixels, plate_pixels
from devices.drive.look import blurred, hidden, under
from devices.drive.scene import Scene
from devices.drive.script import DriveCar, Place, TimedScript
from devices.drive.shapes import SHAPES
from devices.recogniser.port import PlateReader
from devices.recogniser.tracks import Settled, Tracks
from mdt_app.domain.devices import CameraFrame
from mdt_app.domain.reads import Box, Pictures, Read

_LOOKS_S = (-0.9, -0.6, -0.3, 0.0, 0.2, 0.4)
"""When, around the time in which a car is nearest, its pictures are read."""
_SPOILT = {"blurred": blurred, "hidden": hidden}
_LEGIBLE = 24.0
"""A plate that is not wider than so many pixels can't be read anyway."""
_STAMP = "TRAINING"


@dataclass(frozen=True, slots=True)
class RoadCar:
    """A car of the drill: as it is drawn, when it is nearest, and what the eye can make of its plate."""

    car: DriveCar
    at_s: float
    sight: str = "clear"


class DrillRoad:
    """Renders any moment of a drill; the same moment is the same picture each time."""

    def __init__(self, cars: Sequence[RoadCar], light: str, weather: str) -> None:
        self._cars, self._light, self._weather = tuple(cars), light, weather
        self._script = TimedScript(tuple(one.car for one in cars), tuple(one.at_s for one in cars))
        self._scene = Scene(self._script)

    def picture(self, second: float) -> Image:
        """The picture at a second of the drill: BGR, 720 x 1280. A plate that can't be seen is spoilt in it."""
        number = max(0, round(second * FPS))
        shown = self._scene.frame(number)
        for one in self._cars:
            place = self._place(one, number / FPS)
            if one.sight in _SPOILT and place is not None and plate_pixels(place.z) > _LEGIBLE:
                shown = _SPOILT[one.sight](shown, plate_box(place))
        return under(shown, self._light, self._weather, number)

    def live(self, camera_id: str, second: float) -> CameraFrame:
        """The small picture for the screen."""
        return preview(camera_id, Pixels(self.picture(second)))

    def seen(self, one: RoadCar) -> Pictures:
        """The plate and the view around it when the car is nearest, marked as training."""
        place = self._place(one, one.at_s)
        shown = self.picture(one.at_s)
        if place is None:
            return Pictures(context=_stamped(Pictures(), shown).context)
        return _stamped(pictures(shown, plate_box(place)), shown)

    def read(self, one: RoadCar, reader: PlateReader) -> tuple[Read, Pictures] | None:
        """What the reader makes of the car, by the same tracks and votes as on the road; None: nothing."""
        tracks = Tracks()
        found = [*self._settled(one, reader, tracks), *tracks.finish()]
        near = [s for s in found if self._is_of(s, one)]
        if not near:
            return None
        best = near[-1]
        return as_read("", best), _stamped(pictures(best.best.image, best.reading.box), best.best.image)

    def _settled(self, one: RoadCar, reader: PlateReader, tracks: Tracks) -> Iterator[Settled]:
        for offset in _LOOKS_S:
            second = max(0.0, one.at_s + offset)
            frame = Frame(self.picture(second), second, datetime.fromtimestamp(second, UTC))
            yield from tracks.update(frame, reader.read(frame.image))

    def _is_of(self, settled: Settled, one: RoadCar) -> bool:
        """Whether a reading stands where this car's plate is."""
        place = self._place(one, settled.best.arrived_s)
        if place is None:
            return False
        plate, box = plate_box(place), settled.reading.box
        return abs(plate.x + plate.w / 2 - box.x - box.w / 2) < plate.w / 2

    def _place(self, one: RoadCar, second: float) -> Place | None:
        places = self._script.places(second)
        return next((place for place in places if place.car == one.car), None)


def plate_box(place: Place) -> Box:
    """Where a car's plate stands in the picture."""
    y, z = SHAPES[place.car.style].plate_y, place.z
    half_w, half_h = PLATE_WIDTH / 2, PLATE_HEIGHT / 2
    (left, top), (right, bottom) = pixels([(place.x - half_w, y + half_h, z), (place.x + half_w, y - half_h, z)])
    x, high = int(np.clip(left, 0, WIDTH - 2)), int(np.clip(top - BUMP, 0, HEIGHT - 2))
    return Box(x, high, max(2, int(right - left)), max(2, int(bottom - top)))


def _stamped(shown: Pictures, image: Image) -> Pictures:
    """The same with the word across the view, so that no picture of a drill is taken for evidence."""
    return Pictures(shown.crop, _marked(image))


def stamped_jpeg(picture: bytes) -> bytes:
    """A recorded picture (JPEG or PNG) with the same word, as JPEG; empty where it can't be read as a picture."""
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    return _marked(np.asarray(image, np.uint8)) if image is not None else b""


def _marked(image: Image) -> bytes:
    marked = image.copy()
    width = max(1, image.shape[1])
    scale = min(1.0, width / 660)  # a small picture keeps more than half of its width
    cv2.rectangle(marked, (0, 0), (int(330 * scale), int(58 * scale)), (0, 212, 255), -1)
    place, thick = (int(14 * scale), int(44 * scale)), max(1, round(4 * scale))
    cv2.putText(marked, _STAMP, place, cv2.FONT_HERSHEY_SIMPLEX, 1.6 * scale, (0, 0, 0), thick, cv2.LINE_AA)
    done, data = cv2.imencode(".jpg", marked, [cv2.IMWRITE_JPEG_QUALITY, 85])
    return bytes(data) if done else b""
