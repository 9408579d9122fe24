"""A password that takes long to check: the core goes on, and the check's result counts all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mdt_app.domain.commands import LockScreen, RecordRead, UnlockScreen
from mdt_app.domain.errors import Refused, StorageFault
from mdt_app.domain.notices import CommandRefused, Heartbeat, HitRaised
from mdt_app.domain.reads import Pictures
from mdt_app.services.bundles import SignedBundles
from tests.fakes.car import PlainPasswords, Shift, make_read

_LONG_S = 20.0


class SlowPasswords(PlainPasswords):
    """Checks a password when it is let; `broken` fails at it."""

    def __init__(self) -> None:
        self.asked, self.let, self.broken = threading.Event(), threading.Event(), False

    def matches(self, password_hash: str, password: str) -> bool:
        self.asked.set()
        assert self.let.wait(_LONG_S)
        if self.broken:
            raise MemoryError
        return super().matches(password_hash, password)


@pytest.fixture
def passwords() -> SlowPasswords:
    """They begin quick."""
    made = SlowPasswords()
    made.let.set()
    return made


@pytest.fixture
def car(tmp_path: Path, passwords: SlowPasswords) -> Iterator[Shift]:
    """A locked car with its officer, whose next password takes long."""
    shift = Shift(tmp_path / "store.db", passwords=passwords)
    shift.prepare()
    shift.do(LockScreen())
    passwords.let.clear()
    passwords.asked.clear()
    yield shift
    passwords.let.set()
    shift.core.stop()


def test_while_a_password_is_checked_the_heart_beats_and_hits_are_raised(car: Shift, passwords: SlowPasswords):
    """Two beats and a hit come before the check has ended; a second one waits for it, and each has its own result."""
    right, wrong = car.core.submit(UnlockScreen("right")), car.core.submit(UnlockScreen("wrong"))
    assert passwords.asked.wait(_LONG_S)
    beats, ends = len(car.said(Heartbeat)), time.monotonic() + _LONG_S
    car.do(RecordRead(make_read("4BXR91"), Pictures(b"", b"")))
    assert len(car.said(HitRaised)) == 1
    while len(car.said(Heartbeat)) < beats + 2 and time.monotonic() < ends:
        time.sleep(0.02)
    assert len(car.said(Heartbeat)) >= beats + 2
    assert not right.done()
    passwords.let.set()
    assert right.result(_LONG_S) is None
    with pytest.raises(Refused, match="wrong"):
        wrong.result(_LONG_S)


def test_a_check_that_fails_is_told_as_a_defect_and_opens_nothing(car: Shift, passwords: SlowPasswords):
    """Whoever waits hears of it, and the core lives on."""
    passwords.broken = True
    passwords.let.set()
    with pytest.raises(MemoryError):
        car.do(UnlockScreen("right"))
    assert car.said(CommandRefused)[-1].reason == "defect"
    passwords.broken = False
    car.do(UnlockScreen("right"))


def test_accounts_that_break_whoever_reads_them_are_told_and_the_core_lives_on(car: Shift, passwords: SlowPasswords):
    """What breaks before a password is weighed is a defect of that command alone, not the core's end."""
    passwords.let.set()

    def broken(*_: object) -> None:
        raise RuntimeError("accounts")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SignedBundles, "read", broken)
        with pytest.raises(RuntimeError, match="accounts"):
            car.do(UnlockScreen("right"))
    assert car.said(CommandRefused)[-1].reason == "defect"
    car.do(UnlockScreen("right"))


def test_a_core_that_ends_refuses_what_is_still_checked(car: Shift, passwords: SlowPasswords):
    """Nobody waits for a sign-in that never comes."""
    waits = car.core.submit(UnlockScreen("right"))
    assert passwords.asked.wait(_LONG_S)
    ending = threading.Thread(target=car.core.stop)
    ending.start()
    passwords.let.set()
    ending.join(_LONG_S)
    with pytest.raises(StorageFault, match="ending"):
        waits.result(_LONG_S)
