"""Row 22 of the fault table, and retention: nothing goes early or stays late, whatever the clock says."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta

import pytest

from cache.db import DriverError, open_database
from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.alerts import Feature, Seen
from mdt_app.domain.errors import Refused
from mdt_app.domain.read_search import SearchBasis, SearchReads, SearchTerms
from mdt_app.domain.reads import Pictures
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.domain.retention import DAY_S, PreserveData, PurgeExpired, ReleaseCase, TellTime, TrustedTime, ran_on, told
from mdt_app.services.retention import SLICE_S
from tests.fakes.car import KEY, Shift, StandingClock, issued, make_read, officer

TOLD = '{"at": "2026-11-22T21:14:00Z", "clock": "system", "actor": "rdoe", "device": "CAR12", "body": {}}'


class Clock(StandingClock):
    """Both clocks are moved by hand: the one on the wall, and the running time that nobody can turn.

    A look at the running time takes `look_s` of it.
    """

    run, look_s = 0.0, 0.0

    def monotonic(self) -> float:
        self.run += self.look_s
        return self.run


@pytest.fixture
def car(tmp_path, monkeypatch):
    """A car that has purged once, with both clocks in the test's hand."""
    monkeypatch.setattr("tests.fakes.car.StandingClock", Clock)
    shift = Shift(tmp_path / "store.db")
    shift.prepare()
    shift.do(PurgeExpired())
    yield shift
    shift.core.stop()


def read(car, plate: str = "4BXR91"):
    made = make_read(plate, captured_at=car.clock.now())
    car.do(c.RecordRead(made, Pictures(b"\xff\xd8crop", b"view")))
    return made


def runs(car, days: float) -> None:
    """The program runs for so long, counting as it does."""
    car.clock.run += days * DAY_S
    car.do(PurgeExpired())


def rows(car, sql: str) -> list:
    with closing(open_database(car.path, KEY)) as db:
        return db.execute(sql).fetchall()


def kept(car) -> tuple[int, int]:
    """Reads and pictures in the store."""
    return rows(car, "SELECT count(*), count(*) FILTER (WHERE length(crop)) FROM reads")[0]


@pytest.mark.clause("REC-3")
def test_what_is_old_enough_goes_with_all_that_shows_it(car):
    """After the policy's days reads, pictures, the hit's content, bodies and outbox content go; the trail holds."""
    read(car, "4BXR91")
    read(car, "UNLISTED")
    runs(car, 29.9)
    assert kept(car) == (2, 2)
    runs(car, 0.2)
    assert kept(car) == (0, 0)
    assert rows(car, "SELECT key, status, ended, content FROM hits") == [("", "purged", 1, "")]
    with closing(open_database(car.path, KEY)) as db:
        for table in ("reads", "hits", "audit_bodies", "outbox"):
            assert "4BXR91" not in json.dumps(db.execute(f"SELECT * FROM {table}").fetchall(), default=str)  # noqa: S608 - the four above
    with closing(car.store.reader()) as reader:
        assert reader.verify_audit().words == "ok"


@pytest.mark.clause("REC-3")
def test_a_purge_leaves_its_counts_in_the_signed_trail(car):
    """What went is provable without keeping it: counts, days and clause, under the signed head."""
    for plate in ("4BXR91", "UNLISTED", "7JKT20"):
        read(car, plate)
    runs(car, 31)
    bodies = rows(car, "SELECT body FROM audit JOIN audit_bodies USING (sequence) WHERE kind = 'retention.purged'")
    body = json.loads(bodies[0][0])
    assert (body["reads"], body["pictures"], body["hits"], body["days"]) == (3, 3, 1, 30)
    assert (body["clause"], body["bodies"] >= 1, body["outbox"] >= 3) == ("POSTC K.1", True, True)
    runs(car, 1)
    assert len(rows(car, "SELECT 1 FROM audit WHERE kind = 'retention.purged'")) == 1


@pytest.mark.clause("REC-3")
@pytest.mark.parametrize("years", [3, -3])
def test_a_turned_clock_purges_nothing_early_and_keeps_nothing_late(car, years):
    """Three years either way, again and again, over restarts: 30 days of running time, no more and no less."""
    read(car, "UNLISTED")
    for _ in range(3):
        car.clock.time += timedelta(days=365 * years)
        runs(car, 0.01)
        assert kept(car) == (1, 1)
        car.restart()
        car.do(PurgeExpired())
        assert kept(car) == (1, 1)
        car.clock.time -= timedelta(days=2 * 365 * years)
    runs(car, 30)
    assert kept(car) == (0, 0)


