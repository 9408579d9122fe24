"""Files of hot lists in pieces: a long one comes and goes in parts, and nothing is left of what was replaced."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from mdt_app.hq import list_files
from mdt_app.hq.store import Store
from mdt_app.hq.tables import hotlist_deltas, hotlist_pieces
from mdt_app.sync.snapshot import describe_list, pack_list
from tests.fakes.headquarters import Headquarters, an_entry, lists_of, until

AT = datetime(2026, 11, 22, 6, tzinfo=UTC)


def put(hq: Headquarters, list_id: str, plates: list[str], version: int = 1) -> int:
    """Put a list of these plates; return the answer's status."""
    entries = [an_entry(plate, list_id=list_id) for plate in plates]
    hotlist = describe_list(list_id, "NCIC", "NCIC", AT, entries, version)
    with hq.desk() as desk:
        return desk.put(f"/v1/hotlists/{list_id}", content=pack_list(hotlist, entries)).status_code


def pieces(store: Store) -> int:
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(hotlist_pieces)) or 0


def plates(start: int, end: int) -> list[str]:
    return [f"P{number:05}" for number in range(start, end)]


@pytest.mark.clause("HOT-1")
def test_a_file_of_many_pieces_is_read_from_any_place_and_replaced_without_a_rest(
    hq: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces of 100 bytes: the car gets the very list, also the rest of it; the pieces before it are gone."""
    monkeypatch.setattr(list_files, "PIECE", 100)
    with closing(hq.store()) as store:
        before = pieces(store)
        assert put(hq, "long", plates(0, 60)) == 200
        first = pieces(store)
        assert first - before > 5
        with hq.client() as client:
            assert len(list(client.fetch_entries(lists_of(client)["long"]))) == 60
        file = list_files.held_file(store, "long")
        whole = b"".join(list_files.read(store, file))
        assert len(whole) == file.size
        assert all(b"".join(list_files.read(store, file, at)) == whole[at:] for at in (0, 1, 99, 100, 250, file.size))
        assert put(hq, "long", plates(0, 20), 2) == 200
        assert pieces(store) < first


def test_a_file_that_is_refused_leaves_no_piece(hq: Headquarters) -> None:
    """Broken in its middle: the list before stays, and what had come is taken away."""
    assert put(hq, "kept", plates(0, 5)) == 200
    with closing(hq.store()) as store, hq.desk() as desk:
        before = pieces(store)
        assert desk.put("/v1/hotlists/kept", content=gzip.compress(b"no list\n")).status_code == 422
        assert pieces(store) == before
    with hq.client() as client:
        assert lists_of(client)["kept"].count == 5


def test_an_import_that_is_stopped_while_it_is_sent_leaves_no_piece(hq: Headquarters) -> None:
    """Ctrl+C when whole pieces have come already: they are taken away, and the list before stays."""
    assert put(hq, "stays", plates(0, 5)) == 200
    with closing(hq.store()) as store, hq.desk() as desk:
        before = pieces(store)

        def stopped() -> Iterator[bytes]:
            yield b"x" * 2_000_000  # more than is read before its turn comes
            until(lambda: pieces(store) > before, "no piece came")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            desk.put("/v1/hotlists/stays", content=stopped())
        until(lambda: pieces(store) == before, "pieces were left")
    with hq.client() as client:
        assert lists_of(client)["stays"].count == 5


def test_pieces_of_an_import_that_was_cut_off_are_swept_by_a_later_one(hq: Headquarters) -> None:
    """A process that ended in the middle leaves pieces that no list names; after a day they go."""
    with closing(hq.store()) as store:
        incoming = list_files.Incoming(store)
        incoming.add(b"x" * (list_files.PIECE + 1))
        lost = pieces(store)
        assert put(hq, "sweeps", plates(0, 3)) == 200
        assert pieces(store) == lost + 1
        with store.writing() as connection:
            old = datetime.now(UTC) - timedelta(days=2)
            connection.execute(update(hotlist_pieces).where(hotlist_pieces.c.number == 0).values(at=old))
        assert put(hq, "sweeps", plates(0, 4), 2) == 200
        assert pieces(store) == lost


def test_more_changes_than_a_delta_holds_are_a_whole_list(hq: Headquarters, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten changes at most: eleven leave no delta, and the car fetches the whole list."""
    monkeypatch.setattr(list_files, "CHANGES_MOST", 10)
    with closing(hq.store()) as store:
        with store.writing() as connection:
            connection.execute(delete(hotlist_deltas))
        for version, (start, deltas) in enumerate(((0, 0), (5, 1), (16, 0)), 1):
            assert put(hq, "changes", plates(start, 400), version) == 200
            with store.reading() as connection:
                assert connection.scalar(select(func.count()).select_from(hotlist_deltas)) == deltas
