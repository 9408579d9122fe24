"""How many requests are worked on at once, how many wait, and who is told when to come again.

Each kind of request has a lane, so that a flood of one does not hold up another: an officer's records check does not
wait behind 2,000 cars that come back at once. A lane works on a few requests; a bounded number waits for a bounded
time; everybody else gets 429 with the seconds after which it is their turn. Turns are given out one after the other at
the pace at which a full lane has ended its requests of late, so the cars come back spread out, and the lane is busy all
the while. A turn that was told can't be called back: none is far ahead, so that a pace that was wrong, as the first
must be, costs seconds. Who finds no room when it comes is told anew.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Bounds:
    """A lane's bounds: requests worked on at once, requests that wait, and how long they do (seconds)."""

    at_once: int
    waiting: int
    wait_s: float


EVENTS, CHECKS, REST = "events", "checks", "rest"
LANES: Mapping[str, Bounds] = {
    # Below the car's own limits of patience: 8 s for what it sends, 3.5 s for what it reads.
    EVENTS: Bounds(at_once=4, waiting=96, wait_s=6.0),
    CHECKS: Bounds(at_once=256, waiting=64, wait_s=5.0),
    REST: Bounds(at_once=12, waiting=128, wait_s=2.0),
}
"""Of one worker process. A check waits for the switch and holds neither thread nor connection meanwhile."""

_OPEN = "/v1/health"
"""Asked by whoever balances the load; it is never told to come again."""
_ENDS = {"/events": EVENTS, "/records-checks": CHECKS, "/hit-confirmations": CHECKS}
_AHEAD_BYTES = 1 << 18
"""So much of a body is read before its turn comes: a car on a slow link keeps nobody waiting."""
_AHEAD_S = 16.0
"""Turns are given out so far ahead. Who is beyond that comes back in the second half of it, and is told anew."""
_PACE_S = 0.02
"""From one end of a request to the next, before a full lane has shown its own: rather too slow, as a flood of those
that come again too early takes the time from those that have their turn."""
_PACE_MOST_S = 2.0
_LATEST = 0.1
"""How much the latest end of a request counts in the lane's pace."""


class Lane:
    """One lane. It belongs to one event loop."""

    def __init__(self, name: str, bounds: Bounds, now: Callable[[], float] = time.monotonic) -> None:
        self._name, self._bounds, self._now = name, bounds, now
        self._free = asyncio.Semaphore(bounds.at_once)
        self._waiting = 0
        self._pace_s, self._turn = _PACE_S, 0.0
        self._full_since: float | None = None
        self._later, self._told_at = 0, 0.0

    async def enter(self) -> bool:
        """Wait for a turn; False when too many wait, or when it takes too long."""
        if self._waiting >= self._bounds.waiting:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(self._bounds.wait_s):
                return await self._free.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        """Make room for the next one; from one end to the next of a lane that others wait for, its pace is learned."""
        now = self._now()
        if self._full_since is not None:
            self._pace_s += _LATEST * (min(now - self._full_since, _PACE_MOST_S) - self._pace_s)
        self._full_since = now if self._waiting else None
        self._free.release()

    def after_s(self) -> int:
        """Give out the next turn: in how many seconds it is. A flood is counted in the log, a line a second."""
        now = self._now()
        self._later += 1
        if now - self._told_at >= 1.0:
            log.warning("request.later", lane=self._name, count=self._later)
            self._later, self._told_at = 0, now
        self._turn = max(now, self._turn) + self._pace_s
        if self._turn > now + _AHEAD_S:
            self._turn = now + _AHEAD_S / 2
        return math.ceil(self._turn - now)


class Admission:
    """The application behind its lanes."""

    def __init__(self, app: ASGIApp, bounds: Mapping[str, Bounds] = LANES) -> None:
        self._app = app
        self._lanes = {name: Lane(name, its) for name, its in bounds.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or tell when its turn is."""
        if scope["type"] != "http" or scope["path"] == _OPEN:
            await self._app(scope, receive, send)
            return
        lane = self._lanes[_lane_of(scope["path"])]
        again = await _read_ahead(receive)
        if not await lane.enter():
            await _tell_busy(send, lane.after_s())
            return
        try:
            await self._app(scope, again, send)
        finally:
            lane.leave()


def _lane_of(path: str) -> str:
    return next((lane for end, lane in _ENDS.items() if path.endswith(end)), REST)


async def _read_ahead(receive: Receive) -> Receive:
    """Read a body of usual length; return what gives it, and the rest of a longer one, to the application."""
    read: deque[Message] = deque()
    size, more = 0, True
    while more and size < _AHEAD_BYTES:
        read.append(await receive())
        size += len(read[-1].get("body", b""))
        more = read[-1].get("more_body", False)

    async def again() -> Message:
        return read.popleft() if read else await receive()

    return again


async def _tell_busy(send: Send, after_s: int) -> None:
    content = json.dumps({"reason": "busy", "words": "Headquarters is busy. It is tried again by itself."}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(content)).encode()),
        (b"retry-after", str(after_s).encode()),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": content})
