"""`mdt bench sync`: cars that bring their events to headquarters, counted one by one on both sides.

Headquarters is `mdt hq serve` with worker processes of its own, over TLS and a database in a new folder; without
another word a PostgreSQL server that is made for the measurement, its commits durable. The cars are processes with
the car's own client (wiring/bench_cars.py): all begin at the same moment and send as fast as they are answered, which
no fleet does. So `events_per_s` is the most that this machine takes in, cars included, and `ack_ms_*` what a batch of
100 events waits when every car sends at once. Bytes are what a car puts into the connection for an event: TLS
handshake and records, HTTP headers, packed bodies; not TCP's and IP's own headers (40 bytes a packet).
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any

from sqlalchemy import select

from cache.keys import forget_key, obtain_key
from mdt_app.domain.errors import MdtError
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.hq.main import initialise
from mdt_app.hq.store import open_store
from mdt_app.hq.tables import events, reads
from mdt_app.wiring.bench_cars import CarsOrder, CarsResult, drive
from mdt_app.wiring.own_servers import serve_own
from mdt_app.wiring.temporary_postgresql import temporary_postgresql

EMBEDDED = "embedded"
"""Instead of a database's address: headquarters' own encrypted file."""
_ORI = "CT0000000"
_DRIVERS = 2
_READY_WITHIN_S, _DONE_WITHIN_S = 300.0, 900.0
_LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class SyncFigures:
    """What was measured. `later` counts the times that a car was told to come again, `failures` broken requests."""

    events: int
    lost: int
    doubled: int
    seconds: float
    events_per_s: int
    bytes_per_event: int
    ack_ms_p50: int
    ack_ms_p99: int
    cars: int
    workers: int
    cores: int
    database: str
    repeated: int
    later: int
    failures: int


@dataclass(frozen=True, slots=True)
class Place:
    """A headquarters that was made for a measurement."""

    folder: Path
    database: str | None
    key: bytes


def bench_sync(cars: int, count: int, database: str | None, workers: int) -> SyncFigures:
    """Measure it. `database` is an empty one's address, EMBEDDED, or None for a PostgreSQL made for this.

    Raises MdtError when something does not start or a car's process fails.
    """
    with ExitStack() as stack:
        place = stack.enter_context(made(database))
        found = _run(stack, place, cars, count, workers)
        ids = Counter(_on_record(place))
    sent = {event_id for result in found for event_id in result.ids}
    sampled = sum(result.sampled for result in found)
    seconds = max(result.ended for result in found) - min(result.began for result in found)
    acks = sorted(ack for result in found for ack in result.acks_s)
    timed = len(sent) - sampled
    return SyncFigures(
        events=timed,
        lost=len(sent - ids.keys()),
        doubled=sum(ids.values()) - len(ids),
        seconds=round(seconds, 2),
        events_per_s=round(timed / seconds),
        bytes_per_event=round(sum(result.sampled_bytes for result in found) / sampled),
        ack_ms_p50=round(acks[len(acks) // 2] * 1000),
        ack_ms_p99=round(acks[int((len(acks) - 1) * 0.99)] * 1000),
        cars=cars,
        workers=workers,
        cores=os.cpu_count() or 0,
        database=EMBEDDED if place.database is None else "postgresql",
        repeated=sum(result.repeats for result in found),
        later=sum(result.later for result in found),
        failures=sum(result.failures for result in found),
    )


@contextmanager
def made(database: str | None) -> Iterator[Place]:
    """Make a headquarters in a new folder, with a database as `bench_sync` has it, until the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mdt-bench-")))
        address = stack.enter_context(temporary_postgresql()) if database is None else database
        key = obtain_key(folder, allow_file=True)
        stack.callback(forget_key, folder)
        place = Place(folder, None if address == EMBEDDED else address, key.raw)
        initialise(folder, database=place.database, key=place.key, agency_ori=_ORI)
        yield place


def _run(stack: ExitStack, place: Place, cars: int, count: int, workers: int) -> list[CarsResult]:
    """Serve, let the cars enrol, and have them all send at once."""
    words = ["--folder", str(place.folder), "--key-file", "--workers", str(workers)]
    words += ["--database", place.database] if place.database else []
    url = f"https://127.0.0.1:{serve_own(stack, 'hq', 'serve', *words)}"
    context = multiprocessing.get_context("spawn")
    ready, go, results = context.Semaphore(0), context.Event(), context.Queue()
    given = codes(place, cars)
    orders = [CarsOrder(url, given[number::_DRIVERS], count // cars) for number in range(min(_DRIVERS, cars))]
    drivers = [context.Process(target=drive, args=(order, ready, go, results), daemon=True) for order in orders]
    for driver in drivers:
        stack.callback(driver.kill)
        driver.start()
    for _ in drivers:
        _awaited(drivers, lambda: ready.acquire(timeout=_LOOK_S), _READY_WITHIN_S)
    go.set()
    return [_awaited(drivers, lambda: _taken(results), _DONE_WITHIN_S) for _ in drivers]


def codes(place: Place, cars: int) -> list[tuple[str, str]]:
    """Give out so many cars' ids and one-time codes."""
    with closing(open_store(place.folder, database=place.database, key=place.key)) as store:
        office = EnrolmentOffice(store, place.key)
        return [(f"car-{number}", office.give_code(f"car-{number}", "bench").code) for number in range(cars)]


def _taken(results: Any) -> CarsResult | None:
    try:
        result: CarsResult = results.get(timeout=_LOOK_S)
    except Empty:
        return None
    return result


def _awaited(drivers: Sequence[Any], ask: Any, within_s: float) -> Any:
    for _ in range(int(within_s / _LOOK_S)):
        if found := ask():
            return found
        if any(driver.exitcode for driver in drivers):
            break
    raise MdtError("The cars of the measurement failed.", "Look at what they said above.")


def _on_record(place: Place) -> list[str]:
    """The ids of all that headquarters has on record, in whichever table."""
    with closing(open_store(place.folder, database=place.database, key=place.key)) as store, store.reading() as holding:
        return [event_id for table in (events, reads) for event_id in holding.scalars(select(table.c.event_id))]
