"""Headquarters' backup: made while it serves, sealed, and put back on both databases; what is damaged stays out."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from cache.recovery import new_recovery_key
from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.hq import proving
from mdt_app.hq.backup import Manifest, back_up
from mdt_app.hq.store import open_store
from mdt_app.hq.tables import events, links, reads
from mdt_app.services.sealed_files import Lock, x25519_public
from mdt_app.wiring.backup import restore_backup, save_backup
from mdt_app.wiring.enrolment import Headquarters as Place
from tests.fakes.chained import a_chain, a_new_car
from tests.fakes.headquarters import KEY, ORI, Headquarters, an_event, serving

PHRASE = "horses carry batteries slowly"


@pytest.fixture(scope="module")
def key() -> tuple[str, str]:
    """A key for backups: words and public part."""
    return new_recovery_key()


@pytest.fixture
def empty(hq: Headquarters, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """A place of the same kind with nothing in it."""
    database = request.getfixturevalue("postgresql").database() if hq.database else None
    return Place(tmp_path / "new", database, key_file=True)


def filled(hq: Headquarters) -> None:
    """Put bulk reads and two cars' chains on record."""
    for _ in range(2):
        with a_new_car(hq) as client:
            client.push_events([(an_event(plate="PLANTED77"), None) for _ in range(30)])
            rows, head = a_chain("a car", 40)
            assert not client.push_events(rows, head=head).refused


def backed_up(hq: Headquarters, file: Path, *locks: Lock) -> Manifest:
    """Back up beside the running server."""
    with closing(hq.store()) as store, file.open("wb") as out:
        return back_up(store, KEY, hq.database, locks, out)


def contents(folder: Path, database: str | None) -> dict[str, list[tuple]]:
    """All rows of the events and the links."""
    with closing(open_store(folder, database=database, key=KEY)) as store, store.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table)).all()), key=repr)
            for table in (events, links)
        }


def test_it_is_put_back_as_it_was_and_serves_again(hq: Headquarters, empty: Place, key: tuple[str, str]) -> None:
    """Backed up while it serves, restored by the words in a new place: the same rows, the same key, the same tokens."""
    filled(hq)
    words, public = key
    file = empty.folder.with_name("backup.mdt")
    before = contents(hq.folder, hq.database)
    made = backed_up(hq, file, Lock(public=x25519_public(public)))
    back = restore_backup(empty, file, lambda: words, None)
    assert back == made
    assert (back.ori, back.counts["links"] >= 80) == (ORI, True)
    assert contents(empty.folder, empty.database) == before
    with serving(empty.folder, database=empty.database) as running:
        again = replace(hq, url=f"http://127.0.0.1:{running.port}", folder=empty.folder, database=empty.database)
        event = an_event()
        with again.client() as client:
            assert client.push_events([(event, None)]).accepted == (event.event_id,)


def test_while_cars_push_it_holds_one_moment(hq: Headquarters, empty: Place) -> None:
    """Batches that come meanwhile are in it whole or not at all, and none of them waits for its end."""
    batches, ended = [], threading.Event()

    def push() -> None:
        with hq.client() as client:
            while not ended.is_set():
                batch = [an_event(number=number) for number in range(20)]
                batches.append({event.event_id for event in batch})
                assert not client.push_events([(event, None) for event in batch]).refused

    thread = threading.Thread(target=push)
    thread.start()
    file = empty.folder.with_name("backup.mdt")
    try:
        for _ in range(2):
            backed_up(hq, file, Lock(passphrase=PHRASE))
    finally:
        ended.set()
        thread.join()
    restore_backup(empty, file, None, lambda: PHRASE)
    with closing(open_store(empty.folder, database=empty.database, key=KEY)) as store, store.reading() as connection:
        kept = {event_id for table in (events, reads) for event_id in connection.scalars(select(table.c.event_id))}
    assert all(batch <= kept or not batch & kept for batch in batches)
    assert any(batch <= kept for batch in batches)


