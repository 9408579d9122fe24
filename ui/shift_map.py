"""The shift on the map: where the car drove, where it read, where it hit. Plain numbers; nothing here draws.

Places are in feet east and north of the first place of the shift: true enough over a county, and in the officer's unit.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

FEET_A_DEGREE = 364_000.0
"""Of latitude; of longitude times the cosine of the latitude. Right to 0.4 % between 25 and 49 degrees north."""
FEET_A_MILE = 5_280
_STEP_FT = 30.0
"""A place that is nearer to the one before adds nothing to the track."""
_TRACK_MOST, _READS_MOST = 20_000, 5_000

Place = tuple[float, float]


@dataclass(slots=True)
class ShiftMap:
    """Places of one shift, in feet from its first one."""

    origin: Place | None = None
    track: deque[Place] = field(default_factory=lambda: deque(maxlen=_TRACK_MOST))
    reads: deque[Place] = field(default_factory=lambda: deque(maxlen=_READS_MOST))
    _hits: dict[str, Place] = field(default_factory=dict)

    def drive(self, lat: float, lon: float) -> None:
        """The car is here now."""
        place = self.feet(lat, lon)
        if not self.track or math.dist(place, self.track[-1]) >= _STEP_FT:
            self.track.append(place)

    def see(self, lat: float, lon: float, *, hit_id: str = "") -> None:
        """A plate was read here; a hit stands out, once, where it was seen last."""
        self.reads.append(self.feet(lat, lon))
        if hit_id:
            self._hits[hit_id] = self.reads[-1]

    @property
    def hits(self) -> list[Place]:
        """The place of each hit."""
        return list(self._hits.values())

    def feet(self, lat: float, lon: float) -> Place:
        """A place in feet east and north of the shift's first one."""
        if self.origin is None:
            self.origin = lat, lon
        return (lon - self.origin[1]) * self._east(), (lat - self.origin[0]) * FEET_A_DEGREE

    def degrees(self, east: float, north: float) -> Place:
        """Latitude and longitude of a place in feet."""
        lat, lon = self.origin or (0.0, 0.0)
        return lat + north / FEET_A_DEGREE, lon + east / self._east()

    def _east(self) -> float:
        lat = self.origin[0] if self.origin else 0.0
        return FEET_A_DEGREE * math.cos(math.radians(lat))


def in_us_units(feet: float) -> str:
    """'500 ft' below a quarter of a mile, else '0.5 mi'."""
    if feet < FEET_A_MILE / 4:
        return f"{feet:.0f} ft"
    miles = feet / FEET_A_MILE
    return f"{miles:.3g} mi" if miles < 10 else f"{miles:.0f} mi"
