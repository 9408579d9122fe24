"""Retention, bulk reads and the recovery escrow at headquarters, over both databases."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update
from typer.testing import CliRunner

from cache.recovery import add_recipient, new_recovery_key, recover
from mdt_app.cli import app
from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.events import Event, EventKind
from mdt_app.hq import rounds
from mdt_app.hq.keeping import kept, outlook, purge_by_hand, purge_due
from mdt_app.hq.main import initialise
from mdt_app.hq.receipts import ReceiptMaker, count_bytes
from mdt_app.hq.serving import serve
from mdt_app.hq.store import Store
from mdt_app.hq.tables import alarms, checks, confirmations, events, flags, holds, keeping_acts, metadata, purges, reads
from mdt_app.services.policies import load_policy
from mdt_app.services.signing import Verifier
from mdt_app.sync.keeping_wire import PurgeCounts
from tests.fakes.headquarters import KEY, ORI, POLICY, Headquarters, Serving, a_basis, an_event, made, serving, until

PLATE = "PLANTED77"
DAYS, RECEIPTS = POLICY.retention, ReceiptMaker(KEY)


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request: pytest.FixtureRequest, tmp_path: Path):
    """A headquarters of the test's own, served, since a purge harms what other tests rely on."""
    database = request.getfixturevalue("postgresql").database() if request.param == "postgresql" else None
    there = made(tmp_path / "hq", database=database)
    with serving(there.folder, database=database) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")


@pytest.fixture
def store(own: Headquarters):
    with closing(own.store()) as opened:
        yield opened


