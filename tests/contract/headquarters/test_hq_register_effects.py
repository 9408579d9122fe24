"""What registers do beyond themselves: vendors shut out, equipment and cameras that come in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import httpx2
import pytest

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.entries import Person
from mdt_app.domain.events import Event, EventKind
from mdt_app.hq import accounts, register_views, registers
from mdt_app.hq.register_feeds import keep_policy
from mdt_app.hq.store import Store
from mdt_app.services.policies import load_policy
from mdt_app.services.register_files import load_registers
from tests.contract.headquarters.test_hq_registers import acted, opened, reason
from tests.fakes.headquarters import POLICY, Headquarters, a_basis, an_event

TODAY = datetime.now(UTC).date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
def admin(hq: Headquarters) -> Iterator[httpx2.Client]:
    """The Administrator's desk."""
    with hq.desk() as desk:
        yield desk


def records(desk: httpx2.Client, register: str, **wanted: str) -> list[dict]:
    held = desk.get(f"/v1/registers/{register}").json()["records"]
    return [one for one in held if all(one["values"].get(k) == v for k, v in wanted.items())]


def an_officer(store: Store, user_id: str) -> None:
    hashed = accounts.hash_password("a password")
    accounts.add_account(store, Account(user_id, "R. Doe", Role.OFFICER, hashed), "tests")


def a_contract(admin: httpx2.Client, **values: str) -> dict:
    said = {"vendor": f"Readers {uuid4().hex[:6]}", "access": "support of the readers, remote"} | values
    return opened(admin, "vendors", said)


IN_FORCE = {"contract": "2026-17", "policy_clauses": "yes", "signed_on": str(YESTERDAY), "ends_on": str(TOMORROW)}


@pytest.mark.clause("VEN-1")
def test_a_vendors_people_are_let_in_only_while_a_contract_is_in_force(hq: Headquarters, admin: httpx2.Client) -> None:
    """Named in the register they are out; a contract without the policy's clauses, or ended, lets nobody in."""
    user_id = f"vendor-{uuid4().hex[:6]}"
    with hq.desk_of(user_id, Role.AUDITOR) as theirs, contextlib.closing(hq.store()) as store:

        def active() -> bool:
            return next(a.active for a in accounts.all_accounts(store) if a.user_id == user_id)

        assert theirs.get("/v1/desk").is_success
        record = a_contract(admin, accounts=user_id)
        refused = theirs.get("/v1/desk")
        assert (refused.status_code, reason(refused)) == (403, "no_contract")
        assert not active(), "a car would let them sign in"
        without = acted(admin, "vendors", record, "put_in_force", **IN_FORCE | {"policy_clauses": "no"})
        assert reason(without) == "not_now"
        assert reason(theirs.get("/v1/desk")) == "no_contract"
        record = acted(admin, "vendors", record, "put_in_force", **IN_FORCE).json()
        assert theirs.get("/v1/desk").is_success
        assert active()
        laxer = acted(admin, "vendors", record, "changed", policy_clauses="no").json()
        assert reason(theirs.get("/v1/desk")) == "no_contract"
        record = acted(admin, "vendors", laxer, "changed", policy_clauses="yes").json()
        ended = acted(admin, "vendors", record, "changed", ends_on=str(YESTERDAY)).json()
        assert reason(theirs.get("/v1/desk")) == "no_contract"
        record = acted(admin, "vendors", ended, "changed", ends_on=str(TOMORROW)).json()
        assert theirs.get("/v1/desk").is_success
        acted(admin, "vendors", record, "end", "the vendor was changed")
        assert reason(theirs.get("/v1/desk")) == "no_contract"


@pytest.mark.clause("VEN-1")
def test_a_vendors_reader_delivers_nothing_without_a_contract(hq: Headquarters, admin: httpx2.Client) -> None:
    """Its credential stands, and is turned away until the contract is in force."""
    reader_id = f"pole-{uuid4().hex[:6]}"
    new = {"reader_id": reader_id, "kind": "axis", "area": "Main St"}
    token = admin.post("/v1/readers", json=new).json()["token"]
    record = a_contract(admin, readers=f"{reader_id}, another-one")
    with hq.http(token) as reader:
        path = f"/v1/readers/{reader_id}/reads"
        assert reason(reader.post(path, json={"reads": []})) == "no_contract"
        acted(admin, "vendors", record, "put_in_force", **IN_FORCE)
        assert reason(reader.post(path, json={"reads": []})) != "no_contract"


