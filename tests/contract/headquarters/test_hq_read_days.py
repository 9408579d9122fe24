"""Bulk reads by day at headquarters: kept once whatever their time, found by plate, and gone with their day."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update

from mdt_app.domain.events import Event, EventKind
from mdt_app.hq import read_days
from mdt_app.hq.keeping import purge_by_hand, purge_due
from mdt_app.hq.read_days import UNDATED, day_of
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.store import Store, _migrations
from mdt_app.hq.tables import events, purges, reads
from mdt_app.services.clock import SystemClock
from mdt_app.sync.event_wire import BatchReceipt, EventMessage
from tests.fakes.headquarters import KEY, POLICY, Headquarters, a_basis, an_event, made, serving

DAYS, RECEIPTS = POLICY.retention, ReceiptMaker(KEY)
TODAY = datetime.now(UTC).date()


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request: pytest.FixtureRequest, tmp_path: Path):
    """A headquarters of the test's own, since a purge harms what other tests rely on."""
    database = request.getfixturevalue("postgresql").database() if request.param == "postgresql" else None
    there = made(tmp_path / "hq", database=database)
    with serving(there.folder, database=database) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")


@pytest.fixture
def store(own: Headquarters):
    with closing(own.store()) as opened:
        yield opened


def an_id(day: date) -> str:
    """An id that was made on this day."""
    made_ms = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
    number, fresh = f"{made_ms:012x}", SystemClock().new_id()
    return f"{number[:8]}-{number[8:]}-{fresh[14:]}"


def a_read(day: date = TODAY, plate: str = "AB12345") -> Event:
    return replace(an_event(plate=plate), event_id=an_id(day))


def push(own: Headquarters, *sent: Event, car: str = "car-7") -> BatchReceipt:
    with own.client(car) as client:
        return client.push_events([(event, None) for event in sent])


def partitions(store: Store) -> dict[str, int]:
    """The partitions with their rows; empty on SQLite, which has none."""
    with store.reading() as connection:
        if connection.dialect.name != "postgresql":
            return {}
        names = connection.scalars(text("SELECT relid::text FROM pg_partition_tree('reads') WHERE isleaf")).all()
        counts = (connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in names)  # noqa: S608 - its own
        return dict(zip(names, counts, strict=True))


def on_days(store: Store) -> dict[date, int]:
    with store.reading() as connection:
        return dict(connection.execute(select(reads.c.day, func.count()).group_by(reads.c.day)).all())


def name_of(day: date) -> str:
    return f"reads_{day:%Y%m%d}"


@pytest.mark.parametrize(
    ("event_id", "day"),
    [
        ("019a0000-0000-7000-8000-000000000000", date(2025, 10, 20)),
        ("00000000-0000-7000-8000-000000000000", date(1970, 1, 1)),
        ("ffffffff-ffff-7000-8000-000000000000", UNDATED),
        ("019a0000-0000-4000-8000-000000000000", UNDATED),
        ("read-1", UNDATED),
        ("", UNDATED),
    ],
)
def test_an_ids_day_is_the_one_on_which_it_was_made(event_id: str, day: date) -> None:
    """Version 7 ids tell their day; every other text is undated."""
    assert day_of(event_id) == day


def test_a_read_goes_into_its_days_partition_and_a_partition_is_made_at_need(own: Headquarters, store: Store) -> None:
    """An offline car's reads of days ago get their day's partition; days over, far ahead or unknown go to the rest."""
    days = [TODAY, TODAY - timedelta(days=5), TODAY - timedelta(days=400), TODAY + timedelta(days=900)]
    assert not push(own, *map(a_read, days), an_event(plate="X1")).refused
    assert on_days(store) == {**dict.fromkeys(days, 1), UNDATED: 1}
    if found := partitions(store):
        assert {name: found[name] for name in (*map(name_of, days[:2]), "reads_rest")} == {
            name_of(days[0]): 1,
            name_of(days[1]): 1,
            "reads_rest": 3,
        }
        assert not {name_of(day) for day in days[2:]} & set(found)


def test_the_same_id_with_another_date_is_409_and_stands_once(own: Headquarters, store: Store) -> None:
    """Neither another capture time, nor another kind, nor another car brings an id in twice; a true repeat is fine."""
    read = a_read()
    push(own, read)
    other_day = replace(read, at=read.at - timedelta(days=3))
    other_kind = replace(read, kind=EventKind.MUTED)
    for changed, car in ((other_day, "car-7"), (other_kind, "car-7"), (read, "car-8")):
        refused = push(own, changed, car=car).refused
        assert [(item.reason, item.status) for item in refused] == [("other_content", 409)]
    assert push(own, read, read).accepted == (read.event_id,) * 2
    hit = replace(an_event(EventKind.HIT), event_id=an_id(TODAY))
    push(own, hit)
    assert push(own, replace(hit, kind=EventKind.READ)).refused[0].status == 409
    assert sorted(own.on_record()) == sorted([read.event_id, hit.event_id])


def test_reads_that_came_too_early_move_into_their_day(own: Headquarters, store: Store) -> None:
    """A car's clock was ahead: its reads wait with the rest, move once their day has a partition, and stay one each."""
    early = a_read(TODAY + timedelta(days=4))
    push(own, early)
    then = datetime.now(UTC) + timedelta(days=3)
    with store.writing() as connection:
        read_days.make_ahead(connection, TODAY, then)
    found = partitions(store)
    assert found.get(name_of(day_of(early.event_id)), 1) == 1
    assert found.get("reads_rest", 0) == 0
    assert push(own, early).refused == ()
    assert on_days(store) == {day_of(early.event_id): 1}


