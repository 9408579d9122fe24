"""The cars of `mdt bench sync`: enrolled, with their device keys and signed trails, and the car's own client.

Their plates and what they do are made up; enrolment, TLS, signatures, chains and batches are the real ones.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mdt_app.domain.audit import GENESIS, link
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import signed_head
from mdt_app.services.clock import SystemClock
from mdt_app.services.logs import configure_logs
from mdt_app.sync.client import HqBusy, HqClient, HqUnreachable
from mdt_app.sync.enrol import enrol
from mdt_app.sync.event_wire import HeadMessage
from mdt_app.sync.identity import CarIdentity

BATCH = 100
"""Events in a batch: what a car on a sound link sends at once."""
_TRAIL_EVERY = 50
"""One event in so many is a record of use with its link in the trail; the others are bulk reads."""
_AGAIN_EVERY = 20
"""One batch in so many is sent twice, as after a lost reply."""
_SAMPLED = 10
"""Batches by which the bytes on the wire are measured."""
_RETRY_S, _RETRY_MOST_S = 0.5, 10.0

Row = tuple[Event, ChainLink | None]


@dataclass(frozen=True, slots=True)
class CarsOrder:
    """What one process of cars does: headquarters' address, each car's id and code, and events for each."""

    url: str
    codes: Sequence[tuple[str, str]]
    events: int


@dataclass(slots=True)
class CarsResult:
    """What became of it. Times in seconds: `began` and `ended` by the system's monotonic clock."""

    ids: list[str] = field(default_factory=list)
    acks_s: list[float] = field(default_factory=list)
    repeats: int = 0
    later: int = 0
    failures: int = 0
    began: float = 0.0
    ended: float = 0.0
    sampled: int = 0
    sampled_bytes: int = 0


