"""What stands out in the field: cars' states, designated people, and readers whose hits go to cars by area and duty."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Event, current_thread
from uuid import uuid4

import pytest
from sqlalchemy import update

from mdt_app.domain.accounts import Role, Session
from mdt_app.domain.elsewhere import ElsewhereTold
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import SignedIn
from mdt_app.domain.reads import Position
from mdt_app.hq import reader_desk
from mdt_app.hq.listed import Listed
from mdt_app.hq.main import issue_car_token
from mdt_app.hq.store import Store
from mdt_app.hq.tables import reader_hits
from mdt_app.services.clock import SystemClock
from mdt_app.sync.client import HqClient
from mdt_app.sync.field_wire import CarLines, CarState, ListState, ReaderHits, ReaderRead, ReaderReads
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.wiring.car_field import CarField
from tests.fakes.car import Shift
from tests.fakes.chained import a_new_car
from tests.fakes.enrolled import MemoryVault, database_of
from tests.fakes.headquarters import DEADLINE_S, KEY, Headquarters, a_basis, an_entry, an_event, until


def a_state(**changes: object) -> CarState:
    now = datetime.now(UTC)
    lists = (ListState(list_id="ncic", extracted_at=now - timedelta(hours=30), count=7),)
    known = {"said_at": now, "signed_in": True, "pending": 3, "parked": 1, "open_hits": 2, "lists": lists}
    return CarState(**known | {"faults": ("Camera front: frozen",)} | changes)


def line_of(hq: Headquarters, car_id: str):
    with hq.desk(Role.SUPERVISOR) as desk:
        lines = CarLines.model_validate_json(desk.get("/v1/cars").content)
    return next((line for line in lines.cars if line.car_id == car_id), None)


def car_name(client: HqClient) -> str:
    return client._car


def test_a_supervisor_sees_how_each_car_says_it_is(hq: Headquarters) -> None:
    """The newest words stand, with when they came; a car that never spoke is not made up."""
    with a_new_car(hq) as client:
        assert line_of(hq, car_name(client)) is None
        client.tell_state(a_state())
        client.tell_state(a_state(pending=9))
        line = line_of(hq, car_name(client))
    assert (line.state.pending, line.state.parked, line.state.open_hits) == (9, 1, 2)
    assert line.state.faults == ("Camera front: frozen",)
    assert abs((datetime.now(UTC) - line.received_at).total_seconds()) < 60


def test_an_exigent_stop_stands_in_the_view_until_it_is_looked_at(hq: Headquarters) -> None:
    """The car's exigent stops are counted from the flags, and go when a supervisor closes them."""
    with a_new_car(hq) as client:
        basis = a_basis(str(uuid4()))
        stop = basis["stop"]
        stop.body["excuses"] = ["exigent"]
        facts = an_event(EventKind.GROUND_STATED, stop.subject, ground="exigent", facts="A child is in the vehicle")
        receipt = client.push_events([(event, None) for event in (facts, *basis.values())])
        assert not receipt.refused
        name = car_name(client)
        client.tell_state(a_state())
    assert line_of(hq, name).exigent == 1
    with hq.desk(Role.SUPERVISOR) as desk:
        flags = desk.get("/v1/flags").json()["flags"]
        (flag,) = [flag for flag in flags if flag["car_id"] == name]
        assert desk.post(f"/v1/flags/{flag['position']}/close", json={"words": "looked at"}).status_code == 200
    assert line_of(hq, name).exigent == 0


def an_exigent_stop(hq: Headquarters, **body: object) -> str:
    """A car that headquarters has never seen stops under exigent circumstances; returns the car's id."""
    with a_new_car(hq) as client:
        basis = a_basis(str(uuid4()))
        basis["stop"].body.update(excuses=["exigent"], **body)
        subject = basis["stop"].subject
        facts = an_event(EventKind.GROUND_STATED, subject, ground="exigent", facts="A child is in the vehicle")
        assert not client.push_events([(event, None) for event in (facts, *basis.values())]).refused
        return car_name(client)


