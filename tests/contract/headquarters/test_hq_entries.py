"""Manual entries at headquarters: requested, verified, decided, in force, ended; and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import EntryDraft, EntryState, Standing, Step, Taken, draft_faults, standing
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import Vehicle
from mdt_app.domain.matching import HotListIndex
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.hq.main import create_account
from mdt_app.hq.serving import serve
from mdt_app.services.policies import load_policy
from mdt_app.sync.entry_wire import EntryDetail, EntryDraftMessage, EntryRecords
from mdt_app.sync.list_wire import entry_of
from tests.fakes.car import make_read
from tests.fakes.headquarters import KEY, Headquarters, Serving, a_word, an_event, lists_of, made, until

TOMORROW = timedelta(days=1)
SOON, LATER = timedelta(days=2), timedelta(days=60)


def a_draft(plate: str = "", **changes: Any) -> EntryDraft:
    """Return a complete draft."""
    draft = EntryDraft(
        plate=plate or uuid4().hex[:7].upper(),
        state="CT",
        purpose="investigation",
        offense="Burglary",
        officer_name="Ofc. R. Doe",
        facts="Seen leaving two burglaries on Elm Street",
        vehicle=Vehicle("2014", "FORD", "FUS", "4D", "BLK"),
        descriptors="dented left door",
        expires_at=datetime.now(UTC) + LATER,
        forward_to=("desk@pd.example", "CT0099900"),
    )
    return replace(draft, **changes)


class Desk:
    """A person's desk over real HTTP."""

    def __init__(self, http: httpx2.Client) -> None:
        self.http = http

    def request(self, draft: EntryDraft, entry_id: str = "") -> httpx2.Response:
        content = EntryDraftMessage.of(draft).model_dump(mode="json")
        return self.http.post("/v1/entries", json={"entry_id": entry_id or str(uuid4()), "draft": content})

    def act(self, entry_id: str, act: str, **body: Any) -> httpx2.Response:
        return self.http.post(f"/v1/entries/{entry_id}/{act}", json=body)

    def check(self, entry_id: str) -> EntryDetail:
        return detail(self.http.post(f"/v1/entries/{entry_id}/check"))

    def approve(self, entry_id: str, version: int = 1) -> httpx2.Response:
        return self.act(entry_id, "decision", version=version, approve=True)

    def get(self, entry_id: str) -> EntryDetail:
        return detail(self.http.get(f"/v1/entries/{entry_id}"))

    def all(self, **query: Any) -> dict[str, EntryState]:
        held = EntryRecords.model_validate_json(self.http.get("/v1/entries", params=query).content)
        return {record.entry_id: record.state for record in held.entries}

    def in_force(self, draft: EntryDraft, other: Desk) -> str:
        """Request here, check and approve at the other's desk; return the id."""
        entry_id = detail(self.request(draft)).record.entry_id
        other.check(entry_id)
        assert other.approve(entry_id).status_code == 200
        return entry_id


def detail(response: httpx2.Response) -> EntryDetail:
    assert response.status_code == 200, response.text
    return EntryDetail.model_validate_json(response.content)


def refused(response: httpx2.Response) -> str:
    assert response.is_error, response.text
    return response.json()["reason"]


@pytest.fixture
def officer(hq: Headquarters) -> Iterator[Desk]:
    with hq.desk(Role.OFFICER) as http:
        yield Desk(http)


@pytest.fixture
def sergeant(hq: Headquarters) -> Iterator[Desk]:
    with hq.desk(Role.SUPERVISOR) as http:
        yield Desk(http)


def listed(hq: Headquarters, car: str = "car-7") -> dict[str, Any]:
    """What a car would fetch of the agency's list: entries by plate."""
    with hq.client(car) as client:
        manifest = lists_of(client, car).get("agency")
        lines = client.fetch_entries(manifest) if manifest else ()
        return {listed.plate: entry_of(listed.line, listed.list_id) for listed in lines}


