"""The supervisor over real processes: what dies comes back, what is silent is called so, what ends is ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from devices.speaker import WAITING_MOST, Speaker, Unavailable
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.services.supervisor import DeviceSpec, Supervisor

PATIENCE_S = 20.0


def open_deadly():
    """An output that ends its process on 'die', hangs on 'hang', and fails on 'lost'."""

    def output(text: str) -> None:
        if text == "die":
            os._exit(1)
        if text == "hang":
            time.sleep(60)
        if text == "lost":
            raise Unavailable("The speaker was lost")

    return output


def open_hanging_once(path: Path):
    """An output whose first order hangs, and the next one is noted in the file."""

    def output(text: str) -> None:
        if not path.exists():
            path.touch()
            time.sleep(60)
        path.write_text(text)

    return output


def open_hanging():
    """An output that hangs before it takes its first order."""
    time.sleep(60)


def open_nothing():
    """An output that is not there."""
    raise Unavailable("No speaker was found")


class Watch:
    """A supervisor with one speaking process, and what it said."""

    def __init__(self, open_output: Callable, rate_hz: float = 0.2, *, autostart: bool = True) -> None:
        self.said: list[DeviceHealth] = []
        self.speaker = Speaker("voice", DeviceKind.VOICE, open_output)
        self._spec = DeviceSpec("voice", DeviceKind.VOICE, rate_hz, self.speaker.launch)
        self.supervisor = Supervisor([self._spec], self.said.append)
        if autostart:
            self.supervisor.start()

    def add(self, spec: DeviceSpec, post: Callable | None = None) -> None:
        """Put another device before this one; `post` may raise instead of taking a message."""

        def take(health: DeviceHealth) -> None:
            if post:
                post(health)
            self.said.append(health)

        self.supervisor = Supervisor([spec, self._spec], take)

    def wait_for(self, state: DeviceState, after: int = 0, device: str = "voice") -> int:
        """Wait until a device's health of this state comes after the given place; return the place behind it."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for place, health in enumerate(self.said[after:], after + 1):
                if (health.device_id, health.state) == (device, state):
                    return place
            time.sleep(0.02)
        raise AssertionError(f"no {state} of {device} in {[(h.device_id, h.state) for h in self.said]}")


@pytest.fixture
def watch() -> Iterator[Callable[..., Watch]]:
    watches: list[Watch] = []

    def make(*args, **kwargs) -> Watch:
        watches.append(Watch(*args, **kwargs))
        return watches[-1]

    yield make
    for one in watches:
        one.supervisor.stop()


def voices() -> list[BaseProcess]:
    """The speaking processes that run."""
    return [process for process in multiprocessing.active_children() if process.name == "voice"]


def test_a_process_that_dies_is_started_again(watch):
    """A killed process is a fault on the screen, then OK again with a new process that takes orders."""
    one = watch(open_deadly)
    place = one.wait_for(DeviceState.OK)
    (dead,) = voices()
    one.speaker.order("die")
    place = one.wait_for(DeviceState.FAULT, place)
    assert dead not in voices()
    place = one.wait_for(DeviceState.OK, place)
    one.speaker.order("lost")
    one.wait_for(DeviceState.FAULT, place)


def test_what_is_not_there_says_why(watch):
    """Sound that can't play is itself shown, in words."""
    one = watch(open_nothing)
    one.wait_for(DeviceState.FAULT)
    assert one.said[-1].detail == "No speaker was found"


def test_stop_ends_the_process_and_start_begins_anew(watch):
    """After stop nothing runs and the last word is 'stopped'; the same table can be started again."""
    one = watch(open_deadly)
    place = one.wait_for(DeviceState.OK)
    one.supervisor.stop()
    place = one.wait_for(DeviceState.STOPPED, place)
    assert voices() == []
    one.supervisor.start()
    one.wait_for(DeviceState.OK, place)
    assert one.said[-1].state is DeviceState.OK


