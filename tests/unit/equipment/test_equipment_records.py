"""Checks and repairs of equipment on record, and what a failed check does to a camera's reads."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from cache.keys import forget_key, obtain_key
from cache.store import CacheStore
from mdt_app.domain import notices as n
from mdt_app.domain.commands import MatchPastReads, RecordRead, SignOut
from mdt_app.domain.equipment import (
    Aspect,
    CameraKind,
    CamerasRegistered,
    Checked,
    Equipment,
    EquipmentChanged,
    Finding,
    RecordCheck,
    RecordRepair,
    RegisterCameras,
    Repaired,
    Result,
    Standing,
    registered_at,
    standings,
)
from mdt_app.domain.errors import NotSignedIn, Refused, StorageFault
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.reads import Pictures
from mdt_app.services.doctor import State
from mdt_app.services.list_blocks import prepared
from mdt_app.wiring.equipment_report import save_report
from mdt_app.wiring.examination import examine_car
from mdt_app.wiring.store_tools import Place
from tests.fakes.car import KEY, Shift, make_entry, make_read

PICTURES = Pictures(b"crop", b"context")
SHARP = Finding(Aspect.SHARPNESS, Result.PASSED, "blur 0.30, at most 0.55")
BLURRED = Finding(Aspect.SHARPNESS, Result.FAILED, "blur 0.80, at most 0.55")
SHIFTED = Finding(Aspect.ALIGNMENT, Result.FAILED, "shifted 4.0 degrees")
DAY = Finding(Aspect.NIGHT, Result.NOT_NOW, "it is light")


def check(patrol: Shift, *findings: Finding, camera: str = "L") -> Standing:
    """Put a check on record; return how the camera stands then."""
    patrol.do(RecordCheck(camera, findings))
    return patrol.said(EquipmentChanged)[-1].standings[camera]


def see(patrol: Shift, plate: str = "4BXR91", **changes: object) -> None:
    read = replace(make_read(plate, captured_at=patrol.clock.now()), **changes)
    patrol.do(RecordRead(read, PICTURES))


def trail(patrol: Shift, kind: str) -> list[dict[str, object]]:
    """The bodies of the audit events of a kind, as another connection reads them."""
    with closing(patrol.store.reader()) as reader:
        rows = reader.trail.rows(reader.trail.head())
        return [json.loads(row.body) for row in rows if row.kind == kind]


@pytest.mark.clause("EQP-1")
def test_a_check_is_on_record_with_result_person_and_time(patrol):
    """What was measured, by whom and when; it survives a restart, and is in the audit trail."""
    standing = check(patrol, SHARP, DAY)
    assert (standing.check.by, standing.check.at, standing.check.findings) == ("rdoe", patrol.clock.now(), (SHARP, DAY))
    assert not standing.out_of_service
    patrol.restart()
    assert patrol.said(EquipmentChanged)[-1].standings["L"] == standing


@pytest.mark.clause("REC-1")
def test_what_the_books_say_of_a_camera_is_on_record_and_changes_no_earlier_read(patrol):
    """Once for each change, with or without somebody signed in; the read's own time says which holds for it."""
    roof = Equipment("L", CameraKind.MOBILE, "roof left", "2", 40.0, "A-17")
    patrol.do(SignOut())
    for piece in (roof, roof):
        patrol.do(RegisterCameras((piece,)))
    (body,) = trail(patrol, "equipment.registered")
    assert (body["place"], body["lane"], body["agency_number"]) == ("roof left", "2", "A-17")
    read_at = patrol.clock.now()
    patrol.clock.advance(minutes=5)
    patrol.restart()
    patrol.do(RegisterCameras((replace(roof, place="trunk lid"),)))
    assert [body["place"] for body in trail(patrol, "equipment.registered")] == ["roof left", "trunk lid"]
    records = patrol.said(CamerasRegistered)[-1].records
    assert registered_at(records, "L", read_at) == roof
    assert registered_at(records, "L", patrol.clock.now()).place == "trunk lid"
    assert registered_at(records, "L", read_at - timedelta(seconds=1)) is None
    assert registered_at(records, "R", read_at) is None


