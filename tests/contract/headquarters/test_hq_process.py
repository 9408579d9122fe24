"""Headquarters as a process and a file: killed, stopped, encrypted, and refused where something is wrong."""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select

from mdt_app.domain.errors import BadInput, MdtError, StorageFault
from mdt_app.hq.main import initialise, issue_car_token
from mdt_app.hq.migrations import versions
from mdt_app.hq.serving import serve
from mdt_app.hq.store import open_store
from mdt_app.hq.tables import events, metadata
from mdt_app.sync.client import HqUnreachable
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.headquarters import (
    KEY,
    ORI,
    POLICY,
    Headquarters,
    MemoryOutbox,
    ServerProcess,
    Serving,
    an_event,
    made,
    serving,
    until,
)


def test_killed_in_mid_batch_it_keeps_whole_batches_only(tmp_path: Path) -> None:
    """kill -9 while batches are written: each one is there whole or not at all, and each confirmed one is there."""
    hq = made(tmp_path)
    chance = random.Random(11)  # noqa: S311 - a test's moment
    batches, confirmed = [], []
    for _ in range(3):
        server = ServerProcess(tmp_path)

        def push(at: Headquarters) -> None:
            with suppress(HqUnreachable), at.client() as client:
                for _ in range(200):
                    batch = [an_event(number=number) for number in range(100)]
                    batches.append({event.event_id for event in batch})
                    client.push_events([(event, None) for event in batch])
                    confirmed.append(batches[-1])

        thread = threading.Thread(target=push, args=(replace(hq, url=server.url),))
        thread.start()
        goal = len(confirmed) + 2
        until(lambda goal=goal: len(confirmed) >= goal, "no batch was confirmed")
        time.sleep(chance.uniform(0.0, 0.05))
        server.kill()
        thread.join()
    kept = set(hq.on_record())
    assert all(batch <= kept or not batch & kept for batch in batches)
    assert all(batch <= kept for batch in confirmed)


def test_killed_and_started_again_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """The worker drains its outbox through kills of the server: every event stands on record once."""
    hq = made(tmp_path)
    server = ServerProcess(tmp_path)
    outbox = MemoryOutbox()
    sent = [an_event(number=number) for number in range(1500)]
    for event in sent:
        outbox.put(event)
    pace = Pace(batch_most=50, push_every_s=0.02, pull_every_s=5.0, retry_base_s=0.05, retry_most_s=0.2)
    with replace(hq, url=server.url).client() as client:
        worker = SyncWorker(client, outbox, lambda _message: None, pace=pace)
        worker.start()
        for left in (1200, 700):
            until(lambda left=left: outbox.count() <= left, "the outbox does not drain")
            server.kill()
            server = ServerProcess(tmp_path, server.port)
        until(lambda: outbox.count() == 0, "the outbox does not drain")
        worker.stop()
    server.kill()
    kept = hq.on_record()
    assert sorted(kept) == sorted(event.event_id for event in sent)
    assert not outbox.parked


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_on_a_signal_without_a_word(tmp_path: Path, number: signal.Signals) -> None:
    """SIGTERM and SIGINT end it with status 0 and no traceback, also with a connection that is kept open."""
    hq = made(tmp_path)
    server = ServerProcess(tmp_path)
    with replace(hq, url=server.url).http() as http:
        assert http.get("/v1/health").status_code == 200
        began = time.monotonic()
        os.kill(server.process.pid, number)
        said = server.end()
    assert (server.process.exitcode, "Traceback" in said) == (0, False)
    assert time.monotonic() - began < 5.0


def test_its_file_is_encrypted_and_private(tmp_path: Path) -> None:
    """Neither file holds SQLite's header or a planted plate, and only the owner may read the database."""
    hq = made(tmp_path)
    with serving(tmp_path) as running, replace(hq, url=f"http://127.0.0.1:{running.port}").client() as client:
        client.push_events([(an_event(plate="PLANTED77"), None)])
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= 2
        for path in files:
            content = path.read_bytes()
            assert not content.startswith(b"SQLite format 3")
            assert b"PLANTED77" not in content
    assert (tmp_path / "headquarters.db").stat().st_mode & 0o077 == 0


