"""The packed index: it finds what the plain one finds, for every read, list and delta."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cache.db import open_database
from cache.migrations import MIGRATIONS
from cache.store import CacheStore
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import HotListIndex
from mdt_app.domain.plates import match_key, pattern_key, written
from mdt_app.services.list_blocks import entries_in, entry_at, make_ready
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.packed_list import no_removed, wanted
from mdt_app.services.plate_codes import CLASSES, decode, encode, packed
from mdt_app.sync.list_wire import line_of
from tests.fakes.car import KEY, make_entry, make_read

NOW = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
# Few characters, so that plates are often equal or alike.
PLATES = st.text("0OQ1IB8AX", min_size=1, max_size=4) | st.text("AB1234567890", min_size=5, max_size=10)
PARTS = st.text("0OQ1IB8?*", min_size=3, max_size=6).filter(lambda text: pattern_key(text) and written(text))


@st.composite
def listed(draw, list_id="ncic"):
    """An entry of a whole plate, or of a part of one, in force or expired."""
    number = draw(st.integers(0, 10**6))
    changes = {
        "entry_id": f"{list_id}:{number}",
        "list_id": list_id,
        "category": draw(st.sampled_from(["stolen_vehicle", "stolen_plate", "amber_alert", "sex_offender"])),
        "expires_at": draw(st.sampled_from([None, None, NOW, NOW + timedelta(seconds=1)])),
    }
    state = draw(st.sampled_from(["CT", "NY", ""]))
    if draw(st.integers(0, 9)):
        return make_entry(draw(PLATES), state, **changes)
    part = draw(PARTS)
    return make_entry(written(part), state, **changes, pattern=pattern_key(part))


def lists(list_id="ncic", **sizes):
    """Lists of entries with ids of their own."""
    return st.lists(listed(list_id), unique_by=lambda entry: entry.entry_id, **sizes)


def describe(list_id, entries):
    """A list's description; the index does not look at it."""
    return HotList(list_id, list_id, "test", NOW, len(entries), "0" * 64)


@contextmanager
def a_store(folder):
    """An encrypted store."""
    store = CacheStore(folder / "store.db", KEY)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def store(tmp_path):
    """An encrypted store for one test."""
    with a_store(tmp_path) as opened:
        yield opened


@given(keys=st.lists(PLATES.map(match_key), max_size=20))
def test_codes_are_the_keys(keys):
    """Every key has a code of its own, the same one by one and in bulk, and comes back from it."""
    codes = packed(keys).tolist()
    assert codes == [encode(key) for key in keys]
    assert [decode(code) for code in codes] == keys
    assert len(set(codes)) == len(set(keys))


def test_all_confusions_fit_into_fifteen_classes():
    """Four bits hold the classes, base five their members."""
    assert sorted("".join(CLASSES)) == sorted("0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ")
    assert len(CLASSES) == 15
    assert max(map(len, CLASSES)) == 5


@pytest.mark.parametrize("text", ["", "ABCDEFGHIJK", "ab", "AOB", "É"])
def test_a_text_that_is_no_key_has_no_code(text):
    """It matches nothing, near or exact."""
    index = PackedIndex.of([make_entry("A", "CT")])
    assert encode(text) == 0
    assert not index.exact(text)
    assert not index.near(text)


