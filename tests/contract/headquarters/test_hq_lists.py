"""Hot lists and accounts at headquarters: replaced whole or not at all."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.hotlist import Entry, EntryLine, HotList
from mdt_app.sync.client import HqRefused, HqUnreachable
from mdt_app.sync.list_wire import line_of
from mdt_app.sync.snapshot import describe_list, pack_list
from tests.fakes.enrolled import CutLink
from tests.fakes.headquarters import Headquarters, a_word, an_entry, an_event, lists_of
from tests.fakes.list_deltas import apply_delta

EXTRACTED = datetime(2026, 11, 22, 6, tzinfo=UTC)


def a_list(list_id: str, plates: list[str]) -> tuple[HotList, list[Entry]]:
    """Return a list of these plates."""
    entries = [an_entry(plate, list_id=list_id) for plate in plates]
    return describe_list(list_id, "NCIC extract", "state", EXTRACTED, entries), entries


def put(hq: Headquarters, list_id: str, content: bytes) -> int:
    """Send a list's file and return the status."""
    with hq.desk() as desk:
        return desk.put(f"/v1/hotlists/{list_id}", content=content).status_code


def test_a_list_reaches_the_car_as_it_was_put(hq: Headquarters) -> None:
    """Manifest and entries come back equal, and a second list replaces the first one whole."""
    for plates in (["AB1", "CD2", "EF3"], ["XY9"]):
        hotlist, entries = a_list("round-trip", plates)
        assert put(hq, "round-trip", pack_list(hotlist, reversed(entries))) == 200
        with hq.client() as client:
            manifest = lists_of(client)["round-trip"]
            assert manifest.to_hotlist() == hotlist
            assert list(client.fetch_entries(manifest)) == lined(entries)


def lined(entries: Iterable[Entry]) -> list[EntryLine]:
    return list(map(line_of, entries))