def test_a_wrong_key_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    """Opening with another key, or one of another length, fails in words and changes no byte."""
    made(tmp_path)
    path = tmp_path / "headquarters.db"
    before = path.read_bytes()
    for key in (bytes(32), b"", b"short"):
        with pytest.raises(StorageFault):
            open_store(tmp_path, database=None, key=key)
        with pytest.raises(StorageFault):
            initialise(tmp_path, database=None, key=key, agency_ori=ORI)
    assert path.read_bytes() == before


def test_a_plain_file_is_refused(tmp_path: Path) -> None:
    """A database that plain SQLite wrote in its place is refused by name."""
    plain = sqlite3.connect(tmp_path / "headquarters.db")
    plain.execute("CREATE TABLE events (event_id)")
    plain.close()
    with pytest.raises(StorageFault, match="not encrypted"):
        initialise(tmp_path, database=None, key=KEY, agency_ori=ORI)


def test_made_twice_it_stays_and_another_ori_is_refused(tmp_path: Path) -> None:
    """`initialise` may be repeated; its tables are those that the code names; an ORI is for good."""
    hq = made(tmp_path)
    newest = max(Path(versions.__file__).parent.glob("v*.py")).name[1:5]
    assert initialise(tmp_path, database=None, key=KEY, agency_ori=ORI).revision == newest
    for ori in ("NY0010000", "short"):
        with pytest.raises(BadInput):
            initialise(tmp_path, database=None, key=KEY, agency_ori=ori)
    store = hq.store()
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


def test_what_is_not_there_is_said_with_its_remedy(tmp_path: Path) -> None:
    """No database, tables of another version, a taken port and an address that is none each fail in words."""
    with pytest.raises(StorageFault, match="hq init"):
        serve(tmp_path, "127.0.0.1", 0, key=KEY, switch_address=None, policy=POLICY)
    store = open_store(tmp_path, database=None, key=KEY, create=True)
    store.close()
    with pytest.raises(StorageFault, match="hq init"):
        serve(tmp_path, "127.0.0.1", 0, key=KEY, switch_address=None, policy=POLICY)
    made(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(MdtError, match="port"):
        serve(tmp_path, "127.0.0.1", taken.getsockname()[1], key=KEY, switch_address=None, policy=POLICY)
    for address in ("mysql://x/y", "nonsense"):
        with pytest.raises(StorageFault):
            open_store(tmp_path, database=address, key=b"")


def test_a_new_token_ends_the_cars_older_one(tmp_path: Path) -> None:
    """A car has one token; no token stands in the database in plain text."""
    hq = made(tmp_path)
    new = issue_car_token(tmp_path, key=KEY, car_id="car-7")
    with serving(tmp_path) as running:
        at = replace(hq, url=f"http://127.0.0.1:{running.port}")
        with at.http(hq.cars["car-7"]) as old, at.http(new) as http:
            assert (old.get("/v1/hotlists").status_code, http.get("/v1/hotlists").status_code) == (401, 200)
    with pytest.raises(BadInput):
        issue_car_token(tmp_path, key=KEY, car_id="../car")


def test_a_database_that_fails_is_said_as_503(tmp_path: Path) -> None:
    """While another writer holds the database for too long, a push is 503 with a reason, and works afterwards."""
    hq = made(tmp_path)
    with Serving(_serve_impatiently, tmp_path) as running:
        at = replace(hq, url=f"http://127.0.0.1:{running.port}")
        store = hq.store()
        with at.client() as client:
            with store.writing() as connection:
                connection.execute(select(func.count()).select_from(events))
                with pytest.raises(HqUnreachable):
                    client.push_events([(an_event(), None)])
            event = an_event()
            assert client.push_events([(event, None)]).accepted == (event.event_id,)
        store.close()


def _serve_impatiently(folder: Path, **named: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mdt_app.hq.store._BUSY_MS", 200)
        serve(folder, "127.0.0.1", 0, key=KEY, switch_address=None, policy=POLICY, plain=True, **named)