@settings(deadline=None, max_examples=300)
@given(entries=lists(max_size=25), plate=PLATES, state=st.sampled_from(["CT", "NY", None]), near=st.booleans())
def test_the_packed_index_finds_what_the_plain_one_finds(entries, plate, state, near):
    """The same matches in the same order, for any list and any read."""
    read = make_read(plate, state, captured_at=NOW)
    ours, plain = PackedIndex.of(entries), HotListIndex(entries)
    assert ours.find(read, near=near) == plain.find(read, near=near)
    assert len(ours) == len(plain)
    assert all(ours.holds(entry) for entry in entries)


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_deltas_and_loading_anew_give_the_same_index(tmp_path_factory, data):
    """After lists and deltas in the store, the index in memory, the loaded one and the plain one agree."""
    with a_store(tmp_path_factory.mktemp("lists")) as store:
        held = {name: data.draw(lists(name, max_size=15)) for name in ("ncic", "state")}
        with store.transaction() as tx:
            for name, entries in held.items():
                tx.lists.replace(describe(name, entries), entries)
            index = tx.lists.index()
        for _ in range(data.draw(st.integers(1, 4))):
            name = data.draw(st.sampled_from(sorted(held)))
            gone = [entry for entry in held[name] if data.draw(st.booleans())]
            stays = [entry for entry in held[name] if entry not in gone]
            known = {entry.entry_id for entry in stays}
            comes = [entry for entry in data.draw(lists(name, max_size=8)) if entry.entry_id not in known]
            held[name] = stays + comes
            with store.transaction() as tx:
                removed, ready = index.located(wanted(gone)), make_ready(name, map(line_of, comes))
                assert len(removed) == len(gone)
                segment = tx.lists.change(describe(name, held[name]), removed, ready)
            index = index.changed(segment, ready.parts)
        every = [entry for entries in held.values() for entry in entries]
        with store.transaction() as tx:
            loaded, plain = tx.lists.index(), HotListIndex(every)
            index = index.through(tx.lists)
            assert sorted(entry.entry_id for entry in tx.lists.entries()) == sorted(e.entry_id for e in every)
            for plate in [entry.plate for entry in every] + ["AX1"]:
                read = make_read(plate, "CT", captured_at=NOW)
                assert index.find(read, near=True) == loaded.find(read, near=True) == plain.find(read, near=True)
            assert len(index) == len(loaded) == len(every)


@pytest.mark.clause("HOT-6")
def test_an_expired_entry_is_silent():
    """From the very second of its expiry on, and before that it alerts."""
    index = PackedIndex.of([make_entry("4BXR91", "CT", expires_at=NOW)])
    read = make_read("4BXR91", captured_at=NOW - timedelta(seconds=1))
    assert len(index.find(read)) == 1
    assert index.find(read, NOW) == ()


def test_a_near_match_says_what_differs():
    """Place, the character as read, and the one that is listed; an exact match stands before it and differs in none."""
    index = PackedIndex.of([make_entry("48XR9L", "CT", entry_id="near"), make_entry("4BXR91", "NY", entry_id="same")])
    exact, near = index.find(make_read("4BXR91"), near=True)
    assert (exact.kind, exact.differs) == (MatchKind.EXACT, ())
    assert (near.kind, near.differs) == (MatchKind.CONFUSABLE, ((1, "B", "8"), (5, "1", "L")))
    assert [match.entry.entry_id for match in index.find(make_read("4BXR91"))] == ["same"]


@pytest.mark.parametrize("plate", ["OB0O1", "0BOO1", "0B001"])
def test_letter_o_and_zero_are_the_same_plate(plate):
    """Not a near match: the very plate."""
    (match,) = PackedIndex.of([make_entry("OBO01", "CT")]).find(make_read(plate))
    assert (match.kind, match.differs) == (MatchKind.EXACT, ())


@pytest.mark.parametrize(
    ("pattern", "plate", "kind", "differs"),
    [
        ("4BX*", "4BXR91", MatchKind.PARTIAL, ((3, "R", "?"), (4, "9", "?"), (5, "1", "?"))),
        ("*R91", "4BXR91", MatchKind.PARTIAL, ((0, "4", "?"), (1, "B", "?"), (2, "X", "?"))),
        ("4BX?91", "4BXR91", MatchKind.WILDCARD, ((3, "R", "?"),)),
        ("4B*91", "4BXR91", MatchKind.WILDCARD, ((2, "X", "?"), (3, "R", "?"))),
    ],
)
def test_a_part_matches_and_says_what_it_does_not_know(pattern, plate, kind, differs):
    """A part or a wildcard never is an exact match, not even where its known characters are the plate."""
    index = PackedIndex.of([make_entry("4BXR91", "CT", pattern=pattern)])
    (match,) = index.find(make_read(plate))
    assert (match.kind, match.differs) == (kind, differs)
    assert index.find(make_read("9ZZ999")) == ()


@pytest.mark.clause("ALR-1")
def test_a_match_alerts_though_the_store_fails():
    """Plate, category and state are in memory; the entry is nobody's, so nothing is held of it."""
    entries = [make_entry("4BXR91", "NY", category="stolen_plate")]

    def fails(rows):
        raise StorageFault("The disk is gone.")

    ready = make_ready("ncic", map(line_of, entries))
    index = PackedIndex.load([ready.segment.moved(512, no_removed())], fails)
    (match,) = index.find(make_read("4BXR91", "NY"))
    assert (match.entry.key, match.entry.state, match.entry.category) == ("4BXR91", "NY", "stolen_plate")
    assert (match.entry.list_id, match.kind) == ("ncic", MatchKind.EXACT)
    assert not index.holds(match.entry)
    assert not index.holds(entries[0])


