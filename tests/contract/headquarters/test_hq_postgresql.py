"""What only PostgreSQL can get wrong: its tables, and requests that come at the very same time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select, text

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.hq.identity import note_refusal
from mdt_app.hq.main import initialise
from mdt_app.hq.own_trail import Act, OwnTrail
from mdt_app.hq.store import open_store
from mdt_app.hq.tables import events, identity_refusals, metadata
from mdt_app.sync.event_wire import BatchReceipt
from tests.fakes.enrolled import database_of
from tests.fakes.headquarters import KEY, ORI, Headquarters, a_basis, an_event, made, serving, until
from tests.fakes.postgresql import PostgreSQL

AT_ONCE = 8


@pytest.fixture(scope="module")
def there(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A headquarters over PostgreSQL of these tests' own."""
    hq = made(tmp_path_factory.mktemp("pg"), database=postgresql.database())
    with serving(hq.folder, database=hq.database) as running:
        yield replace(hq, url=f"http://127.0.0.1:{running.port}")


def at_once(act: Callable[[int], BatchReceipt]) -> list[BatchReceipt]:
    """Do the same thing in several threads that start together."""
    line = threading.Barrier(AT_ONCE)

    def one(number: int) -> BatchReceipt:
        line.wait()
        return act(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def no_partition(name: str | None, kind: str, _parents: object) -> bool:
    """Whether this is none of the partitions that are made with the days."""
    return not (kind == "table" and (name or "").startswith("reads_"))


def test_its_tables_are_those_that_the_code_names(there: Headquarters) -> None:
    """Migrations and metadata agree on PostgreSQL too; made twice it stays, and its ORI is for good."""
    with database_of(there) as store, store.reading() as connection:
        ours = MigrationContext.configure(connection, opts={"include_name": no_partition})
        assert compare_metadata(ours, metadata) == []
    initialise(there.folder, database=there.database, key=KEY, agency_ori=ORI)
    with pytest.raises(BadInput, match="another ORI"):
        initialise(there.folder, database=there.database, key=KEY, agency_ori="NY0010000")


def test_the_first_two_acts_of_headquarters_own_chain_take_turns(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """The second waits until the first is kept, and hangs on it; nobody is told to try again."""
    trail, act = OwnTrail(KEY), Act(EventKind.MUTED, "admin1", "desk", "first", {})
    with closing(open_store(tmp_path, database=postgresql.database(), key=KEY)) as store:
        store.upgrade()

        def second() -> int | None:
            with store.writing() as connection:
                _, link = trail.record(connection, act).to_event()
                return link.sequence if link else None

        def waits() -> bool:
            locked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            with store.reading() as connection:
                return bool(connection.scalar(locked))

        with ThreadPoolExecutor(1) as pool:
            with store.writing() as connection:
                trail.record(connection, act)
                coming = pool.submit(second)
                until(lambda: waits() or coming.done(), "the second does not come")
            assert coming.result(20) == 2
        with store.reading() as connection:
            assert (trail.verify(connection).words, trail.verify(connection).rows) == ("ok", 2)


def test_over_postgresql_the_folder_holds_no_database(there: Headquarters) -> None:
    """Everything went into PostgreSQL: there is no file of the embedded default beside it."""
    assert not list(there.folder.glob("*.db"))


@pytest.mark.clause("STP-2")
def test_of_two_stops_of_one_hit_at_the_same_moment_one_is_kept(there: Headquarters) -> None:
    """Several requests send another stop of the same hit at once: one is on record, each other one is refused."""
    for _ in range(5):
        basis = a_basis(an_event().subject)
        stops = [replace(basis["stop"], event_id=an_event().event_id) for _ in range(AT_ONCE)]
        with there.client() as client:
            client.push_events([(basis[name], None) for name in ("hit", "seen", "check", "gate")])

            def stop(number: int, stops: list = stops, client: object = client) -> BatchReceipt:
                return client.push_events([(stops[number], None)])

            receipts = at_once(stop)
        assert sorted(len(receipt.accepted) for receipt in receipts) == [0] * (AT_ONCE - 1) + [1]
        assert {item.reason for receipt in receipts for item in receipt.refused} == {"stop_twice"}
        with database_of(there) as store, store.reading() as connection:
            of_hit = (events.c.subject == basis["stop"].subject) & (events.c.kind == EventKind.STOP.value)
            assert connection.scalar(select(func.count()).select_from(events).where(of_hit)) == 1


def test_the_same_batch_at_the_same_moment_is_kept_once(there: Headquarters) -> None:
    """A repeat that overtakes its first sending has one effect, and both are told that it is kept."""
    batch = [an_event(number=number) for number in range(20)]
    with there.client() as client:
        receipts = at_once(lambda _number: client.push_events([(event, None) for event in batch]))
    ids = {event.event_id for event in batch}
    assert all(set(receipt.accepted) == ids for receipt in receipts)
    assert sorted(ids) == sorted(ids & set(kept := there.on_record()))
    assert len(kept) == len(set(kept))


def test_refusals_at_the_same_moment_are_all_counted(there: Headquarters) -> None:
    """The day's first refusal of a kind, noted by several at once, is one row with every one counted."""
    with database_of(there) as store:
        threads = [threading.Thread(target=note_refusal, args=(store, "car-9", "revoked")) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.reading() as connection:
            times = select(func.sum(identity_refusals.c.times)).where(identity_refusals.c.holder == "car-9")
            assert connection.scalar(times) == AT_ONCE
