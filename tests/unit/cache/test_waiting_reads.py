"""Bulk reads wait for headquarters where they are: in their order, until named, never lost and never numbered anew."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from cache.db import DriverError, open_database
from cache.migrations import MIGRATIONS
from cache.store import CacheStore
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.reads import Pictures
from tests.fakes.car import KEY, make_read

NOW = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    made = CacheStore(tmp_path / "store.db", KEY)
    yield made
    made.close()


def event(name: str, kind: EventKind = EventKind.READ) -> Event:
    return Event(name, kind, NOW, "system", "rdoe", "CAR12", name, {"plate": "4BXR91"})


def keep_read(store: CacheStore) -> str:
    read = make_read("4BXR91")
    with store.transaction() as tx:
        tx.reads.add(read, Pictures(b"\xff\xd8crop", b""), event("made by the core"))
    return read.read_id


def keep_event(store: CacheStore, name: str) -> str:
    with store.transaction() as tx:
        tx.record(event(name, EventKind.HIT))
    return name


def waiting(store: CacheStore, most: int = 100) -> list[str]:
    with closing(store.reader()) as reader:
        rows = [row.event.event_id for row in reader.outbox.pending(most)]
        assert reader.outbox.count() == len(rows) or most < reader.outbox.count()
    return rows


def confirm(store: CacheStore, *event_ids: str) -> None:
    with store.transaction() as tx:
        tx.outbox.confirm(event_ids)


def park(store: CacheStore, event_id: str) -> None:
    with store.transaction() as tx:
        tx.outbox.park(event_id, "malformed")


def test_reads_and_events_wait_in_the_order_of_their_making(store):
    """Reads without a row of their own and events of the trail come out as they happened, also in small batches."""
    made = [keep(store) for keep in (keep_read, lambda s: keep_event(s, "a"), keep_read, keep_read)]
    made += [keep_event(store, "b"), keep_event(store, "c"), keep_read(store)]
    assert waiting(store) == made
    for most in range(1, len(made)):
        assert waiting(store, most) == made[:most]


def test_a_read_is_told_as_the_core_said_it(store):
    """Time, clock, person, car and body go out as they were given, under the read's own id, each time the same."""
    read_id = keep_read(store)
    with closing(store.reader()) as reader:
        first, again = (reader.outbox.pending(1)[0] for _ in range(2))
    assert first == again
    assert first.chain is None
    assert first.event == Event(read_id, EventKind.READ, NOW, "system", "rdoe", "CAR12", read_id, {"plate": "4BXR91"})


def test_only_what_is_named_goes(store):
    """What headquarters leaves out of its answer waits on, behind the rest; a repeated answer changes nothing."""
    a, b, e, d = keep_read(store), keep_read(store), keep_event(store, "e"), keep_read(store)
    confirm(store, a, d)
    assert waiting(store) == [e, b]
    confirm(store, a, d)
    confirm(store, "never heard of")
    assert waiting(store) == [e, b]
    confirm(store, b, e)
    assert waiting(store) == []
    assert waiting_again(store) == []


def waiting_again(store: CacheStore) -> list[str]:
    """What waits once the store was closed and opened."""
    store.close()
    return waiting(store)


def test_a_refused_read_is_set_aside_and_shown(store):
    """It is sent no more, counted as parked, and the others flow, whether it was the first, the last or in between."""
    reads = [keep_read(store) for _ in range(5)]
    for index in (2, 0, 4):
        park(store, reads[index])
    assert sorted(waiting(store)) == sorted([reads[1], reads[3]])
    with closing(store.reader()) as reader:
        assert reader.parked() == 3
        assert reader.counts()["outbox_pending"] == 5
    confirm(store, *reads)
    with closing(store.reader()) as reader:
        assert (reader.parked(), reader.counts()["outbox_pending"]) == (0, 0)


