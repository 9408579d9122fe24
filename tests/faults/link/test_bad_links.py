"""Row 11 over network namespaces: loss, delay, 64 kbit/s, flapping and one-way links; each drains once it heals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace

import pytest

from mdt_app.hq.main import initialise
from mdt_app.hq.serving import serve
from mdt_app.sync.client import HqClient, HqUnreachable
from mdt_app.sync.enrol import enrol
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.bad_link import DOWN, FAIR, UP, BadLink, Weather
from tests.fakes.enrolled import MemoryVault, a_code, client_of
from tests.fakes.headquarters import KEY, ORI, POLICY, Headquarters, MemoryOutbox, Serving, an_event, made

DRAINED_WITHIN_S = 60.0
EVENTS = 150
PACE = Pace(batch_most=50, push_every_s=0.05, pull_every_s=3600.0, retry_base_s=0.2, retry_most_s=2.0)


@pytest.fixture(scope="module")
def link() -> Iterator[BadLink]:
    """The link between car and headquarters."""
    with BadLink() as there:
        yield there


@pytest.fixture(scope="module")
def hq(link: BadLink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """Headquarters at the far end, over TLS."""
    folder = tmp_path_factory.mktemp("far")
    there = made(folder)
    initialise(folder, database=None, key=KEY, agency_ori=ORI, hosts=[link.host])
    with Serving(serve, folder, link.host, 0, key=KEY, switch_address=None, policy=POLICY) as running:
        yield replace(there, url=f"https://{link.host}:{running.port}")


@dataclass
class Driving:
    """A car on the link: what it has to send, and what it sent."""

    link: BadLink
    hq: Headquarters
    client: HqClient
    worker: SyncWorker
    outbox: MemoryOutbox
    sent: list[str]

    def put(self, count: int = EVENTS) -> None:
        for number in range(count):
            event = an_event(number=number, plate="AB12345")
            self.sent.append(event.event_id)
            self.outbox.put(event)
        self.worker.wake()

    def drained_within(self, limit_s: float) -> bool:
        deadline = time.monotonic() + limit_s
        while self.outbox.count() and time.monotonic() < deadline:
            time.sleep(0.02)
        return not self.outbox.count()

    def nothing_lost_or_doubled(self) -> None:
        kept = [one for one in self.hq.on_record() if one in set(self.sent)]
        assert sorted(kept) == sorted(self.sent)
        assert not self.outbox.parked


@pytest.fixture
def car(link: BadLink, hq: Headquarters, request: pytest.FixtureRequest) -> Iterator[Driving]:
    """An enrolled car with its sync running inside the namespace."""
    link.weather = FAIR
    code = a_code(hq, f"car-{abs(hash(request.node.name)) % 10**8}")
    identity = link.inside(lambda: enrol(hq.url, code, MemoryVault()))
    outbox = MemoryOutbox()
    with closing(client_of(identity, timeout_s=4.0)) as client:
        worker = SyncWorker(client, outbox, lambda _message: None, pace=PACE)
        link.inside(worker.start)
        yield Driving(link, hq, client, worker, outbox, [])
        link.weather = FAIR
        worker.stop()


@pytest.mark.parametrize(
    "weather",
    [
        pytest.param(Weather(lost=0.02, delay_s=0.08, jitter_s=0.04), id="2 % lost, 80 to 120 ms"),
        pytest.param(Weather(lost=0.10, delay_s=0.04), id="10 % lost"),
        pytest.param(Weather(lost=0.20, delay_s=0.02), id="20 % lost"),
        pytest.param(Weather(bits_s=64_000, delay_s=0.2), id="64 kbit/s, 200 ms"),
    ],
)
def test_a_poor_link_drains_without_any_healing(car: Driving, weather: Weather) -> None:
    """However poor, the link drains: nothing is stuck, lost or doubled."""
    car.link.weather, lost = weather, car.link.lost
    car.put()
    assert car.drained_within(DRAINED_WITHIN_S)
    assert (car.link.lost > lost) is bool(weather.lost)
    car.nothing_lost_or_doubled()


@pytest.mark.parametrize("shut", [frozenset({DOWN}), frozenset({UP}), frozenset({UP, DOWN})], ids=str)
def test_a_link_that_is_shut_one_way_or_both_drains_once_it_heals(car: Driving, shut: frozenset[int]) -> None:
    """While it is shut the car is told so and keeps everything (the control); 60 s after healing it has drained."""
    car.put(20)
    assert car.drained_within(DRAINED_WITHIN_S)
    car.link.weather = Weather(shut=shut)
    car.put()
    assert not car.drained_within(6.0), "the weather does nothing: the test shows nothing"
    assert car.outbox.count() == EVENTS
    car.link.weather = FAIR
    assert car.drained_within(DRAINED_WITHIN_S)
    car.nothing_lost_or_doubled()


def test_a_flapping_link_drains(car: Driving) -> None:
    """Up for a second, gone for a second, and again, with loss while it is up: nothing is lost or doubled."""
    car.put(3 * EVENTS)
    for _ in range(4):
        car.link.weather = Weather(shut=frozenset({UP, DOWN}))
        time.sleep(1.0)
        car.link.weather = Weather(lost=0.1, delay_s=0.05)
        time.sleep(1.0)
        car.put(10)
    car.link.weather = FAIR
    assert car.drained_within(DRAINED_WITHIN_S)
    car.nothing_lost_or_doubled()


def test_without_the_cars_retries_a_shut_link_stays_undelivered(car: Driving) -> None:
    """Negative control: one push and no retry, as the link shuts: the events are not at headquarters."""
    event = an_event()

    def once() -> bool:
        with suppress(HqUnreachable):
            car.client.push_events([(event, None)])
            return True
        return False

    assert car.link.inside(once)
    event = an_event()
    car.link.weather = Weather(shut=frozenset({UP}))
    assert not car.link.inside(once)
    car.link.weather = FAIR
    assert event.event_id not in car.hq.on_record()
