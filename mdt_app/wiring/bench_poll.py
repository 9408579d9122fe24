"""`mdt bench poll`: what cars that have nothing to tell cost headquarters.

Headquarters is `mdt hq serve` in a process of its own, over TLS and its embedded file, with a list and accounts. The
cars are the car's own client and sync, each with its certificate, as many threads of this process; they have pulled
everything when the measurement begins. `--every-time` is a car that asks for each subject in each turn, as cars did
before there was one question for all. The processor time is the server's alone, read from /proc (Linux).
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import MdtError
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.orders import Order
from mdt_app.domain.sync_messages import AccountsArrived, ListArrived, OutboxRow, SyncMessage
from mdt_app.hq.accounts import add_account
from mdt_app.hq.lists import replace_list
from mdt_app.hq.main import public_key
from mdt_app.hq.store import open_store
from mdt_app.sync.client import HqClient
from mdt_app.sync.enrol import enrol
from mdt_app.sync.freshness import Freshness
from mdt_app.sync.identity import CarIdentity
from mdt_app.sync.list_word import ListWord
from mdt_app.sync.news import NewsBoard
from mdt_app.sync.news_wire import Subject
from mdt_app.sync.orders import OrderFollower
from mdt_app.sync.pace import Pace
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.sync.worker import SyncWorker
from mdt_app.wiring.bench_cars import MemoryVault
from mdt_app.wiring.bench_machine import children_cpu_s
from mdt_app.wiring.bench_sync import EMBEDDED, Place, codes, made
from mdt_app.wiring.own_servers import serve_own

_ACCOUNTS, _ENTRIES = 200, 10_000
_SETTLED_AFTER_S, _SETTLED_WITHIN_S, _LOOK_S = 11.0, 120.0, 0.2
_FLEET, _FEW = 2_000, 8


@dataclass(frozen=True, slots=True)
class PollFigures:
    """What was measured. Processor time in ms a second: `fixed` whatever the number of cars, and for each car.

    It is the difference between a few cars and all; `cores_for_2000` is what follows for a fleet of that size.
    """

    cars: int
    seconds: float
    every_time: bool
    requests_per_car_s: float
    server_ms_fixed_s: float
    server_ms_per_car_s: float
    cores_for_2000: float


class _Counted(HqClient):
    """The car's client, which counts its requests."""

    calls = 0

    @contextlib.contextmanager
    def _calling(self) -> Iterator[httpx2.Client]:
        self.calls += 1
        with super()._calling() as http:
            yield http


class _Nothing:
    """An outbox without a row."""

    def pending(self, limit: int) -> list[OutboxRow]:  # noqa: ARG002 - the port's name
        """As OutboxPort says."""
        return []

    def confirm(self, event_ids: Iterable[str]) -> None:
        """As OutboxPort says."""

    def park(self, event_id: str, reason: str) -> None:
        """As OutboxPort says."""

    def count(self) -> int:
        """As OutboxPort says."""
        return 0

    def close(self) -> None:
        """As OutboxPort says."""


class _Idle:
    """One idle car."""

    def __init__(self, identity: CarIdentity, key: str, *, every_time: bool) -> None:
        self.client = _Counted(identity.headquarters, identity.car_id, identity.token, identity=identity)
        self._lists: dict[str, HotList] = {}
        self._accounts = False
        fresh = Freshness("The news", "It is asked again.")
        news = None if every_time else NewsBoard(self.client, identity.car_id, key, fresh)
        follow = OrderFollower(self.client, identity.car_id, key, _obey).turn
        self.worker = SyncWorker(
            self.client,
            _Nothing(),
            self._hear,
            word=ListWord(identity.car_id, key),
            known_lists=lambda: self._lists,
            pace=Pace(check_threads=0),
            before_all=news.when_new(Subject.ORDERS, follow) if news else follow,
            news=news,
        )

    @property
    def furnished(self) -> bool:
        """Whether it has pulled everything."""
        return bool(self._lists) and self._accounts

    def _hear(self, message: SyncMessage) -> None:
        self._accounts = self._accounts or isinstance(message, AccountsArrived)
        if isinstance(message, ListArrived):
            for _ in message.entries:
                pass
            self._lists[message.hotlist.list_id] = message.hotlist


def bench_poll(cars: int, seconds: float, *, every_time: bool) -> PollFigures:
    """Measure it. Raises MdtError when headquarters does not start."""
    with ExitStack() as stack:
        place = stack.enter_context(made(EMBEDDED))
        _furnish(place)
        url = f"https://127.0.0.1:{serve_own(stack, 'hq', 'serve', '--folder', str(place.folder), '--key-file')}"
        key = public_key(place.key)
        idle = [_Idle(enrol(url, code, MemoryVault()), key, every_time=every_time) for _, code in codes(place, cars)]
        few = _measured(stack, idle, range(_FEW), seconds)
        all_ = _measured(stack, idle, range(_FEW, cars), seconds)
    per_car = (all_.cpu_s - few.cpu_s) / (cars - _FEW) / seconds
    fixed = all_.cpu_s / seconds - per_car * cars
    return PollFigures(
        cars=cars,
        seconds=seconds,
        every_time=every_time,
        requests_per_car_s=round(all_.calls / cars / seconds, 3),
        server_ms_fixed_s=round(fixed * 1000, 1),
        server_ms_per_car_s=round(per_car * 1000, 3),
        cores_for_2000=round(fixed + per_car * _FLEET, 2),
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    calls: int
    cpu_s: float


def _measured(stack: ExitStack, cars: Sequence[_Idle], new: range, seconds: float) -> _Taken:
    """Start some more cars, spread over a turn as cars on the road are, and measure once they are quiet."""
    for number in new:
        car = cars[number]
        stack.callback(car.client.close)
        stack.callback(car.worker.stop)
        car.worker.start()
        time.sleep(Pace().pull_every_s / len(new))
    running = cars[: new.stop]
    _settle(running)
    calls, cpu_s = _calls(running), children_cpu_s()
    threading.Event().wait(seconds)
    return _Taken(_calls(running) - calls, children_cpu_s() - cpu_s)


def _settle(cars: Sequence[_Idle]) -> None:
    """Wait until every car has everything, and then until those that pulled last have gone quiet."""
    deadline = time.monotonic() + _SETTLED_WITHIN_S
    while not all(car.furnished for car in cars):
        if time.monotonic() > deadline:
            raise MdtError("The cars do not get what they pull.", "Take fewer, or a quieter machine.")
        time.sleep(_LOOK_S)
    time.sleep(_SETTLED_AFTER_S)


def _calls(cars: Iterable[_Idle]) -> int:
    return sum(car.client.calls for car in cars)


def _obey(_order: Order) -> str:
    return ""


def _furnish(place: Place) -> None:
    """A list and accounts, so that an answer has its usual size."""
    entries = [
        Entry(f"bench:{number}", "bench", "stolen_vehicle", f"B{number:06}", f"B{number:06}", "CT")
        for number in range(_ENTRIES)
    ]
    hotlist = describe_list("bench", "Bench", "BENCH", datetime.now(UTC), entries, 1)
    with closing(open_store(place.folder, database=place.database, key=place.key)) as store:
        replace_list(store, "bench", pack_list(hotlist, entries))
        for number in range(_ACCOUNTS):
            add_account(store, Account(f"user{number}", f"User {number}", Role.OFFICER, "no password"), "bench")
