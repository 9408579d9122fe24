"""What stands in a scenario's file: each table and key, with what may be written there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mdt_app.domain.drills import End, FaultKind, Says, Sight
from mdt_app.domain.outcomes import NoStopReason

PlateText = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,8}$")]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Seconds = Annotated[float, Field(ge=0, le=3600)]
Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VehicleTable(_Strict):
    """A vehicle in NCIC's codes; what is left out is not known."""

    year: str = ""
    make: str = ""
    model: str = ""
    style: str = ""
    color: str = ""


class RoadTable(_Strict):
    """How the road looks."""

    light: Literal["day", "dusk", "night"] = "day"
    weather: Literal["clear", "rain", "fog"] = "clear"


class ListTable(_Strict):
    """A hot list: how old its extract is."""

    age_hours: Annotated[float, Field(ge=0, le=2000)] = 3.0


class EntryTable(_Strict):
    """An entry, what the records check answers, and what dispatch says by radio."""

    list: Words
    plate: PlateText
    state: StateCode
    category: str
    vehicle: VehicleTable = VehicleTable()
    cautions: tuple[str, ...] = ()
    ori: Annotated[str, Field(pattern=r"^[A-Z0-9]{9}$")] = "CT0056700"
    alert_only: tuple[str, ...] = ()
    record: Says = Says.ACTIVE
    record_after: Seconds = 4.0
    on_file: str = ""
    dispatch: Says = Says.ACTIVE


class CarTable(_Strict):
    """A car on the road, as it truly is."""

    at: Seconds
    plate: PlateText
    state: StateCode
    vehicle: VehicleTable = VehicleTable()
    reads: Annotated[str, Field(pattern=r"^([A-Z0-9]{2,8})?$")] = ""
    reads_state: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] | None = None
    sight: Sight = Sight.CLEAR
    crop: str = ""
    context: str = ""


class FaultTable(_Strict):
    """Something that fails."""

    at: Seconds
    kind: FaultKind
    until: Seconds | None = None


class TrackTable(_Strict):
    """A point of the car's way."""

    at: Seconds
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    mph: Annotated[float, Field(ge=0, le=200)] = 0.0


class ExpectedTable(_Strict):
    """What is expected of the hit on a listed plate."""

    plate: PlateText
    end: End
    reasons: tuple[NoStopReason, ...] = ()
    within: Seconds = 120.0
    ways: tuple[Literal["exigent", "independent_suspicion", "status_when_practicable"], ...] = ()
    owner_told: bool = False
    by_radio: bool = False
    disposition: Literal["", "arrest", "recovered", "citation", "released"] = ""


class TraineeTable(_Strict):
    """A scripted trainee. `pause`: seconds before each act."""

    does: Annotated[tuple[str, ...], Field(min_length=0)]
    pause: Seconds = 3.0
    fails: str = ""


class TraineesTable(_Strict):
    """The one who does it right, and the one who makes the mistake."""

    right: TraineeTable
    wrong: TraineeTable


class ScenarioFile(_Strict):
    """The whole file."""

    title: Words
    story: Words
    source: str = ""
    policy: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")] = "postc"
    seconds: Annotated[float, Field(gt=0, le=3600)] = 120.0
    topics: Annotated[tuple[str, ...], Field(min_length=1)] = ("visual_verification",)
    road: RoadTable = RoadTable()
    lists: dict[str, ListTable] = {}
    entries: tuple[EntryTable, ...] = ()
    cars: Annotated[tuple[CarTable, ...], Field(min_length=1)]
    faults: tuple[FaultTable, ...] = ()
    track: tuple[TrackTable, ...] = ()
    expected: Annotated[tuple[ExpectedTable, ...], Field(min_length=1)]
    trainee: TraineesTable
