"""A car for tests: a core on a real store, with accounts, a list, and reads from the road."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cache.store import CacheStore
from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.commands import ApplyAccounts, ApplyHotList, Command, SignIn
from mdt_app.domain.hotlist import Entry, HotList, Vehicle
from mdt_app.domain.notices import Notice
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy
from mdt_app.domain.reads import ClockSource, Read
from mdt_app.domain.records_check import RecordsQuery
from mdt_app.services.clock import SystemClock
from mdt_app.services.context import Identity
from mdt_app.services.core import Core
from mdt_app.services.policies import load_policy

KEY = bytes(range(32))


class StandingClock(SystemClock):
    """A clock whose time of day is moved by hand; ids and durations are the real ones."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> None:
        self.time += timedelta(**span)


class PlainPasswords:
    """Compares in the clear, so that tests of other things need not wait for Argon2id."""

    def matches(self, password_hash: str, password: str) -> bool:
        return password_hash == password


class Shift:
    """A core on a real store, with all that it said and asked kept for the test."""

    def __init__(self, path: Path, policy: Policy | None = None) -> None:
        self.path, self.clock = path, StandingClock()
        self.policy = policy or load_policy("postc")
        self.notices: list[Notice] = []
        self.asked: list[RecordsQuery] = []
        self._boot()

    def _boot(self) -> None:
        self.store = CacheStore(self.path, KEY)
        self.core = Core(self.store, self.clock, self.policy, Identity("CAR12", "CT0056700"), PlainPasswords(), self)
        self.core.subscribe(self.notices.append)
        self.core.start()

    def ask(self, query: RecordsQuery) -> None:
        self.asked.append(query)

    def do(self, command: Command) -> None:
        self.core.submit(command).result(10)

    def restart(self) -> None:
        self.core.stop()
        self._boot()

    def said(self, kind: type) -> list:
        return [notice for notice in self.notices if isinstance(notice, kind)]

    def sign_in(self) -> None:
        self.do(SignIn("rdoe", "right", notice_acknowledged=True))

    def prepare(self) -> None:
        """Accounts and a list are there, and the officer is signed in."""
        self.do(ApplyAccounts((Account("rdoe", "R. Doe", Role.OFFICER, "right"),)))
        entries = (make_entry("4BXR91", "CT"), make_entry("AB12345", "CT", vehicle=Vehicle()))
        extracted = self.clock.now() - timedelta(hours=3, minutes=12)
        self.do(ApplyHotList(HotList("ncic", "NCIC", "NCIC", extracted, len(entries), "0" * 64), entries))
        self.sign_in()


def make_entry(plate: str, state: str, **changes) -> Entry:
    entry = Entry(
        entry_id=f"ncic:{plate}",
        list_id="ncic",
        category="stolen_vehicle",
        plate=plate,
        key=match_key(plate),
        state=state,
        vehicle=Vehicle("2014", "FORD", "FUS", "4D", "BLK"),
        nic="V123456789",
        ori="CT0056700",
    )
    return replace(entry, **changes)


def make_read(plate: str, state: str | None = "CT", *, captured_at: datetime | None = None) -> Read:
    return Read(
        read_id=SystemClock().new_id(),
        camera_id="L",
        captured_at=captured_at or datetime(2026, 11, 22, 21, 14, tzinfo=UTC),
        clock=ClockSource.SYSTEM,
        raw_text=plate,
        key=match_key(plate),
        state=state,
        confidence=0.97,
    )
