"""Row 20 of the fault table: whatever is tried around the gate, no stop stands without a recorded decision."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from cache.db import DriverError, open_database
from mdt_app.domain import commands as c
from mdt_app.domain import gate
from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import MdtError, StorageFault
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.hq.access_table import openapi_of
from mdt_app.hq.app import ROUTERS
from mdt_app.hq.store import Store
from mdt_app.hq.tables import events
from mdt_app.sync.event_wire import EventBatch, EventMessage
from tests.fakes.campaign import STEPS, amount, dice
from tests.fakes.car import KEY, Shift
from tests.fakes.headquarters import Headquarters, a_basis, an_event, made, serving
from tests.fakes.postgresql import running_postgresql
from tests.faults.gate.account import wrong_with
from tests.faults.gate.worker import raise_hit

ROOT = Path(__file__).parents[3]
KILLS, SHUFFLES = amount(3, 200), amount(40, 2000)
pytestmark = pytest.mark.timeout(0 if STEPS else 120)


def program(*words: object) -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "tests.faults.gate.worker", *map(str, words))
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def deaths(folder: Path, how: str) -> list[dict]:
    with program("each_statement", folder, how) as running:
        said = running.communicate(timeout=100)[0]
    assert running.returncode == 0
    return [json.loads(line) for line in said.splitlines()]


@pytest.mark.clause("STP-1", "STP-2")
def test_a_crash_at_any_statement_of_a_stop_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    """Killed between gate and stop, and everywhere else in the transaction: no half; in the end the stop is there."""
    found = deaths(tmp_path, "whole")
    assert [one for one in found if one["wrong"]] == []
    assert len(found) >= 10
    assert [one["stops"] for one in found if one["ended"]] == [1]
    assert {one["stops"] for one in found} == {0, 1}


def test_the_crash_harness_finds_a_stop_that_is_torn(tmp_path: Path) -> None:
    """The negative control: without the transaction the same deaths leave halves, and they are found."""
    assert any(one["wrong"] for one in deaths(tmp_path, "torn"))


@pytest.mark.clause("STP-1", "STP-2")
def test_kill_at_random_leaves_no_stop_undecided_and_loses_none(tmp_path: Path, record_property) -> None:
    """kill -9 of a car that stops hit after hit: each stop that was told is there, decided, and none is half."""
    moments, told = dice(20), 0
    record_property("tries", KILLS)
    for number in range(KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with program("patrol", folder) as running:
            heard = [running.stdout.readline().strip() for _ in range(moments.randint(1, 12))]
            running.send_signal(signal.SIGKILL)
            heard += [line.strip() for line in running.stdout if line.endswith("\n")]
        stops, wrong = wrong_with(folder / "store.db")
        assert wrong == []
        assert stops >= len(heard)
        told += len(heard)
    assert told >= KILLS


@pytest.fixture
def shift(tmp_path: Path):
    there = Shift(tmp_path / "store.db")
    there.prepare()
    yield there
    there.core.stop()


def tried(shift: Shift, hit_id: str) -> int:
    """Ask for the stop; how many stops there are then, of which none may be undecided."""
    with suppress(MdtError):
        shift.do(c.RequestStop(hit_id, "locate"))
    stops, wrong = wrong_with(shift.path)
    assert wrong == []
    return stops


def with_raising(name: str) -> Callable[..., gate.GateDecision]:
    """The gate with one condition whose check raises."""

    def raises(_: object) -> bool:
        raise RuntimeError("a defect in a check")

    table = tuple(replace(one, holds=raises) if one.name == name else one for one in gate.CONDITIONS)
    return lambda facts: gate.decide(facts, table)


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize("name", [one.name for one in gate.CONDITIONS])
def test_a_check_that_raises_keeps_the_gate_shut_on_record(shift: Shift, monkeypatch, name: str) -> None:
    """Whichever condition's check is defective: no stop, and the refusal names the condition."""
    hit_id = raise_hit(shift)
    monkeypatch.setattr("mdt_app.services.context.decide", with_raising(name))
    assert tried(shift, hit_id) == 0
    with closing(open_database(shift.path, KEY)) as db:
        assert db.execute("SELECT passed, unmet FROM gate_decisions").fetchall() == [(0, json.dumps([name]))]
    monkeypatch.undo()
    assert tried(shift, hit_id) == 1


def test_the_harness_sees_a_gate_that_takes_a_defect_for_a_yes(shift: Shift, monkeypatch) -> None:
    """The negative control: with a gate that swallows errors the stop would be there."""

    def lax(check, facts) -> bool:
        try:
            return check(facts) is True
        except Exception:  # noqa: BLE001 - the defect that this control puts in
            return True

    hit_id = raise_hit(shift)
    monkeypatch.setattr(gate, "_true", lax)
    monkeypatch.setattr("mdt_app.services.context.decide", with_raising("plate_confirmed"))
    assert tried(shift, hit_id) == 1