def test_a_number_is_never_given_twice(store):
    """Also when every read is purged: the next one waits, and is not taken for one that was sent."""
    first = [keep_read(store) for _ in range(3)]
    confirm(store, *first)
    with store.transaction() as tx:
        tx.retention.purge(0.0, 100)
    with closing(store.reader()) as reader:
        assert reader.counts()["reads"] == 0
    later = keep_read(store)
    assert waiting(store) == [later]
    with closing(store.reader()) as reader:
        assert reader.counts()["reads"] == 1


def test_a_purge_takes_what_a_waiting_read_shows_and_still_tells_of_it(store):
    """30 days are 30 days: plate and picture go. That there was a read is not dropped: headquarters is told that."""
    reads = [keep_read(store) for _ in range(3)]
    confirm(store, reads[0])
    with store.transaction() as tx:
        gone = tx.retention.purge(0.0, 100)
    assert (gone.reads, gone.pictures, gone.outbox) == (3, 3, 2)
    assert waiting(store) == reads[1:]
    with closing(store.reader()) as reader:
        assert [dict(row.event.body) for row in reader.outbox.pending(9)] == [{"purged": True}] * 2


def test_the_store_itself_refuses_to_lose_a_waiting_read(store, tmp_path):
    """A direct write can neither delete a read that waits nor set the numbers back."""
    keep_read(store)
    confirm(store, keep_read(store))
    keep_read(store)
    with closing(open_database(tmp_path / "store.db", KEY)) as db:
        for sql in ("DELETE FROM reads WHERE number = 3", "UPDATE read_numbers SET sent = 1"):
            with pytest.raises(DriverError):
                db.execute(sql)


def test_lost_reads_are_found_by_the_witness(store, tmp_path):
    """The note beside the store counts reads too: an older file in its place is found at the start."""
    path = tmp_path / "store.db"
    keep_read(store)
    store.close()
    older = path.read_bytes()
    later = CacheStore(path, KEY)
    keep_read(later)
    keep_read(later)
    later.close()
    path.write_bytes(older)
    assert CacheStore(path, KEY).findings == ("2 records that were committed are missing from the store.",)


def test_an_older_store_comes_along_whole(tmp_path):
    """Reads, pictures, what waited and what was refused are there after the update, and nothing is told twice."""
    path = tmp_path / "store.db"
    old = MIGRATIONS[: MIGRATIONS.index(next(step for step in MIGRATIONS if "whole_reads" in step))]
    event_json = '{"event": {"event_id": "e2", "kind": "read", "at": "2026-11-22T21:14:00Z", "clock": "system",'
    event_json += ' "actor": "rdoe", "device": "CAR12", "subject": "r2", "body": {"plate": "4BXR91"}}, "chain": null}'
    with closing(open_database(path, KEY)) as db:
        for number, step in enumerate(old, 1):
            db.conn.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")
        content = '{"read_id": "%s", "camera_id": "L", "captured_at": "2026-11-22T21:14:00Z", "clock": "system",'
        content += ' "raw_text": "4BXR91", "key": "4BXR91"}'
        for read_id in ("r1", "r2"):
            row = (read_id, "4BXR91", "2026-11-22T21:14:00+00:00", content % read_id, 12.5, 0)
            db.execute("INSERT INTO reads VALUES (?, ?, ?, ?, ?, ?)", row)
        db.execute("INSERT INTO pictures VALUES ('r1', x'ffd8', x'')")
        db.execute("INSERT INTO outbox (event_id, content) VALUES ('e2', ?)", (event_json,))
    store = CacheStore(path, KEY)
    assert store.findings == ()
    assert waiting(store) == ["e2"]
    new = keep_read(store)
    assert waiting(store) == ["e2", new]
    with store.transaction() as tx:
        assert [read.read_id for read in tx.reads.newest(9)][1:] == ["r2", "r1"]
        assert (tx.reads.pictures("r1"), tx.reads.pictures("r2")) == (Pictures(b"\xff\xd8"), Pictures())
        gone = tx.retention.purge(-100.0, 1)
        gone = gone.plus(tx.retention.purge(-100.0, 1))
    assert (gone.reads, gone.pictures, gone.outbox) == (2, 1, 1)
    with closing(store.reader()) as reader:
        assert (reader.counts()["reads"], reader.damage()) == (1, ())
    store.close()
