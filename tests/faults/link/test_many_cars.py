"""Row 15: two thousand cars come back at once; the control shows that without the bound it is a storm.

In the suite a tenth of them comes back, which storms on no machine, and the bound's control is at its own door; `make
soak` has all of them, and the control with real connections.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import resource
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import insert

from mdt_app.hq.admission import EVENTS as EVENTS_LANE
from mdt_app.hq.admission import LANES, Admission, Bounds, Lane
from mdt_app.hq.tables import tokens
from mdt_app.sync.event_wire import EventBatch, EventMessage
from mdt_app.sync.packing import packed
from tests.fakes.campaign import STEPS
from tests.fakes.headquarters import TLS, ServerProcess, an_event, made

LONG = STEPS > 0
CARS, EVENTS = 2000 if LONG else 200, 5
PULL_S, PUSH_S = 3.5, 8.0
"""The car's own limits of patience (sync/client.py)."""
ALL_WITHIN_S = 90.0
BOUNDLESS = {lane: Bounds(10**6, 10**6, 3600.0) for lane in LANES}


class Unbounded(ServerProcess):
    """Headquarters that takes on whatever comes."""

    @staticmethod
    def altered() -> None:
        """The lanes of its process have no bounds."""
        LANES.update(BOUNDLESS)


@dataclass
class Seen:
    """What the cars saw: answers by status, requests that outlasted their patience, and the most under way at once."""

    answers: Counter[int] = field(default_factory=Counter)
    impatient: int = 0
    home: int = 0


async def request(port: int, head: str, body: bytes, patience_s: float) -> tuple[int, int]:
    """One request on a connection of its own; its status, and the seconds after which to come again."""
    async with asyncio.timeout(patience_s):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(f"{head}\r\nhost: hq\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
            said = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        finally:
            writer.close()
    after = said.partition("retry-after: ")[2].partition("\r\n")[0]
    return int(said.split()[1]), int(after or 0)


async def come_back(port: int, number: int, token: str, body: bytes, seen: Seen) -> None:
    """A car that has its link again: it pulls, it pushes; told to wait, or not answered, it comes again."""
    auth = f"authorization: Bearer {token}\r\ncontent-encoding: gzip\r\nconnection: close"
    pull = (f"GET /v1/cars/car-{number}/accounts HTTP/1.1\r\n{auth}", b"", PULL_S)
    push = (f"POST /v1/cars/car-{number}/events HTTP/1.1\r\n{auth}", body, PUSH_S)
    for asked in (pull, push):
        failures, status = 0, 0
        while status != 200:
            after = 0
            try:
                status, after = await request(port, *asked)
                seen.answers[status] += 1
            except (TimeoutError, OSError, EOFError):
                seen.impatient += 1
            failures += not after
            if status != 200:
                most = 1.0 if after else min(30.0, 0.5 * 2 ** (failures - 1))
                await asyncio.sleep(after + random.uniform(0, most))  # noqa: S311 - jitter, no secret
    seen.home += 1


async def all_at_once(port: int, words: list[str], bodies: list[bytes], within_s: float) -> Seen:
    seen = Seen()
    cars = (come_back(port, number, words[number], bodies[number], seen) for number in range(CARS))
    with suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await asyncio.gather(*cars)
    return seen


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[bytes], set[str]]:
    """A headquarters with two thousand cars, and what each of them has to send."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 3 * CARS:
        pytest.skip("This machine does not allow two thousand connections.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 3 * CARS), hard))
    folder = tmp_path_factory.mktemp("fleet")
    there = made(folder)
    words = [f"made-up-token-{number}" for number in range(CARS)]
    hashes = [hashlib.sha256(word.encode()).hexdigest() for word in words]
    rows = [
        {"token_sha256": known, "kind": "car", "holder": f"car-{number}", "role": "", "issued_at": datetime.now(UTC)}
        for number, known in enumerate(hashes)
    ]
    with closing(there.store()) as store, store.writing() as connection:
        connection.execute(insert(tokens), rows)
    events = [[an_event(number=number) for number in range(EVENTS)] for _ in range(CARS)]
    batches = (EventBatch(events=tuple(map(EventMessage.of, batch))) for batch in events)
    bodies = [packed(batch.model_dump_json().encode()) for batch in batches]
    return folder, words, bodies, {event.event_id for batch in events for event in batch}


def test_cars_that_come_back_at_once_are_given_turns(fleet: tuple[Path, list[str], list[bytes], set[str]]) -> None:
    """Each request is answered within the car's patience, none with 5xx; all are home with every event, once."""
    folder, words, bodies, ids = fleet
    server = ServerProcess(folder)
    try:
        seen = asyncio.run(all_at_once(server.port, words, bodies, ALL_WITHIN_S))
    finally:
        server.kill()
    assert seen.home == CARS
    assert set(seen.answers) <= {200, 429}
    assert seen.impatient <= CARS // 10
    kept = made(folder).on_record()
    assert sorted(kept) == sorted(ids)