def test_a_list_is_replaced_and_its_old_rows_are_never_another_entry(store):
    """An index made before a replacement fetches nothing rather than a wrong entry."""
    old, new = [make_entry("4BXR91", "CT")], [make_entry("AB12345", "NY")]
    with store.transaction() as tx:
        tx.lists.replace(describe("ncic", old), old)
        before = tx.lists.index()
    with store.transaction() as tx:
        tx.lists.replace(describe("ncic", new), new)
        after = tx.lists.index()
        assert [entry.plate for entry in tx.lists.entries()] == ["AB12345"]
        assert [match.entry.plate for match in after.find(make_read("AB12345"))] == ["AB12345"]
        (bare,) = before.find(make_read("4BXR91"))
        assert (bare.entry.key, bare.entry.nic) == ("4BXR91", "")


def test_an_index_outlives_its_connection(tmp_path):
    """After the store was opened anew the index fetches through the transaction that is open, not the one it knew."""
    entries = [make_entry("4BXR91", "CT"), make_entry("4BX91", "CT", entry_id="part", pattern="4BX?91")]
    with a_store(tmp_path) as store, store.transaction() as tx:
        tx.lists.replace(describe("ncic", entries), entries)
    with a_store(tmp_path) as store, store.transaction() as tx:
        index = tx.lists.index()
    read = make_read("4BXR91")
    assert [match.entry.nic for match in index.find(read)] == ["", entries[1].nic]
    with a_store(tmp_path) as store, store.transaction() as tx:
        assert index.through(tx.lists).find(read) == HotListIndex(entries).find(read)
        assert index.through(tx.lists).holds(entries[0])
    assert not index.holds(entries[0])


def test_a_store_of_before_is_brought_up_to_date(tmp_path):
    """Lists in the form of before are taken out, so that headquarters' lists are asked for again."""
    database = open_database(tmp_path / "store.db", KEY)
    before = next(number for number, script in enumerate(MIGRATIONS) if "list_blocks" in script)
    for script in MIGRATIONS[:before]:
        database.conn.executescript(script)
    database.execute("INSERT INTO hotlists VALUES ('ncic', '{}')")
    database.execute("INSERT INTO entries VALUES ('1', 'ncic', '{}')")
    database.execute(f"PRAGMA user_version = {before}")
    database.close()
    with a_store(tmp_path) as store, store.transaction() as tx:
        assert tx.lists.lists() == ()
        assert len(tx.lists.index()) == 0


def test_the_bench_prints_one_object_with_its_figures():
    """The names are those that others read; the packed form is a fifth of a dict; no look-up waits for a delta."""
    command = [sys.executable, "-m", "mdt_app", "bench", "match", "--entries", "10000", "--json"]
    figures = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    times = ("exact_us_p50", "exact_us_p99", "near_us_p50", "near_us_p99")
    peers = ("peer_dict_us_p50", "peer_sqlite_us_p50", "peer_dict_memory_mb")
    waits = ("delta_wait_ms_max", "delta_lookup_ms_max", "quiet_wait_ms_max", "quiet_lookup_ms_max")
    assert list(figures) == ["entries", "load_s", "memory_mb", *times, *peers, "delta_s", "delta_cpu_s", *waits]
    assert figures["entries"] == 10_000
    assert figures["memory_mb"] * 5 <= figures["peer_dict_memory_mb"]
    assert 0 < figures["exact_us_p50"] <= figures["exact_us_p99"]
    assert 0 < figures["near_us_p50"] <= figures["near_us_p99"]
    assert min(figures[name] for name in ("peer_dict_us_p50", "peer_sqlite_us_p50", "delta_s", *waits[::2])) > 0
    assert figures["delta_lookup_ms_max"] < 500


def test_a_block_of_an_older_store_is_still_read():
    """Blocks once held entries with all their fields; a car that was brought up to date goes on alerting by them."""
    entries = [make_entry(plate, "CT") for plate in ("4BXR91", "7JKT20")]
    old = zlib.compress(b"\n".join(TypeAdapter(Entry).dump_json(e, exclude_defaults=True) for e in entries))
    (new,) = make_ready("ncic", map(line_of, entries)).blocks
    assert list(entries_in(old)) == list(entries_in(new)) == entries
    assert entry_at(old, 1) == entry_at(new, 1) == entries[1]
