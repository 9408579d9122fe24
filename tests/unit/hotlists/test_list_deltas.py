"""Deltas of hot lists: a full list and any chain of deltas have one digest, and a spoilt delta changes nothing."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import RemovedEntry, Vehicle
from mdt_app.sync.delta import make_delta, open_delta, pack_delta, require_base
from mdt_app.sync.list_wire import line_of
from mdt_app.sync.snapshot import describe_list
from tests.fakes.campaign import amount, dice
from tests.fakes.car import make_entry
from tests.fakes.list_deltas import apply_delta

CASES = amount(300, 10_000)
EXTRACTED = datetime(2026, 11, 22, 6, tzinfo=UTC)
SIGNS = "ABCDEFGHIJKLMNPQRSTUVWXYZ0123456789"


def an_entry(random: Random):
    """Return one of few possible ids, so that entries come again, changed."""
    plate = "".join(random.choices(SIGNS, k=5))
    color = random.choice(("BLK", "RED", ""))
    return make_entry(plate, "CT", entry_id=f"ncic:{random.randrange(40)}", vehicle=Vehicle(color=color))


def a_list(entries, version):
    """Return the description of these entries."""
    return describe_list("ncic", "NCIC", "NCIC", EXTRACTED, entries, version)


def later(random: Random, entries):
    """Return the entries after some time: some gone, some changed, some new."""
    kept = {entry.entry_id: entry for entry in entries if random.random() < 0.8}
    kept |= {entry.entry_id: entry for entry in (an_entry(random) for _ in range(random.randrange(6)))}
    return list(kept.values())


@pytest.mark.parametrize("start", range(10))
def test_a_full_list_equals_its_deltas_in_digest(start, record_property):
    """Chains of random deltas, each over the wire, end in the very list that a full delivery would bring."""
    record_property("tries", CASES // 10)
    for number in range(CASES // 10):
        random = dice(start * 1_000_003 + number)
        car = hq = list({e.entry_id: e for e in (an_entry(random) for _ in range(random.randrange(12)))}.values())
        for version in range(random.randrange(1, 5)):
            newer = later(random, hq)
            delta = make_delta(a_list(hq, version), hq, a_list(newer, version + 1), newer)
            random.shuffle(car)
            arrived = open_delta([pack_delta(delta)])
            require_base(arrived, a_list(car, version))
            car, hq = apply_delta(car, arrived), newer
        assert a_list(car, 9) == a_list(hq, 9)
        assert sorted(car, key=lambda e: e.entry_id) == sorted(hq, key=lambda e: e.entry_id)


def the_delta():
    """Return a delta of one entry each gone, changed and new, with the lists before and after."""
    gone, old, new = (make_entry(plate, "CT", entry_id=f"ncic:{plate}") for plate in ("AB1", "CD2", "EF3"))
    changed = replace(old, nic="V999999999")
    before, after = [gone, old], [changed, new]
    return make_delta(a_list(before, 1), before, a_list(after, 2), after), before, after


def test_a_delta_holds_no_more_than_what_changed():
    """What goes is named by id and key alone; a changed entry goes and comes."""
    delta, before, after = the_delta()
    assert delta.removed == tuple(RemovedEntry("ncic", e.entry_id, e.key) for e in before)
    assert delta.added == tuple(map(line_of, after))
    assert make_delta(a_list(after, 2), after, a_list(after, 3), after).added == ()


SPOILT = {
    "a line less": lambda lines: lines[:-1],
    "a line more": lambda lines: [*lines, lines[-1]],
    "another order": lambda lines: [lines[0], *reversed(lines[1:])],
    "another plate": lambda lines: [line.replace(b"EF3", b"EF4") for line in lines],
    "no manifest": lambda lines: lines[1:],
    "nothing": lambda lines: [],
    "a line that is none": lambda lines: [*lines[:-1], b"{}\n"],
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_delta_is_refused(what):
    """Lines that are not those of the manifest are BadInput."""
    lines = gzip.decompress(pack_delta(the_delta()[0])).splitlines(keepends=True)
    with pytest.raises(BadInput):
        open_delta([gzip.compress(b"".join(SPOILT[what](lines)))])


@pytest.mark.parametrize("cut", [1, 20, -1])
def test_a_delta_that_is_cut_off_is_refused(cut):
    """Broken compression is BadInput."""
    with pytest.raises(BadInput):
        open_delta([pack_delta(the_delta()[0])[:cut]])


def test_a_delta_fits_its_own_base_alone():
    """Another version, digest, count or list is refused before anything is changed."""
    delta, before, after = the_delta()
    base = a_list(before, 1)
    require_base(delta, base)
    for wrong in ({"version": 2}, {"sha256": "0" * 64}, {"count": 5}, {"list_id": "other"}):
        with pytest.raises(BadInput):
            require_base(delta, replace(base, **wrong))
    with pytest.raises(BadInput, match="one list"):
        make_delta(base, before, replace(a_list(after, 2), list_id="other"), after)


def test_a_delta_on_other_entries_is_refused():
    """An entry to remove that is not there, one that is there already, and a wrong result are BadInput."""
    delta, before, after = the_delta()
    other = make_entry("ZZ9", "CT", entry_id="ncic:ZZ9")
    for entries in ([], before[:1], after, [*before, after[1]], [*before, other]):
        with pytest.raises(BadInput):
            apply_delta(entries, delta)
