"""Lists and deltas brought in slices: the core decides meanwhile, nothing half is in force, nothing is left over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from cache.db import open_database
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.list_delivery import BeginDelivery, DropDeliveries, StageDelivery
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import Pictures
from mdt_app.services.list_blocks import prepared
from mdt_app.services.list_bringer import ListBringer
from mdt_app.sync.list_wire import line_of
from tests.fakes.car import KEY, Shift, make_entry, make_read


@dataclass
class Bringing:
    """A car and what brings its lists."""

    shift: Shift
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        core = self.shift.core
        self.bringer = ListBringer(
            core.submit, lambda: core.index, self._first, lambda _list, words: self.told.append(words)
        )

    def _first(self, delivery: str) -> int:
        with closing(self.shift.store.reader()) as reader:
            return reader.first_block(delivery)

    def whole(self, count: int, list_id: str = "ncic", **changes: object) -> HotList:
        """Bring a list of so many entries; return it."""
        entries = some(count, list_id)
        hotlist = replace(described(self.shift, list_id, count), **changes)
        self.bringer.arrived(hotlist, map(line_of, entries)).result(60)
        return hotlist

    def alerts(self, plate: str) -> bool:
        read = make_read(plate, captured_at=self.shift.clock.now())
        self.shift.do(RecordRead(read, Pictures()))
        return any(hit.hit.read.read_id == read.read_id for hit in self.shift.said(HitRaised))

    def settled(self) -> dict[str, int]:
        """Wait until what went is swept away; return the rows of the store's tables."""
        deadline = time.monotonic() + 10
        while (rows := self._rows())["going"] and time.monotonic() < deadline:
            time.sleep(0.01)
        return rows

    def _rows(self) -> dict[str, int]:
        tables = {"blocks": "entry_blocks", "pieces": "array_pieces", "deliveries": "list_deliveries"}
        with closing(open_database(self.shift.path, KEY)) as db:
            counts = {name: f"SELECT count(*) FROM {table}" for name, table in tables.items()}  # noqa: S608 - constants only
            counts["going"] = "SELECT count(*) FROM list_deliveries WHERE state = 'going'"
            return {name: db.execute(query).fetchone()[0] for name, query in counts.items()}


def some(count: int, list_id: str = "ncic") -> Iterator[Entry]:
    """Entries of the plates AB00000 onward, by their id."""
    for number in range(count):
        yield make_entry(f"AB{number:05}", "CT", entry_id=f"{list_id}:{number:07}", list_id=list_id)


def described(shift: Shift, list_id: str, count: int, version: int = 1) -> HotList:
    at = shift.clock.now() - timedelta(hours=1)
    return HotList(list_id, list_id.upper(), "NCIC", at, count, f"{version:064}", version)


@pytest.fixture
def bringing(patrol: Shift) -> Iterator[Bringing]:
    """A car with a list of two plates and an officer, whose lists come in slices."""
    made = Bringing(patrol)
    yield made
    made.bringer.stop()


