"""Sight and sound of an alert do not wait for the disk; that it is on record is told once it is, and never before."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cache.store import CacheStore
from mdt_app.domain.commands import ConfirmAlertShown, RecordRead
from mdt_app.domain.errors import Refused, StorageFault
from mdt_app.domain.notices import FaultChanged, HitComing, HitRaised, Notice
from mdt_app.domain.reads import Pictures
from mdt_app.services.announcer import Announcer
from tests.fakes.car import KEY, Shift, make_read
from tests.fakes.speakers import Heard

PICTURES = Pictures(b"the crop", b"the whole picture")


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Shift]:
    """A car on patrol with a list."""
    made = Shift(tmp_path / "store.db")
    made.prepare()
    yield made
    made.core.stop()


def on_record(car: Shift) -> int:
    """How many hits another reader of the store finds."""
    with closing(CacheStore(car.path, KEY)) as other, closing(other.reader()) as reader:
        return reader.counts()["hits"]


class DiskFullAtCommit:
    """Lets no file of this process grow from the moment on that the first hit is coming, until it was raised."""

    def __init__(self, store: Path) -> None:
        self._log = store.with_name(store.name + "-wal")
        self._usual, self._met = resource.getrlimit(resource.RLIMIT_FSIZE), False

    def hear(self, notice: Notice) -> None:
        """Between the two notices the store's log is as long as a file may be."""
        if isinstance(notice, HitComing) and not self._met:
            self._met = True
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._log.stat().st_size, self._usual[1]))
        elif isinstance(notice, HitRaised):
            self.end()

    def end(self) -> None:
        """All as usual."""
        resource.setrlimit(resource.RLIMIT_FSIZE, self._usual)


@pytest.mark.clause("ALR-1")
def test_a_hit_is_coming_before_its_commit_and_raised_after_it(car: Shift):
    """The same hit twice: not on record at the first word, on record at the second."""
    told: list[tuple[type, str, int]] = []

    def hear(notice: Notice) -> None:
        if isinstance(notice, HitComing | HitRaised):
            told.append((type(notice), notice.hit.hit_id, on_record(car)))

    car.core.subscribe(hear)
    car.do(RecordRead(make_read("4BXR91"), PICTURES))
    (raised,) = car.said(HitRaised)
    assert told == [(HitComing, raised.hit.hit_id, 0), (HitRaised, raised.hit.hit_id, 1)]
    assert car.said(HitComing)[0].pictures == raised.pictures


@pytest.mark.clause("ALR-1")
def test_a_hit_that_was_coming_and_can_not_be_recorded_is_raised_off_the_record(car: Shift):
    """The disk is full at its commit: the same alert stays, says so, and takes no answer; the next one is recorded."""
    disk = DiskFullAtCommit(car.path)
    car.core.subscribe(disk.hear)
    try:
        with pytest.raises(StorageFault):
            car.do(RecordRead(make_read("4BXR91"), PICTURES))
    finally:
        disk.end()
    (coming,), (raised,) = car.said(HitComing), car.said(HitRaised)
    assert (raised.hit, raised.recorded) == (coming.hit, False)
    assert car.said(FaultChanged)[-1].words
    assert on_record(car) == 0
    with pytest.raises(Refused):
        car.do(ConfirmAlertShown(raised.hit.hit_id, 0.1))
    car.do(RecordRead(make_read("AB12345"), PICTURES))
    assert car.said(HitRaised)[-1].recorded


def test_what_fails_after_the_commit_takes_the_record_back_no_more(car: Shift):
    """Its whole picture is none that could be kept: the hit is on record, and nobody is told that it is not."""
    with pytest.raises((OverflowError, TypeError)):
        car.do(RecordRead(make_read("4BXR91"), Pictures(b"the crop", 10**30)))  # type: ignore[arg-type] # the defect
    assert [raised.recorded for raised in car.said(HitRaised)] == [True]
    assert on_record(car) == 1


def test_what_is_no_new_hit_is_not_told_before_its_commit(car: Shift):
    """One more sighting of a hit, and a plate on no list."""
    for plate in ("4BXR91", "4BXR91", "NOHIT1"):
        car.do(RecordRead(make_read(plate), PICTURES))
    assert len(car.said(HitComing)) == 1


def test_it_sounds_once_and_before_the_commit(car: Shift):
    """Tone and voice come with the first word of it; the second hit sounds again."""
    heard, sounded = Heard(), list[tuple[int, int]]()
    car.core.subscribe(Announcer(heard, heard, str).hear)
    car.core.subscribe(
        lambda n: sounded.append((len(heard.tones), on_record(car))) if isinstance(n, HitComing) else None
    )
    car.do(RecordRead(make_read("4BXR91"), PICTURES))
    car.do(RecordRead(make_read("AB12345"), PICTURES))
    assert sounded == [(1, 0), (2, 1)]
    assert (len(heard.tones), len(heard.said)) == (2, 2)
