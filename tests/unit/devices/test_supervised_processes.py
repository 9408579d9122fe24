"""The supervisor over real processes: what dies comes back, what is silent is called so, what ends is ended."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

from devices.speaker import Speaker, Unavailable
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


def open_nothing():
    """An output that is not there."""
    raise Unavailable("No speaker was found")


class Watch:
    """A supervisor with one speaking process, and what it said."""

    def __init__(self, open_output: Callable, rate_hz: float = 0.2) -> None:
        self.said: list[DeviceHealth] = []
        self.speaker = Speaker("voice", DeviceKind.VOICE, open_output)
        spec = DeviceSpec("voice", DeviceKind.VOICE, rate_hz, self.speaker.launch)
        self.supervisor = Supervisor([spec], self.said.append)
        self.supervisor.start()

    def wait_for(self, state: DeviceState, after: int = 0) -> int:
        """Wait until a health of this state comes after the given place, and return the place behind it."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for place, health in enumerate(self.said[after:], after + 1):
                if health.state is state:
                    return place
            time.sleep(0.02)
        raise AssertionError(f"no {state} in {[h.state for h in self.said]}")


@pytest.fixture
def watch() -> Iterator[Callable[..., Watch]]:
    watches: list[Watch] = []

    def make(*args, **kwargs) -> Watch:
        watches.append(Watch(*args, **kwargs))
        return watches[-1]

    yield make
    for one in watches:
        one.supervisor.stop()


def test_a_process_that_dies_is_started_again(watch):
    """A killed process is a fault on the screen, then OK again with a new process that takes orders."""
    one = watch(open_deadly)
    place = one.wait_for(DeviceState.OK)
    one.speaker.order("die")
    place = one.wait_for(DeviceState.FAULT, place)
    place = one.wait_for(DeviceState.OK, place)
    one.speaker.order("lost")
    one.wait_for(DeviceState.FAULT, place)


def test_a_process_that_hangs_is_called_silent(watch):
    """A process that says nothing for three of its periods is silent, not well."""
    one = watch(open_deadly, rate_hz=1.0)
    place = one.wait_for(DeviceState.OK)
    one.speaker.order("hang")
    one.wait_for(DeviceState.SILENT, place)


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
    one.supervisor.start()
    one.wait_for(DeviceState.OK, place)


def test_an_order_without_a_process_is_counted():
    """What could not be played is not forgotten silently."""
    speaker = Speaker("sound", DeviceKind.SOUND, open_deadly)
    speaker.order("high")
    assert speaker.lost == 1
