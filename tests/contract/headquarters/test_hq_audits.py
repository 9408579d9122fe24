"""The guided audit of queries: planned by the policy, drawn, judged, signed with the trail verified, reported."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import select, update

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.domain.query_audit import incomplete, last_period, sample
from mdt_app.hq.audits import plan_audit
from mdt_app.hq.tables import events, register_versions
from mdt_app.services.policies import load_policy
from mdt_app.services.trail_files import check_file
from mdt_app.sync.register_wire import PROOF
from tests.contract.headquarters.test_hq_registers import acted, opened, reason
from tests.fakes.headquarters import POLICY, Headquarters, an_event

WHOLE = {"purpose": "locate", "reason": "seen at the scene today", "offense": "Burglary", "case": "26-1042"}


@pytest.fixture
def auditor(mine: Headquarters) -> Iterator[httpx2.Client]:
    """The auditor's desk."""
    with mine.desk(Role.AUDITOR) as desk:
        yield desk


def queries(mine: Headquarters, day: date, count: int, **changes: object) -> list[str]:
    """Queries that came in on a day, as a car sends them."""
    body = {"parameters": {"state": "CT"}, "plate_data": {"plate": "AB1*"}, **WHOLE, **changes}
    made = [an_event(EventKind.SEARCHED, **body) for _ in range(count)]
    with mine.client() as car:
        assert not car.push_events([(event, None) for event in made]).refused
    ids, noon = [event.event_id for event in made], datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with contextlib.closing(mine.store()) as store, store.writing() as connection:
        connection.execute(update(events).where(events.c.event_id.in_(ids)).values(received_at=noon))
    return ids


def an_audit(desk: httpx2.Client, day: date, **values: str) -> dict:
    said = {"period": f"Audit of {day}", "from_day": str(day), "to_day": str(day), "extent": "all"} | values
    return opened(desk, "audits", said)


def judged(desk: httpx2.Client, record: dict, event_id: str, **said: object) -> httpx2.Response:
    verdict = {"authorized": True, "complete": True} | said
    return desk.post(f"/v1/audits/{record['record_id']}/queries/{event_id}", json=verdict)


def drawn(desk: httpx2.Client, record: dict) -> list[dict]:
    return desk.get(f"/v1/audits/{record['record_id']}/queries").json()["queries"]


@pytest.mark.clause("AUD-2")
def test_every_query_of_the_period_is_judged_before_anybody_signs(
    mine: Headquarters, auditor: httpx2.Client, tmp_path: Path
) -> None:
    """Those of other days are left out; a no wants words; the trail is verified; the report proves itself."""
    day = date(2026, 2, 3)
    ids = queries(mine, day, 2) + queries(mine, day, 1, case="", offense="")
    queries(mine, day + timedelta(days=1), 1)
    record = acted(auditor, "audits", an_audit(auditor, day), "draw").json()
    assert record["values"]["drawn"] == record["values"]["queries"] == "3"
    shown = {one["event_id"]: one for one in drawn(auditor, record)}
    assert set(shown) == set(ids)
    assert shown[ids[2]]["lacking"] == ["offense type", "case number"]
    assert (shown[ids[0]]["lacking"], shown[ids[0]]["reason"]) == ([], WHOLE["reason"])
    said = {"statement": "One query of three had no case number"}
    for one in ids[:2]:
        assert judged(auditor, record, one).is_success
    refused = acted(auditor, "audits", record, "sign", **said)
    assert "1 of 3" in refused.json()["words"]
    assert reason(judged(auditor, record, ids[2], complete=False)) == "words_missing"
    assert judged(auditor, record, ids[2], complete=False, words="the case number is missing").is_success
    assert reason(acted(auditor, "audits", record, "sign", **said, findings="0")) == "made_field"
    record = acted(auditor, "audits", record, "sign", **said).json()
    assert record["values"]["findings"] == "1"
    assert record["values"]["chain"].startswith("whole: ")
    assert reason(judged(auditor, record, ids[0], authorized=False, words="it was not for this")) == "not_now"
    assert reason(acted(auditor, "audits", record, "close")) == "field_missing"
    done = {"follow_up": "The officer was trained again", "chief_told_on": "2026-02-20"}
    record = acted(auditor, "audits", record, "close", **done).json()
    assert (record["state"], record["due"]) == ("closed", None)
    answer = auditor.post(f"/v1/audits/{record['record_id']}/report")
    path = tmp_path / "audit.pdf"
    path.write_bytes(answer.content)
    path.with_name("audit.pdf.proof.json").write_text(answer.headers[PROOF], "utf-8")
    assert check_file(path, json.loads(answer.headers[PROOF])["public_key"]).words == "ok"


