"""A real shift becomes a drill: it can be run, and nothing real is in it."""

from __future__ import annotations

import random
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mdt_app.domain import commands as c
from mdt_app.domain.alerts import Feature, NoStopReason, Seen
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.outcomes import Disposition
from mdt_app.domain.read_search import SearchTerms
from mdt_app.domain.reads import Pictures, Position
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from mdt_app.services import shift_scenario as made_of
from mdt_app.services.disguise import Disguise
from mdt_app.services.scenarios import read_scenario
from mdt_app.wiring.drill_check import run_unattended
from tests.fakes.car import Shift, make_read

REAL = ("KNG4411", "7TRS58", "4BXR91", "4BXR97", "AB12345")


def drive(shift: Shift) -> None:
    """A shift: ordinary cars; one misread and seen to be another; one verified, stopped and released."""
    for plate in ("KNG4411", "7TRS58"):
        read_plate(shift, plate)
    misread = read_plate(shift, "4BXR91")
    shift.do(c.ConfirmPlate(misread, "4BXR97", "CT"))
    verified = read_plate(shift, "AB12345")
    shift.do(c.ConfirmPlate(verified, "AB12345", "CT"))
    shift.do(c.AskStatus(verified))
    asked, now = shift.asked[-1], shift.clock.now()
    answer = StatusAnswer(asked.check_id, "NCIC", CheckAnswer.ACTIVE, now, now, "rdoe", "LIC/AB12345")
    shift.do(c.RecordStatus(verified, answer))
    shift.do(c.RequestStop(verified, "locate"))
    shift.do(c.RecordDisposition(verified, Disposition.RELEASED))


def read_plate(shift: Shift, plate: str) -> str:
    """A camera reads a plate at a real place; the hit's id where there is one."""
    shift.clock.advance(minutes=7)
    read = make_read(plate, captured_at=shift.clock.now())
    shift.do(c.RecordRead(replace(read, position=Position(41.41384, -73.30346, 1.0)), Pictures(b"crop", b"view")))
    raised = shift.said(HitRaised)
    return raised[-1].hit.hit_id if raised else ""


@pytest.mark.clause("TRN-3")
def test_a_shift_becomes_a_drill_that_can_be_run(patrol: Shift, tmp_path: Path):
    """The misread stays a misread, the stop a stop, hours become a minute; no real plate, place, name or picture."""
    drive(patrol)
    with closing(patrol.store.reader()) as reader:
        hour = patrol.clock.now().replace(hour=0)
        reads = reader.find_reads(SearchTerms(hour, patrol.clock.now()), 1000)
        shift = made_of.Shift(reads, reader.hits.raised_since(hour.isoformat()))
    assert shift.plates == set(REAL)
    disguise = Disguise(shift.plates, random.Random(7))  # noqa: S311 - a test's choice
    text = made_of.shift_scenario(shift, "Tuesday", "postc", disguise)
    for real in (*REAL, "rdoe", "41.4", "73.3", "crop", "view", "V123456789"):
        assert real not in text
    path = tmp_path / "tuesday.toml"
    path.write_text(text, encoding="utf-8")
    drill = read_scenario(path)
    assert [len(part) for part in (drill.cars, drill.entries, drill.expected)] == [4, 2, 2]
    misread = drill.cars[2]
    assert misread.reads == drill.entries[0].plate != misread.plate
    assert sum(a != b for a, b in zip(misread.reads, misread.plate, strict=True)) == 1
    assert drill.expected[0].reasons == (NoStopReason.MISREAD,)
    verdict = run_unattended(drill, "right")
    assert (verdict.passed, verdict.reason) == (True, "")


def test_what_differed_differs_in_the_drill(patrol: Shift):
    """The vehicle that was seen to differ has another value there, and the act says so."""
    hit_id = read_plate(patrol, "4BXR91")
    patrol.do(c.ConfirmPlate(hit_id, "4BXR91", "CT"))
    patrol.do(c.AnswerVehicle(hit_id, Feature.COLOR, Seen.DIFFERS))
    patrol.do(c.EndWithoutStop(hit_id, NoStopReason.OTHER_VEHICLE))
    with closing(patrol.store.reader()) as reader:
        (hit,) = reader.hits.raised_since("2026")
    text = made_of.shift_scenario(made_of.Shift((), (hit,)), "One", "postc", Disguise({"4BXR91"}, random.Random(1)))  # noqa: S311 - a test's choice
    colors = re.findall(r'color = "(\w+)"', text)
    assert colors[0] == hit.match.entry.vehicle.color != colors[1]
    assert "vehicle color differs" in text
    assert "end other_vehicle" in text


def test_a_made_up_plate_is_no_real_one_and_the_same_each_time():
    """Of the same pattern, never one that is real, and unlike for unlike plates."""
    real = {f"AB1{n}{m}" for n in range(10) for m in range(10)}
    disguise = Disguise(real, random.Random(3))  # noqa: S311 - a test's choice
    made = {plate: disguise.plate(plate) for plate in real}
    assert not set(made.values()) & real
    assert len(set(made.values())) == len(real)
    assert all(re.fullmatch("[A-Z]{2}[0-9]{3}", plate) for plate in made.values())
    assert disguise.plate("AB100") == made["AB100"]
    # One that is misread of a listed one is no real one either, where every plate but one of its kind is.
    every = {f"K{digit}" for digit in range(1, 10)} | {"KB"}
    tight = Disguise(every | {f"{letter}{digit}" for letter in "ABCDEFGHJ" for digit in range(1, 9)}, random.Random(5))  # noqa: S311 - a test's choice
    assert tight.like("K2", "K1") not in every