@pytest.mark.clause("HOT-3", "HOT-7")
def test_an_entry_reaches_the_cars_only_once_it_is_checked_and_approved_by_another(
    hq: Headquarters, officer: Desk, sergeant: Desk
) -> None:
    """Requested and verified entries are in no list; approval without the check is refused; then a car fetches it."""
    draft = a_draft()
    entry_id = detail(officer.request(draft)).record.entry_id
    assert draft.plate not in listed(hq)
    assert refused(sergeant.approve(entry_id)) == "not_verified"
    verified = sergeant.check(entry_id)
    assert verified.record.state is EntryState.VERIFIED
    assert verified.record.check is not None
    assert verified.record.check.answer is CheckAnswer.NO_RECORD
    assert f"LIC/{draft.plate}" in verified.record.check.text
    assert draft.plate not in listed(hq)
    active = detail(sergeant.approve(entry_id))
    assert (active.record.state, active.record.active) == (EntryState.ACTIVE, 1)
    assert listed(hq)[draft.plate].expires_at == draft.expires_at
    assert [step.check.text for step in active.steps if step.check] == [verified.record.check.text]


@pytest.mark.clause("HOT-3")
def test_nobody_approves_what_they_asked_for_themselves(hq: Headquarters, sergeant: Desk) -> None:
    """A supervisor's own request waits for another supervisor, also when they only wrote its newest version."""
    entry_id = detail(sergeant.request(a_draft())).record.entry_id
    sergeant.check(entry_id)
    assert refused(sergeant.approve(entry_id)) == "own_entry"
    with hq.desk_of("lieutenant", Role.SUPERVISOR) as http:
        assert Desk(http).approve(entry_id).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_a_designated_supervisor_decides(hq: Headquarters, sergeant: Desk, role: Role) -> None:
    """Every other role is turned away at the door."""
    entry_id = detail(sergeant.request(a_draft())).record.entry_id
    sergeant.check(entry_id)
    with hq.desk(role) as http:
        assert Desk(http).approve(entry_id).status_code == 403


MISSING = {
    "purpose_missing": {"purpose": ""},
    "suspicion_missing": {"facts": "hm"},
    "offense_missing": {"offense": " "},
    "vehicle_missing": {"vehicle": Vehicle(), "descriptors": ""},
    "officer_missing": {"officer_name": ""},
    "expiry_missing": {"expires_at": None},
    "expiry_past": {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)},
    "facts_missing": {"purpose": "exigent", "facts": ""},
}


@pytest.mark.clause("HOT-2", "HOT-4", "HOT-5")
@pytest.mark.parametrize("name", MISSING)
def test_a_request_without_what_the_policy_asks_for_is_refused_by_name(
    hq: Headquarters, officer: Desk, name: str
) -> None:
    """Purpose, suspicion, offense, vehicle, officer and end are each asked for, with the clause in the words."""
    answer = officer.request(a_draft(**MISSING[name]))
    assert answer.json()["reason"] == name
    assert "POSTC" in answer.json()["words"]


@pytest.mark.clause("PUR-4", "HOT-2")
def test_a_prohibited_use_is_refused_and_the_attempt_is_flagged(hq: Headquarters, officer: Desk) -> None:
    """An immigration matter is refused by name, and a supervisor sees who tried."""
    entry_id = str(uuid4())
    assert refused(officer.request(a_draft(purpose="civil_immigration"), entry_id)) == "prohibited.civil_immigration"
    with hq.desk(Role.SUPERVISOR) as http:
        flags = [f for f in http.get("/v1/flags").json()["flags"] if f["subject"] == entry_id]
    assert [(f["reason"], f["actor"]) for f in flags] == [("prohibited_use", "officer")]


@pytest.mark.clause("HOT-10")
def test_every_version_is_kept_with_who_and_when_and_needs_its_own_check(
    hq: Headquarters, officer: Desk, sergeant: Desk
) -> None:
    """A changed entry waits again while the approved version stays in force; both versions stay on record."""
    draft = a_draft()
    entry_id = officer.in_force(draft, sergeant)
    changed = EntryDraftMessage.of(replace(draft, descriptors="roof rack")).model_dump(mode="json")
    after = detail(officer.http.put(f"/v1/entries/{entry_id}", json={"version": 1, "draft": changed}))
    assert (after.record.state, after.record.version, after.record.active) == (EntryState.REQUESTED, 2, 1)
    assert [v.draft.descriptors for v in after.versions] == ["dented left door", "roof rack"]
    assert {v.by for v in after.versions} == {"officer"}
    assert "dented" in listed(hq)[draft.plate].words
    assert refused(sergeant.approve(entry_id, 1)) == "other_version"
    assert refused(sergeant.approve(entry_id, 2)) == "not_verified"
    sergeant.check(entry_id)
    assert sergeant.approve(entry_id, 2).status_code == 200
    assert "roof rack" in listed(hq)[draft.plate].words
    assert refused(officer.http.put(f"/v1/entries/{entry_id}", json={"version": 1, "draft": changed})) == (
        "other_version"
    )