@pytest.mark.clause("REC-3")
def test_a_naive_retention_would_fall_for_the_clock(car):
    """The negative control: by the time of day of the read, a clock set forward would have purged it at once."""
    made = read(car, "UNLISTED")
    car.clock.time += timedelta(days=1095)
    assert car.clock.now() - made.captured_at > timedelta(days=30)
    car.do(PurgeExpired())
    assert kept(car) == (1, 1)


@pytest.mark.clause("REC-3")
def test_time_switched_off_counts_with_headquarters_word(car):
    """A car that stood still for 40 days loses its old reads with headquarters' next word, whatever its clock says."""
    car.do(TellTime(car.clock.now()))
    read(car, "UNLISTED")
    later = car.clock.now() + timedelta(days=40)
    car.restart()
    car.sign_in()
    car.clock.time -= timedelta(days=1095)
    car.do(PurgeExpired())
    assert kept(car) == (1, 1)
    car.do(TellTime(later))
    car.do(PurgeExpired())
    assert kept(car) == (0, 0)


def test_trusted_time_never_goes_back():
    """Neither an older word nor another run's clock sets it back; the schema refuses what the code would not do."""
    time = ran_on(ran_on(TrustedTime(), "a", 100.0), "a", 160.0)
    assert time.elapsed_s == 60.0
    assert ran_on(time, "b", 5.0).elapsed_s == 60.0
    assert ran_on(time, "a", 10.0).elapsed_s == 60.0
    at = StandingClock().now()
    word = told(time, at)
    assert told(word, at - timedelta(days=1)) == word
    assert told(word, at + timedelta(days=1)).elapsed_s == 60.0 + DAY_S
    assert told(ran_on(ran_on(word, "a", 0.0), "a", 3 * DAY_S), at + timedelta(days=1)).elapsed_s == 60.0 + 3 * DAY_S


def test_the_store_refuses_to_set_trusted_time_back(car):
    """A direct write can't make the store younger."""
    runs(car, 1)
    with closing(open_database(car.path, KEY)) as db, pytest.raises(DriverError):
        db.execute("UPDATE trusted_time SET elapsed_s = 0")


@pytest.mark.clause("REC-2")
def test_data_taken_into_a_case_stays_until_its_disposition(car):
    """A hit with its reads and pictures outlives the days, by name of the case and of who took it; then it goes."""
    first = read(car, "4BXR91")
    hit = car.said(n.HitRaised)[-1].hit
    second = read(car, "4BXR91")
    read(car, "UNLISTED")
    car.do(PreserveData(hit.hit_id, "26-1234", "armed robbery"))
    runs(car, 60)
    assert {row[0] for row in rows(car, "SELECT read_id FROM reads")} == {first.read_id, second.read_id}
    assert kept(car) == (2, 2)
    assert rows(car, "SELECT DISTINCT case_number, taken_by, reason FROM cases") == [
        ("26-1234", "rdoe", "armed robbery")
    ]
    assert rows(car, "SELECT status FROM hits") == [("open",)]
    with closing(open_database(car.path, KEY)) as db, pytest.raises(DriverError):
        db.execute("DELETE FROM reads")
    car.restart()
    car.do(issued(officer(), at=car.clock.now()))  # after so long none of the old accounts lets anybody in
    car.sign_in()
    with pytest.raises(Refused, match="supervisor"):
        car.do(ReleaseCase("26-1234", "convicted"))
    with closing(open_database(car.path, KEY)) as db:
        db.execute("UPDATE cases SET released_at = 'now', released_by = 'mlee', disposition = 'convicted'")
    runs(car, 0.001)
    assert kept(car) == (0, 0)
    assert rows(car, "SELECT status FROM hits") == [("purged",)]


@pytest.mark.clause("REC-3")
@pytest.mark.clause("STP-5")
def test_a_stop_that_owes_steps_is_not_forgotten(car):
    """Its hit outlives the days, over a restart, without reads and pictures; made good, it goes like any other."""
    read(car, "4BXR91")
    hit = car.said(n.HitRaised)[-1].hit
    car.do(c.StateGround(hit.hit_id, c.Ground.EXIGENT, "driver waved a gun at the light"))
    car.do(c.RequestStop(hit.hit_id, "locate"))
    runs(car, 31)
    assert kept(car) == (0, 0)
    with closing(car.store.reader()) as reader:
        assert reader.outlook(30 * DAY_S).preserved == 1
    car.restart()
    car.do(issued(officer(), at=car.clock.now()))
    car.sign_in()
    taken = car.said(n.HitRaised)[-1].hit
    assert (taken.hit_id, bool(taken.stop.owed)) == (hit.hit_id, True)
    car.do(c.ConfirmPlate(hit.hit_id, "4BXR91", "CT"))
    for feature in Feature:
        car.do(c.AnswerVehicle(hit.hit_id, feature, Seen.MATCH))
    car.do(c.AnswerByRadio(hit.hit_id, "dispatcher 4", CheckAnswer.ACTIVE))
    assert car.said(n.HitChanged)[-1].hit.stop.owed == ()
    runs(car, 0.001)
    assert rows(car, "SELECT status, content FROM hits") == [("purged", "")]


