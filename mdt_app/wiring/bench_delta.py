"""A delta that comes upon a long list while a car is at work: how long it takes, and what reads wait meanwhile.

Core, encrypted store and what brings lists are the car's own. Reads come as on a busy road. A read's wait is from the
moment when it is due until it is matched and on record; a look-up's is the finding alone, in a thread that competes
with all the others. The same waits with nothing coming, in the same run, are what they compare with.
"""

from __future__ import annotations

import gc
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from cache.store import CacheStore
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.errors import MdtError
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import ClockSource, Pictures, Read
from mdt_app.services.clock import SystemClock
from mdt_app.services.core import Core
from mdt_app.services.list_bringer import ListBringer
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.signing import Signer
from mdt_app.sync.delta import make_delta, open_delta, pack_delta, require_base
from mdt_app.wiring.bench_core import bench_policy, bring_account, core_on, sign_in
from ui.garbage import collect_due, spare_what_stays
from ui.turns import give_way_to_qt

CHANGES = 50_000
"""Changes of a delta: half of them entries that go, half entries that come."""
ROUNDS = 3
READS_A_SECOND = 30
_PLATE, _LIMIT_S = "ZZZ9999", 600.0


@dataclass(frozen=True, slots=True)
class DeltaFigures:
    """The slowest of some deltas in seconds, from its file's bytes until reads are matched against what it changed.

    `delta_cpu_s` is the processor time of one, without that of the reads: what a busy machine does not distort as much.
    The longest waits, in milliseconds, while they came and, for as long, with nothing coming.
    """

    delta_s: float
    delta_cpu_s: float
    delta_wait_ms_max: float
    delta_lookup_ms_max: float
    quiet_wait_ms_max: float
    quiet_lookup_ms_max: float


def bench_delta(store: CacheStore, held: Sequence[Entry]) -> DeltaFigures:
    """Measure on a store in whose only list these entries are; they go, others come. The store is closed in the end."""
    with a_car(store) as (core, bringer):
        files = list(_files(core.lists[0], held))
        coming, quiet = Road(core), Road(core)
        with as_in_a_car(), coming.running():
            began = time.process_time()
            took = [_applied(core, bringer, base, file) for base, file in files]
            spent = time.process_time() - began
        with as_in_a_car(), quiet.running():
            began = time.process_time()
            time.sleep(sum(took))
            cpu_s = (spent - (time.process_time() - began)) / ROUNDS
    return DeltaFigures(round(max(took), 3), round(cpu_s, 3), *coming.longest_ms(), *quiet.longest_ms())


@dataclass(slots=True)
class Road:
    """Reads that come at their pace. `waits_s` and `lookups_s` are what each waited."""

    core: Core
    waits_s: list[float] = field(default_factory=list)
    lookups_s: list[float] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have reads come until this is left, and all of them are on record."""
        ended = threading.Event()
        thread = threading.Thread(target=self._run, args=(ended.is_set,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def longest_ms(self) -> tuple[float, float]:
        """The longest waits of a read and of a look-up, in milliseconds."""
        return round(max(self.waits_s) * 1000, 1), round(max(self.lookups_s) * 1000, 1)

    def _run(self, ended: Callable[[], bool]) -> None:
        due, number = time.monotonic(), 0
        while not number or not ended():
            time.sleep(max(0.0, due - time.monotonic()))
            done = self._read(due)
            due, number = due + 1 / READS_A_SECOND, number + 1
            if number % READS_A_SECOND == 0:
                collect_due()
        done.result(_LIMIT_S)

    def _read(self, due: float) -> Future[None]:
        read = Read(SystemClock().new_id(), "L", datetime.now(UTC), ClockSource.SYSTEM, _PLATE, match_key(_PLATE), "CT")
        start = time.perf_counter()
        self.core.index.find(read)
        self.lookups_s.append(time.perf_counter() - start)
        done = self.core.submit(RecordRead(read, Pictures()))
        done.add_done_callback(partial(self._heard, due))
        return done

    def _heard(self, due: float, _: object) -> None:
        self.waits_s.append(time.monotonic() - due)


@contextmanager
def as_in_a_car() -> Iterator[None]:
    """Threads take turns, and garbage is collected, as in the car's window."""
    usual = sys.getswitchinterval()
    give_way_to_qt()
    spare_what_stays()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
        sys.setswitchinterval(usual)


@contextmanager
def a_car(store: CacheStore) -> Iterator[tuple[Core, ListBringer]]:
    """A core with somebody signed in, and what brings lists to it."""
    policy, signer = bench_policy(), Signer(secrets.token_bytes(32))
    core = core_on(store, policy, signer)

    def first_block(delivery: str) -> int:
        with closing(store.reader()) as reader:
            return reader.first_block(delivery)

    core.start()
    bringer = ListBringer(core.submit, lambda: core.index, first_block, lambda _list, _words: None)
    try:
        bring_account(core, policy, signer)
        sign_in(core)
        yield core, bringer
    finally:
        bringer.stop()
        core.stop()


def _files(base: HotList, held: Sequence[Entry]) -> Iterator[tuple[HotList, bytes]]:
    """Give deltas upon each other as their files travel, and the list that each fits."""
    for number in range(ROUNDS):
        gone = held[number::ROUNDS]
        come = [_reversed(entry, number) for entry in gone]
        after = replace(base, version=base.version + 1, sha256=secrets.token_hex(32))
        yield base, pack_delta(make_delta(base, gone, after, come))
        base = after


def _reversed(entry: Entry, number: int) -> Entry:
    """Another entry, with the plate written backwards."""
    plate, key = entry.plate[::-1], entry.key[::-1]
    return replace(entry, entry_id=f"{entry.entry_id}:{number}", plate=plate, key=key)


def _applied(core: Core, bringer: ListBringer, base: HotList, file: bytes) -> float:
    """Take a delta as a car does; return how long that took, in seconds. Raises MdtError when it is not in force."""
    start = time.perf_counter()
    delta = open_delta([file])
    require_base(delta, base)
    bringer.changed(delta.hotlist, base.sha256, delta.removed, delta.added).result(_LIMIT_S)
    took = time.perf_counter() - start
    index = core.index
    if not isinstance(index, PackedIndex) or not all(index.exact(entry.key) for entry in delta.added[::100]):
        raise MdtError("A delta was not in force though it was said to be.", "Report it.")
    return took
