"""Scenarios: the library's and any file's, read and checked. Each fault is told with file, line, key and remedy."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.drill_acts import parse_act
from mdt_app.domain.drills import (
    DrillCar,
    DrillEntry,
    DrillFault,
    Expected,
    RoadLook,
    Scenario,
    TrackPoint,
    Trainee,
)
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.limits import Limits
from mdt_app.domain.marking import MISTAKES
from mdt_app.domain.plates import match_key
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.policies import load_policy
from mdt_app.services.scenario_faults import Fault, code_fault, name_fault, refusal, shape_fault
from mdt_app.services.scenario_file import CarTable, EntryTable, ScenarioFile, TraineeTable, VehicleTable
from mdt_app.services.scenario_syntax import toml_refusal
from mdt_app.services.scenario_text import scenario_text
from mdt_app.services.toml_lines import KeyPath, key_lines, toml_values

_SUFFIX = ".toml"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
"""How a picture's file begins: JPEG, PNG."""


def library() -> tuple[str, ...]:
    """The names of the drills that come with the program, in order."""
    found = files("resources").joinpath("scenarios").iterdir()
    return tuple(sorted(part.name.removesuffix(_SUFFIX) for part in found if part.name.endswith(_SUFFIX)))


def library_text(name: str) -> str:
    """Return a drill of the library as it is written, for a trainer to change. Raises BadInput where there is none."""
    if name not in library():
        raise BadInput(f"There is no drill '{name}' in the library.", "'mdt simulate --list' names them.")
    return files("resources").joinpath("scenarios", name + _SUFFIX).read_text(encoding="utf-8")


def load_scenario(name: str) -> Scenario:
    """Read a drill of the library by its name, or any file by its path. Raises BadInput with all of its faults."""
    if name in library():
        with as_file(files("resources").joinpath("scenarios", name + _SUFFIX)) as path:
            return read_scenario(path)
    path = Path(name)
    if not path.is_file():
        raise BadInput(f"There is no drill '{name}'.", _where_to_look(path))
    if path.stem in library():  # the record of a person's training names drills by their names alone
        words = f"The library has a drill '{path.stem}' already."
        raise BadInput(words, f"Give {path.name} another name: results on record name the drill.")
    return read_scenario(path)


def _where_to_look(path: Path) -> str:
    if path.suffix != _SUFFIX:
        return "'mdt simulate --list' names them; or give a file's path, as my-drill.toml."
    hidden = path.with_name(f"{path.name}.txt")  # an editor may add an ending that Windows doesn't show
    if hidden.is_file():
        return f"The file is called {hidden.name}: take '.txt' off its name."
    return f"No such file is in {path.absolute().parent}: go to its folder, or give its whole path."


def read_scenario(path: Path) -> Scenario:
    """Read a scenario's file. Raises BadInput that names file, line, key and remedy of every fault."""
    text = scenario_text(path)
    try:
        raw = toml_values(text)
    except tomllib.TOMLDecodeError as error:
        raise toml_refusal(path.name, text, error) from error
    lines = key_lines(text)
    try:
        parsed = ScenarioFile.model_validate(raw)
    except ValidationError as error:
        wrong = error.errors()
        found = [shape_fault(e) for e in wrong if not _follows(e["loc"], wrong)]
        raise refusal(path.name, lines, found) from error
    if faults := list(_faults(parsed, path.parent)):
        raise refusal(path.name, lines, faults)
    return _scenario(parsed, path, hashlib.sha256(text.encode()).hexdigest())


def _follows(where: KeyPath, wrong: Sequence[ErrorDetails]) -> bool:
    """Whether a table is called too short only because a row of it is wrong."""
    return any(e["loc"][: len(where)] == where and len(e["loc"]) > len(where) for e in wrong)


def _faults(parsed: ScenarioFile, folder: Path) -> Iterator[Fault]:
    for check in _CHECKS:
        yield from check(parsed)
    for number, car in enumerate(parsed.cars):
        for key in ("crop", "context"):
            if getattr(car, key) and (words := _picture_fault(folder, getattr(car, key))):
                yield (
                    ("cars", number, key),
                    words,
                    "put a JPEG or PNG beside the scenario's file, and write its name alone",
                )


def _picture_fault(folder: Path, name: str) -> str:
    """Why a name is no picture beside the scenario: a drill reads nothing else of the machine that it runs on."""
    path = (folder / name).resolve()
    if path.parent != folder.resolve():
        return "names a file elsewhere"
    if not path.is_file():
        return "names a picture that is not there"
    with path.open("rb") as picture:
        return "" if picture.read(4).startswith(_PICTURES) else "names a file that is no picture"


def _policy_faults(parsed: ScenarioFile) -> Iterator[Fault]:
    try:
        policy = load_policy(parsed.policy)
    except BadInput:
        yield ("policy",), "names no policy", "write postc, newtown or glastonbury"
        return
    for number, topic in enumerate(parsed.topics):
        if topic not in policy.training:
            yield name_fault(("topics", number), topic, "no topic of the training", policy.training)


def _entry_faults(parsed: ScenarioFile) -> Iterator[Fault]:
    for number, entry in enumerate(parsed.entries):
        where = ("entries", number)
        if entry.list not in parsed.lists:
            yield (*where, "list"), "names a list that is not there", f"add a table [lists.{entry.list}]"
        for key in ("category", "on_file"):
            said = getattr(entry, key)
            if said and said not in ALERTS:
                yield name_fault((*where, key), said, "no category", ALERTS)