def in_days(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def a_hit(hit_id: str = "") -> list[Event]:
    """A read and its hit up to the stop, the plate in each."""
    read = an_event(plate=PLATE)
    about = {"match": "exact", "category": "stolen_vehicle", "entry": {"plate": PLATE}}
    hit = an_event(EventKind.HIT, hit_id, read_id=read.subject, **about)
    basis = {name: event for name, event in a_basis(hit.subject).items() if name != "hit"}
    shown = {**basis, **{n: replace(e, body={**e.body, "plate_seen": PLATE}) for n, e in basis.items() if n != "gate"}}
    return [read, hit, *shown.values()]


def push(own: Headquarters, sent: list[Event], car: str = "car-7"):
    with own.client(car) as client:
        return client.push_events([(event, None) for event in sent])


def run_to(store: Store, days: int) -> PurgeCounts | None:
    """Headquarters has run for so many days; what the last of its purges took, the ones before nothing."""
    for day in range(5, days, 5):
        assert purge_due(store, DAYS, RECEIPTS, in_days(day)) == PurgeCounts()
    return purge_due(store, DAYS, RECEIPTS, in_days(days))


def filled(own: Headquarters, store: Store) -> list[Event]:
    """Everything that may show a plate, in every table; and what shows none."""
    sent = a_hit()
    refused = replace(a_basis(an_event().subject)["stop"], body={"plate_seen": PLATE})
    assert push(own, [*sent, an_event(EventKind.MUTED)]).refused == ()
    assert push(own, [refused]).refused
    hit_id, now = sent[1].subject, datetime.now(UTC)
    common = {"car_id": "car-7", "hit_id": hit_id, "user_id": "u", "ori": ORI, "inquiry": PLATE, "asked_at": now}
    with store.writing() as connection:
        connection.execute(insert(checks).values(common | {"check_id": "c", "answer": "active", "response": PLATE}))
        asked = {"request_id": "r", "due_at": now, "state": "answered", "times": 1, "held_by": "", "held_until": now}
        connection.execute(insert(confirmations).values(common | asked))
        row = {"event_id": "f", "reason": "exigent_stop", "car_id": "car-7", "actor": "a", "subject": hit_id}
        connection.execute(insert(flags).values(row | {"raised_at": now, "closed_at": now, "closed_words": PLATE}))
    return sent


def shows(store: Store, plate: str = PLATE) -> set[str]:
    """The tables in which the plate can be read."""
    with store.reading() as connection:
        return {t.name for t in metadata.sorted_tables if plate in repr(connection.execute(select(t)).all())}


@pytest.mark.clause("REC-3")
def test_after_the_policys_days_no_plate_is_left_and_a_signed_count_stays(own: Headquarters, store: Store) -> None:
    """Reads go, everything else loses what shows a plate; the dry run said so before, and a repeat stays harmless."""
    sent = filled(own, store)
    with store.reading() as connection:
        kept_before = connection.scalar(select(func.count()).select_from(events))
    told = outlook(store, DAYS, in_days(30)).would_go
    assert shows(store) == {"events", "reads", "checks", "confirmations", "alarms", "flags"}
    gone = run_to(store, 30)
    assert gone == told == PurgeCounts(reads=1, records=4, checks=1, confirmations=1, alarms=1, flags=1)
    assert shows(store) == set()
    with store.reading() as connection:
        rows = connection.execute(select(purges.c.content, purges.c.signature)).all()
        assert connection.scalar(select(func.count()).select_from(events)) == kept_before
    verifier = Verifier(RECEIPTS.public)
    assert all(verifier.holds(count_bytes(content), bytes.fromhex(signature)) for content, signature in rows)
    assert not verifier.holds(count_bytes(rows[-1].content + " "), bytes.fromhex(rows[-1].signature))
    assert sum(json.loads(row.content)["gone"]["records"] for row in rows) == 4
    assert push(own, sent[1:3]).refused == ()
    assert [r.reason for r in push(own, sent[1:3], "car-8").refused] == ["other_content"] * 2
    assert purge_due(store, DAYS, RECEIPTS, in_days(30)) == PurgeCounts(alarms=2)


@pytest.mark.clause("REC-3")
def test_what_is_younger_than_the_policys_days_stays(own: Headquarters, store: Store) -> None:
    """Nothing goes before its day comes, and a policy with fewer days takes it sooner."""
    filled(own, store)
    assert run_to(store, 28) == PurgeCounts()
    assert "events" in shows(store)
    fewer = replace(DAYS, days=replace(DAYS.days, value=7))
    assert outlook(store, fewer, in_days(6)).would_go == PurgeCounts()
    assert purge_by_hand(store, fewer, RECEIPTS, in_days(7), "chief", "policy of 7 days").reads == 1


@pytest.mark.clause("REC-2", "REC-3")
def test_what_a_case_holds_is_spared_until_its_final_disposition(own: Headquarters, store: Store) -> None:
    """A preserved hit keeps its read, its check and its alarm; another car's word neither holds nor releases it."""
    sent = filled(own, store)
    hit_id = sent[1].subject
    push(own, [an_event(EventKind.PRESERVED, hit_id, case="26-1", held=2)])
    push(own, [an_event(EventKind.RELEASED, "26-1", released=2)], "car-8")
    loose = a_hit()
    push(own, loose)
    push(own, [an_event(EventKind.PRESERVED, loose[1].subject, case="26-2", held=2)], "car-8")
    told = outlook(store, DAYS, in_days(30)).would_go
    gone = run_to(store, 30)
    assert (gone.reads, gone.records, gone.checks, told.preserved) == (1, 4, 0, 8)
    assert {"events", "checks", "confirmations", "flags"} <= shows(store)
    with store.reading() as connection:
        kept_reads = connection.scalars(select(reads.c.subject)).all()
    assert kept_reads == [sent[0].subject]
    push(own, [an_event(EventKind.RELEASED, "26-1", released=2)])
    assert purge_due(store, DAYS, RECEIPTS, in_days(31)).records == 4
    assert shows(store) == set()
    with store.reading() as connection:
        held = connection.execute(select(holds.c.taken_by, holds.c.released_at)).all()
    assert all(taken_by == "officer1" for taken_by, _ in held)


def open_flags(own: Headquarters) -> list[str]:
    with own.desk(Role.SUPERVISOR) as desk:
        return [flag["reason"] for flag in desk.get("/v1/flags").json()["flags"]]


@pytest.mark.clause("REC-3")
def test_a_clock_that_jumps_years_neither_purges_early_nor_keeps_longer(own: Headquarters, store: Store) -> None:
    """Row 22: forward waits for a person, backward does nothing, and a record from the future counts as of now."""
    purge_due(store, DAYS, RECEIPTS, in_days(0))
    filled(own, store)
    assert purge_due(store, DAYS, RECEIPTS, in_days(1100)) is None
    assert purge_due(store, DAYS, RECEIPTS, in_days(-1100)) is None
    assert {"retention_leap", "clock_behind"} <= set(open_flags(own))
    assert "events" in shows(store)
    with store.writing() as connection:
        for table in (events, reads):
            connection.execute(update(table).values(received_at=in_days(1100)))
    for day in range(2, 31):
        assert purge_due(store, DAYS, RECEIPTS, in_days(day)) is not None
        assert "events" in shows(store)
    purge_due(store, DAYS, RECEIPTS, in_days(33))
    assert shows(store) == set()
    gone = purge_by_hand(store, DAYS, RECEIPTS, in_days(1100), "chief", "the server stood still")
    assert gone is not None
    with store.reading() as connection:
        assert connection.execute(select(keeping_acts.c.act, keeping_acts.c.by)).all() == [("purged_by_hand", "chief")]


@pytest.mark.clause("REC-3")
def test_a_server_purges_by_itself_and_outlives_a_database_that_fails(
    own: Headquarters, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread goes on after a fault, and what was due is gone once the database works again."""
    monkeypatch.setattr(rounds, "_AGAIN_S", 0.05)
    filled(own, store)
    with store.writing() as connection:
        for table in (events, reads):
            connection.execute(update(table).values(received_at=in_days(-40)))
        connection.execute(text("ALTER TABLE purges RENAME TO broken"))
    with pytest.raises(StorageFault):
        purge_due(store, DAYS, RECEIPTS, datetime.now(UTC))
    with kept(store, DAYS, RECEIPTS):
        assert plate_in_events(store)
        with store.writing() as connection:
            connection.execute(text("ALTER TABLE broken RENAME TO purges"))
        until(lambda: not plate_in_events(store), "nothing was purged")


def plate_in_events(store: Store) -> bool:
    with store.reading() as connection:
        return PLATE in repr(connection.execute(select(events)).all())


@pytest.mark.clause("REC-3")
def test_headquarters_purges_while_it_serves(tmp_path: Path) -> None:
    """What is due when it starts is gone soon after, without anybody's doing."""
    own = made(tmp_path)
    with serving(tmp_path) as running:
        push(replace(own, url=f"http://127.0.0.1:{running.port}"), a_hit())
    with closing(own.store()) as store:
        with store.writing() as connection:
            for table in (events, reads):
                connection.execute(update(table).values(received_at=in_days(-31)))
            connection.execute(purges.delete())
        with serving(tmp_path):
            until(lambda: shows(store) == set(), "nothing was purged")


@pytest.mark.clause("REC-4")
@pytest.mark.parametrize(("policy", "stored"), [("glastonbury", 0), ("postc", 3)])
def test_bulk_reads_are_counted_and_not_stored_where_the_policy_says_so(
    tmp_path: Path, policy: str, stored: int
) -> None:
    """Under Glastonbury's policy a read is confirmed, counted and nowhere to be found; hits are kept all the same."""
    own = made(tmp_path)
    served = Serving(
        serve, tmp_path, "127.0.0.1", 0, key=KEY, switch_address=None, policy=load_policy(policy), plain=True
    )
    with served as running, closing(own.store()) as store:
        at = replace(own, url=f"http://127.0.0.1:{running.port}")
        seen = [an_event(plate=PLATE) for _ in range(3)]
        receipt = push(at, [*seen, an_event(EventKind.HIT, entry={"plate": "OTHER1"})])
        assert (len(receipt.accepted), receipt.refused, receipt.not_kept) == (4, (), 3 - stored)
        with store.reading() as connection:
            kinds = connection.execute(select(events.c.kind)).scalars().all()
            bulk = connection.scalar(select(func.count()).select_from(reads))
            counted = connection.execute(text("SELECT car_id, count FROM not_kept")).all()
        assert (bulk, kinds) == (stored, ["hit.raised"])
        assert counted == ([] if stored else [("car-7", 3)])
        assert ("reads" in shows(store)) is bool(stored)


def test_a_cars_sealed_key_is_escrowed_and_given_to_the_administrator_alone(own: Headquarters, tmp_path: Path) -> None:
    """The very file comes back, the recovery key opens it, and who took it and why is on record."""
    folder, key = tmp_path / "car", bytes(range(32))
    folder.mkdir()
    words, public = new_recovery_key()
    add_recipient(folder, public, key)
    blob = json.loads((folder / "recovery.json").read_text())
    path = "/v1/cars/car-7/recovery"
    with own.client() as client:
        client.put_recovery(blob)
        client.put_recovery(blob)
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with own.desk(role) as desk:
            assert desk.post(f"{path}/release", json={"words": "x"}).status_code == 403
    with own.http(own.cars["car-7"]) as car:
        assert car.post(f"{path}/release", json={"words": "x"}).status_code == 403
    with own.desk() as desk:
        assert desk.post(f"{path}/release", json={"words": ""}).status_code == 422
        given = desk.post(f"{path}/release", json={"words": "keyring lost"}).json()["recipients"]
        assert desk.post("/v1/cars/car-8/recovery/release", json={"words": "x"}).status_code == 404
    assert given == blob
    (folder / "recovery.json").write_text(json.dumps(given))
    assert recover(folder, words) == (key,)
    with closing(own.store()) as store, store.reading() as connection:
        acts = connection.execute(select(keeping_acts.c.act, keeping_acts.c.by, keeping_acts.c.words)).all()
        assert connection.scalar(text("SELECT count(*) FROM escrow")) == 1
    assert acts == [("escrow_given_out", "administrator", "keyring lost")]


def test_the_desk_sees_what_would_go_and_purges_with_words(own: Headquarters) -> None:
    """The outlook changes nothing; a purge by hand wants words and the Administrator."""
    push(own, a_hit())
    with own.desk(Role.AUDITOR) as desk:
        told = desk.get("/v1/retention").json()
        assert (told["days"], told["clause"], told["would_go"]["reads"]) == (30, "POSTC K.1", 0)
        assert desk.post("/v1/retention", json={"words": "x"}).status_code == 403
    with own.desk() as desk:
        assert desk.post("/v1/retention", json={}).status_code == 422
        assert desk.post("/v1/retention", json={"words": "a test"}).json()["reads"] == 0


def test_the_command_shows_what_would_go_and_purges_only_with_words(tmp_path: Path) -> None:
    """`mdt hq retention --dry-run` changes nothing; by hand it asks why."""
    runner, place = CliRunner(), ["--folder", str(tmp_path / "hq"), "--key-file"]
    assert runner.invoke(app, ["hq", "init", "--ori", ORI, *place]).exit_code == 0
    result = runner.invoke(app, ["hq", "retention", "--dry-run", *place])
    assert json.loads(result.stdout.splitlines()[-1])["would_go"]["reads"] == 0
    assert "says why" in str(runner.invoke(app, ["hq", "retention", *place]).exception)
    result = runner.invoke(app, ["hq", "retention", "--words", "audit", *place])
    assert json.loads(result.stdout.splitlines()[-1])["reads"] == 0


def test_the_tables_rules_stand_beside_the_code(own: Headquarters, store: Store) -> None:
    """A second making leaves the database's own rules in force, and alarms keep their subject."""
    initialise(own.folder, database=own.database, key=KEY, agency_ori=ORI)
    stop = an_event(EventKind.STOP, "hit-1", plate_seen=PLATE)
    push(own, [stop])
    with store.reading() as connection:
        assert connection.execute(select(alarms.c.subject, alarms.c.reason)).all() == [("hit-1", "stop_without_gate")]