@pytest.mark.clause("STP-2", "STP-4")
@pytest.mark.parametrize("days", [-1100, -1, 1, 1100])
def test_a_clock_jump_between_answer_and_stop_opens_nothing(shift: Shift, days: int) -> None:
    """What was seen and answered at another time opens no gate, whichever way the clock was set."""
    hit_id = raise_hit(shift)
    shift.clock.time += timedelta(days=days)
    assert tried(shift, hit_id) == 0


WRITES = {
    "no decision": "INSERT INTO stops VALUES ('x', :hit, 'made up', 'locate', 'rdoe', 'now')",
    "refused decision": "INSERT INTO stops VALUES ('x', :hit, :refused, 'locate', 'rdoe', 'now')",
    "another hit's decision": "INSERT INTO stops VALUES ('x', :hit, :other, 'locate', 'rdoe', 'now')",
    "no purpose": "INSERT INTO stops VALUES ('x', :done, :other, '', 'rdoe', 'now')",
    "nobody": "INSERT INTO stops VALUES ('x', :done, :other, 'locate', '', 'now')",
    "a decision turned": "UPDATE gate_decisions SET passed = 1, unmet = '[]' WHERE decision_id = :refused",
    "a decision removed": "DELETE FROM gate_decisions WHERE decision_id = :other",
    "a passed decision with something unmet": "INSERT INTO gate_decisions VALUES ('y', :hit, 'now', 1, '[\"x\"]')",
    "a stop turned": "UPDATE stops SET hit_id = :hit",
    "the trail turned": "UPDATE audit SET kind = 'gate.passed' WHERE kind = 'gate.refused'",
    "the trail cut": "DELETE FROM audit WHERE kind = 'gate.refused'",
}


@pytest.fixture
def worked(shift: Shift) -> dict[str, str]:
    """One hit with a refused decision, one that was stopped."""
    done = raise_hit(shift, "AB12345")
    assert tried(shift, done) == 1
    hit = raise_hit(shift)
    shift.do(c.AnswerByRadio(hit, "Dispatcher 4", CheckAnswer.NO_RECORD))
    assert tried(shift, hit) == 1
    with closing(open_database(shift.path, KEY)) as db:
        decided = dict(db.execute("SELECT hit_id, decision_id FROM gate_decisions").fetchall())
    return {"hit": hit, "done": done, "refused": decided[hit], "other": decided[done]}


@pytest.mark.clause("STP-2")
@pytest.mark.parametrize("name", WRITES)
def test_a_direct_write_into_the_cars_store_is_refused(shift: Shift, worked: dict[str, str], name: str) -> None:
    """Somebody with the key goes around the program: the schema refuses, and nothing is changed."""
    with closing(open_database(shift.path, KEY)) as db, pytest.raises(DriverError):
        db.conn.execute(WRITES[name], {key: value for key, value in worked.items() if f":{key}" in WRITES[name]})
    stops, wrong = wrong_with(shift.path)
    assert (stops, wrong) == (1, [])


