"""Registers over real HTTP: who may do what, due dates, the policy's ways, versions that hold together, exports."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import select, update

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import Person
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.register_chain import check
from mdt_app.domain.registers import due_on
from mdt_app.hq import registers
from mdt_app.hq.main import public_key
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.tables import events, register_versions
from mdt_app.services.policies import load_policy
from mdt_app.services.register_files import load_registers, read_register
from mdt_app.services.trail_files import check_file
from mdt_app.sync.register_wire import PROOF, RecordAct
from tests.fakes.headquarters import KEY, Headquarters, an_event

TODAY = datetime.now(UTC).date()
REQUEST = {"requester": "A. Citizen", "received_on": "2026-11-20", "asked_for": "Reads of Main Street in October"}


def opened(desk: httpx2.Client, register: str, values: dict[str, str]) -> dict:
    answer = desk.post(f"/v1/registers/{register}", json={"record_id": str(uuid4()), "values": values})
    assert answer.status_code == 200, answer.text
    return answer.json()


def acted(desk: httpx2.Client, register: str, record: dict, act: str, words: str = "", **values: str):
    asked = {"version": record["version"], "act": act, "words": words, "values": values}
    return desk.post(f"/v1/registers/{register}/{record['record_id']}", json=asked)


def reason(answer: httpx2.Response) -> str:
    return "" if answer.is_success else answer.json()["reason"]


def in_office(hq: Headquarters, office: str, role: Role = Role.AUDITOR) -> httpx2.Client:
    """A desk whose person holds an office."""
    user_id = f"{office}-{uuid4().hex[:6]}"
    desk = hq.desk_of(user_id, role)
    with hq.desk() as admin:
        opened(admin, "offices", {"office": office, "holder": user_id, "since": "2026-01-02"})
    return desk


def a_search(hq: Headquarters) -> str:
    event = an_event(EventKind.SEARCHED, pattern="AB1", hours=2, purpose="locate", reason="seen at the scene today")
    with hq.client() as car:
        assert not car.push_events([(event, None)]).refused
    return event.subject


@pytest.mark.clause("AUD-4")
def test_a_violation_reaches_the_chief_with_the_records_that_show_it(hq: Headquarters) -> None:
    """Without records, or with ones that are not there, nothing is opened; the Chief alone decides; all stays."""
    member = f"member-{uuid4().hex[:6]}"
    held = {"member": member, "happened_on": "2026-11-20", "found_by": "audit", "clause": "POSTC G.4"}
    held |= {"what": "Searched the plate of a neighbor", "records": a_search(hq)}
    with hq.desk_of(member, Role.AUDITOR) as theirs, hq.desk() as admin, in_office(hq, "chief") as chief:
        for wrong in ({"records": ""}, {"records": "nothing-there"}, {"member": "nobody"}):
            asked = {"record_id": str(uuid4()), "values": held | wrong}
            assert admin.post("/v1/registers/violations", json=asked).status_code == 409
        record = opened(admin, "violations", held)
        assert reason(acted(theirs, "violations", record, "report")) == "no_such_record"
        assert record["record_id"] not in theirs.get("/v1/registers/violations").text
        record = acted(admin, "violations", record, "report").json()
        assert record["state"] == "reported"
        decision = {"decision": "Retraining, and access is suspended", "action": "access suspended"}
        assert reason(acted(admin, "violations", record, "decide", **decision)) == "not_yours"
        assert reason(acted(chief, "violations", record, "decide")) == "field_missing"
        record = acted(chief, "violations", record, "decide", **decision).json()
        record = acted(admin, "violations", record, "close", "access was suspended today").json()
        story = admin.get(f"/v1/registers/violations/{record['record_id']}").json()
    assert [v["act"] for v in story["versions"]] == ["opened", "report", "decide", "close"]
    assert {v["policy"] for v in story["versions"]} == {"postc 1"}
    assert story["record"]["state"] == "closed"


@pytest.mark.clause("AUD-5")
def test_a_request_under_the_freedom_of_information_act_is_decided_and_what_was_released_stands(
    hq: Headquarters,
) -> None:
    """A denial names its exemption; the answer says whether and what was released; four working days are counted."""
    with hq.desk() as admin:
        record = opened(admin, "foi", REQUEST)
        assert record["due"] == "2026-11-27"  # 20 November 2026 is a Friday, the 26th is Thanksgiving
        denied = {"answer": "deny", "reasons": "An investigation is pending"}
        assert "Exemption" in acted(admin, "foi", record, "decide", **denied).json()["words"]
        record = acted(admin, "foi", record, "decide", **denied, exemption="C.G.S. 1-210(b)(3)").json()
        assert reason(acted(admin, "foi", record, "answer", released_to="yes", released_on=str(TODAY))) != ""
        record = acted(admin, "foi", record, "answer", released_to="no", released_on=str(TODAY)).json()
        assert (record["state"], record["due"]) == ("answered", None)
        assert reason(acted(admin, "foi", record, "changed", requester="B")) == "closed"


@pytest.mark.clause("AUD-5")
def test_under_glastonburys_policy_the_chief_clears_each_answer(hq: Headquarters) -> None:
    """There the Administrator can only put it to the Chief, and only the Chief can clear it."""
    register, policy = load_registers()["foi"], load_policy("glastonbury")
    with in_office(hq, "chief") as chief, contextlib.closing(hq.store()) as store:
        chief_id = chief.get("/v1/desk").json()["holder"]
        admin = registers.desk_of(Person("administrator", Role.ADMINISTRATOR), policy)
        boss = registers.desk_of(Person(chief_id, Role.AUDITOR), policy)
        record_id = registers.open_record(store, register, str(uuid4()), REQUEST, admin).record_id
        said = {"answer": "release", "reasons": "Nothing stands against it"}

        def act(name: str, version: int, desk: registers.Desk, **values: str) -> str:
            return registers.act(
                store, register, record_id, RecordAct(version=version, act=name, values=values), desk
            ).state

        with pytest.raises(Refused, match="can't be done"):
            act("decide", 1, admin, **said)
        assert act("propose", 1, admin, **said) == "for_chief"
        with pytest.raises(Refused, match="chief"):
            act("clear", 2, admin)
        assert act("clear", 2, boss) == "decided"


@pytest.mark.clause("DEP-1", "DEP-2", "AUD-7")
def test_a_nontraditional_deployment_is_approved_by_somebody_else_and_the_chief_is_told(hq: Headquarters) -> None:
    """It can't start unapproved; in the Administrator's absence the Captain approves; its results have to be told."""
    planned = {"kind": "nontraditional", "what": "Operation at the harbor", "purpose": "locate", "place": "Harbor St"}
    planned |= {"begins_on": str(TODAY), "ends_on": str(TODAY), "view": "under a court order"}
    with hq.desk() as admin, in_office(hq, "captain", Role.SUPERVISOR) as captain:
        asked = {"record_id": str(uuid4()), "values": planned}
        assert "Court order" in admin.post("/v1/registers/deployments", json=asked).json()["words"]
        record = opened(admin, "deployments", planned | {"order": "Superior Court, CR-26-0042"})
        assert reason(acted(admin, "deployments", record, "start")) == "not_now"
        record = acted(admin, "deployments", record, "ask").json()
        assert reason(acted(admin, "deployments", record, "approve", "it is needed now")) == "own_matter"
        record = acted(captain, "deployments", record, "approve", "the Administrator is absent").json()
        for move in ("start_approved", "end"):
            record = acted(admin, "deployments", record, move).json()
        results = {"hits": "3", "stops": "1", "arrests": "1", "incidents": "One arrest for a stolen vehicle"}
        assert "Chief told" in acted(admin, "deployments", record, "document_nontraditional", **results).json()["words"]
        results["chief_told_on"] = str(TODAY)
        record = acted(admin, "deployments", record, "document_nontraditional", **results).json()
    assert (record["state"], record["values"]["arrests"]) == ("documented", "1")


@pytest.mark.clause("SHR-2")
def test_which_network_has_access_is_the_chiefs_decision(hq: Headquarters) -> None:
    """Neither the Administrator nor a chief whose office has ended can allow it; the designee can, with words."""
    with hq.desk() as admin, in_office(hq, "designee") as designee, in_office(hq, "chief") as past:
        record = opened(admin, "networks", {"network": "Region", "level": "regional", "access": "hits of stolen cars"})
        held = [r for r in admin.get("/v1/registers/offices").json()["records"] if r["state"] == "held"]
        gone = next(r for r in held if r["values"]["holder"] == past.get("/v1/desk").json()["holder"])
        assert acted(admin, "offices", gone, "end", "retired from the service").status_code == 200
        for desk in (admin, past):
            answer = acted(desk, "networks", record, "allow", "it is of use here", decided_on=str(TODAY))
            assert reason(answer) == "not_yours"
        record = acted(designee, "networks", record, "allow", "it is of use here", decided_on=str(TODAY)).json()
    assert record["state"] == "allowed"


def test_nobody_gives_themselves_an_office(hq: Headquarters) -> None:
    """Else an Administrator could decide in the Chief's place."""
    with hq.desk() as admin:
        asked = {"office": "chief", "holder": "Administrator", "since": "2026-01-02"}
        answer = admin.post("/v1/registers/offices", json={"record_id": str(uuid4()), "values": asked})
    assert reason(answer) == "own_matter"