@pytest.mark.clause("EQP-3", "REC-1")
def test_a_failed_check_in_a_car_opens_a_fault_that_the_repair_fills_and_a_passed_check_closes(
    hq: Headquarters, admin: httpx2.Client
) -> None:
    """One fault however often it fails; its vendor is told at the desk; the camera itself is in the inventory."""
    camera = f"front-{uuid4().hex[:6]}"
    checked = an_event(EventKind.EQUIPMENT_CHECKED, camera, findings=[])
    out = [an_event(EventKind.EQUIPMENT_OUT, camera, failed=["sharpness", "night"]) for _ in range(2)]
    with hq.client() as car:
        car.push_events([(event, None) for event in (checked, *out)])
        (fault,) = records(admin, "faults", equipment=camera)
        assert fault["values"]["what"] == "Failed in a check: sharpness, night"
        assert fault["due"] is not None
        told = {"vendor": "Readers Inc", "vendor_told_on": str(TODAY), "ticket": "4711"}
        assert reason(acted(admin, "faults", fault, "report")) == "field_missing"
        assert acted(admin, "faults", fault, "report", **told).is_success
        work = {"source": "Readers Inc", "authorized_by": "Lt. Roe", "work": "lens\nreplaced"}
        car.push_events([(an_event(EventKind.EQUIPMENT_REPAIRED, camera, **work), None)])
        (fault,) = records(admin, "faults", equipment=camera)
        assert (fault["state"], fault["values"]["authorized_by"]) == ("repaired", "Lt. Roe")
        car.push_events([(an_event(EventKind.EQUIPMENT_BACK, camera, failed=[]), None)])
    (fault,) = records(admin, "faults", equipment=camera)
    assert (fault["state"], fault["due"]) == ("closed", None)
    (mounted,) = records(admin, "cameras", number=camera)
    assert (mounted["values"]["kind"], mounted["values"]["vehicle"]) == ("mobile", "car-7")


@pytest.mark.clause("REC-1")
def test_a_cars_camera_is_in_the_inventory_as_its_books_have_it(hq: Headquarters, admin: httpx2.Client) -> None:
    """Once, whatever it is checked later; when the books say otherwise one in use is to be completed anew."""
    camera, number = f"side-{uuid4().hex[:6]}", f"A-{uuid4().hex[:6]}"
    books = {"kind": "portable", "place": "roof left", "lane": "2", "field_of_view_deg": 40.0, "agency_number": number}
    with hq.client() as car:
        new = replace(an_event(EventKind.EQUIPMENT_REGISTERED, camera), body=books | {"place": "roof"})
        moved = replace(an_event(EventKind.EQUIPMENT_REGISTERED, camera), body=books)
        checked = an_event(EventKind.EQUIPMENT_CHECKED, camera, findings=[])
        car.push_events([(event, None) for event in (new, moved, checked)])
        (one,) = records(admin, "cameras", number=number)
        assert records(admin, "cameras", number=camera) == []
        told = {"kind": "portable", "vehicle": "car-7", "place_words": "roof left, lane 2"}
        assert (one["state"], {name: one["values"][name] for name in told}) == ("noted", told)
        assert acted(admin, "cameras", one, "complete_placed", place="41.4123, -73.3035").json()["state"] == "in_use"
        moved = replace(an_event(EventKind.EQUIPMENT_REGISTERED, camera), body=books | {"place": "trunk lid"})
        car.push_events([(moved, None)])
    (one,) = records(admin, "cameras", number=number)
    assert (one["state"], one["values"]["place_words"]) == ("noted", "trunk lid, lane 2")


