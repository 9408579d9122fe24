"""Rows 24 and 27 for the position: gone, wild, stale, and a long shift; each with its negative control."""

from __future__ import annotations

import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo terminals are not there on Windows", allow_module_level=True)

from devices.position.device import PositionOrder, run_position
from devices.position.fixes import FixMaker
from devices.position.nmea import NmeaReader
from mdt_app.domain.devices import DeviceHealth, DeviceState
from mdt_app.domain.position import LIVE_S, LastFix, PositionFix, Whereabouts
from tests.fakes.receivers import NOON, PtyReceiver, burst

PATIENCE_S = 30.0
HOME = 41.7012


class Screen:
    """What a screen shows: it asks `last` for the place all the time and keeps what it was told was live."""

    def __init__(self, last: LastFix) -> None:
        self._last, self.health = last, []
        self.told_live: list[float] = []
        self.wrong = 0
        """Times a place was called live that was none, or that was older than a live one may be."""
        self.receiver_good = True
        self._good_s = 0.0

    def hear(self, message: object) -> None:
        if isinstance(message, DeviceHealth):
            self.health.append(message)
        elif isinstance(message, PositionFix):
            self._last.hear(message, time.monotonic())

    def look(self) -> Whereabouts | None:
        """Look once; whatever is called live has to be near home and from a receiver that was good just now."""
        now = time.monotonic()
        self._good_s = now if self.receiver_good else self._good_s
        shown = self._last.at(now)
        if shown is not None and shown.live:
            far = abs(shown.fix.lat - HOME) > 0.1
            self.wrong += far or now - self._good_s > LIVE_S + 1.0
        return shown


class NaiveLastFix(LastFix):
    """Negative control: the last place is always live, as a program does that only keeps the last position."""

    def at(self, now_s: float) -> Whereabouts | None:
        known = super().at(now_s)
        return Whereabouts(known.fix, 0.0, live=True) if known else None


class Drive:
    """A receiver on a pseudo terminal, the device in a thread, and a screen that looks at it."""

    def __init__(self, receiver: PtyReceiver, last: LastFix, way: Callable[[Drive], None] | None) -> None:
        self.receiver, self.screen, self.way = receiver, Screen(last), way
        self._ending = threading.Event()
        order = PositionOrder("position", str(receiver.path))
        self._thread = threading.Thread(target=run_position, args=(order, self.screen.hear, self._ending))
        self._thread.start()

    def close(self) -> None:
        self._ending.set()
        self._thread.join()


def until(
    drives: list[Drive], condition: Callable[[Whereabouts | None], object], say: Callable[[Drive], None] | None = None
) -> None:
    """Look at all screens, while each receiver says something four times a second, until the condition held for all."""
    end, due, waiting = time.monotonic() + PATIENCE_S, 0.0, list(drives)
    while waiting:
        assert time.monotonic() < end, f"waited in vain; {waiting[0].screen.health[-1:]}"
        if say is not None and time.monotonic() >= due:
            due = time.monotonic() + 0.25
            for one in drives:
                say(one)
        shown = {id(one): one.screen.look() for one in drives}
        waiting = [one for one in waiting if not condition(shown[id(one)])]
        time.sleep(0.01)


@pytest.fixture
def drive(tmp_path) -> Iterator[Callable[..., Drive]]:
    receivers, started = [], []

    def start(last: LastFix, way: Callable[[Drive], None] | None = None) -> Drive:
        receivers.append(PtyReceiver(tmp_path, f"ttyGPS{len(receivers)}"))
        started.append(Drive(receivers[-1], last, way))
        return started[-1]

    yield start
    for one in started:
        one.close()
    for receiver in receivers:
        receiver.unplug()


def live(shown: Whereabouts | None) -> bool:
    return shown is not None and shown.live


def aged(shown: Whereabouts | None) -> bool:
    return shown is not None and shown.age_s > LIVE_S + 1.5


def start_well(*drives: Drive) -> None:
    """Drive until the screens show a live place."""
    begin = time.monotonic()

    def say(one: Drive) -> None:
        passed = timedelta(seconds=(time.monotonic() - begin) * 4)
        one.receiver.say(burst(datetime.now(UTC) + passed, HOME))

    until(list(drives), live, say)


def go_silent(one: Drive) -> None:
    """Nothing comes any more."""


def go_void(one: Drive) -> None:
    """It speaks on, without a fix, as in a tunnel."""
    one.receiver.say(burst(datetime.now(UTC), valid=False))


def go_stale(one: Drive) -> None:
    """It hangs and says the same moment for ever."""
    one.receiver.say(burst(NOON, HOME))


def go_noisy(one: Drive) -> None:
    """Its line is broken."""
    one.receiver.say(b"\xff\x00$GP" * 40)


WAYS = (go_silent, go_void, go_stale, go_noisy)


def test_a_position_that_is_gone_is_never_live(drive):
    """Silent, void, stale or noisy: within seconds the place is no longer live, its age is shown, and it is a fault."""
    drives = [drive(LastFix(), way) for way in WAYS]
    start_well(*drives)
    for one in drives:
        one.screen.receiver_good = False
    until(drives, aged, lambda one: one.way(one))
    for one in drives:
        assert one.screen.wrong == 0
        assert one.screen.health[-1].state is DeviceState.FAULT
        assert "the last one is" in one.screen.health[-1].detail
        one.screen.receiver_good = True
    start_well(*drives)


def test_a_wild_position_is_never_shown(drive):
    """Places that jump about the country are not shown as where the car is, and are counted."""
    one, moments = drive(LastFix()), iter(range(10_000))
    start_well(one)

    def jump(one: Drive) -> None:
        number = next(moments)
        one.receiver.say(burst(datetime.now(UTC) + timedelta(seconds=number), 30 + number * 7 % 40))

    until([one], lambda _: one.screen.health[-1].skipped >= 8, jump)
    assert one.screen.wrong == 0


def test_a_screen_that_trusts_the_last_place_is_found(drive):
    """Negative control: a program that keeps showing the last place as live is caught by the same looks."""
    one = drive(NaiveLastFix())
    start_well(one)
    one.screen.receiver_good = False
    until([one], lambda _: one.screen.wrong > 0)
    assert one.screen.wrong > 0


def growth(keep: list | None) -> int:
    """Bytes that a quarter of an hour of sentences leaves behind, after two minutes to warm up."""
    reader, maker = NmeaReader(), FixMaker("gps")

    def run(seconds: range) -> None:
        for second in seconds:
            for line in burst(NOON + timedelta(seconds=second), HOME + second * 1e-5).splitlines():
                said = reader.take(line)
                fix = maker.make(said) if said else None
                if keep is not None and fix is not None:
                    keep.append(fix)

    run(range(120))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        run(range(120, 1_020))
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def test_a_quarter_of_an_hour_of_sentences_leaves_nothing_behind():
    """3,600 sentences cost no memory that stays."""
    assert growth(None) < 50_000


def test_the_check_finds_what_is_kept():
    """Negative control: keeping every fix is found by the same measure."""
    assert growth([]) > 50_000