def test_two_desks_at_once_leave_one_version_after_the_other(hq: Headquarters) -> None:
    """Whoever writes on what somebody else has changed is told; a repeat of the same record is one record."""
    with hq.desk() as admin:
        record = opened(admin, "foi", REQUEST)
        again = {"record_id": record["record_id"], "values": REQUEST}
        assert admin.post("/v1/registers/foi", json=again).json()["version"] == 1
        with ThreadPoolExecutor(8) as pool:
            said = pool.map(lambda n: acted(admin, "foi", record, "changed", requester=f"Name {n}"), range(8))
            reasons = sorted(map(reason, said))
        assert reasons == ["", *["changed_meanwhile"] * 7]
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda _: opened(admin, "foi", REQUEST)["record_id"], range(16)))
    with contextlib.closing(hq.store()) as store, store.reading() as connection:
        rows = connection.execute(select(register_versions).where(register_versions.c.record_id.in_(made))).all()
    assert len(rows) == 16


def test_what_is_wrong_with_a_record_is_told_field_by_field(hq: Headquarters) -> None:
    """All faults at once, by the words on the form; an unknown field is named."""
    values = REQUEST | {"received_on": "yesterday", "answer": "perhaps", "requester": "two\nlines"}
    with hq.desk() as admin:
        answer = admin.post("/v1/registers/foi", json={"record_id": str(uuid4()), "values": values})
        assert all(part in answer.json()["words"] for part in ("Received on is no day", "Answer is none", "Requester"))
        answer = admin.post("/v1/registers/foi", json={"record_id": str(uuid4()), "values": REQUEST | {"plate": "X"}})
    assert reason(answer) == "unknown_field"