@pytest.mark.clause("HOT-8")
def test_the_descriptors_travel_with_the_entry(hq: Headquarters, officer: Desk, sergeant: Desk) -> None:
    """Make, model, color, year, body and marks stand in the car's list as they were entered."""
    draft = a_draft()
    officer.in_force(draft, sergeant)
    entry = listed(hq)[draft.plate]
    assert entry.vehicle == draft.vehicle
    assert entry.words == "Burglary · dented left door"
    assert (entry.category, entry.ori) == ("agency", "CT0010000")


def test_a_refusal_needs_a_reason_and_ends_the_request(hq: Headquarters, officer: Desk, sergeant: Desk) -> None:
    """Without words nothing is refused; a refused request can't be approved any more."""
    entry_id = detail(officer.request(a_draft())).record.entry_id
    decision = {"version": 1, "approve": False}
    assert refused(sergeant.act(entry_id, "decision", **decision, words="no")) == "reason_missing"
    after = detail(sergeant.act(entry_id, "decision", **decision, words="No suspicion of this vehicle"))
    assert after.record.state is EntryState.REFUSED
    assert after.steps[-1].words == "No suspicion of this vehicle"
    assert refused(sergeant.approve(entry_id)) == "wrong_state"


def test_a_switch_that_is_silent_verifies_nothing(hq: Headquarters, officer: Desk, sergeant: Desk) -> None:
    """An answer that can't be understood is kept, and the entry stays unverified."""
    entry_id = detail(officer.request(a_draft("BROKEN1"))).record.entry_id
    after = sergeant.check(entry_id)
    assert (after.record.state, after.record.check.answer) == (EntryState.REQUESTED, CheckAnswer.MALFORMED)
    assert refused(sergeant.approve(entry_id)) == "not_verified"


@pytest.mark.clause("HOT-6")
def test_a_removed_entry_leaves_the_list_and_each_cars_acknowledgment_is_seen(
    hq: Headquarters, officer: Desk, sergeant: Desk
) -> None:
    """The removal names the list's version without it; a car that has applied that version is shown so."""
    draft = a_draft()
    entry_id = officer.in_force(draft, sergeant)
    after = detail(officer.act(entry_id, "removal", words="Vehicle found in Hartford"))
    assert draft.plate not in listed(hq)
    gone_with = after.steps[-1].list_version
    assert after.record.state is EntryState.REMOVED
    assert gone_with == after.list_version
    with hq.client("car-8") as client:
        digest = lists_of(client, "car-8")["agency"].sha256
        client.push_events([(an_event(EventKind.LIST_APPLIED, "agency", sha256=digest), None)])
    cars = {car.car_id: car.version for car in sergeant.get(entry_id).cars}
    assert cars["car-8"] >= gone_with
    assert cars.get("car-7", 0) < gone_with


@pytest.mark.clause("HOT-6")
def test_a_located_vehicles_entry_goes_at_once_and_names_who_located_it(
    hq: Headquarters, officer: Desk, sergeant: Desk
) -> None:
    """A car's 'located' removes the entry from the list for every car, on record under the officer's name."""
    draft = a_draft()
    entry_id = officer.in_force(draft, sergeant)
    body = {"act": "removal", "list_id": "agency", "entry_id": f"agency:{entry_id}"}
    with hq.client() as client:
        hit = an_event(EventKind.HIT, match="exact", category="agency", entry={"id": f"agency:{entry_id}"})
        seen = an_event(EventKind.PLATE_CONFIRMED, hit.subject, agrees=True)
        asked = an_event(EventKind.REMOVAL_ASKED, hit.subject, **body)
        client.push_events([(event, None) for event in (hit, seen, asked)])
    assert draft.plate not in listed(hq)
    after = sergeant.get(entry_id)
    assert (after.record.state, after.steps[-1].by) == (EntryState.REMOVED, "officer1")


