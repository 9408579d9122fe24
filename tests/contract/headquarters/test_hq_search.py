"""Searches of past reads at headquarters: purpose-bound, on record with their count before the first result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.domain.places import Box, Circle
from mdt_app.domain.read_search import SearchBasis, SearchTerms
from mdt_app.hq.keeping import cutoff
from mdt_app.hq.main import FOLDER, create_account
from mdt_app.hq.own_trail import OWN, OwnTrail
from mdt_app.hq.receipts import case_bytes
from mdt_app.hq.tables import events, flags, holds
from mdt_app.hq.trail_export import record_export, write_own_trail
from mdt_app.services.signing import Verifier
from mdt_app.services.trail_files import check_file
from mdt_app.sync.search_wire import CaseFile, SearchAnswer
from tests.fakes.enrolled import database_of
from tests.fakes.headquarters import KEY, POLICY, Headquarters
from tests.fakes.searches import BASIS, GLASTONBURY, HARTFORD, a_past_read, asked, terms

BLACK_FORD = {"color": "BLK", "make": "FORD", "body": "4D"}
READS = (
    ("SRCH100", {"place": [*GLASTONBURY], "vehicle": BLACK_FORD}),
    ("SRCH200", {"place": [*HARTFORD], "vehicle": {"color": "Black"}, "camera": "R", "state": "MA"}),
    ("XSRCH30", {"vehicle": {"color": "RED"}}),
    ("SRCHO0O", {}),
)


@pytest.fixture(scope="module")
def sent(hq: Headquarters) -> None:
    """Four reads of the last minutes, newest first, and one of the day before yesterday."""
    rows = [a_past_read(plate, number + 1, **body) for number, (plate, body) in enumerate(READS)]
    with hq.client() as client:
        receipt = client.push_events([(row, None) for row in (*rows, a_past_read("SRCH900", 60 * 48))])
    assert len(receipt.accepted) == 5


def search(desk: httpx2.Client, wanted: SearchTerms, basis: SearchBasis = BASIS, **said: Any) -> httpx2.Response:
    return desk.post("/v1/searches", content=asked(wanted, basis, **said).model_dump_json())


def plates(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [line.plate for line in SearchAnswer.model_validate_json(answer.content).page.lines]


def recorded(hq: Headquarters, search_id: str) -> list[dict[str, Any]]:
    """What headquarters' own chain holds of a search."""
    mine = select(events.c.content).where(events.c.subject == search_id, events.c.car_id == OWN)
    mine = mine.order_by(events.c.position)
    with database_of(hq) as store, store.reading() as connection:
        return [json.loads(content) for content in connection.scalars(mine)]


@pytest.fixture
def desk(hq: Headquarters, sent: None) -> Iterator[httpx2.Client]:
    """A supervisor's desk."""
    with hq.desk(Role.SUPERVISOR) as client:
        yield client


WITHIN_A_MILE = Circle(*GLASTONBURY, 1609)
FOUND = [
    (terms("SRCH100"), ["SRCH100"]),
    (terms("srch?0?"), ["SRCH100", "SRCH200", "SRCHO0O"]),
    (terms("SRCH*"), ["SRCH100", "SRCH200", "SRCHO0O"]),
    (terms("*SRCH30"), ["XSRCH30"]),
    (terms("*SRCH*"), ["SRCH100", "SRCH200", "XSRCH30", "SRCHO0O"]),
    (terms("SRCH000"), ["SRCHO0O"]),
    (terms("SRCH*", hours=72), ["SRCH100", "SRCH200", "SRCHO0O", "SRCH900"]),
    (terms("*RCH*", hours=72), ["SRCH100", "SRCH200", "XSRCH30", "SRCHO0O", "SRCH900"]),
    (terms("?RCH9*", hours=72), ["SRCH900"]),
    (terms("SRCH*", state="MA"), ["SRCH200"]),
    (terms("SRCH*", camera="R"), ["SRCH200"]),
    (terms("*SRCH*", color="BLK"), ["SRCH100", "SRCH200"]),
    (terms("", color="black", make="Ford"), ["SRCH100"]),
    (terms("", color="BLK", body="4D"), ["SRCH100"]),
    (terms("", place=WITHIN_A_MILE), ["SRCH100"]),
    (terms("", place=Circle(*GLASTONBURY, 15_000)), ["SRCH100", "SRCH200"]),
    (terms("SRCH*", place=Box(41.75, -72.7, 41.8, -72.6)), ["SRCH200"]),
    (terms("NOSUCH1"), []),
]