@pytest.mark.parametrize("ending", ["csv", "json", "pdf"])
def test_an_exported_register_proves_itself(hq: Headquarters, tmp_path: Path, ending: str) -> None:
    """The file with its proof holds by headquarters' public key alone; a changed byte or row is found."""
    with hq.desk() as admin:
        record = opened(admin, "foi", REQUEST)
        acted(admin, "foi", record, "acknowledge")
        answer = admin.post(f"/v1/registers/foi/export/{ending}")
    path = tmp_path / f"foi.{ending}"
    path.write_bytes(answer.content)
    path.with_name(f"foi.{ending}.proof.json").write_text(answer.headers[PROOF], "utf-8")
    key = json.loads(answer.headers[PROOF])["public_key"]
    assert check_file(path, key).words == "ok"
    assert check_file(path, "ab" * 32).wrong_sequence is not None
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert check(rows).words == "ok"
        rows[-1]["words"] = "something else"
        assert check(rows).words == f"row {len(rows)}: its content was changed"
    path.write_bytes(path.read_bytes().replace(b"acknowledge", b"acknowledgf") + b"\n")
    assert check_file(path, key).wrong_sequence is not None


def test_a_row_that_is_changed_in_the_database_is_found(hq: Headquarters) -> None:
    """The chain names the row, whoever changed it."""
    register = load_registers()["networks"]
    with hq.desk() as admin:
        record = opened(admin, "networks", {"network": "State", "level": "state", "access": "hits of stolen cars"})
    mine = register_versions.c.record_id == record["record_id"]
    with contextlib.closing(hq.store()) as store:
        with store.writing() as connection:
            before = connection.scalar(select(register_versions.c.by).where(mine))
            connection.execute(update(register_versions).where(mine).values(by="somebody"))
        with store.writing() as connection:
            rows = [{**row._mapping, "at": row.at.isoformat()} for row in registers.all_versions(connection, register)]
            connection.execute(update(register_versions).where(mine).values(by=before))
    assert "its content was changed" in check(rows).words


