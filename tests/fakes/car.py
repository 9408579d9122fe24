"""A car for tests: a core on a real store, with accounts, a list, and reads from the road."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from cache.store import CacheStore
from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.commands import ApplyAccounts, Command, SignIn
from mdt_app.domain.events import Event
from mdt_app.domain.hotlist import Entry, HotList, Vehicle
from mdt_app.domain.notices import Notice
from mdt_app.domain.plates import match_key
from mdt_app.domain.policy import Policy, Ruled
from mdt_app.domain.ports import Passwords
from mdt_app.domain.reads import ClockSource, Read
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery
from mdt_app.domain.sign_in import AccountBundle
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.clock import SystemClock
from mdt_app.services.context import Identity
from mdt_app.services.core import Core
from mdt_app.services.list_blocks import prepared
from mdt_app.services.policies import load_policy
from mdt_app.services.second_factor import TotpSecondFactor
from mdt_app.services.security_keys import FidoSecurityKeys
from mdt_app.services.signing import Signer
from mdt_app.sync.account_wire import AccountBundleMessage

KEY = bytes(range(32))


class StandingClock(SystemClock):
    """A clock that is moved by hand, the time of day and the monotonic one apart; ids are the real ones."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
        self.passed_s = 0.0

    def now(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> None:
        self.time += timedelta(**span)

    def monotonic(self) -> float:
        return super().monotonic() + self.passed_s

    def pass_time(self, hours: float) -> None:
        """Let time pass by the clock that nobody can set."""
        self.passed_s += hours * 3600


class PlainPasswords:
    """Compares in the clear, so that tests of other things need not wait for Argon2id."""

    def matches(self, password_hash: str, password: str) -> bool:
        return password_hash == password


def without_codes(policy: Policy) -> Policy:
    """The policy without a second factor: tests of other things sign in again and again within one time step."""
    return replace(policy, sign_in=replace(policy.sign_in, second_factor=Ruled(False, "test")))


class Shift:
    """A core on a real store, with all that it said and asked kept for the test."""

    def __init__(self, path: Path, policy: Policy | None = None, passwords: Passwords | None = None) -> None:
        self.path, self.clock, self._passwords = path, StandingClock(), passwords or PlainPasswords()
        self.policy = policy or without_codes(load_policy("postc"))
        self.notices: list[Notice] = []
        self.asked: list[RecordsQuery] = []
        self.confirmations: list[ConfirmationQuery] = []
        self._boot()

    def _boot(self) -> None:
        if not self.path.exists():
            # As a store that is opened for the first time, whose tables hundreds of tests would else each make.
            self.path.write_bytes(_new_store())
        self.store = CacheStore(self.path, KEY)
        self.core = Core(
            self.store,
            self.clock,
            self.policy,
            Identity("CAR12", "CT0056700"),
            self._passwords,
            TotpSecondFactor(),
            FidoSecurityKeys(),
            SignedBundles(SIGNER.public),
            self,
        )
        self.core.subscribe(self.notices.append)
        self.core.start()

    def ask(self, query: RecordsQuery) -> None:
        self.asked.append(query)

    def confirm(self, query: ConfirmationQuery) -> None:
        self.confirmations.append(query)

    def do(self, command: Command) -> None:
        self.core.submit(command).result(10)

    def restart(self) -> None:
        self.core.stop()
        self._boot()

    def recorded(self) -> list[Event]:
        """The events that wait for headquarters, the oldest first: all that was put on record so far."""
        with closing(self.store.reader()) as reader:
            return [row.event for row in reader.outbox.pending(1000)]

    def said(self, kind: type) -> list:
        return [notice for notice in self.notices if isinstance(notice, kind)]

    def sign_in(self) -> None:
        self.do(SignIn("rdoe", "right", notice_acknowledged=True))

    def prepare(self) -> None:
        """Accounts and a list are there, and the officer is signed in."""
        self.do(issued(officer(), at=self.clock.now()))
        self.prepare_lists()
        self.sign_in()

    def prepare_lists(self) -> None:
        """A list with two plates is in force."""
        entries = (make_entry("4BXR91", "CT"), make_entry("AB12345", "CT", vehicle=Vehicle()))
        extracted = self.clock.now() - timedelta(hours=3, minutes=12)
        self.do(prepared(HotList("ncic", "NCIC", "NCIC", extracted, len(entries), "0" * 64), entries))


@cache
def _new_store() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        CacheStore(Path(folder) / "store.db", KEY).close()
        return (Path(folder) / "store.db").read_bytes()


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


SIGNER = Signer(bytes(range(32, 64)))
"""Headquarters' key of the tests."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_ISSUES = count(1)
TRAINED = frozenset(load_policy("postc").training)


def officer(user_id: str = "rdoe", **changes) -> Account:
    """A trained officer whose password is 'right'."""
    made = Account(user_id, f"Ofc. {user_id}", Role.OFFICER, "right", totp_secret=SECRET, training=TRAINED)
    return replace(made, **changes)


def issued(*accounts: Account, at: datetime, car_id: str = "CAR12", signer: Signer = SIGNER) -> ApplyAccounts:
    """Accounts as headquarters signs them for a car."""
    # Each is issued after the one before, also within a test's standing moment.
    bundle = AccountBundle(car_id, at + timedelta(microseconds=next(_ISSUES)), accounts, b"\x07" * 32)
    content = AccountBundleMessage.of(bundle).model_dump_json().encode()
    return ApplyAccounts(content, signer.sign(content))