def _code_faults(parsed: ScenarioFile) -> Iterator[Fault]:
    codes = load_code_tables()
    known: Mapping[str, Mapping[str, str]] = {"make": codes.makes, "style": codes.styles, "color": codes.colors}
    tables: tuple[tuple[str, tuple[CarTable | EntryTable, ...]], ...] = (
        ("cars", parsed.cars),
        ("entries", parsed.entries),
    )
    for table, rows in tables:
        for number, row in enumerate(rows):
            if row.state not in codes.states:
                yield (table, number, "state"), "is no state of issue", "write NCIC's two letters, as CT or NY"
            for key, held in known.items():
                code = getattr(row.vehicle, key)
                for part in code.split("/"):
                    if part and part not in held:
                        yield code_fault((table, number, "vehicle", key), part, held)


def _time_faults(parsed: ScenarioFile) -> Iterator[Fault]:
    for table in ("cars", "faults", "track"):
        for number, row in enumerate(getattr(parsed, table)):
            if row.at > parsed.seconds:
                yield (table, number, "at"), "is after the drill's end", "make it earlier, or 'seconds' larger"
    for number, (before, point) in enumerate(pairwise(parsed.track), 1):
        if point.at <= before.at:
            yield (
                ("track", number, "at"),
                "is not after the point before it",
                "put the points in the order of their times",
            )
    for number, fault in enumerate(parsed.faults):
        if fault.until is not None and fault.until <= fault.at:
            yield ("faults", number, "until"), "is not after its beginning", "make it later than 'at'"


_ONE_HIT = "one block a plate: who comes by with it again within the policy's minutes is the same hit, seen again"


def _expected_faults(parsed: ScenarioFile) -> Iterator[Fault]:
    listed = {match_key(entry.plate) for entry in parsed.entries}
    expected_ones = {match_key(expected.plate) for expected in parsed.expected}
    on_road = {match_key(car.reads or car.plate) for car in parsed.cars}
    for number, entry in enumerate(parsed.entries):
        if match_key(entry.plate) in on_road - expected_ones:
            remedy = f'add a block [[expected]] with plate = "{entry.plate}"'
            yield ("entries", number, "plate"), "comes by, and nothing is expected of it", remedy
    seen: set[str] = set()
    for number, expected in enumerate(parsed.expected):
        plate = match_key(expected.plate)
        if plate not in listed:
            yield ("expected", number, "plate"), "is on no list", "write the plate of one of the [[entries]]"
        elif plate in seen:
            yield ("expected", number, "plate"), "stands twice", _ONE_HIT
        seen.add(plate)


def _act_faults(parsed: ScenarioFile) -> Iterator[Fault]:
    for who in ("right", "wrong"):
        for number, line in enumerate(getattr(parsed.trainee, who).does):
            try:
                parse_act(line)
            except BadInput as fault:
                yield ("trainee", who, "does", number), fault.words, fault.remedy
    if parsed.trainee.wrong.fails not in MISTAKES:
        yield name_fault(("trainee", "wrong", "fails"), parsed.trainee.wrong.fails, "no mistake's name", MISTAKES)
    if parsed.trainee.right.fails:
        yield ("trainee", "right", "fails"), "stands with the one who does it right", "take it out"


_CHECKS: tuple[Callable[[ScenarioFile], Iterator[Fault]], ...] = (
    _policy_faults,
    _entry_faults,
    _code_faults,
    _time_faults,
    _expected_faults,
    _act_faults,
)


def _scenario(parsed: ScenarioFile, path: Path, digest: str) -> Scenario:
    return Scenario(
        name=path.stem,
        title=parsed.title,
        story=parsed.story,
        source=parsed.source,
        policy=parsed.policy,
        seconds=parsed.seconds,
        topics=parsed.topics,
        digest=digest,
        road=RoadLook(parsed.road.light, parsed.road.weather),
        lists={name: row.age_hours for name, row in parsed.lists.items()},
        entries=tuple(map(_entry, parsed.entries)),
        cars=tuple(_car(row, path.parent) for row in parsed.cars),
        faults=tuple(DrillFault(row.at, row.kind, row.until) for row in parsed.faults),
        track=tuple(TrackPoint(row.at, row.lat, row.lon, row.mph) for row in parsed.track),
        expected=tuple(_expected(parsed)),
        trainees={"right": _trainee(parsed.trainee.right), "wrong": _trainee(parsed.trainee.wrong)},
    )


def _vehicle(row: VehicleTable) -> Vehicle:
    return Vehicle(row.year, row.make, row.model, row.style, row.color)


def _entry(row: EntryTable) -> DrillEntry:
    return DrillEntry(
        list_name=row.list,
        plate=row.plate,
        state=row.state,
        category=row.category,
        vehicle=_vehicle(row.vehicle),
        cautions=row.cautions,
        ori=row.ori,
        limits=Limits(alert_only=row.alert_only),
        record=row.record,
        record_after_s=row.record_after,
        on_file=row.on_file,
        dispatch=row.dispatch,
    )


def _car(row: CarTable, folder: Path) -> DrillCar:
    crop, context = (str(folder / name) if name else "" for name in (row.crop, row.context))
    state = row.state if row.reads_state is None else row.reads_state or None
    return DrillCar(row.at, row.plate, row.state, _vehicle(row.vehicle), row.reads, state, row.sight, crop, context)


def _expected(parsed: ScenarioFile) -> Iterator[Expected]:
    for row in parsed.expected:
        yield Expected(
            plate=row.plate,
            end=row.end,
            reasons=row.reasons,
            within_s=row.within,
            ways=row.ways,
            owner_told=row.owner_told,
            by_radio=row.by_radio,
            disposition=row.disposition,
        )


def _trainee(row: TraineeTable) -> Trainee:
    return Trainee(tuple(map(parse_act, row.does)), row.fails, row.pause)