@pytest.mark.clause("EQP-1")
def test_a_check_is_due_at_first_after_the_policy_s_hours_and_after_a_repair(patrol):
    """Due without any check, when the last one is too old, when the clock was set back, and after a repair."""
    every = timedelta(hours=patrol.policy.reviews.equipment_hours.value)
    now = patrol.clock.now()
    assert Standing("L").due(now, every)
    made = check(patrol, SHARP)
    assert not made.due(now + every - timedelta(seconds=1), every)
    assert made.due(now + every, every)
    assert made.due(now - timedelta(seconds=1), every)
    patrol.clock.advance(minutes=1)
    patrol.do(RecordRepair("L", "Acme Cameras", "Chief Lee", "new lens"))
    assert patrol.said(EquipmentChanged)[-1].standings["L"].due(patrol.clock.now(), every)


@pytest.mark.clause("EQP-2")
def test_reads_of_failed_equipment_raise_no_alert_and_say_so(patrol):
    """The read is kept and marked; the match is on record as not alerted, with the reason; nothing alerts."""
    check(patrol, BLURRED)
    see(patrol)
    assert patrol.said(n.HitRaised) == []
    assert patrol.said(n.ReadSeen)[-1].read.out_of_service
    see(patrol, camera_id="R")
    assert len(patrol.said(n.HitRaised)) == 1
    assert not patrol.said(n.ReadSeen)[-1].read.out_of_service


@pytest.mark.clause("EQP-2")
def test_reads_made_out_of_service_raise_nothing_later_either(patrol):
    """A list that arrives afterwards finds no earlier sighting in them, also once the camera is well again."""
    check(patrol, BLURRED)
    see(patrol, "7JKT20")
    check(patrol, SHARP)
    entries = (make_entry("7JKT20", "CT"),)
    patrol.do(prepared(HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), 1, "2" * 64), entries))
    patrol.do(MatchPastReads())
    assert patrol.said(n.HitRaised) == []
    see(patrol, "7JKT20")
    assert len(patrol.said(n.HitRaised)) == 1


@pytest.mark.clause("EQP-2")
def test_a_ready_made_reader_out_of_service_is_silent_too(patrol):
    """It is known by its own id or by its camera's."""
    check(patrol, BLURRED, camera="north")
    see(patrol, source_id="north", camera_id="N1")
    assert patrol.said(n.HitRaised) == []


@contextmanager
def broken_store(patrol: Shift) -> Iterator[None]:
    """A store that can't commit."""
    whole = CacheStore.transaction

    def broken(_: CacheStore) -> None:
        raise StorageFault("The disk is full.")

    CacheStore.transaction = broken
    try:
        yield
    finally:
        CacheStore.transaction = whole


@pytest.mark.clause("EQP-2")
def test_not_even_a_storage_fault_makes_failed_equipment_alert(patrol):
    """While the store can't commit, alerts come off the record; those of failed equipment do not."""
    check(patrol, BLURRED)
    with broken_store(patrol), pytest.raises(StorageFault):
        see(patrol)
    assert patrol.said(n.HitRaised) == []
    check(patrol, SHARP)
    with broken_store(patrol), pytest.raises(StorageFault):
        see(patrol)
    assert [raised.recorded for raised in patrol.said(n.HitRaised)] == [False]


@pytest.mark.clause("EQP-2")
def test_only_a_check_that_passes_what_had_failed_brings_it_back(patrol):
    """A check of something else, one that could not tell, and a repair do not."""
    check(patrol, BLURRED, SHIFTED)
    assert check(patrol, SHARP).failed == {Aspect.ALIGNMENT}
    not_now = Finding(Aspect.ALIGNMENT, Result.NOT_NOW, "another scene")
    assert check(patrol, not_now).out_of_service
    patrol.do(RecordRepair("L", "Acme Cameras", "Chief Lee", "aligned"))
    assert patrol.said(EquipmentChanged)[-1].standings["L"].out_of_service
    aligned = Finding(Aspect.ALIGNMENT, Result.PASSED, "shifted 0.1 degrees")
    assert not check(patrol, aligned).out_of_service
    assert [body["failed"] for body in trail(patrol, "equipment.out_of_service")] == [["alignment", "sharpness"]]
    assert len(trail(patrol, "equipment.back_in_service")) == 1


@pytest.mark.clause("EQP-3")
def test_a_repair_is_recorded_with_its_authorized_source(patrol):
    """Source, authority and work are on record; without one of them it is refused, and that is on record too."""
    patrol.do(RecordRepair("L", "Acme Cameras", "Chief Lee", "new lens"))
    (body,) = trail(patrol, "equipment.repaired")
    assert (body["source"], body["authorized_by"], body["work"]) == ("Acme Cameras", "Chief Lee", "new lens")
    for source, authority, work in (("", "Lee", "x"), ("Acme", " ", "x"), ("Acme", "Lee", ""), ("A" * 501, "L", "x")):
        with pytest.raises(Refused, match="wants its source"):
            patrol.do(RecordRepair("L", source, authority, work))


