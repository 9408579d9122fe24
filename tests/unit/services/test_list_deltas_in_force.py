"""A delta in the car: it fits one list alone, matching goes on with what it leads to, and a restart changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mdt_app.domain.commands import ApplyListDelta, RecordRead, Redecide
from mdt_app.domain.errors import Refused
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.notices import HitChanged, HitRaised
from mdt_app.domain.reads import Pictures
from mdt_app.services.list_blocks import make_ready, prepared, understood
from mdt_app.services.packed_list import wanted
from mdt_app.sync.delta import make_delta
from mdt_app.sync.snapshot import describe_list
from tests.fakes.car import Shift, issued, make_entry, make_read, officer

PLATES = [f"{letter}{number}XY" for letter in "ABCDEFGH" for number in range(3)]


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A car with an officer signed in."""
    car = Shift(tmp_path / "store.db")
    car.do(issued(officer(), at=car.clock.now()))
    car.sign_in()
    yield car
    car.core.stop()


def described(shift: Shift, entries: list[Entry], version: int) -> HotList:
    return describe_list("ncic", "NCIC", "NCIC", shift.clock.now() - timedelta(hours=1), entries, version)


def change(before: HotList, old: list[Entry], after: HotList, new: list[Entry]) -> ApplyListDelta:
    delta = make_delta(before, old, after, new)
    ready = make_ready(after.list_id, map(understood, delta.added))
    return ApplyListDelta(after, before.sha256, wanted(delta.removed), ready)


def alerts(shift: Shift, plate: str) -> bool:
    """Whether a read of this plate, ten minutes on, raises a hit (an earlier sighting is another read's)."""
    shift.clock.advance(minutes=11)
    read = make_read(plate, "CT", captured_at=shift.clock.now())
    shift.do(RecordRead(read, Pictures(b"", b"")))
    return any(raised.hit.read.read_id == read.read_id for raised in shift.said(HitRaised))


@given(steps=st.lists(st.sets(st.sampled_from(PLATES), max_size=8), min_size=2, max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_chain_of_deltas_matches_as_the_whole_list_would(tmp_path_factory, steps: list[set[str]]) -> None:
    """After each delta exactly the plates of that version alert, before and after a restart."""
    shift = Shift(tmp_path_factory.mktemp("car") / "store.db")
    shift.do(issued(officer(), at=shift.clock.now()))
    shift.sign_in()
    versions = [[make_entry(plate, "CT") for plate in sorted(plates)] for plates in steps]
    lists = [described(shift, entries, number) for number, entries in enumerate(versions, 1)]
    shift.do(prepared(lists[0], versions[0]))
    for (before, old), (after, new) in pairwise(zip(lists, versions, strict=True)):
        shift.do(change(before, old, after, new))
        assert shift.core.lists == (after,)
    # A hit that is open takes further sightings of its plate: each is asked once.
    first, second = sorted(steps[-1] | steps[-2])[::2], sorted(steps[-1] | steps[-2])[1::2]
    assert {plate: alerts(shift, plate) for plate in first} == {plate: plate in steps[-1] for plate in first}
    shift.restart()
    shift.sign_in()
    assert shift.core.lists == (lists[-1],)
    assert {plate: alerts(shift, plate) for plate in second} == {plate: plate in steps[-1] for plate in second}
    shift.core.stop()


def test_a_delta_that_does_not_fit_is_refused_and_the_list_stays(shift: Shift) -> None:
    """Another base, an older version, an entry that is not there: refused by name; the old list goes on alerting."""
    old = [make_entry("AB12345", "CT"), make_entry("4BXR91", "CT")]
    new = [*old[1:], make_entry("7JKT20", "CT")]
    before, after = described(shift, old, 4), described(shift, new, 5)
    shift.do(prepared(before, old))
    fits = change(before, old, after, new)
    stranger = make_entry("ZZ999", "CT")
    unfit = {
        "delta_unfit": ApplyListDelta(after, "0" * 64, fits.removed, fits.ready),
        "delta_incomplete": ApplyListDelta(after, before.sha256, wanted([stranger]), fits.ready),
    }
    for reason, command in unfit.items():
        with pytest.raises(Refused) as refused:
            shift.do(command)
        assert refused.value.reason == reason
        assert shift.core.lists == (before,)
    older = change(before, old, described(shift, new, 3), new)
    with pytest.raises(Refused, match="does not fit"):
        shift.do(older)
    assert alerts(shift, "AB12345")
    assert not alerts(shift, "7JKT20")
    shift.do(fits)
    assert not alerts(shift, "AB12345")
    assert alerts(shift, "7JKT20")


@pytest.mark.clause("HOT-6")
def test_an_entry_ends_by_itself_in_a_car_without_a_link(shift: Shift) -> None:
    """At its end it alerts nobody any more, and its open hit can't open the gate; the entry beside it goes on."""
    end = shift.clock.now() + timedelta(minutes=30)
    entries = [make_entry("A1XY", "CT", entry_id="ncic:1", expires_at=end), make_entry("B2XY", "CT", entry_id="ncic:2")]
    shift.do(prepared(described(shift, entries, 1), entries))
    assert alerts(shift, "A1XY")
    raised = shift.said(HitRaised)[-1]
    assert "entry_listed" not in {unmet.name for unmet in raised.decision.unmet}
    shift.clock.advance(minutes=19)
    assert not alerts(shift, "A1XY")
    shift.do(Redecide())
    changed = [notice for notice in shift.said(HitChanged) if notice.hit.hit_id == raised.hit.hit_id]
    assert "entry_listed" in {unmet.name for unmet in changed[-1].decision.unmet}
    assert alerts(shift, "B2XY")