def test_the_account_finds_a_stop_that_was_written_past_the_schema(shift: Shift, worked: dict[str, str]) -> None:
    """The negative control: with the schema's rule taken out the write goes in, and the account names it."""
    with closing(open_database(shift.path, KEY)) as db:
        db.execute("DROP TRIGGER stops_need_gate")
        db.execute("PRAGMA foreign_keys = OFF")
        db.conn.execute(WRITES["refused decision"], {key: worked[key] for key in ("hit", "refused")})
        db.conn.commit()
    assert any("without a recorded decision" in words for words in wrong_with(shift.path)[1])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def hq(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A served headquarters over each database."""

    @contextmanager
    def over(database: str | None):
        there = made(tmp_path_factory.mktemp("gate"), database=database)
        with serving(there.folder, database=database) as running:
            yield replace(there, url=f"http://127.0.0.1:{running.port}")

    if request.param == "sqlite":
        with over(None) as there:
            yield there
        return
    with running_postgresql() as server, over(server.database()) as there:
        yield there


@pytest.fixture
def store(hq: Headquarters):
    with closing(hq.store()) as opened:
        yield opened


def undecided(store: Store) -> list[str]:
    """Stops at headquarters that no decision of the same car and hit stands before."""
    with store.reading() as connection:
        rows = connection.execute(select(events).order_by(events.c.position)).mappings().all()
    passed, wrong = set(), []
    for row in rows:
        body = json.loads(row["content"])["body"]
        if row["kind"] == "gate.passed" and body.get("unmet") == []:
            passed.add((row["car_id"], row["subject"], body.get("decision_id")))
        if row["kind"] == "stop.recorded" and (row["car_id"], row["subject"], body.get("decision_id")) not in passed:
            wrong.append(row["event_id"])
    return wrong


def stops_in(store: Store) -> int:
    with store.reading() as connection:
        return len(connection.execute(select(events.c.position).where(events.c.kind == "stop.recorded")).all())


@pytest.mark.clause("STP-2")
def test_no_route_takes_a_bare_stop_in(hq: Headquarters, store: Store) -> None:
    """A stop without its gate, sent to every route by every identity: none is on record, and ingest has refused it."""
    before = stops_in(store)
    tokens = [hq.cars["car-7"], *(hq.desks[role] for role in Role)]
    served = openapi_of(ROUTERS)["paths"]
    known = [(re.sub(r"{\w+}", "0", path.replace("{car_id}", "car-7")), tuple(ways)) for path, ways in served.items()]
    routes = {(method, path) for path, methods in known for method in methods}

    def sent_everywhere(token: str) -> set[tuple[str, str]]:
        """Send a stop to every route; those that answered, and neither by a fault nor by 'come again'."""
        answered = set()
        with hq.http(token) as http:
            for method, path in routes:
                stop = a_basis(an_event().subject)["stop"]
                body = EventBatch(events=(EventMessage.of(stop),)).model_dump_json()
                if http.request(method.upper(), path, content=body).status_code < 429:
                    answered.add((method, path))
        return answered

    with ThreadPoolExecutor(len(tokens)) as identities:
        assert [routes - answered for answered in identities.map(sent_everywhere, tokens)] == [set()] * len(tokens)
    assert (stops_in(store), undecided(store)) == (before, [])
    with hq.desk() as desk:
        assert desk.get("/v1/summary").json()["by_reason"]["stop_without_gate"] >= 1


@pytest.mark.clause("STP-2")
def test_stops_sent_in_any_order_and_mutilation_stand_only_behind_their_decision(
    hq: Headquarters, store: Store
) -> None:
    """Parts of stops left out, turned, swapped between hits and cars: what stands is decided, and whole ones stand."""
    orders = dice(21)
    taken = 0
    with hq.client() as one, hq.client("car-8") as two:
        for _ in range(SHUFFLES):
            basis = list(a_basis(an_event().subject).values())
            sent = mutilated(basis, orders)
            receipt = orders.choice((one, one, two)).push_events([(event, None) for event in sent])
            assert len(receipt.accepted) + len(receipt.refused) == len(sent)
            taken += basis[-1].event_id in receipt.accepted
    assert undecided(store) == []
    assert 0 < taken < SHUFFLES


def mutilated(basis: list[Event], orders: random.Random) -> list[Event]:
    """What somebody may make of a stop's events."""
    ways: tuple[Callable[[], list[Event]], ...] = (
        lambda: basis,
        lambda: orders.sample(basis, len(basis)),
        lambda: [event for event in basis if orders.random() < 0.7] or basis,
        lambda: [*basis[:-1], replace(basis[-1], subject=an_event().subject)],
        lambda: [replace(event, body={**event.body, "decision_id": "x"}) for event in basis[-1:]],
        lambda: [replace(e, body={**e.body, "unmet": ["plate_confirmed"]}) for e in basis],
    )
    return orders.choice(ways)()


@pytest.mark.clause("STP-2")
def test_a_direct_write_at_headquarters_is_refused(hq: Headquarters, store: Store) -> None:
    """A stop put into the database past the program, or another event turned into one, is refused by the database."""
    with hq.client() as client:
        other, basis = an_event(EventKind.HIT), a_basis(an_event().subject)
        client.push_events([(event, None) for event in (other, *basis.values())])
    before = stops_in(store)
    for attempt in (
        insert(events).values(a_row("stop.recorded")),
        update(events).where(events.c.event_id == other.event_id).values(kind="stop.recorded"),
        update(events).where(events.c.kind == "gate.passed").values(subject="another"),
    ):
        with pytest.raises(StorageFault), store.writing() as connection:
            connection.execute(attempt)
    assert (stops_in(store), undecided(store)) == (before, [])


def test_headquarters_harness_finds_a_stop_written_past_the_database(tmp_path: Path) -> None:
    """The negative control: with the database's rule taken out the write goes in, and the account finds it."""
    with closing(made(tmp_path).store()) as store:
        row = a_row("stop.recorded")
        with store.writing() as connection:
            connection.execute(text("DROP TRIGGER stops_need_gate"))
            connection.execute(insert(events).values(row))
        assert undecided(store) == [row["event_id"]]


def a_row(kind: str, subject: str = "hit-x") -> dict[str, object]:
    """An event's row as somebody would write it by hand."""
    now, name = datetime.now(UTC), an_event().event_id
    content = json.dumps({"body": {"decision_id": "d"}})
    row = {"event_id": name, "car_id": "car-7", "kind": kind, "subject": subject, "at": now, "received_at": now}
    return row | {"content": content, "content_sha256": "0" * 64}