@pytest.mark.clause("HOT-1")
def test_a_whole_list_comes_in_slices_and_replaces_the_one_before(bringing: Bringing) -> None:
    """It alerts, also after a restart; another list stays; of the one before nothing is left in the store."""
    bringing.whole(700, "state")
    hotlist = bringing.whole(20_000, version=2)
    assert {held.list_id: held.count for held in bringing.shift.core.lists} == {"ncic": 20_000, "state": 700}
    assert bringing.alerts("AB19999")
    assert not bringing.alerts("4BXR91")
    rows = bringing.settled()
    assert (rows["blocks"], rows["deliveries"]) == (-(-20_000 // 256) + 3, 2)
    bringing.shift.restart()
    bringing.shift.sign_in()
    assert hotlist in bringing.shift.core.lists
    assert bringing.alerts("AB15000")
    applied = [e for e in bringing.shift.recorded() if e.kind is EventKind.LIST_APPLIED and e.subject == "ncic"]
    assert applied[-1].body["count"] == 20_000


def test_a_list_that_breaks_off_or_says_too_much_leaves_the_one_before_and_nothing_else(bringing: Bringing) -> None:
    """BadInput in the middle, an entry more or less than it says, an older version: the old list goes on alerting."""

    def breaking() -> Iterator[Entry]:
        yield from some(9_000)
        raise BadInput("The list's file is cut off.", "It is fetched again.")

    whole = described(bringing.shift, "ncic", 9_000, 2)
    bad: dict[str, tuple[HotList, Callable[[], Iterator[Entry]]]] = {
        "cut off": (whole, breaking),
        "more": (whole, lambda: some(9_400)),
        "not complete": (whole, lambda: some(8_999)),
        "older": (replace(whole, version=0), lambda: some(9_000)),
    }
    for words, (hotlist, entries) in bad.items():
        with pytest.raises(MdtError, match=words):
            bringing.bringer.arrived(hotlist, map(line_of, entries())).result(60)
        assert [held.count for held in bringing.shift.core.lists] == [2]
    assert bringing.alerts("4BXR91")
    assert bringing.settled()["deliveries"] == 1
    assert "The list's file is cut off." in bringing.told


def test_a_delta_comes_in_slices_and_one_that_does_not_fit_is_refused_by_name(bringing: Bringing) -> None:
    """Entries go and come upon the list in force; another base, or an entry that is not there, changes nothing."""
    base = bringing.whole(5_000)
    gone = list(some(2_500))
    come = [line_of(make_entry(f"{n:05}XY", "CT", entry_id=f"new:{n:05}")) for n in range(300)]
    after = replace(base, count=2_800, version=2, sha256="2" * 64)
    for reason, (digest, goes) in {
        "delta_unfit": ("f" * 64, gone),
        "delta_incomplete": (base.sha256, [*gone, make_entry("ZZ999", "CT")]),
    }.items():
        with pytest.raises(Refused) as refused:
            bringing.bringer.changed(after, digest, goes, come).result(60)
        assert refused.value.reason == reason
    bringing.bringer.changed(after, base.sha256, gone, come).result(60)
    assert [bringing.alerts(plate) for plate in ("AB00001", "AB04999", "00007XY")] == [False, True, True]
    bringing.shift.restart()
    bringing.shift.sign_in()
    assert [bringing.alerts(plate) for plate in ("AB00002", "AB04998", "00008XY")] == [False, True, True]


def test_two_lists_at_once_lose_nothing(bringing: Bringing) -> None:
    """A list that the core puts in force while another is on its way makes that one's index anew."""

    def meanwhile() -> Iterator[Entry]:
        yield from some(3_000, "state")
        other = described(bringing.shift, "local", 1)
        bringing.shift.do(prepared(other, [make_entry("7JKT20", "CT", list_id="local")]))

    bringing.bringer.arrived(described(bringing.shift, "state", 3_000), map(line_of, meanwhile())).result(60)
    assert [bringing.alerts(plate) for plate in ("7JKT20", "AB02999", "4BXR91")] == [True, True, True]


def test_what_was_on_its_way_when_the_program_ended_is_swept_away(patrol: Shift) -> None:
    """A crash in the middle of a delivery leaves blocks that nobody asks for; the next start takes them away."""
    patrol.do(BeginDelivery("cut", "ncic", 3))
    patrol.do(StageDelivery("cut", 0, (b"x" * 9_000, b"y")))
    patrol.restart()
    bringing = Bringing(patrol)
    patrol.do(DropDeliveries())
    assert bringing.settled()["deliveries"] == 1
    assert len(patrol.core.lists) == 1


def test_the_core_answers_while_a_long_list_comes(bringing: Bringing) -> None:
    """Reads are taken all the while; the longest waits far less than the list takes."""
    done = bringing.bringer.arrived(described(bringing.shift, "state", 40_000), map(line_of, some(40_000, "state")))
    began, waits = time.monotonic(), []
    while not done.done():
        start = time.monotonic()
        bringing.shift.do(RecordRead(make_read("ZZ999", captured_at=bringing.shift.clock.now()), Pictures()))
        waits.append(time.monotonic() - start)
    done.result()
    took = time.monotonic() - began
    assert len(waits) > 20
    assert max(waits) < took / 3
    assert any("% are here" in words for words in bringing.told) or took < 2
    assert bringing.told[-1] == ""