@pytest.mark.clause("QRY-1")
@pytest.mark.parametrize(("wanted", "expected"), FOUND, ids=range(len(FOUND)))
def test_each_parameter_finds_what_it_says_and_nothing_else(
    desk: httpx2.Client, wanted: SearchTerms, expected: list[str]
) -> None:
    """Plate with wildcards at either end, state, vehicle by code or word, time, radius, box, camera; newest first."""
    answer = search(desk, wanted)
    assert plates(answer) == expected
    assert answer.json()["source"] == "headquarters"
    assert answer.json()["page"]["count"] == len(expected)


@pytest.mark.clause("QRY-2", "AUD-1")
def test_the_record_with_parameters_and_count_is_there_when_the_answer_is(
    hq: Headquarters, desk: httpx2.Client
) -> None:
    """Who, when, why, all parameters and how many; once, however often the same search is sent."""
    question = asked(terms("SRCH*", state="CT", place=WITHIN_A_MILE))
    for _ in range(2):
        assert plates(desk.post("/v1/searches", content=question.model_dump_json())) == ["SRCH100"]
    (record,) = recorded(hq, question.search_id)
    body = record["body"]
    assert (record["kind"], record["actor"], record["device"]) == ("data.searched", "supervisor", "desk")
    assert body["plate_data"] == {"plate": "SRCH*"}
    assert body["found"] == {"headquarters": 1}
    assert body["parameters"]["state"] == "CT"
    assert body["parameters"]["place"] == {"lat": GLASTONBURY[0], "lon": GLASTONBURY[1], "radius_m": 1609}
    said = (body["purpose"], body["reason"], body["offense"], body["case"])
    assert said == (BASIS.purpose, BASIS.reason, BASIS.offense, BASIS.case_number)
    other = asked(terms("SRCH2*"), search_id=question.search_id)
    assert desk.post("/v1/searches", content=other.model_dump_json()).json()["reason"] == "other_search"


REFUSED = [
    ({"purpose": "personal_use"}, "prohibited.personal_use", "POSTC"),
    ({"purpose": "first_amendment"}, "prohibited.first_amendment", "POSTC"),
    ({"purpose": "health_care", "reason": ""}, "prohibited.health_care", "POSTC"),
    ({"purpose": ""}, "purpose_missing", ""),
    ({"purpose": "exigent"}, "facts_missing", "POSTC E.a.10"),
    ({"reason": "work"}, "reason_missing", ""),
    ({"offense": ""}, "offense_missing", "QRY-1"),
    ({"case_number": " "}, "case_missing", "QRY-1"),
]


@pytest.mark.clause("PUR-1", "PUR-3", "PUR-4", "PUR-5", "QRY-1")
@pytest.mark.parametrize(("change", "reason", "clause"), REFUSED, ids=lambda value: str(value)[:24])
def test_a_use_that_the_policy_refuses_is_refused_by_name_and_on_record(
    hq: Headquarters, desk: httpx2.Client, change: dict[str, str], reason: str, clause: str
) -> None:
    """The name and the clause come back, nothing else; the attempt is on record, a prohibited one is flagged."""
    question = asked(terms("SRCH*"), replace(BASIS, **change))
    answer = desk.post("/v1/searches", content=question.model_dump_json())
    assert (answer.status_code, answer.json()["reason"]) == (409, reason)
    assert clause in answer.json()["words"]
    (record,) = recorded(hq, question.search_id)
    prohibited = reason.startswith("prohibited.")
    kind = EventKind.PURPOSE_REFUSED if prohibited else EventKind.COMMAND_REFUSED
    assert (record["kind"], record["body"]["reason"], record["actor"]) == (kind.value, reason, "supervisor")
    mine = select(flags.c.reason).where(flags.c.subject == question.search_id)
    with database_of(hq) as store, store.reading() as connection:
        assert list(connection.scalars(mine)) == (["prohibited_use"] if prohibited else [])


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (terms("S*"), "search_too_wide"),
        (terms("*"), "search_too_wide"),
        (terms(""), "search_too_wide"),
        (terms("", state="CT"), "search_too_wide"),
        (replace(terms("SRCH*"), until=terms(hours=48).since), "time_wrong"),
        (terms("SRCH*", hours=24 * 500), "time_wrong"),
    ],
)
def test_a_look_at_everybody_is_no_search(desk: httpx2.Client, wanted: SearchTerms, reason: str) -> None:
    """Too little of a plate without a vehicle, camera or place, or a time that does not fit, is refused."""
    assert search(desk, wanted).json()["reason"] == reason