def lines_of(content: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """Return the file with its lines changed."""
    return gzip.compress(b"".join(change(gzip.decompress(content).splitlines(keepends=True))))


SPOILT = {
    "an entry less": lambda content: lines_of(content, lambda lines: lines[:-1]),
    "an entry more": lambda content: lines_of(content, lambda lines: [*lines, lines[-1].replace(b"EF3", b"ZZ9")]),
    "an entry twice": lambda content: lines_of(content, lambda lines: [*lines[:-1], lines[-2]]),
    "another plate": lambda content: lines_of(content, lambda lines: [line.replace(b"CD2", b"CD7") for line in lines]),
    "another order": lambda content: lines_of(content, lambda lines: [lines[0], *reversed(lines[1:])]),
    "blanks added": lambda content: lines_of(content, lambda lines: [line.replace(b'":"', b'": "') for line in lines]),
    "no manifest": lambda content: lines_of(content, lambda lines: lines[1:]),
    "cut in the middle": lambda content: content[: len(content) // 2],
    "cut at the end": lambda content: content[:-1],
    "something after the end": lambda content: content + b"x",
    "a flipped bit": lambda content: content[:-20] + bytes([content[-20] ^ 1]) + content[-19:],
    "not compressed": gzip.decompress,
    "a line without end": lambda _content: gzip.compress(os.urandom(9000).hex().encode()),
    "a small file that unfolds": lambda _content: gzip.compress(b"0" * 50_000_000),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_list_that_is_not_complete_is_refused_and_the_old_one_stays(hq: Headquarters, what: str) -> None:
    """Count, digest, order and form are checked, and a refused list changes nothing."""
    old, old_entries = a_list("guarded", ["OLD1", "OLD2"])
    assert put(hq, "guarded", pack_list(old, old_entries)) == 200
    new, new_entries = a_list("guarded", ["AB1", "CD2", "EF3"])
    assert put(hq, "guarded", SPOILT[what](pack_list(new, new_entries))) == 422
    with hq.client() as client:
        manifest = lists_of(client)["guarded"]
        assert (manifest.to_hotlist(), list(client.fetch_entries(manifest))) == (old, lined(old_entries))


def test_a_list_is_refused_at_another_lists_address(hq: Headquarters) -> None:
    """A file that names another list does not replace this one."""
    hotlist, entries = a_list("mine", ["AB1"])
    assert put(hq, "yours", pack_list(hotlist, entries)) == 422


def test_the_car_refuses_a_file_that_is_not_the_announced_list(hq: Headquarters) -> None:
    """A digest or count that differs from the announced one is BadInput, and no entry is given out."""
    hotlist, entries = a_list("announced", ["AB1", "CD2"])
    assert put(hq, "announced", pack_list(hotlist, entries)) == 200
    with hq.client() as client:
        manifest = lists_of(client)["announced"]
        for wrong in ({"sha256": "0" * 64}, {"count": 3}):
            with pytest.raises(BadInput):
                list(client.fetch_entries(manifest.model_copy(update=wrong)))


def test_a_lists_digest_changes_with_any_field() -> None:
    """Two lists that differ in one field of one entry have different digests; their order does not matter."""
    hotlist, entries = a_list("digest", ["AB1", "CD2"])
    again = describe_list("digest", "NCIC extract", "state", EXTRACTED, reversed(entries))
    assert again == hotlist
    changed = [replace(entries[0], nic="V999999999"), entries[1]]
    assert describe_list("digest", "NCIC extract", "state", EXTRACTED, changed).sha256 != hotlist.sha256


def located(entry: Entry, act: str, *, seen: bool = True) -> list[Event]:
    """What a car sends when the vehicle of an entry was located: the hit, the plate confirmed, and what is asked."""
    hit = an_event(EventKind.HIT, match="exact", category=entry.category, entry={"id": entry.entry_id})
    plate = an_event(EventKind.PLATE_CONFIRMED, hit.subject, agrees=seen)
    about = {"act": act, "list_id": entry.list_id, "entry_id": entry.entry_id}
    return [hit, plate, an_event(EventKind.REMOVAL_ASKED, hit.subject, **about)]


@pytest.mark.clause("STP-8", "HOT-6")
def test_a_located_vehicles_entry_leaves_the_agencys_list(hq: Headquarters) -> None:
    """A new version without the entry is there for every car; asking again changes nothing."""
    entries = [replace(an_entry(plate, list_id="bolo"), category="agency") for plate in ("AB1", "CD2")]
    put(hq, "bolo", pack_list(describe_list("bolo", "Agency", "agency", EXTRACTED, entries), entries))
    with hq.client() as client:
        for _ in range(2):
            client.push_events([(event, None) for event in located(entries[0], "removal")])
            manifest = lists_of(client)["bolo"]
            assert (manifest.count, manifest.version) == (1, 2)
            assert list(client.fetch_entries(manifest)) == lined(entries[1:])


@pytest.mark.clause("STP-8")
def test_an_entry_of_another_owner_stays_and_a_notice_is_flagged(hq: Headquarters) -> None:
    """Nobody removes an entry from a list that is not the agency's, whatever a car says; a person passes it on."""
    hotlist, entries = a_list("theirs", ["AB1", "CD2"])
    put(hq, "theirs", pack_list(hotlist, entries))
    with hq.client() as client:
        client.push_events([(e, None) for e in (*located(entries[0], "notice"), *located(entries[1], "removal"))])
        manifest = lists_of(client)["theirs"]
        assert list(client.fetch_entries(manifest)) == lined(entries)
    with hq.desk(Role.SUPERVISOR) as desk:
        assert "entry_notice" in {flag["reason"] for flag in desk.get("/v1/flags").json()["flags"]}


@pytest.mark.clause("STP-8")
def test_a_removal_that_rests_on_nothing_removes_nothing(hq: Headquarters) -> None:
    """Without a hit on that entry, or with a plate that nobody saw, the entry stays; a person looks at the flag."""
    entries = [replace(an_entry(plate, list_id="bolo2"), category="agency") for plate in ("AB1", "CD2")]
    put(hq, "bolo2", pack_list(describe_list("bolo2", "Agency", "agency", EXTRACTED, entries), entries))
    unseen, bare = located(entries[0], "removal", seen=False), located(entries[1], "removal")[2:]
    with hq.client() as client:
        client.push_events([(event, None) for event in (*unseen, *bare)])
        manifest = lists_of(client)["bolo2"]
        assert list(client.fetch_entries(manifest)) == lined(entries)


def test_a_car_gets_what_changed_alone_signed_and_in_one_step(hq: Headquarters) -> None:
    """From any version that headquarters still knows one delta leads to the list in force; each is signed."""
    versions = [["AB1", "CD2"], ["CD2", "EF3"], ["CD2", "EF3", "GH4"], ["GH4", "AB1", "EF3"]]
    plates = [f"SAME{number}" for number in range(400)]
    lists = [a_list("stepping", plates + version) for version in versions]
    for hotlist, entries in lists:
        assert put(hq, "stepping", pack_list(hotlist, entries)) == 200
    last, wanted = lists[-1]
    with hq.client() as client:
        manifest = lists_of(client)["stepping"]
        for held, entries in lists[:-1]:
            delta, signature = client.fetch_delta("stepping", held.sha256)
            a_word().require_signed(delta, signature)
            assert delta.manifest.hotlist == manifest
            assert sorted(e.plate for e in apply_delta(entries, delta)) == sorted(e.plate for e in wanted)
            with pytest.raises(BadInput):
                a_word().require_signed(delta, "00" * 64)
        for unknown in (last.sha256, "0" * 64):
            with pytest.raises(HqRefused, match="no_such_delta"):
                client.fetch_delta("stepping", unknown)


def test_a_list_that_changed_whole_has_no_delta(hq: Headquarters) -> None:
    """What would save nothing is not kept, and older steps that no longer lead anywhere go with it."""
    lists = [a_list("other-list", plates) for plates in (["AB1"], ["AB1", "CD2"], [f"X{n}" for n in range(50)])]
    for hotlist, entries in lists:
        put(hq, "other-list", pack_list(hotlist, entries))
    with hq.client() as client:
        for hotlist, _ in lists:
            with pytest.raises(HqRefused, match="no_such_delta"):
                client.fetch_delta("other-list", hotlist.sha256)


def test_a_cut_link_costs_no_more_than_what_was_missing(hq: Headquarters) -> None:
    """Cut at random places, a list comes whole, and each byte after the first cut is asked for once."""
    hotlist, entries = a_list("long", [f"P{number:06d}" for number in range(4_000)])
    content = pack_list(hotlist, entries)
    assert put(hq, "long", content) == 200
    with CutLink(hq.url, cut_after=len(content) // 4) as link, replace(hq, url=link.url).client() as client:
        manifest = lists_of(client)["long"]
        tries = 0
        while True:
            tries += 1
            try:
                fetched = list(client.fetch_entries(manifest))
                break
            except HqUnreachable:
                assert tries < 30
    assert tries > 2
    assert fetched == lined(sorted(entries, key=lambda entry: entry.entry_id))
    assert link.carried < 2 * len(content)