def flipped(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def added_to(content: bytearray, chance: random.Random) -> None:
    content += bytes([chance.randrange(256)])


def swapped(content: bytearray, chance: random.Random) -> None:
    """Two pieces of the sealed part change places."""
    start, size = content.index(b"\n") + 1, (64 << 10) + 16
    one, two = content[start : start + size], content[start + size : start + 2 * size]
    content[start : start + len(one) + len(two)] = two + one


@pytest.mark.parametrize("harm", [flipped, cut, added_to, swapped])
def test_a_damaged_backup_is_refused_and_nothing_is_left(
    hq: Headquarters, empty: Place, key: tuple[str, str], harm: Callable[[bytearray, random.Random], None]
) -> None:
    """One flipped bit anywhere, a cut at any byte, a byte more, pieces swapped: refused; the place stays empty."""
    words, public = key
    file = empty.folder.with_name("backup.mdt")
    with hq.client() as client:
        client.push_events([(an_event(filling=os.urandom(400).hex()), None) for _ in range(200)])
    backed_up(hq, file, Lock(public=x25519_public(public)))
    whole, chance = file.read_bytes(), random.Random(harm.__name__)  # noqa: S311 - a test's places
    for _ in range(6 if harm in (flipped, cut) else 1):
        content = bytearray(whole)
        harm(content, chance)
        file.write_bytes(content)
        with pytest.raises(BadInput):
            restore_backup(empty, file, lambda: words, None)
        assert not empty.folder.exists() or not [*empty.folder.iterdir()]
    file.write_bytes(whole)
    restore_backup(empty, file, lambda: words, None)


def test_only_whom_it_was_sealed_for_opens_it(hq: Headquarters, empty: Place, key: tuple[str, str]) -> None:
    """Other words, another passphrase and none at all are refused; each of several locks opens; no plate is in it."""
    words, public = key
    with hq.client() as client:
        client.push_events([(an_event(plate="PLANTED77"), None)])
    file = empty.folder.with_name("backup.mdt")
    backed_up(hq, file, Lock(public=x25519_public(public)), Lock(passphrase=PHRASE))
    assert b"PLANTED77" not in file.read_bytes()
    assert KEY not in file.read_bytes()
    for wrong in ((lambda: new_recovery_key()[0], None), (None, lambda: "something else"), (None, None)):
        with pytest.raises(BadInput, match="does not open"):
            restore_backup(empty, file, *wrong)
    for number, right in enumerate(((lambda: words, None), (None, lambda: PHRASE))):
        if hq.database is None or number == 0:
            restore_backup(replace(empty, folder=empty.folder / str(number)), file, *right)


def test_a_headquarters_is_never_overwritten(hq: Headquarters, empty: Place) -> None:
    """Where one is, or a key is kept, the restore is refused, and what is there stays."""
    file = empty.folder.with_name("backup.mdt")
    backed_up(hq, file, Lock(passphrase=PHRASE))
    before = contents(hq.folder, hq.database)
    with pytest.raises(BadInput, match="already"):
        restore_backup(Place(hq.folder, hq.database, key_file=True), file, None, lambda: PHRASE)
    assert contents(hq.folder, hq.database) == before
    restore_backup(empty, file, None, lambda: PHRASE)
    with pytest.raises(BadInput, match="already"):
        restore_backup(empty, file, None, lambda: PHRASE)


def test_what_does_not_hold_inside_is_found(hq: Headquarters, empty: Place) -> None:
    """A record changed behind headquarters' back, then backed up with a right manifest: the restore proves and refuses.

    The negative control of the proof: the file itself is whole.
    """
    filled(hq)
    file = empty.folder.with_name("backup.mdt")
    with closing(hq.store()) as store:
        with store.reading() as connection:
            assert proving.faults(connection) == ()
            row = connection.execute(select(links).where(links.c.sequence == 20)).first()
        this = (links.c.car_id == row.car_id) & (links.c.sequence == 20)
        with store.writing() as connection:
            connection.execute(update(links).where(this).values(digest="0" * 64))
        try:
            backed_up(hq, file, Lock(passphrase=PHRASE))
        finally:
            with store.writing() as connection:
                connection.execute(update(links).where(this).values(digest=row.digest))
    with pytest.raises(BadInput, match="row 21 of its chain"):
        restore_backup(empty, file, None, lambda: PHRASE)
    assert not empty.folder.exists() or not [*empty.folder.iterdir()]


def test_without_postgresqls_tools_it_says_what_to_install(
    hq: Headquarters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No pg_dump: words, not a trace; the embedded database needs none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    if hq.database is None:
        assert backed_up(hq, tmp_path / "backup.mdt", Lock(passphrase=PHRASE)).size
    else:
        with pytest.raises(MdtError, match="pg_dump is not installed"):
            backed_up(hq, tmp_path / "backup.mdt", Lock(passphrase=PHRASE))


def test_a_backup_that_could_not_be_made_leaves_no_file(hq: Headquarters, tmp_path: Path) -> None:
    """Nobody to open it, a short passphrase, a bad key, a file that is there: refused in words, and nothing is left."""
    place = Place(hq.folder, hq.database, key_file=True)
    file = tmp_path / "backup.mdt"
    for keys, phrase in (((), None), ((), lambda: "short"), (("nonsense",), None)):
        with pytest.raises(BadInput):
            save_backup(place, file, keys, phrase)
    assert not [*tmp_path.iterdir()]
    file.write_bytes(b"mine")
    with pytest.raises(BadInput, match="already"):
        save_backup(place, file, (), lambda: PHRASE)
    assert file.read_bytes() == b"mine"