@pytest.mark.clause("REC-2")
@pytest.mark.parametrize(("subject", "number", "why"), [("no such", "26-1", "x"), ("", "", "x"), ("", "26-1", " ")])
def test_nothing_is_preserved_without_number_reason_and_data(car, subject, number, why):
    """A case needs its number, a reason and something to hold."""
    with pytest.raises(Refused):
        car.do(PreserveData(subject, number, why))
    assert rows(car, "SELECT count(*) FROM cases") == [(0,)]


def test_a_dry_run_shows_what_would_go(car):
    """The outlook counts what the purge then removes, and changes nothing."""
    for plate in ("4BXR91", "UNLISTED"):
        read(car, plate)
    with closing(car.store.reader()) as reader:
        assert reader.outlook(30 * DAY_S).would_go.reads == 0
        outlook = reader.outlook(0)
        assert (outlook.would_go.reads, outlook.would_go.pictures, outlook.would_go.hits) == (2, 2, 1)
        assert reader.outlook(30 * DAY_S).preserved == 0
    assert kept(car) == (2, 2)


def test_a_purge_works_in_slices(car):
    """A mountain of expired reads goes in many small steps, none of which holds the core up; the log is then empty."""
    with closing(open_database(car.path, KEY)) as db, db.atomic():
        for number in range(400):
            row = (str(number), TOLD, bytes(6000))
            db.execute("INSERT INTO reads VALUES (NULL, ?, 'X', 'now', 0, 0, '{}', ?, ?, x'')", row)
    car.clock.run, car.clock.look_s, tries = 40 * DAY_S, SLICE_S / 4, 0
    while kept(car)[0] and tries < 200:
        car.do(PurgeExpired())
        tries += 1
    assert kept(car) == (0, 0)
    bodies = rows(car, "SELECT body FROM audit JOIN audit_bodies USING (sequence) WHERE kind = 'retention.purged'")
    slices = [json.loads(body)["reads"] for (body,) in bodies]
    assert sum(slices) == 400
    assert max(slices) <= 4 * 8  # a batch of 8 a look at the clock, until the slice's time is over
    car.do(PurgeExpired())
    assert car.path.with_name("store.db-wal").stat().st_size == 0


@pytest.mark.clause("QRY-2", "REC-3")
def test_what_was_searched_by_plate_goes_with_age_and_the_record_of_use_stays(car):
    """After the policy's days the plate is gone from trail and outbox; who, why and the whole chain stay, then too."""
    now = car.clock.now()
    terms = SearchTerms(now - timedelta(hours=4), now, "4BXR?1", state="CT")
    basis = SearchBasis(next(iter(car.policy.purposes)), "a witness saw the plate", "Burglary", "26-1183")
    car.do(SearchReads("search-1", terms, basis))
    runs(car, 29.9)
    held = "SELECT body FROM audit_bodies JOIN audit USING (sequence) WHERE subject = 'search-1'"
    assert json.loads(rows(car, held)[0][0])["plate_data"] == {"plate": "4BXR?1"}
    runs(car, 0.2)
    said = json.loads(rows(car, held)[0][0])
    assert (said["reason"], said["case"], said["parameters"]["state"]) == (basis.reason, "26-1183", "CT")
    assert "plate_data" not in said
    assert len(said["plate_hash"]) == 64
    assert not [content for (content,) in rows(car, "SELECT content FROM outbox") if "4BXR?1" in content]
    with closing(car.store.reader()) as reader:
        assert reader.verify_audit().words == "ok"


@pytest.mark.clause("AUD-1")
def test_a_searched_plate_that_was_changed_in_the_store_is_found(car):
    """The plate stands beside the chain, and the chain holds its keyed hash."""
    now = car.clock.now()
    basis = SearchBasis(next(iter(car.policy.purposes)), "a witness saw the plate", "Burglary", "26-1183")
    car.do(SearchReads("search-1", SearchTerms(now - timedelta(hours=4), now, "4BXR91"), basis))
    with closing(open_database(car.path, KEY)) as db:
        db.execute("UPDATE audit_bodies SET body = replace(body, '4BXR91', '7JKT20')")
    with closing(car.store.reader()) as reader:
        assert reader.verify_audit().reason == "its body was changed"