def test_what_is_due_comes_first_and_is_counted(hq: Headquarters) -> None:
    """An overdue request stands above one that is due later, and both above what is closed."""
    late, soon = str(TODAY - timedelta(days=90)), str(TODAY)
    with hq.desk() as admin:
        newer = opened(admin, "foi", REQUEST | {"received_on": soon})
        older = opened(admin, "foi", REQUEST | {"received_on": late})
        closed = opened(admin, "foi", REQUEST | {"received_on": late})
        acted(admin, "foi", closed, "withdraw", "the requester withdrew it")
        listed = [r["record_id"] for r in admin.get("/v1/registers/foi").json()["records"]]
        shape = next(s for s in admin.get("/v1/registers").json()["registers"] if s["register_id"] == "foi")
    places = [listed.index(one["record_id"]) for one in (older, newer, closed)]
    assert places == sorted(places)
    assert older["overdue"]
    assert shape["overdue"] >= 1
    assert shape["open"] >= 2


def test_months_come_from_the_policy_and_zero_is_never_due() -> None:
    """A due date by a policy's value; the last day of a shorter month; business days know Thanksgiving."""
    register = load_registers()["foi"]
    assert due_on(register, "received", {"received_on": "2026-11-20"}, date(2026, 1, 1), load_policy("postc")) == date(
        2026, 11, 27
    )
    assert due_on(register, "received", {}, date(2026, 1, 1), load_policy("postc")) is None


def test_a_register_that_does_not_hold_together_stops_the_start(tmp_path: Path) -> None:
    """Names of fields and states that are not there are told with the file and the key."""
    text = (Path(__file__).parents[3] / "resources" / "registers" / "foi.toml").read_text("utf-8")
    path = tmp_path / "foi.toml"
    for before, after, words in (
        ('to = "decided"', 'to = "nowhere"', "moves.decide.of names 'nowhere'"),
        ('title = "requester"', 'title = "nobody"', "columns names 'nobody'"),
        ('kind = "day"', 'kind = "dya"', "fields.received_on.kind"),
        ('name = "FOI requests"', 'nmae = "FOI requests"', "nmae"),
    ):
        path.write_text(text.replace(before, after, 1), "utf-8")
        with pytest.raises(BadInput, match=words):
            read_register(path)


def test_the_key_that_proves_exports_is_the_one_that_cars_know() -> None:
    """One key of headquarters signs all."""
    from mdt_app.hq.receipts import ReceiptMaker

    assert ReceiptMaker(KEY).public == public_key(KEY)


@pytest.mark.clause("AUD-1")
def test_every_act_stands_in_headquarters_own_trail(mine: Headquarters) -> None:
    """With the digest of the very row, so that neither can be changed without the other."""
    with mine.desk() as admin:
        record = opened(admin, "foi", REQUEST)
        acted(admin, "foi", record, "withdraw", "the requester withdrew it")
    with contextlib.closing(mine.store()) as store, store.reading() as connection:
        told = connection.scalars(select(events.c.content).where(events.c.subject == record["record_id"])).all()
        its = register_versions.c.record_id == record["record_id"]
        digests = connection.scalars(select(register_versions.c.digest).where(its)).all()
        assert OwnTrail(KEY).verify(connection).words == "ok"
    bodies = [json.loads(text)["body"] for text in told]
    assert [body["act"] for body in bodies] == ["opened", "withdraw"]
    assert {body["digest"] for body in bodies} == set(digests)