REGISTRY = """
[[cameras]]
id = "L"
source = "rtsp://192.168.10.21/one"
kind = "mobile"
place = "roof, left"
lane = "left"
field_of_view_deg = 25
agency_number = "NPD-0412"
"""


CAR = f"""
car_id = "CAR12"
ori = "CT0056700"
unit = "Unit 12"
headquarters = "https://hq.example.org:8080"
headquarters_key = "{"A" * 43}="
"""

NEVER_HEARD = """
[position]
where = "usb"
[signals]
port = "COM4"
[[feeds]]
id = "axis-roof"
kind = "axis"
addresses = ["192.168.10.30"]
"""


@pytest.mark.clause("EQP-3")
def test_failures_and_repairs_go_into_the_vendor_s_report(tmp_path):
    """A line for each aspect that failed and each repair, with the agency's number and place from the registry; the
    doctor names what is out of service, and each camera as it is on the books, and every device
    of the settings that never answered."""
    (tmp_path / "cameras.toml").write_text(REGISTRY)
    store = CacheStore(tmp_path / "store.db", obtain_key(tmp_path, allow_file=True).raw)
    at = make_read("A").captured_at
    with store.transaction() as tx:
        tx.equipment.add(Checked("L", at, "rdoe", (BLURRED, SHIFTED, DAY)))
        tx.equipment.add(Repaired("L", at, "mlee", "Acme Cameras", "Chief Lee", "new lens"))
    store.close()
    report = tmp_path / "vendor.csv"
    assert save_report(Place(tmp_path, key_file=True), report, tmp_path / "cameras.toml") == 3
    rows = list(csv.DictReader(report.read_text().splitlines()))
    assert [(row["what"], row["found"]) for row in rows] == [
        ("failed", "sharpness"),
        ("failed", "alignment"),
        ("repaired", "Acme Cameras, authorized by Chief Lee"),
    ]
    assert {(row["agency number"], row["place"]) for row in rows} == {("NPD-0412", "roof, left")}
    settings = tmp_path / "car.toml"
    settings.write_text(CAR + REGISTRY + NEVER_HEARD)
    checks = examine_car(tmp_path, settings, key_file=True, passphrase=None, deep=False)
    told = {one.part: (one.state, one.found) for one in checks}
    assert told["equipment"] == (State.WARN, "out of service: L (alignment, sharpness)")
    words = "no word of it; mobile, roof, left, lane left, 25 degrees, NPD-0412"
    assert told["camera L"] == (State.UNKNOWN, words)
    never = {part for part, judged in told.items() if judged == (State.UNKNOWN, "no word of it")}
    assert never == {"feed feeds", "position position", "signal signals"}
    forget_key(tmp_path)


def test_nobody_and_nothing_makes_no_check(patrol):
    """A check without findings, with one aspect twice, or without a person is refused."""
    for findings in ((), (SHARP, BLURRED)):
        with pytest.raises(Refused, match="found nothing"):
            patrol.do(RecordCheck("L", findings))
    patrol.do(SignOut())
    with pytest.raises(NotSignedIn):
        patrol.do(RecordCheck("L", (SHARP,)))


def test_records_can_be_neither_changed_nor_removed(tmp_path):
    """The store itself refuses."""
    store = CacheStore(tmp_path / "store.db", KEY)
    with store.transaction() as tx:
        tx.equipment.add(Repaired("L", make_read("A").captured_at, "rdoe", "Acme", "Lee", "lens"))
    for statement in ("UPDATE equipment SET content = '{}'", "DELETE FROM equipment"):
        with pytest.raises(StorageFault), store.transaction() as tx:
            tx.equipment._db.execute(statement)
    store.close()


def test_standings_take_the_records_in_their_order():
    """Failed, then passed, is in service; passed, then failed, is not."""
    at = make_read("A").captured_at
    failed, passed = Checked("L", at, "a", (BLURRED,)), Checked("L", at, "a", (SHARP,))
    assert not standings([failed, passed])["L"].out_of_service
    assert standings([passed, failed])["L"].out_of_service
