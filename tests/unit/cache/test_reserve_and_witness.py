"""The reserve and the witness beside the store, and what they say."""

from __future__ import annotations

import pytest

from cache.reserve import Reserve, Room
from cache.store import CacheStore
from cache.witness import Mark, Witness
from tests.fakes.car import KEY

MIB = 1 << 20


def test_the_reserve_takes_real_blocks_and_gives_them_back(tmp_path):
    """A sparse file would keep nothing back: the blocks are taken, once, and given up at once."""
    reserve = Reserve(tmp_path, Room(reserve=2 * MIB, low=MIB))
    assert reserve.keep()
    file = tmp_path / "store.reserve"
    assert file.stat().st_blocks * 512 >= 2 * MIB
    assert not reserve.short()
    assert reserve.release()
    assert not file.exists()
    assert not reserve.release()


def test_no_room_means_no_reserve(tmp_path):
    """Where the disk has no room for it there is none, and the disk counts as full; nothing is left behind."""
    reserve = Reserve(tmp_path, Room(reserve=1 << 60, low=1 << 59))
    assert not reserve.keep()
    assert reserve.short()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_once_and_its_end_too(tmp_path, monkeypatch):
    """The car hears when the disk is full and when it is not any more, each once; the reserve goes and comes back."""
    heard: list[bool] = []
    store = CacheStore(tmp_path / "store.db", KEY, room=Room(reserve=MIB, low=MIB), on_room=heard.append)
    short = False
    monkeypatch.setattr(Reserve, "short", lambda self: short)
    for state in (False, False, True, True):
        short = state
        with store.transaction():
            pass
    assert heard == [True]
    assert not (tmp_path / "store.reserve").exists()
    short = False
    for _ in range(3):
        with store.transaction():
            pass
    assert heard == [True, False]
    assert (tmp_path / "store.reserve").exists()
    store.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2, 3, 4]", b'[9, 9, "x", "00"]', b"\xff\xfe"])
def test_an_unreadable_or_forged_note_is_no_note(tmp_path, content):
    """An unsynced note can be torn by a power cut, a written one has no valid mark: neither is believed."""
    witness = Witness(tmp_path, KEY)
    witness.note(Mark(3, 2, "ab"))
    assert witness.read() == Mark(3, 2, "ab")
    witness.close()
    (tmp_path / "store.witness").write_bytes(content)
    assert witness.read() is None
