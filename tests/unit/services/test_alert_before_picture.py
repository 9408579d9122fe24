"""An alert does not wait for the whole picture of its read: the hit is on record first, the picture follows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cache.store import CacheStore
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.notices import FaultChanged, HitRaised, Notice, ReadSeen
from mdt_app.domain.reads import Pictures
from tests.fakes.car import KEY, Shift, make_read

PICTURES = Pictures(b"the crop", b"the whole picture" * 1000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def car(path: Path) -> Shift:
    """A car on patrol with a list."""
    made = Shift(path)
    made.prepare()
    yield made
    made.core.stop()


def test_a_hit_is_told_once_it_is_on_record_and_its_picture_is_there_when_the_command_is_done(car: Shift, path: Path):
    """At the alert the hit and the crop are committed; when the command ends, so is the whole picture, each once."""
    seen: list[tuple[int, Pictures]] = []
    told: list[type] = []

    def hear(notice: Notice) -> None:
        told.append(type(notice))
        if isinstance(notice, HitRaised):
            with closing(CacheStore(path, KEY)) as other:
                hits = _count(other)
                with other.transaction() as tx:
                    seen.append((hits, tx.reads.pictures(notice.hit.read.read_id)))

    car.core.subscribe(hear)
    read = make_read("4BXR91")
    car.do(RecordRead(read, PICTURES))
    assert seen == [(1, Pictures(PICTURES.crop, b""))]
    assert [kind for kind in told if kind in (HitRaised, ReadSeen)] == [HitRaised, ReadSeen], "the alert comes first"
    assert car.said(HitRaised)[0].pictures == PICTURES, "the screen has the whole picture at once"
    with closing(CacheStore(path, KEY)) as other, other.transaction() as tx:
        assert tx.reads.pictures(read.read_id) == PICTURES


def test_a_read_without_a_hit_keeps_no_whole_picture(car: Shift, path: Path):
    """Of what is on no list the crop alone is kept."""
    read = make_read("NOHIT1")
    car.do(RecordRead(read, PICTURES))
    with closing(CacheStore(path, KEY)) as other, other.transaction() as tx:
        assert tx.reads.pictures(read.read_id) == Pictures(PICTURES.crop)


def test_a_picture_that_can_not_be_kept_is_a_fault_and_takes_nothing_back(car: Shift, path: Path):
    """The disk goes between record and picture: the alert stands, on record and raised once, and storage is a fault."""
    car.core.subscribe(lambda notice: path.rename(path.with_name("gone")) if isinstance(notice, HitRaised) else None)
    car.do(RecordRead(make_read("4BXR91"), PICTURES))
    (raised,) = car.said(HitRaised)
    assert raised.recorded
    assert car.said(FaultChanged)[-1].words
    assert car.core.uncounted["picture"] == 1
    with pytest.raises(StorageFault):
        car.do(RecordRead(make_read("NOHIT2"), PICTURES))


def _count(store: CacheStore) -> int:
    with closing(store.reader()) as reader:
        return reader.counts()["hits"]