@pytest.mark.clause("HOT-5", "HOT-6")
def test_an_entry_ends_at_its_time_everywhere(hq: Headquarters, officer: Desk, sergeant: Desk) -> None:
    """Its end travels with it, so that a car without a link falls silent; its list is published anew."""
    draft = a_draft(expires_at=datetime.now(UTC) + timedelta(seconds=4))
    entry_id = officer.in_force(draft, sergeant)
    index, read = HotListIndex(listed(hq).values()), make_read(draft.plate)
    assert index.find(read, draft.expires_at - timedelta(seconds=1))
    assert not index.find(read, draft.expires_at)
    assert entry_id in officer.all(expiring=True)
    until(lambda: officer.all()[entry_id] is EntryState.EXPIRED, "not expired")
    assert draft.plate not in listed(hq)
    assert sergeant.get(entry_id).steps[-1].step is Step.EXPIRED


@pytest.mark.clause("HOT-5")
def test_what_is_about_to_expire_is_shown_to_its_owner_and_a_renewal_is_checked_anew(
    hq: Headquarters, officer: Desk, sergeant: Desk
) -> None:
    """The owner sees it a week before; a later end needs a new check and a new approval."""
    soon = officer.in_force(a_draft(expires_at=datetime.now(UTC) + SOON), sergeant)
    later = officer.in_force(a_draft(), sergeant)
    assert soon in officer.all(expiring=True)
    assert later not in officer.all(expiring=True)
    end = datetime.now(UTC) + LATER
    renewed = detail(officer.act(soon, "renewal", version=1, expires_at=end.isoformat()))
    assert (renewed.record.state, renewed.record.check) == (EntryState.REQUESTED, None)
    assert refused(sergeant.approve(soon, 2)) == "not_verified"
    sergeant.check(soon)
    assert detail(sergeant.approve(soon, 2)).record.draft.expires_at == end
    assert soon not in officer.all(expiring=True)


@pytest.mark.clause("HOT-11")
def test_an_alert_on_an_entry_is_noted_for_everyone_designated(hq: Headquarters, officer: Desk, sergeant: Desk) -> None:
    """Each address has one notice of a hit, however often the car sends it; another list's hit gives none."""
    entry_id = officer.in_force(a_draft(), sergeant)
    hit = an_event(EventKind.HIT, list="agency", entry={"id": f"agency:{entry_id}", "plate": "X"})
    other = an_event(EventKind.HIT, list="ncic", entry={"id": entry_id})
    with hq.client() as client:
        for _ in range(2):
            client.push_events([(hit, None), (other, None)])
    told = [(notice.address, notice.event_id) for notice in sergeant.get(entry_id).notices]
    assert sorted(told) == [("CT0099900", hit.event_id), ("desk@pd.example", hit.event_id)]


def test_a_person_sees_and_changes_only_their_own_entries(hq: Headquarters, officer: Desk, sergeant: Desk) -> None:
    """Who does not oversee is shown their own; another's can be neither read nor removed."""
    entry_id = officer.in_force(a_draft(), sergeant)
    with hq.desk(Role.CRIME_ANALYST) as http:
        analyst = Desk(http)
        assert entry_id not in analyst.all()
        assert http.get(f"/v1/entries/{entry_id}").status_code == 403
        assert refused(analyst.act(entry_id, "removal", words="It is not needed")) == "not_yours"
    with hq.desk(Role.TRAINER) as http:
        assert http.get("/v1/entries").status_code == 403


def test_the_same_request_twice_is_one_and_another_under_its_id_is_refused(hq: Headquarters, officer: Desk) -> None:
    """A repeat over a bad link is harmless."""
    entry_id, draft = str(uuid4()), a_draft()
    for _ in range(2):
        assert len(detail(officer.request(draft, entry_id)).steps) == 1
    assert refused(officer.request(replace(draft, offense="Arson"), entry_id)) == "other_content"


def test_a_list_file_cannot_go_around_the_approval(hq: Headquarters) -> None:
    """The agency's own list is not replaced by a file, not even by the Administrator."""
    with hq.desk() as http:
        answer = http.put("/v1/hotlists/agency", content=b"x")
    assert answer.status_code == 422
    assert "approved entries" in answer.json()["words"]


