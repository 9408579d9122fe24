"""The drive's script: which cars appear, and where each of them and the patrol car are at any time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from devices.drive.camera import FPS


@dataclass(frozen=True, slots=True)
class DriveCar:
    """A car of the drive: its plate, the state's NCIC code and the vehicle's NCIC codes (VMA, VMO, VST, VCO, VYR)."""

    plate: str
    state: str
    make: str
    model: str
    style: str
    color: str
    year: str


DRIVE_PLATES: tuple[DriveCar, ...] = (
    DriveCar("KLR4726", "NY", "HOND", "CIV", "4D", "SIL", "2019"),
    DriveCar("4TKF63", "MA", "FORD", "EXP", "UT", "BLK", "2021"),
    DriveCar("AH34967", "CT", "TOYT", "CAM", "4D", "RED", "2018"),
    DriveCar("K47HXM", "NJ", "FORD", "F15", "PK", "BLU", "2020"),
    DriveCar("PX367", "RI", "TOYT", "RAV", "UT", "WHI", "2022"),
    DriveCar("LMK7394", "PA", "NISS", "ALT", "4D", "GRY", "2017"),
    DriveCar("4936702", "NH", "TOYT", "TAC", "PK", "TAN", "2016"),
    DriveCar("HFK492", "VT", "JEEP", "CHE", "UT", "GRN", "2019"),
    DriveCar("JTC9364", "NY", "CHEV", "MAL", "4D", "WHI", "2015"),
    DriveCar("7NPL26", "MA", "HOND", "CRV", "UT", "MAR", "2023"),
    DriveCar("XK72943", "CT", "FORD", "F15", "PK", "ONG", "2021"),
    DriveCar("MHN6437", "PA", "HYUN", "ELA", "4D", "DBL", "2022"),
)
"""All cars of the drive, in the order in which they appear. The characters are invented."""


class Part(StrEnum):
    """What a car does: we catch up with it and pass it, or it passes us and pulls in ahead."""

    CAUGHT = "caught"
    PASSES = "passes"


_LANE = 1.8
"""A lane's middle, in metres left or right of the road's middle."""
_FIRST, _SLOT = 4.0, 4.6
"""Seconds until the first car is nearest, and from one car to the next."""
_SPEED = 24.0
"""The patrol car's speed in metres a second."""
_GONE = 2.0
"""Nearer than this, in metres, a car is outside the picture."""

Track = Sequence[tuple[float, float]]
"""(seconds from the time when the car is nearest, value) of the points between which it moves smoothly."""
_DISTANCE: dict[Part, Track] = {
    Part.CAUGHT: ((-5.6, 260.0), (-3.2, 40.0), (-1.1, 7.05), (1.15, 6.65), (2.6, 1.5)),
    Part.PASSES: ((-2.1, 1.5), (-1.1, 6.7), (1.0, 7.05), (3.2, 26.0), (5.0, 85.0), (7.0, 260.0)),
}
_ASIDE: dict[Part, Track] = {
    Part.CAUGHT: ((0.0, 0.0),),
    Part.PASSES: ((-1.9, 1.0), (-0.9, 0.0)),
}
"""How far towards the other lane's middle: 0 in its own, 1 in the other."""
_CHANGE = (0.9, 2.2)
"""The seconds after the nearest time in which the patrol car changes to the other lane."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a car's rear is: metres right of the lens and ahead of it."""

    car: DriveCar
    x: float
    z: float


@dataclass(frozen=True, slots=True)
class Script:
    """The cars of a drive. Odd ones are met in the right lane; from the fourth car on these pass us."""

    cars: tuple[DriveCar, ...] = DRIVE_PLATES

    @property
    def frames(self) -> int:
        """How many frames the drive has."""
        return round((_FIRST + _SLOT * (len(self.cars) - 1) + 3.4) * FPS)

    def nearest(self, number: int) -> float:
        """Return the second in which a car is nearest."""
        return _FIRST + _SLOT * number

    def patrol(self, second: float) -> tuple[float, float]:
        """Return the patrol car's place on the road: metres right of its middle, metres driven."""
        x = -_LANE
        for number in range(len(self.cars)):
            share = (second - self.nearest(number) - _CHANGE[0]) / (_CHANGE[1] - _CHANGE[0])
            x -= 2 * _lane(number) * _eased(share)
        return x, _SPEED * second

    def places(self, second: float) -> list[Place]:
        """Return the cars in view, the farthest first."""
        patrol_x, _ = self.patrol(second)
        found = []
        for number, car in enumerate(self.cars):
            part = Part.PASSES if number % 2 and number >= 3 else Part.CAUGHT
            since, lane = second - self.nearest(number), _lane(number)
            track = _DISTANCE[part]
            z = math.exp(_between([(t, math.log(v)) for t, v in track], since))
            if track[0][0] < since < track[-1][0] and z > _GONE:
                found.append(Place(car, lane * (1 - 2 * _between(_ASIDE[part], since)) - patrol_x, z))
        return sorted(found, key=lambda place: -place.z)


@dataclass(frozen=True, slots=True)
class TimedScript(Script):
    """A drive whose cars come at their own times: `times` holds the second in which each is nearest."""

    times: tuple[float, ...] = ()

    def nearest(self, number: int) -> float:
        """Return the second in which a car is nearest."""
        return self.times[number]


def _lane(number: int) -> float:
    return _LANE if number % 2 else -_LANE


def _eased(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def _between(track: Track, at: float) -> float:
    """Return the value on the track, with slopes that make no overshoot (Fritsch and Butland's harmonic mean)."""
    if at <= track[0][0] or len(track) == 1:
        return track[0][1]
    if at >= track[-1][0]:
        return track[-1][1]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(track)]
    tangents = [slopes[0], *(_mean(a, b) for a, b in pairwise(slopes)), slopes[-1]]
    i = max(i for i, point in enumerate(track) if point[0] <= at)
    (t0, v0), (t1, v1) = track[i], track[i + 1]
    h, s = t1 - t0, (at - t0) / (t1 - t0)
    start, end = (1 + 2 * s) * (1 - s) ** 2, s * s * (3 - 2 * s)
    return start * v0 + end * v1 + h * s * (1 - s) * ((1 - s) * tangents[i] - s * tangents[i + 1])


def _mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a * b > 0 else 0.0