@pytest.mark.clause("REC-1")
def test_a_fixed_reader_waits_among_the_cameras_for_its_place(hq: Headquarters, admin: httpx2.Client) -> None:
    """Put on the books it is in the inventory at once; without a place that is one it stays to be completed."""
    reader_id = f"pole-{uuid4().hex[:6]}"
    for _ in range(2):  # a new credential is no second camera
        admin.post("/v1/readers", json={"reader_id": reader_id, "kind": "axis", "area": "Main St"})
    (camera,) = records(admin, "cameras", reader_id=reader_id)
    assert reason(acted(admin, "cameras", camera, "complete_mobile", vehicle="car-7")) == "not_now"
    assert reason(acted(admin, "cameras", camera, "complete_placed")) == "field_missing"
    assert reason(acted(admin, "cameras", camera, "complete_placed", place="north")) == "bad_field"
    camera = acted(admin, "cameras", camera, "complete_placed", place="41.4123, -73.3035").json()
    assert camera["state"] == "in_use"


@pytest.mark.clause("AUD-9")
def test_the_policy_in_force_stands_in_the_register_and_its_annual_review_falls_due(hq: Headquarters) -> None:
    """Opened at the start; a later version supersedes it; under Glastonbury's policy a year after the last review."""
    glastonbury = load_policy("glastonbury")
    newer = replace(glastonbury, version="2027-01-01", effective=date(2027, 1, 1), review_due=None)
    with contextlib.closing(hq.store()) as store, hq.desk() as admin:
        (first,) = records(admin, "policy_reviews", version=POLICY.version)
        assert first["values"]["policy"] == POLICY.name
        for policy in (glastonbury, glastonbury, newer):
            keep_policy(store, policy, datetime.now(UTC))
        states = {one["values"]["version"]: one["state"] for one in records(admin, "policy_reviews")}
        assert states == {POLICY.version: "superseded", glastonbury.version: "superseded", newer.version: "in_force"}
        register = load_registers()["policy_reviews"]
        desk = registers.desk_of(Person("administrator", Role.ADMINISTRATOR), newer)
        listed = register_views.listed(store, register, desk).records
        assert next(one.due for one in listed if one.state == "in_force") == date(2028, 1, 1)


@pytest.mark.clause("DEP-1", "AUD-7")
def test_a_deployment_that_ends_is_joined_with_what_its_cameras_have_on_record(
    hq: Headquarters, admin: httpx2.Client
) -> None:
    """Hits, stops and arrests of its cameras in its days, by car or by the inventory's number; no plate; later anew."""
    plan = {"kind": "ordinary", "what": "A day at the mall", "purpose": "locate", "place": "Route 2"}
    here, there, number = (f"{name}-{uuid4().hex[:6]}" for name in ("L", "R", "M"))
    opened(admin, "cameras", {"number": number, "kind": "mobile", "vehicle": "car-7"})
    plan |= {
        "begins_on": str(TODAY),
        "ends_on": str(TODAY),
        "view": "public view",
        "cameras": f"car-7 {here}, {number}",
    }
    record = acted(admin, "deployments", opened(admin, "deployments", plan), "start").json()
    hit, *later = a_basis(str(uuid4())).values()
    others = (replace(hit, event_id=str(uuid4()), subject=str(uuid4())) for _ in range(2))
    seen = zip((here, there, number), (*others, hit), strict=True)

    def told(*happened: Event) -> None:
        with hq.client() as car:
            assert not car.push_events([(event, None) for event in happened]).refused

    def came_of(record: dict) -> tuple[str, ...]:
        return tuple(record["values"][name] for name in ("hits", "stops", "arrests"))

    told(*(replace(e, body={**e.body, "read": {"plate": "4BXR91", "camera": name}}) for name, e in seen))
    record = acted(admin, "deployments", record, "end").json()
    assert came_of(record) == ("2", "0", "0")
    told(*later, an_event(EventKind.DISPOSITION, hit.subject, disposition="arrest"))
    record = acted(admin, "deployments", record, "count").json()
    assert came_of(record) == ("2", "1", "1")
    assert f"car-7 {number}: stop, arrest ({hit.subject})" in record["values"]["joined"]
    assert "4BXR91" not in str(record["values"])