class MemoryVault:
    """Keeps the made-up car's identity for as long as the measurement lasts."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        """As KeyVault says."""
        return self._kept.get(name)

    def write(self, name: str, value: bytes) -> None:
        """As KeyVault says."""
        self._kept[name] = value


@dataclass(frozen=True, slots=True)
class _Batch:
    rows: list[Row]
    head: HeadMessage | None


class _Car:
    """One car with its trail."""

    def __init__(self, url: str, car_id: str, code: str) -> None:
        self._trail = Ed25519PrivateKey.generate()
        self._public = self._trail.public_key().public_bytes_raw().hex()
        self.identity = enrol(url, code, MemoryVault(), audit_key=self._public)
        self.car_id, self._clock = car_id, SystemClock()
        self._sequence, self._digest = 0, GENESIS
        self._random = random.Random(car_id)  # noqa: S311 - made-up plates

    def batches(self, events: int) -> list[_Batch]:
        """Make so many events, in batches with the signed head of their time."""
        found = []
        for start in range(0, events, BATCH):
            rows = [self._row(number) for number in range(start, min(start + BATCH, events))]
            head = signed_head(self._trail, self._sequence, self._digest) if self._sequence else None
            found.append(_Batch(rows, HeadMessage.of(head, self._public) if head else None))
        return found

    def _row(self, number: int) -> Row:
        if number % _TRAIL_EVERY == _TRAIL_EVERY - 1:
            event = self._event(EventKind.ALERT_SHOWN, {"delay_s": 0.084})
            chain = link(event, b"made-up key", self._sequence + 1, self._digest)
            self._sequence, self._digest = chain.sequence, chain.digest
            return event, chain
        plate = "".join(self._random.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=7))
        about = {"state": "CT", "confidence": round(self._random.uniform(0.8, 1.0), 4), "camera": "front-left"}
        return self._event(
            EventKind.READ, {"plate": plate, **about, "captured_at": datetime.now(UTC).isoformat()}
        ), None

    def _event(self, kind: EventKind, body: dict[str, Any]) -> Event:
        clock = self._clock
        return Event(clock.new_id(), kind, clock.now(), clock.source(), "officer1", self.car_id, clock.new_id(), body)


def drive(order: CarsOrder, ready: Any, go: Any, results: Any) -> None:
    """Be a process of cars: enrol, tell `ready`, wait for `go`, send everything, and put a CarsResult."""
    configure_logs()
    cars = [_Car(order.url, car_id, code) for car_id, code in order.codes]
    work = [(car, car.batches(order.events)) for car in cars]
    sample = cars[0].batches(_SAMPLED * BATCH)
    result, lock = CarsResult(), threading.Lock()
    ready.release()
    go.wait()
    result.began = time.monotonic()
    threads = [threading.Thread(target=_drain, args=(car, batches, result, lock)) for car, batches in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.ended = time.monotonic()
    _sample(cars[0], sample, result)
    for batch in (*(batch for _, batches in work for batch in batches), *sample):
        result.ids += [event.event_id for event, _ in batch.rows]
    results.put(result)


def _drain(car: _Car, batches: Sequence[_Batch], result: CarsResult, lock: threading.Lock) -> None:
    with _client(car.identity) as client:
        for batch in batches:
            again = random.randrange(_AGAIN_EVERY) == 0  # noqa: S311 - a measurement's choice
            for _ in range(1 + again):
                began = time.monotonic()
                _push(client, batch, result, lock)
                with lock:
                    result.acks_s.append(time.monotonic() - began)
            result.repeats += again * len(batch.rows)


def _push(client: HqClient, batch: _Batch, result: CarsResult, lock: threading.Lock) -> None:
    """Send until it is confirmed, as the car's worker does: told to wait, or after a failure with full jitter."""
    failures = 0
    while True:
        try:
            receipt = client.push_events(batch.rows, head=batch.head)
        except HqUnreachable as fault:
            busy = isinstance(fault, HqBusy)
            with lock:
                result.later += busy
                result.failures += not busy
            failures += not busy
            most = 1.0 if isinstance(fault, HqBusy) else min(_RETRY_MOST_S, _RETRY_S * 2 ** (failures - 1))
            after_s = fault.after_s if isinstance(fault, HqBusy) else 0.0
            time.sleep(after_s + random.uniform(0.0, most))  # noqa: S311 - jitter, no secret
            continue
        if receipt.refused:
            raise AssertionError(f"headquarters refuses a made-up event: {receipt.refused[0].reason}")
        return


def _sample(car: _Car, batches: Sequence[_Batch], result: CarsResult) -> None:
    """Send over a relay that counts what the car puts on the wire: handshake, headers, bodies."""
    with _counting(int(car.identity.headquarters.rpartition(":")[2])) as (port, counted):
        with _client(car.identity, f"https://127.0.0.1:{port}") as client:
            for batch in batches:
                client.push_events(batch.rows, head=batch.head)
        result.sampled_bytes = sum(counted)
    result.sampled = sum(len(batch.rows) for batch in batches)


def _client(identity: CarIdentity, url: str | None = None) -> HqClient:
    return HqClient(url or identity.headquarters, identity.car_id, identity.token, identity=identity)


@contextmanager
def _counting(port: int) -> Iterator[tuple[int, list[int]]]:
    """Relay one connection to a port of this machine; give the relay's own port and the sizes of what went up."""
    counted: list[int] = []

    def relay() -> None:
        with (
            suppress(OSError),
            closing(listener.accept()[0]) as car,
            socket.create_connection(("127.0.0.1", port)) as hq,
        ):
            back = threading.Thread(target=_pass, args=(hq, car, []), daemon=True)
            back.start()
            _pass(car, hq, counted)
            back.join()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=relay, daemon=True)
        thread.start()
        yield listener.getsockname()[1], counted
        thread.join()


def _pass(source: socket.socket, target: socket.socket, counted: list[int]) -> None:
    with suppress(OSError):
        while content := source.recv(1 << 16):
            counted.append(len(content))
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