def test_pages_follow_each_other_without_a_gap_and_only_for_who_asked(hq: Headquarters, desk: httpx2.Client) -> None:
    """230 reads come in three pages; another person, or a search that nobody made, gets none."""
    with hq.client() as client:
        for start in (0, 115):
            rows = [a_past_read(f"PG{start + number:03d}", 1 + number / 100) for number in range(115)]
            client.push_events([(row, None) for row in rows])
    question = asked(terms("PG*"))
    page = SearchAnswer.model_validate_json(desk.post("/v1/searches", content=question.model_dump_json()).content).page
    seen, count = [line.plate for line in page.lines], page.count
    while page.after:
        rest = f"/v1/searches/{question.search_id}/reads"
        with hq.desk(Role.OFFICER) as other:
            assert other.get(rest, params={"after": page.after}).json()["reason"] == "search_over"
        page = SearchAnswer.model_validate_json(desk.get(rest, params={"after": page.after}).content).page
        seen += [line.plate for line in page.lines]
    assert count == 230
    assert sorted(seen) == [f"PG{number:03d}" for number in range(230)]
    assert desk.get("/v1/searches/none/reads").json()["reason"] == "search_over"
    assert desk.get(f"/v1/searches/{question.search_id}/reads", params={"after": "nowhere"}).status_code == 422


@pytest.mark.clause("QRY-3", "QRY-2")
def test_a_cars_officer_searches_too_and_it_is_on_record_here_as_the_answer(hq: Headquarters, sent: None) -> None:
    """The officer's account counts, not the car's word; the record names officer and car, and is no second search."""
    with hq.http(hq.cars["car-7"]) as car:
        unknown = asked(terms("SRCH100"), user_id="nobody")
        answer = car.post("/v1/cars/car-7/searches", content=unknown.model_dump_json())
        assert (answer.status_code, answer.json()["reason"]) == (409, "role_not_permitted")
        kind = "postgresql" if hq.database else "sqlite"
        account = {"user_id": f"rdoe-{kind}", "name": "R. Doe", "role": Role.OFFICER, "password": "long enough"}
        create_account(hq.folder, key=KEY, database=hq.database, **account)
        question = asked(terms("SRCH100"), user_id=f"rdoe-{kind}")
        assert plates(car.post("/v1/cars/car-7/searches", content=question.model_dump_json())) == ["SRCH100"]
    (record,) = recorded(hq, question.search_id)
    assert (record["kind"], record["actor"], record["device"]) == ("data.search_answered", f"rdoe-{kind}", "car-7")
    assert record["body"]["found"] == {"headquarters": 1}


@pytest.mark.clause("QRY-2", "REC-3", "AUD-1")
def test_with_age_the_plate_goes_and_the_record_of_use_stays_whole(hq: Headquarters, desk: httpx2.Client) -> None:
    """Retention takes what was searched by plate; who, when, why, parameters, count and the chain stay."""
    question = asked(terms("SRCH100", state="CT"))
    search_content = question.model_dump_json()
    assert plates(desk.post("/v1/searches", content=search_content)) == ["SRCH100"]
    old = cutoff(POLICY.retention, datetime.now(UTC)) - timedelta(days=1)
    with database_of(hq) as store, store.writing() as connection:
        connection.execute(update(events).where(events.c.subject == question.search_id).values(received_at=old))
    with hq.desk() as administrator:
        gone = administrator.post("/v1/retention", json={"words": "the test of retention"}).json()
    assert gone["searches"] == 1
    (record,) = recorded(hq, question.search_id)
    assert "SRCH100" not in json.dumps(record)
    assert record["body"]["reason"] == BASIS.reason
    assert record["body"]["found"] == {"headquarters": 1}
    assert record["body"]["parameters"]["state"] == "CT"
    with database_of(hq) as store, store.reading() as connection:
        assert OwnTrail(KEY).verify(connection).words == "ok"