def test_who_else_lists_the_plate_is_part_of_the_decision(hq: Headquarters, officer: Desk) -> None:
    """Another list's entries of the plate stand beside the request, with list, category and state."""
    from mdt_app.sync.snapshot import describe_list, pack_list
    from tests.fakes.headquarters import an_entry

    entries = [an_entry(plate, list_id="state") for plate in ("AAA111", "D0UBLE1", "ZZZ999")]
    hotlist = describe_list("state", "State list", "state", datetime.now(UTC), entries)
    with hq.desk() as http:
        assert http.put("/v1/hotlists/state", content=pack_list(hotlist, entries)).status_code == 200
    found = detail(officer.request(a_draft("DOUBLE1"))).elsewhere
    assert [(e.list_name, e.category, e.state) for e in found] == [("State list", "stolen_vehicle", "CT")]


@pytest.fixture
def glastonbury(tmp_path: Path, switch: Serving) -> Iterator[Headquarters]:
    """Headquarters under Glastonbury's order, with an officer's account."""
    there, policy = made(tmp_path / "hq"), load_policy("glastonbury")
    create_account(there.folder, key=KEY, user_id="rdoe", name="R. Doe", role=Role.OFFICER, password="long enough")
    address = ("127.0.0.1", switch.port)
    named = {"key": KEY, "switch_address": address, "policy": policy, "plain": True}
    with Serving(serve, there.folder, "127.0.0.1", 0, **named) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")


@pytest.mark.clause("HOT-9")
def test_under_glastonbury_an_officers_request_reaches_a_supervisor_who_enters_it(glastonbury: Headquarters) -> None:
    """An officer asks in a car and follows it there; nobody unknown can ask; a supervisor's decision enters it."""
    draft = EntryDraftMessage.of(a_draft(purpose="locate")).model_dump(mode="json")
    asked = {"entry_id": "e1", "draft": draft, "user_id": "rdoe"}
    with glastonbury.http(glastonbury.cars["car-7"]) as car:
        assert car.post("/v1/cars/car-7/entries", json=asked).json()["asked_by"] == "rdoe"
        assert refused(car.post("/v1/cars/car-7/entries", json=asked | {"user_id": "nobody"})) == "unknown_officer"
        own = car.get("/v1/cars/car-7/entries", params={"user_id": "rdoe"}).json()["entries"]
        assert [(entry["entry_id"], entry["state"]) for entry in own] == [("e1", "requested")]
    with glastonbury.desk(Role.OFFICER) as http:
        assert http.get("/v1/desk").json()["may_enter"] is False
    with glastonbury.desk(Role.SUPERVISOR) as http:
        desk = Desk(http)
        assert http.get("/v1/desk").json()["may_enter"] is True
        desk.check("e1")
        assert detail(desk.approve("e1")).record.state is EntryState.ACTIVE


@pytest.mark.clause("HOT-7", "HOT-9")
def test_under_glastonbury_a_supervisor_enters_alone_but_not_unchecked(glastonbury: Headquarters) -> None:
    """The order asks for no second person; the plate is verified first all the same."""
    with glastonbury.desk(Role.SUPERVISOR) as http:
        desk = Desk(http)
        entry_id = detail(desk.request(a_draft(purpose="locate"))).record.entry_id
        assert refused(desk.approve(entry_id)) == "not_verified"
        desk.check(entry_id)
        assert detail(desk.approve(entry_id)).record.state is EntryState.ACTIVE


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(Step.REQUESTED, 1)], Standing(EntryState.REQUESTED, 1, 0, ("a",))),
        ([(Step.REQUESTED, 1), (Step.REFUSED, 1)], Standing(EntryState.REFUSED, 1, 0, ("a",))),
        (
            [(Step.REQUESTED, 1), (Step.ACTIVATED, 1), (Step.UPDATED, 2), (Step.REFUSED, 2)],
            Standing(EntryState.ACTIVE, 2, 1, ("a",)),
        ),
        (
            [(Step.REQUESTED, 1), (Step.ACTIVATED, 1), (Step.RENEWED, 2), (Step.EXPIRED, 1)],
            Standing(EntryState.REQUESTED, 2, 0, ("a",)),
        ),
        ([(Step.REQUESTED, 1), (Step.ACTIVATED, 1), (Step.REMOVED, 1)], Standing(EntryState.REMOVED, 1, 0, ("a",))),
    ],
)
def test_an_entrys_state_is_what_its_steps_come_to(steps: list[tuple[Step, int]], expected: Standing) -> None:
    """Refused changes leave the version in force; an end during a renewal leaves the renewal waiting."""
    assert standing(Taken(step, version, "a") for step, version in steps) == expected


