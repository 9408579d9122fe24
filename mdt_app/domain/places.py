"""Places on the ground: a circle or a box in degrees, and what lies within them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

METERS_A_DEGREE = 111_195.0
"""Of latitude; of longitude times the cosine of the latitude. A sphere's; right to half a percent."""
FURTHEST_M = 100_000.0


@dataclass(frozen=True, slots=True)
class Box:
    """All between these degrees of latitude and longitude."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Circle:
    """All within `radius_m` metres of a place."""

    lat: float
    lon: float
    radius_m: float

    @property
    def meters_east(self) -> float:
        """Metres of a degree of longitude here."""
        return METERS_A_DEGREE * max(0.01, math.cos(math.radians(self.lat)))


Place = Circle | Box


def box_around(place: Place) -> Box:
    """The smallest box that holds the place."""
    if isinstance(place, Box):
        return place
    up, across = place.radius_m / METERS_A_DEGREE, place.radius_m / place.meters_east
    return Box(place.lat - up, place.lon - across, place.lat + up, place.lon + across)


def place_values(place: Place) -> dict[str, float]:
    """The place as plain numbers by name."""
    return asdict(place)


def place_from(values: Mapping[str, Any]) -> Place:
    """The place of such numbers."""
    kind = Circle if "radius_m" in values else Box
    return kind(**{name: float(values[name]) for name in kind.__slots__})