def test_a_car_hears_where_others_stopped_under_exigent_circumstances(hq: Headquarters, shift: Shift) -> None:
    """The others' places come by the field's own turn, without plate or person; not the own, none without sign-in."""
    there = {"lat": 41.7, "lon": -72.6, "age_s": 0.4}
    placed, strange = an_exigent_stop(hq, position=there), an_exigent_stop(hq, position={"lat": 900, "lon": "east"})
    with a_new_car(hq) as client:
        field = CarField(client, MemoryVault(), shift.core.submit, shift.core.tell, lambda: (0, 0), tuple)
        field.turn()
        assert not shift.said(ElsewhereTold)
        field.hear(SignedIn(Session("s", "rdoe", "R. Doe", Role.OFFICER, datetime.now(UTC))))
        field.turn()
        until(lambda: shift.said(ElsewhereTold), "the core was not told")
    told = {stop.car_id: stop for stop in shift.said(ElsewhereTold)[-1].stops}
    assert told[placed].position == Position(41.7, -72.6, 0.4)
    assert told[strange].position is None
    with HqClient(hq.url, placed, issue_car_token(hq.folder, key=KEY, car_id=placed, database=hq.database)) as own:
        assert placed not in {line.car_id for line in own.fetch_exigent_stops()}
    with hq.desk(Role.SUPERVISOR) as desk:
        for flag in desk.get("/v1/flags").json()["flags"]:
            if flag["car_id"] == placed:
                desk.post(f"/v1/flags/{flag['position']}/close", json={"words": "looked at"})
    with a_new_car(hq) as client:
        assert placed not in {line.car_id for line in client.fetch_exigent_stops()}


def a_hit_of(hq: Headquarters, category: str) -> str:
    hit_id = str(uuid4())
    with a_new_car(hq) as client:
        event = an_event(EventKind.HIT, hit_id, category=category, match="exact")
        assert not client.push_events([(event, None)]).refused
        client.push_events([(event, None)])  # a repeat tells nobody twice
    return hit_id


def test_designated_people_are_told_of_their_category_and_say_that_they_saw_it(hq: Headquarters) -> None:
    """Told once, at their own desk alone; overseers see all; after its end nobody is told; who said so is on record."""
    new = {"category": "amber_alert", "address": Role.CRIME_ANALYST.value}
    with hq.desk() as admin:
        assert admin.post("/v1/alert-routes", json=new).status_code == 200
        assert admin.post("/v1/alert-routes", json=new).status_code == 200  # the same again is one route
        assert admin.post("/v1/alert-routes", json=new | {"category": "none"}).status_code == 422
        routes = [r for r in admin.get("/v1/alert-routes").json()["routes"] if r["category"] == "amber_alert"]
        assert [(r["address"], r["by"], r["ended_at"]) for r in routes] == [("crime_analyst", "administrator", None)]
        hit_id = a_hit_of(hq, "amber_alert")
        a_hit_of(hq, "stolen_plate")
        with hq.desk(Role.CRIME_ANALYST) as analyst, hq.desk(Role.OFFICER) as officer:
            (notice,) = [n for n in analyst.get("/v1/notices").json()["notices"] if n["hit_id"] == hit_id]
            assert notice["seen_at"] is None
            assert officer.get("/v1/notices").json()["notices"] == []
            assert officer.post(f"/v1/notices/{notice['position']}/seen").status_code == 404
            assert analyst.post(f"/v1/notices/{notice['position']}/seen").status_code == 200
        mine = [n for n in admin.get("/v1/notices").json()["notices"] if n["hit_id"] == hit_id]
        assert len(mine) == 1
        assert mine[0]["seen_at"]
        assert admin.post(f"/v1/alert-routes/{routes[0]['position']}/end").status_code == 200
        assert admin.post(f"/v1/alert-routes/{routes[0]['position']}/end").status_code == 404
        later = a_hit_of(hq, "amber_alert")
        assert later not in {n["hit_id"] for n in admin.get("/v1/notices").json()["notices"]}