@pytest.mark.clause("AUD-2")
def test_a_sample_is_drawn_by_a_stated_seed_that_nobody_chooses(mine: Headquarters, auditor: httpx2.Client) -> None:
    """Whoever has the log and the seed draws the same queries again; it is drawn once."""
    day = date(2026, 3, 4)
    ids = queries(mine, day, 12)
    assert reason(
        auditor.post(
            "/v1/registers/audits",
            json={
                "record_id": str(uuid4()),
                "values": {"period": "x", "from_day": str(day), "to_day": str(day), "extent": "all", "seed": "mine"},
            },
        )
    ) == ("made_field")
    record = acted(auditor, "audits", an_audit(auditor, day, extent="sample", sample_size="5"), "draw").json()
    found = [one["event_id"] for one in drawn(auditor, record)]
    assert found == list(sample(reversed(ids), 5, record["values"]["seed"]))
    assert (record["values"]["queries"], record["values"]["drawn"]) == ("12", "5")
    assert reason(acted(auditor, "audits", record, "draw")) == "not_now"


@pytest.mark.clause("AUD-2")
def test_nobody_judges_their_own_query(mine: Headquarters) -> None:
    """Whatever their role; another auditor does."""
    day, user_id = date(2026, 4, 5), f"auditor-{uuid4().hex[:6]}"
    (event_id,) = queries(mine, day, 1)
    with contextlib.closing(mine.store()) as store, store.writing() as connection:
        content = json.loads(connection.scalar(select(events.c.content).where(events.c.event_id == event_id)))
        own = json.dumps(content | {"actor": user_id.upper()})
        connection.execute(update(events).where(events.c.event_id == event_id).values(content=own))
    with mine.desk_of(user_id, Role.AUDITOR) as theirs, mine.desk() as admin:
        record = acted(theirs, "audits", an_audit(theirs, day), "draw").json()
        assert reason(judged(theirs, record, event_id)) == "own_matter"
        assert judged(admin, record, event_id).is_success


@pytest.mark.clause("AUD-2", "AUD-1")
def test_a_record_that_was_changed_is_found_when_the_audit_is_signed(
    mine: Headquarters, auditor: httpx2.Client
) -> None:
    """Headquarters walks every chain it holds; what is wrong stands in the signed record."""
    day = date(2026, 5, 6)
    (event_id,) = queries(mine, day, 1)
    record = acted(auditor, "audits", an_audit(auditor, day), "draw").json()
    judged(auditor, record, event_id)
    with mine.desk() as admin:
        other = opened(admin, "networks", {"network": "State", "level": "state", "access": "hits of stolen cars"})
    its = register_versions.c.record_id == other["record_id"]
    with contextlib.closing(mine.store()) as store:

        def write(by: str) -> None:
            with store.writing() as connection:
                connection.execute(update(register_versions).where(its).values(by=by))

        write("somebody")
        record = acted(auditor, "audits", record, "sign", statement="Nothing was found wrong").json()
        write("administrator")
    assert record["values"]["chain"].startswith("NOT WHOLE: External networks: row")


@pytest.mark.clause("AUD-2")
def test_each_quarter_gets_its_audit_by_itself_and_glastonburys_none(mine: Headquarters) -> None:
    """Opened once when the quarter is over, due fifteen days later; at the Chief's discretion none is opened."""
    now = datetime(2031, 1, 2, tzinfo=UTC)
    with contextlib.closing(mine.store()) as store, mine.desk() as admin:
        for policy in (POLICY, POLICY, load_policy("glastonbury")):
            plan_audit(store, policy, now)
        held = [r for r in admin.get("/v1/registers/audits").json()["records"] if r["values"]["to_day"] > "2030"]
        (audit,) = held
    assert (audit["values"]["period"], audit["due"]) == ("2030, fourth quarter", "2031-01-15")
    assert (audit["values"]["from_day"], audit["values"]["to_day"]) == ("2030-10-01", "2030-12-31")


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-01-01", "2025-10-01", "2025-12-31"), ("2026-03-31", "2025-10-01", "2025-12-31"),
     ("2026-04-01", "2026-01-01", "2026-03-31"), ("2026-12-31", "2026-07-01", "2026-09-30")],
)  # fmt: skip
def test_the_quarter_that_has_ended(day: str, first: str, last: str) -> None:
    """Calendar quarters, at both ends of a year."""
    period = last_period(date.fromisoformat(day), 3)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.clause("AUD-2", "PUR-6")
def test_what_a_query_lacks_is_named_by_the_policys_own_rules() -> None:
    """Fields of the query, and the facts that this policy wants for this purpose; a refused use is named."""
    whole = {"parameters": {"state": "CT"}, **WHOLE}
    assert incomplete(POLICY, whole) == ()
    assert incomplete(POLICY, {}) == ("parameters", "reason", "offense type", "case number", "purpose missing")
    assert incomplete(load_policy("glastonbury"), whole) == ("facts missing",)
    assert incomplete(POLICY, whole | {"purpose": "personal_use"}) == ("prohibited.personal use",)
