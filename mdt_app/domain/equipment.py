"""Equipment and its checks: what is measured, what counts as failed, and when it is out of service (EQP-1 to EQP-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class CameraKind(StrEnum):
    """How a camera is set up: at a place, carried to one, or on a vehicle."""

    FIXED = "fixed"
    PORTABLE = "portable"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Equipment:
    """One piece as the agency has it on its books. `lane` and `place` are the agency's own words.

    `field_of_view_deg`: how wide the camera sees, in degrees, None where nobody has said.
    """

    equipment_id: str
    kind: CameraKind = CameraKind.MOBILE
    place: str = ""
    lane: str = ""
    field_of_view_deg: float | None = None
    agency_number: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A camera as the agency's books had it from this time on, until the next one of its id (REC-1)."""

    equipment: Equipment
    at: datetime


def registered_at(records: Iterable[Registered], equipment_id: str, at: datetime) -> Equipment | None:
    """Return what the books said of a piece at that time, from records the oldest of which comes first."""
    of_it = [one for one in records if one.equipment.equipment_id == equipment_id and one.at <= at]
    return of_it[-1].equipment if of_it else None


class Aspect(StrEnum):
    """What a check looks at."""

    SHARPNESS = "sharpness"
    EXPOSURE = "exposure"
    OBSTRUCTION = "obstruction"
    NIGHT = "night"
    ALIGNMENT = "alignment"
    TEST_PLATE = "test_plate"
    LOUDNESS = "loudness"


SPEAKER = "sound"
"""The id of the car's speaker, as its device calls itself."""
LOUD_LEAST_DB = 15.0
"""How far a warning stands above the quiet before it, in decibels (ISO 7731, not verified)."""
CAMERA_ASPECTS = tuple(aspect for aspect in Aspect if aspect is not Aspect.LOUDNESS)


class Result(StrEnum):
    """What came of one aspect. NOT_NOW: it can't be told at this time, as night by day; it counts neither way."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Finding:
    """One aspect's result, with what was measured and its limit in words ('sharpness 41, least 12')."""

    aspect: Aspect
    result: Result
    measured: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A check on record: what was found, by whom and when."""

    equipment_id: str
    at: datetime
    by: str
    findings: tuple[Finding, ...]

    def aspects(self, result: Result) -> frozenset[Aspect]:
        """The aspects of which this came."""
        return frozenset(finding.aspect for finding in self.findings if finding.result is result)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repair on record: what was done, by which source, on whose authority (EQP-3)."""

    equipment_id: str
    at: datetime
    by: str
    source: str
    authorized_by: str
    work: str


EquipmentRecord = Checked | Repaired


@dataclass(frozen=True, slots=True)
class Standing:
    """How one piece stands: its last check and the last repair (None: there is none on record).

    `failed`: the aspects that failed in a check and have passed in none since. A repair alone proves nothing.
    """

    equipment_id: str
    check: Checked | None = None
    repair: Repaired | None = None
    failed: frozenset[Aspect] = frozenset()

    @property
    def out_of_service(self) -> bool:
        """True until everything that failed has passed (EQP-2)."""
        return bool(self.failed)

    def due(self, now: datetime, every: timedelta) -> bool:
        """Whether a check is wanted: none yet, one too old, a clock set back, or a repair after it (EQP-1)."""
        if self.check is None or (self.repair is not None and self.repair.at > self.check.at):
            return True
        return not timedelta() <= now - self.check.at < every


def standings(records: Iterable[EquipmentRecord]) -> Mapping[str, Standing]:
    """Return how each piece stands after these records, the oldest of which comes first."""
    found: dict[str, Standing] = {}
    for record in records:
        before = found.get(record.equipment_id, Standing(record.equipment_id))
        if isinstance(record, Checked):
            failed = (before.failed | record.aspects(Result.FAILED)) - record.aspects(Result.PASSED)
            found[record.equipment_id] = replace(before, check=record, failed=failed)
        else:
            found[record.equipment_id] = replace(before, repair=record)
    return found


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Put a check of equipment on record, in the name of the person who made it."""

    equipment_id: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RecordRepair:
    """Put a repair on record: by which source, on whose authority, and what was done."""

    equipment_id: str
    source: str
    authorized_by: str = field(repr=False)
    work: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RegisterCameras:
    """Put on record what the agency's books say of this car's cameras, where that is new: a read names its camera."""

    pieces: tuple[Equipment, ...]


@dataclass(frozen=True, slots=True)
class CamerasRegistered:
    """What the books ever said of this car's cameras, the oldest first (a notice). Told at the start."""

    records: tuple[Registered, ...]


@dataclass(frozen=True, slots=True)
class EquipmentChanged:
    """How all equipment stands now (a notice). Told at the start and after every check and repair."""

    standings: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class EquipmentMeasured:
    """What a camera's picture shows, for the screen (a notice): findings, and the picture with the alignment drawn.

    `reference` says whether there is a reference picture to align with, `kept` that this picture became it.
    `trouble` says why no picture came; then there is none.
    """

    equipment_id: str
    findings: tuple[Finding, ...]
    picture: bytes = field(repr=False)
    reference: bool
    kept: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class LoudnessTold:
    """What the sound device found of its own loudness (a notice and a device's message).

    `above_db`: how far the tone stood above the quiet before it, in decibels; None where there is no microphone.
    """

    device_id: str
    above_db: float | None
    detail: str = ""