@pytest.fixture
def listed(hq: Headquarters) -> str:
    """A plate that is on a list at headquarters."""
    plate = f"R{uuid4().hex[:6].upper()}".replace("0", "9")
    on_list(hq, plate)
    return plate


def on_list(hq: Headquarters, *plates: str, list_id: str = "fixed") -> None:
    held = tuple(an_entry(plate, list_id=list_id) for plate in plates)
    with hq.desk() as desk:
        hotlist = describe_list(list_id, "Fixed", "NCIC", datetime.now(UTC), held, time.time_ns() // 1_000_000)
        assert desk.put(f"/v1/hotlists/{list_id}", content=pack_list(hotlist, held)).status_code == 200


def a_reader(hq: Headquarters, area: str, **more: object) -> tuple[str, str]:
    """A reader on the books, and its credential."""
    reader_id = f"pole-{uuid4().hex[:8]}"
    new = {"reader_id": reader_id, "kind": "axis", "area": area, **more}
    with hq.desk() as desk:
        answer = desk.post("/v1/readers", json=new)
    assert answer.status_code == 200
    return reader_id, answer.json()["token"]


def a_read(text: str, **changes: object) -> ReaderRead:
    known = {"read_id": SystemClock().new_id(), "captured_at": datetime.now(UTC) - timedelta(seconds=8), "text": text}
    return ReaderRead(**known | {"state": "CT", "confidence": 0.93} | changes)


def sent(hq: Headquarters, reader: tuple[str, str], *reads: ReaderRead) -> dict[str, int]:
    with hq.http(reader[1]) as http:
        answer = http.post(f"/v1/readers/{reader[0]}/reads", content=ReaderReads(reads=reads).model_dump_json())
    assert answer.status_code == 200, answer.text
    return answer.json()


def heard(hq: Headquarters, client: HqClient, after: int = 0):
    path = f"/v1/cars/{car_name(client)}/reader-hits?after={after}"
    with hq.http(client._http.headers["authorization"].partition(" ")[2]) as http:
        return ReaderHits.model_validate_json(http.get(path).content).hits


def placed(hq: Headquarters, client: HqClient, *areas: str, duty: str = "patrol") -> None:
    with hq.desk() as desk:
        path = f"/v1/cars/{car_name(client)}/duty"
        assert desk.put(path, json={"areas": areas, "duty": duty}).status_code == 200


class Unhurried:
    """A store that gives nothing to the thread that makes the index, until it may."""

    def __init__(self, store: Store) -> None:
        self._store, self.may = store, Event()

    def reading(self):
        if current_thread().name == "lists' index":
            assert self.may.wait(DEADLINE_S)
        return self._store.reading()

    def writing(self):
        return self._store.writing()


def test_reads_do_not_wait_for_the_index_of_a_long_list(hq: Headquarters, listed: str) -> None:
    """Without any index reads are refused, not unmatched; the one in use answers while another is made beside it.

    Of a list that has not changed nothing is made anew.
    """
    other = f"Q{uuid4().hex[:6].upper()}".replace("0", "9")
    with database_of(hq) as store:
        slow = Unhurried(store)
        matching = Listed(slow, patience_s=0.05)  # type: ignore[arg-type] # as much of a store as it uses
        with pytest.raises(Refused, match="still reading its hot lists"):
            matching.now()
        slow.may.set()
        until(lambda: _matches(matching, listed), "the index never came")
        slow.may.clear()
        on_list(hq, listed, other)
        assert (_matches(matching, listed), _matches(matching, other)) == (1, 0)
        slow.may.set()
        until(lambda: _matches(matching, other), "the new list never came into force")
        before = matching.now().indexes
        on_list(hq, other, list_id="second")
        until(lambda: "second" in matching.now().indexes, "the second list never came into force")
        assert matching.now().indexes["fixed"] is before["fixed"]
        matching.end()


def _matches(matching: Listed, plate: str) -> int:
    try:
        return len(matching.now().find(a_read(plate).to_read("pole"))[0])
    except Refused:
        return 0


def test_a_hit_of_another_camera_goes_to_the_cars_of_its_area_and_duties(hq: Headquarters, listed: str) -> None:
    """A car there hears of it once, with the age of the read; cars elsewhere, of other duties or unplaced do not."""
    area = f"Main St {uuid4().hex[:6]}"
    reader = a_reader(hq, area, duties=["patrol", "motorcycle"])
    with a_new_car(hq) as near, a_new_car(hq) as far, a_new_car(hq) as detective, a_new_car(hq) as unplaced:
        placed(hq, near, "Elsewhere", area)
        placed(hq, far, "Elsewhere")
        placed(hq, detective, area, duty="detective")
        read = a_read(listed)
        assert sent(hq, reader, read, a_read("NOT1LSTD")) == {"reads": 2, "hits": 1}
        assert sent(hq, reader, read)["hits"] == 1
        (hit,) = heard(hq, near)
        assert (hit.reader_id, hit.area, hit.read.camera_id) == (reader[0], area, reader[0])
        assert (hit.read.text, hit.read.read_id, hit.read.captured_at) == (listed, read.read_id, read.captured_at)
        assert 8 <= hit.age_s < 60
        assert heard(hq, near, hit.position) == ()
        assert [heard(hq, client) for client in (far, detective, unplaced)] == [(), (), ()]


def test_its_hit_stands_on_record_and_designated_people_are_told(hq: Headquarters, listed: str) -> None:
    """One hit event under the reader's own name, however often it was sent; the notice names it."""
    reader = a_reader(hq, "Bridge")
    with hq.desk() as desk:
        desk.post("/v1/alert-routes", json={"category": "stolen_vehicle", "address": "state police"})
        read = a_read(listed)
        for _ in range(2):
            sent(hq, reader, read)
        hits = [hit for hit in desk.get("/v1/hits").json()["hits"] if hit["car_id"] == f"reader:{reader[0]}"]
        assert [(hit["plate"], hit["list_id"], hit["outcome"]) for hit in hits] == [(listed, "fixed", "open")]
        notices = desk.get("/v1/notices").json()["notices"]
        assert [n["address"] for n in notices if n["hit_id"] == hits[0]["hit_id"]] == ["state police"]


def test_an_old_hit_helps_no_patrol(hq: Headquarters, listed: str) -> None:
    """After ten minutes it is passed on no more, and the queue forgets it."""
    area = f"Old Rd {uuid4().hex[:6]}"
    reader = a_reader(hq, area)
    with a_new_car(hq) as client:
        placed(hq, client, area)
        sent(hq, reader, a_read(listed))
        assert len(heard(hq, client)) == 1
        with database_of(hq) as store, store.writing() as connection:
            old = datetime.now(UTC) - reader_desk.FRESH - timedelta(seconds=1)
            mine = reader_hits.c.reader_id == reader[0]
            connection.execute(update(reader_hits).where(mine).values(received_at=old))
        assert heard(hq, client) == ()


def test_a_reader_can_do_nothing_else_and_only_under_its_own_name(hq: Headquarters, listed: str) -> None:
    """Its credential opens no other route and no other reader's; ended, it opens none; a car's opens not this one."""
    mine, other = a_reader(hq, "Mine"), a_reader(hq, "Other")
    body = ReaderReads(reads=(a_read(listed),)).model_dump_json()
    with hq.http(mine[1]) as http:
        assert http.post(f"/v1/readers/{other[0]}/reads", content=body).status_code == 403
        for path in ("/v1/hotlists", f"/v1/cars/{mine[0]}/accounts", "/v1/cars", "/v1/desk"):
            assert http.get(path).status_code == 403
        with hq.http(hq.cars["car-7"]) as car:
            assert car.post(f"/v1/readers/{mine[0]}/reads", content=body).status_code == 403
        with hq.desk() as desk:
            assert desk.post(f"/v1/readers/{mine[0]}/end").status_code == 200
        assert http.post(f"/v1/readers/{mine[0]}/reads", content=body).status_code == 401
