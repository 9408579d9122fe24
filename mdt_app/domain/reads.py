"""Reads: what one camera saw of one plate, exactly as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

OTHER_CAMERA = "other camera"
"""The `feed` of a read that headquarters passed on: another reader's camera saw the vehicle, not this car's."""


class ClockSource(StrEnum):
    """Where a time on record comes from."""

    SYSTEM = "system"
    POSITION = "position"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the camera's picture, in pixels from its upper left corner."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class CharacterRead:
    """One character with its confidence (0 to 1) and what it could be instead, the likeliest first."""

    character: str
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """Where the car was: degrees, and the age of the fix in seconds when the read was made (None: not known)."""

    lat: float
    lon: float
    age_s: float | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One attribute of a vehicle in the reader's own words, with its confidence (0 to 1; None: not known)."""

    value: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SeenVehicle:
    """What a reader says of the vehicle that it saw. None: it says nothing about that."""

    color: Seen | None = None
    make: Seen | None = None
    model: Seen | None = None
    body: Seen | None = None
    year: Seen | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """One plate seen by one camera. Unknown is a value: state, confidence, box and position may be None.

    `raw_text` is what the reader said, never changed afterwards; `key` is what matching compares.
    `captured_at` is UTC. `confidence` and `state_confidence` run from 0 to 1. `frames` is how many frames were voted.
    `source_id` is the ready-made reader that sent it and `event_id` that reader's own name for it (empty: our camera).
    `direction` is where the vehicle went, in the reader's own words or in degrees.
    `stamp_s` is the camera's own time in its stream, `exposure_s` how long it exposed; None: it does not say.
    `out_of_service`: its equipment had failed its check; it raises no alert, now or later (EQP-2).
    """

    read_id: str
    camera_id: str
    captured_at: datetime
    clock: ClockSource
    raw_text: str
    key: str
    state: str | None = None
    state_confidence: float | None = None
    confidence: float | None = None
    characters: tuple[CharacterRead, ...] = ()
    candidates: tuple[str, ...] = ()
    box: Box | None = None
    position: Position | None = None
    feed: str = "camera"
    frames: int = 1
    source_id: str = ""
    event_id: str = ""
    direction: str | None = None
    vehicle: SeenVehicle | None = None
    stamp_s: float | None = None
    exposure_s: float | None = None
    out_of_service: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a read as JPEG bytes: the plate, and the view around it. Any may be empty.

    `glance`: the view made small, for the screen alone, which shows it at once; never recorded.
    """

    crop: bytes = field(default=b"", repr=False)
    context: bytes = field(default=b"", repr=False)
    glance: bytes = field(default=b"", repr=False)
