"""Drills: a scenario's road, lists, answers, faults, what is expected of the trainee, and what a scripted one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from mdt_app.domain.alerts import Feature
from mdt_app.domain.drill_acts import Act
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.limits import NO_LIMITS, Limits
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.plates import match_key

NO_VEHICLE = Vehicle()
"""Nothing is known, or said, of the vehicle."""


class Sight(StrEnum):
    """What an eye can make of a car's plate."""

    CLEAR = "clear"
    BLURRED = "blurred"
    HIDDEN = "hidden"


class Says(StrEnum):
    """What a records check comes to: an answer of its own, or none that can be used."""

    ACTIVE = "active"
    NO_RECORD = "no record"
    OTHER_RECORD = "other record"
    SILENCE = "silence"
    GARBLED = "garbled"


class FaultKind(StrEnum):
    """What can fail in a drill."""

    CAMERA = "camera"
    LINK = "link"


class End(StrEnum):
    """How a hit is to end: in a stop, in none, still followed, or without ever having been raised."""

    STOP = "stop"
    NO_STOP = "no stop"
    FOLLOW = "follow"
    NO_ALERT = "no alert"


@dataclass(frozen=True, slots=True)
class RoadLook:
    """How the road looks: `light` is day, dusk or night, `weather` clear, rain or fog."""

    light: str = "day"
    weather: str = "clear"


@dataclass(frozen=True, slots=True)
class DrillCar:
    """A car of the drill as it truly is. It is nearest `at_s` seconds after the start.

    `reads` is what the reader makes of its plate, where that is given; without it the reader reads for itself.
    `reads_state`: the state that the reader names, None where it names none. `crop`, `context`: recorded pictures.
    """

    at_s: float
    plate: str
    state: str
    vehicle: Vehicle = NO_VEHICLE
    reads: str = ""
    reads_state: str | None = None
    sight: Sight = Sight.CLEAR
    crop: str = ""
    context: str = ""

    @property
    def read_as(self) -> str:
        """The characters that the reader gives."""
        return self.reads or self.plate


@dataclass(frozen=True, slots=True)
class DrillEntry:
    """An entry of a drill's list, and what the records check says of it, after so many seconds.

    `on_file` is the category that the record itself has, where it is another than the list's. `dispatch` is what a
    dispatcher says by radio.
    """

    list_name: str
    plate: str
    state: str
    category: str
    vehicle: Vehicle = NO_VEHICLE
    cautions: tuple[str, ...] = ()
    ori: str = "CT0056700"
    limits: Limits = NO_LIMITS
    record: Says = Says.ACTIVE
    record_after_s: float = 4.0
    on_file: str = ""
    dispatch: Says = Says.ACTIVE


@dataclass(frozen=True, slots=True)
class DrillFault:
    """Something that fails `at_s` and works again `until_s` (None: not before the end)."""

    at_s: float
    kind: FaultKind
    until_s: float | None = None


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """Where the car is `at_s`, in degrees, and how fast in miles an hour."""

    at_s: float
    lat: float
    lon: float
    mph: float = 0.0


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of the hit on a listed plate.

    `within_s`: answered within so many seconds of the alert. `ways`: the other ways that this drill is for.
    `owner_told`: the entry's owner has to be told. `by_radio`: dispatch has to be asked.
    """

    plate: str
    end: End
    reasons: tuple[NoStopReason, ...] = ()
    within_s: float = 120.0
    ways: tuple[str, ...] = ()
    owner_told: bool = False
    by_radio: bool = False
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class Trainee:
    """A scripted trainee: the acts, each after `pause_s`; `fails` names the mistake that a wrong one makes."""

    acts: tuple[Act, ...]
    fails: str = ""
    pause_s: float = 3.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A drill as its file has it. `digest` names this very version; `lists` holds each list's age in hours."""

    name: str
    title: str
    story: str
    policy: str
    seconds: float
    topics: tuple[str, ...]
    digest: str
    source: str = ""
    road: RoadLook = RoadLook()
    lists: Mapping[str, float] = field(default_factory=dict)
    entries: tuple[DrillEntry, ...] = ()
    cars: tuple[DrillCar, ...] = ()
    faults: tuple[DrillFault, ...] = ()
    track: tuple[TrackPoint, ...] = ()
    expected: tuple[Expected, ...] = ()
    trainees: Mapping[str, Trainee] = field(default_factory=dict)

    def car_read_as(self, plate: str) -> DrillCar | None:
        """The car whose read has these characters; the clearest where it comes by more than once."""
        found = [car for car in self.cars if match_key(car.read_as) == match_key(plate)]
        return min(found, key=lambda car: list(Sight).index(car.sight), default=None)

    def entry(self, plate: str, state: str = "") -> DrillEntry | None:
        """The entry on this plate, and on this state where it is given."""
        same = (e for e in self.entries if match_key(e.plate) == match_key(plate))
        return next((e for e in same if not state or e.state == state), None)

    def is_cut_short(self, second: float) -> bool:
        """Whether a listed car has not come by yet at this second of the drill."""
        return any(car.at_s > second for car in self.cars if self.entry(car.read_as) is not None)

    def expected_of(self, plate: str) -> Expected | None:
        """What is expected of the hit on this listed plate."""
        return next((e for e in self.expected if match_key(e.plate) == match_key(plate)), None)


def truth(car: DrillCar, entry: Vehicle, feature: Feature) -> bool:
    """Whether the car truly has what the entry says of this feature; of two colors one is enough."""
    listed, real = getattr(entry, feature), getattr(car.vehicle, feature)
    return bool(set(listed.split("/")) & set(real.split("/")))


def along(track: Sequence[TrackPoint]) -> Iterator[TrackPoint]:
    """The way second by second, straight from one point to the next: a receiver speaks once a second."""
    for here, there in pairwise(track):
        steps = max(1, round(there.at_s - here.at_s))
        for step in range(steps):
            share = step / steps
            yield TrackPoint(
                here.at_s + share * (there.at_s - here.at_s),
                here.lat + share * (there.lat - here.lat),
                here.lon + share * (there.lon - here.lon),
                here.mph + share * (there.mph - here.mph),
            )
    yield from track[-1:]