async def most_at_once(bounds: Mapping[str, Bounds], count: int) -> int:
    """So many requests come in the same moment: how many of them are worked on at once, at most."""
    working = most = 0

    async def app(scope: object, receive: object, send: Callable[[object], Awaitable[None]]) -> None:
        nonlocal working, most
        working, most = working + 1, max(most, working + 1)
        await asyncio.sleep(0.002)
        working -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    transport = httpx2.ASGITransport(Admission(app, bounds))
    async with httpx2.AsyncClient(transport=transport, base_url="http://hq", verify=TLS) as http:
        answers = await asyncio.gather(*(http.post(f"/v1/cars/car-{n}/events", content=b"{}") for n in range(count)))
    assert {answer.status_code for answer in answers} <= {200, 429}
    return most


@pytest.mark.parametrize("bounded", [True, False], ids=["as it is", "without the bound"])
def test_row_15_a_headquarters_that_takes_on_whatever_comes_is_found_out(bounded: bool) -> None:
    """The peak is bounded; negative control: with the bound taken out the same check fails."""
    peak = asyncio.run(most_at_once(LANES if bounded else BOUNDLESS, 150))
    assert (peak <= LANES[EVENTS_LANE].at_once) is bounded


def test_turns_are_spread_and_none_is_so_far_ahead_that_a_wrong_pace_costs_more_than_seconds() -> None:
    """Two thousand that come at once, before any pace is known, are told times within 16 s, no second for too many."""
    lane = Lane(EVENTS_LANE, LANES[EVENTS_LANE], now=lambda: 1000.0)
    told = Counter(lane.after_s() for _ in range(2000))
    assert set(told) == set(range(1, 17))
    assert max(told.values()) <= 2 * 2000 // 16


def test_turns_follow_the_pace_at_which_a_lane_that_is_waited_for_ends_its_requests() -> None:
    """One end each tenth of a second gives ten turns a second; the quiet time between two floods counts for nothing."""
    clock = [1000.0]
    lane = Lane(EVENTS_LANE, Bounds(1, 100, 60.0), now=lambda: clock[0])

    async def flood() -> list[int]:
        waiting = [asyncio.create_task(lane.enter()) for _ in range(60)]
        for entered in waiting:
            assert await entered
            clock[0] += 0.1
            lane.leave()
        return [lane.after_s() for _ in range(50)]

    async def two_floods() -> tuple[int, int]:
        first = await flood()
        clock[0] += 3600.0
        return first[-1], (await flood())[-1]

    assert set(asyncio.run(two_floods())) <= {5, 6}


@pytest.mark.skipif(not LONG, reason="the storm of 2,000 cars runs by `make soak`")
def test_without_the_bound_it_is_a_storm(fleet: tuple[Path, list[str], list[bytes], set[str]]) -> None:
    """Negative control: what waits without bound is worked on when its car has long given up and come again."""
    folder, words, bodies, _ = fleet
    server = Unbounded(folder)
    try:
        seen = asyncio.run(all_at_once(server.port, words, bodies, 20.0))
    finally:
        server.kill()
    assert seen.impatient > CARS // 2