def test_an_order_without_a_process_is_counted():
    """What could not be played is not forgotten silently."""
    speaker = Speaker("sound", DeviceKind.SOUND, open_deadly)
    speaker.order("high")
    assert speaker.lost == 1


def test_orders_never_wait_for_a_process_that_hangs():
    """Hundreds of orders to a process that takes none return at once; those beyond the bound are counted."""
    speaker = Speaker("voice", DeviceKind.VOICE, open_hanging)
    process = speaker.launch()
    ordering = threading.Thread(target=lambda: [speaker.order("x" * 300) for _ in range(500)], daemon=True)
    ordering.start()
    ordering.join(3.0)
    blocked = ordering.is_alive()
    process.stop()
    assert (blocked, speaker.lost) == (False, 500 - WAITING_MOST)


def test_a_process_makes_room_for_more_orders(watch):
    """A process that works takes more orders than may wait at once."""
    one = watch(open_deadly)
    one.wait_for(DeviceState.OK)
    for _ in range(3 * WAITING_MOST):
        place = len(one.said)
        one.speaker.order("tone")
        one.wait_for(DeviceState.OK, place)
    assert one.speaker.lost == 0


def test_a_process_that_hangs_is_called_silent_and_then_started_anew(watch):
    """Without a word for three periods it is silent; for as long again, it is ended and another one takes over."""
    one = watch(open_deadly, rate_hz=1.0)
    place = one.wait_for(DeviceState.OK)
    one.speaker.order("hang")
    place = one.wait_for(DeviceState.SILENT, place)
    place = one.wait_for(DeviceState.FAULT, place)
    assert "started again" in one.said[place - 1].detail
    one.wait_for(DeviceState.OK, place)


def test_an_order_that_hangs_is_played_by_the_next_process(watch, tmp_path):
    """At the rate of a real voice: the process ends itself once its phrase must be over, and nothing is lost."""
    one = watch(partial(open_hanging_once, tmp_path / "a"))
    place = one.wait_for(DeviceState.OK)
    began = time.monotonic()
    one.speaker.order("4BXR91")
    place = one.wait_for(DeviceState.FAULT, place)
    one.wait_for(DeviceState.OK, place)
    assert (tmp_path / "a").read_text() == "4BXR91"
    assert time.monotonic() - began < PATIENCE_S
    assert one.speaker.lost == 0


def running(watch, launch, post=None):
    """A supervisor of a device that is launched in this way and of a good one; returns the good one's watch."""
    one = watch(open_deadly, autostart=False)
    one.add(DeviceSpec("bad", DeviceKind.SOUND, 0.2, launch), post)
    one.supervisor.start()
    return one


def test_a_launch_that_breaks_is_a_fault_and_is_tried_again(watch):
    """Whatever a launch raises is said of that device, tried again, and does not hold up the other one."""
    tries = []

    def launch():
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return Speaker("bad", DeviceKind.SOUND, open_deadly).launch()

    one = running(watch, launch)
    one.wait_for(DeviceState.FAULT, device="bad")
    one.wait_for(DeviceState.OK, device="bad")
    one.wait_for(DeviceState.OK)
    assert len(tries) >= 2


def test_a_message_that_is_not_taken_is_its_devices_fault(watch):
    """When the core fails on a device's word, that device is a fault and comes back; nothing else ends."""
    failures = [2]

    def post(health):
        if health.device_id == "bad" and health.state is DeviceState.OK and failures[0]:
            failures[0] -= 1
            raise ZeroDivisionError

    one = running(watch, Speaker("bad", DeviceKind.SOUND, open_deadly).launch, post)
    place = one.wait_for(DeviceState.FAULT, device="bad")
    one.wait_for(DeviceState.OK, place, device="bad")
    one.wait_for(DeviceState.OK)
    one.supervisor.stop()
    one.wait_for(DeviceState.STOPPED, place, device="bad")
    assert failures == [0]