def test_under_glastonbury_facts_are_asked_for_each_purpose() -> None:
    """Specific and articulable facts take the suspicion's place."""
    policy, now = load_policy("glastonbury"), datetime.now(UTC)
    faults = draft_faults(policy, a_draft(purpose="locate", facts=""), now)
    assert [fault.name for fault in faults] == ["facts_missing"]


def a_hit(hq: Headquarters, outcome: str = "", list_id: str = "ncic", **more: Any) -> str:
    """Put a hit and how it ended on record; return its id."""
    hit_id = str(uuid4())
    events = [an_event(EventKind.HIT, hit_id, list=list_id, category="stolen_vehicle", match="exact", **more)]
    if outcome:
        events.append(an_event(EventKind.NO_STOP, hit_id, reason=outcome))
    with hq.client() as client:
        assert not client.push_events([(event, None) for event in events]).refused
    return hit_id


def test_hits_and_reliability_are_counted_by_list_and_entering_agency(hq: Headquarters, sergeant: Desk) -> None:
    """Each end counts where it belongs, and an open hit is open."""
    entry = {"id": "x", "plate": "AB1", "state": "CT", "ori": "NY0303000"}
    ids = [a_hit(hq, end, "counted", entry=entry) for end in ("misread", "stale_entry", "stale_entry", "located", "")]
    table = sergeant.http.get("/v1/reliability").json()["lines"]
    line = next(line for line in table if line["list_id"] == "counted")
    assert line == {
        "list_id": "counted", "ori": "NY0303000", "hits": 5, "stops": 0,
        "misread": 1, "wrong_state": 0, "stale": 2, "other": 1, "open": 1,
    }  # fmt: skip
    shown = {hit["hit_id"]: hit["outcome"] for hit in sergeant.http.get("/v1/hits").json()["hits"]}
    assert [shown[hit_id] for hit_id in ids] == ["misread", "stale_entry", "stale_entry", "located", "open"]
    with hq.desk(Role.OFFICER) as http:
        assert http.get("/v1/hits").status_code == 403


def test_a_dispute_is_decided_by_somebody_else_and_upheld_ones_are_shown_to_cars(
    hq: Headquarters, sergeant: Desk
) -> None:
    """Whoever confirmed the plate can't decide; upheld, the plate is on the known-false-hit list until its end."""
    hit_id = a_hit(hq)
    with hq.client() as client:
        client.push_events([(replace(an_event(EventKind.PLATE_CONFIRMED, hit_id), actor="supervisor"), None)])
    dispute_id = str(uuid4())
    told = "Driver says the list names another vehicle"
    opened = {"dispute_id": dispute_id, "plate": "AB12345", "state": "CT", "hit_id": hit_id, "account": told}
    assert sergeant.http.post("/v1/disputes", json=opened).status_code == 200
    end = (datetime.now(UTC) + LATER).isoformat()
    decision = {"upheld": True, "words": "Entry is a Montana motorcycle", "expires_at": end}
    where = f"/v1/disputes/{dispute_id}"
    assert refused(sergeant.http.post(f"{where}/decision", json=decision)) == "involved"
    with hq.desk() as chief:
        assert refused(chief.post(f"{where}/decision", json=decision | {"expires_at": None})) == "end_missing"
        assert chief.post(f"{where}/decision", json=decision).status_code == 200
        with hq.client() as car:
            held = [p for p in a_word().read(car.fetch_lists()).false_hits if p.dispute_id == dispute_id]
            assert [(p.plate, p.state, p.evidence) for p in held] == [("AB12345", "CT", decision["words"])]
            assert chief.post(f"{where}/lift", json={"words": "The entry was corrected"}).status_code == 200
            assert dispute_id not in {p.dispute_id for p in a_word().read(car.fetch_lists()).false_hits}
        record = next(d for d in chief.get("/v1/disputes").json()["disputes"] if d["dispute_id"] == dispute_id)
    assert [act["act"] for act in record["acts"]] == ["opened", "upheld", "lifted"]
