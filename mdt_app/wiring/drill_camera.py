"""A drill's camera: its road rendered and read before it begins, and shown live while it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from devices.cameras.process import load_reader
from devices.drive.drill import DrillRoad, RoadCar, stamped_jpeg
from devices.drive.script import DriveCar
from devices.drive.shapes import drawn_style
from mdt_app.domain.devices import CameraFrame
from mdt_app.domain.drills import DrillCar, RoadLook, Scenario, Sight
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Pictures, Read

LIVE_EVERY_S = 0.2
"""How often the screen gets a picture of the road."""

_ALONE_S = 4.0

Seen = tuple[Read | None, Pictures]


class Stopped(MdtError):
    """The preparation was stopped by hand."""


@dataclass(slots=True)
class DrillCamera:
    """What a drill's camera sees. `known` holds each car's pictures, and its read where the reader read for itself."""

    road: DrillRoad
    known: dict[DrillCar, Seen] = field(default_factory=dict)

    def see(self, car: DrillCar) -> Seen:
        """What is known of a car; nothing of one that the trainer let come by."""
        return self.known.get(car, (None, Pictures()))

    def live(self, camera_id: str, second: float) -> CameraFrame:
        """The road at a second of the drill."""
        return self.road.live(camera_id, second)


def prepare(scenario: Scenario, progress: Callable[[float], bool], *, read: bool = True) -> DrillCamera:
    """Render the drill's road, and have every plate read by the real reader that the scenario leaves to it.

    progress: called with the share that is done, 0 to 1; what it returns as False stops the preparation (Stopped).
    read: without it the scenario's own characters stand for the reader's.
    Raises BadInput for a plate that the reader can't read on that road, and for one of a list that it misreads: the
    drill would have no alert.
    """
    cars = {car: _road_car(car) for car in scenario.cars}
    camera = DrillCamera(DrillRoad(tuple(cars.values()), scenario.road.light, scenario.road.weather))
    reader = load_reader() if read and any(not car.reads for car in scenario.cars) else None
    for number, (car, one) in enumerate(cars.items()):
        if not progress(number / len(cars)):
            raise Stopped("The preparation was stopped.", "Choose a drill.")
        found = camera.road.read(one, reader) if reader is not None and not car.reads and not car.context else None
        if reader is not None and not car.reads and not car.context and found is None:
            words = f"The reader can't read the car at {car.at_s:.0f} s on this road."
            raise BadInput(words, "Give 'reads' with what it is to read, or a clearer light and weather.")
        if found is not None:
            _refuse_misread(scenario, car, found[0])
        camera.known[car] = found or (None, _recorded(car) or camera.road.seen(one))
    progress(1.0)
    return camera


class LiveView:
    """Sends the road's picture while the drill's time goes. `second` says where the drill is; `seeing`, if it sees."""

    def __init__(
        self,
        camera: DrillCamera,
        send: Callable[[CameraFrame], None],
        second: Callable[[], float],
        seeing: Callable[[], bool],
    ) -> None:
        self._camera, self._send, self._second, self._seeing = camera, send, second, seeing
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="drill's camera", daemon=True)

    def start(self) -> None:
        """Begin to show the road."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        shown = -1.0
        while not self._ending.wait(LIVE_EVERY_S):
            second = self._second()
            if self._seeing() and second != shown:
                shown = second
                self._send(self._camera.live("L", second))


def _refuse_misread(scenario: Scenario, car: DrillCar, read: Read) -> None:
    if scenario.entry(car.plate) is not None and read.key != match_key(car.plate):
        words = (
            f"The reader takes the car at {car.at_s:.0f} s for {read.raw_text}, not {car.plate}: no alert would come."
        )
        raise BadInput(words, "Give 'reads' with what it is to read, or a clearer light and weather.")


def _road_car(car: DrillCar) -> RoadCar:
    vehicle = car.vehicle
    drawn = DriveCar(
        car.plate,
        car.state,
        vehicle.make,
        vehicle.model,
        drawn_style(vehicle.style),
        vehicle.color,
        f"{vehicle.year} at {car.at_s}",
    )
    return RoadCar(drawn, car.at_s, "clear" if car.sight is Sight.CLEAR else car.sight.value)


def rendered(car: DrillCar, road: RoadLook) -> Pictures:
    """The pictures of a car that nobody foresaw, alone on the drill's road. It takes seconds."""
    one = _road_car(replace(car, at_s=_ALONE_S))
    return DrillRoad((one,), road.light, road.weather).seen(one)


def _recorded(car: DrillCar) -> Pictures | None:
    """The recorded pictures, where the scenario has them; the view says that it is training, as a rendered one does."""
    if not car.context and not car.crop:
        return None
    crop, context = (Path(name).read_bytes() if name else b"" for name in (car.crop, car.context))
    return Pictures(crop, stamped_jpeg(context) if context else b"")
