"""The door's own accounts: each refusal counted with its reason, the log bounded, the latest said on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from structlog.testing import capture_logs

from devices.feeds import door as door_module
from devices.feeds import intake, listener, refusal_log
from devices.feeds.door import Door
from devices.feeds.listener import Health
from devices.feeds.order import FeedSource, ListenerOrder
from devices.feeds.outcomes import Reason

SECRET = "a-secret-of-this-car-1"
SOURCE = FeedSource("pole", "openalpr", ("127.0.0.1",), SECRET)
ORDER = ListenerOrder("feeds", "127.0.0.1", 0, (SOURCE,))
FRAME = (Path(__file__).parent / "payloads" / "openalpr_frame.json").read_bytes()


class Clock:
    """The monotonic clock, which is put on by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    one = Clock()
    for module in (door_module, listener, refusal_log):
        monkeypatch.setattr(module, "time", one)
    return one


@pytest.fixture
def logged() -> Iterator[list]:
    with capture_logs() as lines:
        yield lines


def door_of(post: Callable[[object], None] = lambda _read: None) -> Door:
    return Door(ORDER, post)


def told(door: Door, *bodies: bytes, path: str = "/feed/pole") -> list[tuple[int, list[str]]]:
    """Send payloads; return each answer's status and the reasons in it."""

    async def send() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(door, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://door") as http:
            headers = {"authorization": f"Bearer {SECRET}"}
            return [await http.post(path, content=body, headers=headers) for body in bodies]

    return [(one.status_code, one.json()["refused"]) for one in asyncio.run(send())]


def test_a_reader_that_sends_nothing_but_faults_fills_no_log(clock, logged):
    """Twenty a second for three minutes: a line at once and one a minute, whose last says all of them."""
    door = door_of()
    for _ in range(180):
        told(door, *[b"{"] * 20)
        clock.now += 1
    door.log_refusals(rest=True)
    assert door.readers["pole"].intake.refusals == {Reason.JSON: 3600}
    assert [line["count"] for line in logged] == [1, 1201, 2401, 3600]
    assert {(line["source"], line["reason"]) for line in logged} == {("pole", "json")}


def test_strangers_fill_no_log_either(clock, logged):
    """Nobody's payloads: counted whole, said at once and then each minute, also when no more of them come."""
    door = door_of()
    told(door, *[FRAME] * 50, path="/feed/nobody")
    clock.now += 61
    door.log_refusals()
    door.log_refusals()
    assert [(line["source"], line["reason"], line["count"]) for line in logged] == [("", "path", 1), ("", "path", 50)]


def test_an_error_that_nobody_foresaw_is_counted_and_answered(monkeypatch, logged):
    """The payload is refused with a reason of its own; the log says the error and where, once, and nothing sent."""

    def fail(*_arguments):
        raise ZeroDivisionError("4BXR91")

    monkeypatch.setattr(intake, "read_payload", fail)
    door = door_of()
    assert told(door, FRAME, FRAME) == [(500, ["unforeseen"])] * 2
    assert door.readers["pole"].intake.refusals == {Reason.UNFORESEEN: 2}
    assert [line["event"] for line in logged] == ["feed failed", "feed refused"]
    assert "4BXR91" not in str(logged)
    assert Health(ORDER, door).now().unreadable == 2


def test_a_read_that_could_not_be_handed_on_is_new_when_it_is_told_again():
    """An error behind the door loses no read: the reader is told of it, and its next try is no repeat."""
    fails = [ZeroDivisionError()]
    kept: list[object] = []

    def post(read: object) -> None:
        if fails:
            raise fails.pop()
        kept.append(read)

    door = door_of(post)
    assert told(door, FRAME, FRAME) == [(500, ["unforeseen"]), (200, [])]
    assert (len(kept), door.readers["pole"].intake.reads) == (2, 2)


def test_the_screen_says_the_latest_refusal(clock):
    """Not the most frequent of all time; and nothing any more a minute after it."""
    door = door_of()
    told(door, b"{", b"{", b"{")
    told(door, b"")
    assert Health(ORDER, door).now().detail == "Reader pole: 1 refused (nothing was sent)"
    clock.now += 61
    assert Health(ORDER, door).now().detail == "Reader pole: no word yet"