def in_days(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def run(store: Store, *days: int) -> int:
    """Headquarters' purges after so many days; how many reads went."""
    found = (purge_due(store, DAYS, RECEIPTS, in_days(day)) for day in days)
    return sum(counts.reads for counts in found if counts)


@pytest.mark.clause("REC-2", "REC-3")
def test_retention_drops_a_days_partition_and_spares_what_is_held_or_came_late(own: Headquarters, store: Store) -> None:
    """The day goes whole with a signed count; a case's read and one that came in late are still there."""
    old = TODAY - timedelta(days=3)
    gone, held, late = a_read(old), a_read(old), a_read(old)
    hit = an_event(EventKind.HIT, read_id=held.subject)
    push(own, gone, held, late, hit, an_event(EventKind.PRESERVED, hit.subject, case="26-1"))
    assert run(store, 0, 7, 14, 21) == 0
    with store.writing() as connection:
        connection.execute(update(reads).where(reads.c.event_id == late.event_id).values(received_at=in_days(20)))
    assert run(store, 28, 33) == 1
    assert set(own.on_record()) >= {held.event_id, late.event_id}
    assert gone.event_id not in own.on_record()
    assert name_of(old) not in partitions(store)
    with store.reading() as connection:
        counted = [json.loads(content)["gone"]["reads"] for content in connection.scalars(select(purges.c.content))]
    assert sum(counted) == 1
    assert push(own, held).refused == ()
    assert push(own, replace(held, at=held.at - timedelta(1))).refused[0].status == 409
    assert purge_by_hand(store, DAYS, RECEIPTS, in_days(52), "chief", "late one is due").reads == 1
    push(own, an_event(EventKind.RELEASED, "26-1"))
    assert purge_by_hand(store, DAYS, RECEIPTS, in_days(52), "chief", "case closed").reads == 1
    assert on_days(store) == {}


def test_a_plate_is_found_by_an_index(own: Headquarters, store: Store) -> None:
    """Among many reads a plate's own are found without reading the others, in every partition."""
    push(
        own, *(a_read(TODAY - timedelta(days=number % 3), f"P{number}") for number in range(60)), a_read(plate="b o-7")
    )
    with store.writing() as connection:
        first = connection.execute(select(reads).limit(1)).mappings().one()
        ids = (an_id(TODAY) for _ in range(3000))
        connection.execute(insert(reads), [{**first, "day": TODAY, "event_id": one, "plate": one[:18]} for one in ids])
    query = select(reads.c.event_id).where(reads.c.plate == "B07", reads.c.at >= in_days(-9)).order_by(reads.c.at)
    with store.reading() as connection:
        assert len(connection.execute(query).all()) == 1
        how = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
        written = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(map(str, connection.exec_driver_sql(how + written.replace("%", "%%"))))
    assert f"Seq Scan on {name_of(TODAY)}" not in plan
    assert "SCAN reads" not in plan
    assert "plate" in plan


def test_reads_of_before_the_table_move_into_it(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The migration takes the reads out of the events, plates and days with them, and a repeat is still a repeat."""
    from alembic import command

    for kind in ("sqlite", "postgresql"):
        database = request.getfixturevalue("postgresql").database() if kind == "postgresql" else None
        there = made(tmp_path / kind, database=database)
        read, kept = a_read(plate="co-77 x"), an_event(EventKind.MUTED)
        with closing(there.store()) as store:
            with store.writing() as connection:
                config = _migrations()
                config.attributes["connection"] = connection
                connection.execute(text("DROP TABLE reads"))
                command.stamp(config, "0008", purge=True)
                connection.execute(insert(events), [_row(read), _row(kept)])
                command.upgrade(config, "0009")
                command.stamp(config, "head", purge=True)
            with store.reading() as connection:
                moved = connection.execute(select(reads.c.plate, reads.c.day)).all()
                assert [tuple(row) for row in moved] == [("C077X", TODAY)]
        with serving(there.folder, database=database) as running:
            at = replace(there, url=f"http://127.0.0.1:{running.port}")
            assert push(at, read, kept).refused == ()
        assert sorted(there.on_record()) == sorted([read.event_id, kept.event_id])


def _row(event: Event) -> dict[str, object]:
    import hashlib

    content = EventMessage.of(event).canonical()
    digest = hashlib.sha256(f"car-7\n{content}".encode()).hexdigest()
    about = {"event_id": event.event_id, "car_id": "car-7", "kind": event.kind.value, "subject": event.subject}
    times = {"at": event.at, "received_at": datetime.now(UTC)}
    return {**about, **times, "content": content, "content_sha256": digest}


def test_a_batch_of_everything_is_taken_in_by_few_statements(own: Headquarters, store: Store) -> None:
    """Five hundred reads cost no more statements than five; a stop in the same batch still sees its basis."""
    from sqlalchemy import event as listening

    from mdt_app.hq.ingest import take_in
    from mdt_app.sync.event_wire import EventBatch

    counts = []
    for size in (5, 500):
        batch = EventBatch(events=tuple(EventMessage.of(a_read()) for _ in range(size)))
        said: list[str] = []
        listening.listen(store._engine, "before_cursor_execute", lambda *told, said=said: said.append(told[2]))
        assert len(take_in(store, "car-7", batch, POLICY, RECEIPTS).accepted) == size
        counts.append(len(said))
    assert counts[1] <= counts[0] <= 12
    basis = a_basis(an_event().subject)
    assert push(own, *basis.values()).refused == ()