@pytest.mark.clause("AUD-3")
@pytest.mark.parametrize("ending", ["csv", "pdf"])
def test_headquarters_own_trail_leaves_as_a_file_that_proves_itself(
    hq: Headquarters, desk: httpx2.Client, tmp_path: Path, ending: str
) -> None:
    """Every row with a proof that headquarters' public key checks; that it was exported is its last row."""
    desk.post("/v1/searches", content=asked(terms("SRCH100")).model_dump_json())
    path = tmp_path / f"trail.{ending}"
    with database_of(hq) as store:
        proof = write_own_trail(store, KEY, path, record_export(store, KEY, FOLDER, path.suffix))
    verdict = check_file(path, proof.public_key)
    assert (verdict.words, verdict.rows) == ("ok", proof.head.sequence)
    if ending == "csv":
        text = path.read_text()
        assert "data.exported" in text.splitlines()[-1]
        assert "SRCH100" in text
        path.write_text(text.replace("SRCH100", "SRCH101", 1))
        assert check_file(path, proof.public_key).reason == "its body was changed"


@pytest.mark.clause("AUD-1")
@pytest.mark.parametrize("change", ["reason", "plate", "cut"])
def test_a_record_of_headquarters_own_that_was_changed_or_cut_off_is_found(
    hq: Headquarters, desk: httpx2.Client, change: str
) -> None:
    """The chain holds; words or the plate changed in the database, or the last row taken out, are named."""
    question = asked(terms("SRCH100"))
    desk.post("/v1/searches", content=question.model_dump_json())
    mine = events.c.subject == question.search_id
    with database_of(hq) as store:
        with store.reading() as connection:
            row = connection.execute(select(events).where(mine)).mappings().one()
            assert OwnTrail(KEY).verify(connection).words == "ok"
        said = json.loads(row["content"])
        if change == "reason":
            said["body"]["reason"] = "something quite different"
        else:
            said["body"]["plate_data"]["plate"] = "OTHER1"
        with store.writing() as connection:
            if change == "cut":
                connection.execute(events.delete().where(mine))
            else:
                connection.execute(update(events).where(mine).values(content=json.dumps(said)))
        with store.reading() as connection:
            assert OwnTrail(KEY).verify(connection).wrong_sequence is not None
        with store.writing() as connection:
            connection.execute(events.delete().where(mine))
            connection.execute(events.insert().values(dict(row)))


@pytest.mark.clause("REC-2", "AUD-1")
def test_what_was_found_leaves_headquarters_only_into_a_case(hq: Headquarters, desk: httpx2.Client) -> None:
    """Held until the final disposition, on record with the reason, and signed; reads that were not found can't go."""
    question = asked(terms("SRCH100"))
    page = SearchAnswer.model_validate_json(desk.post("/v1/searches", content=question.model_dump_json()).content).page
    path, line = f"/v1/searches/{question.search_id}/case", page.lines[0]
    wanted = {"case_number": "26-1183", "reason": "seen before the burglary", "event_ids": [line.event_id]}
    assert desk.post(path, json=wanted | {"reason": "yes"}).json()["reason"] == "reason_missing"
    assert desk.post(path, json=wanted | {"event_ids": ["another"]}).json()["reason"] == "not_found"
    made = CaseFile.model_validate_json(desk.post(path, json=wanted).content)
    assert [read["plate"] for read in json.loads(made.content)["reads"]] == ["SRCH100"]
    assert Verifier(made.public_key).holds(case_bytes(made.content), bytes.fromhex(made.signature))
    kept = select(holds.c.released_at).where(holds.c.subject == line.read_id, holds.c.case_number == "26-1183")
    with database_of(hq) as store, store.reading() as connection:
        assert list(connection.scalars(kept)) == [None]
    record = recorded(hq, question.search_id)[-1]
    assert (record["kind"], record["body"]["case"], record["body"]["reads"]) == ("data.exported", "26-1183", 1)
    assert desk.post("/v1/cases/26-1183/release", json={"words": "closed by the court's decision"}).is_success
    with database_of(hq) as store, store.reading() as connection:
        assert None not in list(connection.scalars(kept))
    assert desk.post("/v1/cases/26-1183/release", json={"words": "closed by the court's decision"}).status_code == 409
