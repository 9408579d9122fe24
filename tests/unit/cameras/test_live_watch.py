"""The look at a live stream: garbage and a picture that hangs are found, each in its time; what moves is well."""

from __future__ import annotations

import numpy as np
import pytest

from devices.cameras.frames import Frame, Unreadable
from devices.cameras.live import ASK_ANEW_S, STANDSTILL_S, UNREADABLE_S, LiveWatch
from devices.cameras.streams import SourceLost


@pytest.fixture
def now():
    """Time that is moved by hand."""
    return [100.0]


def frame(grey: int) -> Frame:
    return Frame(np.full((64, 64, 3), grey, np.uint8), 0.0, None)


def play(watch: LiveWatch, now: list[float], seconds: float, *greys: int) -> None:
    """Ten pictures a second, these in turn."""
    for number in range(round(seconds * 10)):
        now[0] += 0.1
        watch.look(frame(greys[number % len(greys)]) if greys else Unreadable("damaged"))


def test_what_moves_is_well_for_hours(now):
    """Two pictures in turn."""
    watch = LiveWatch(lambda: now[0])
    watch.begin()
    play(watch, now, 600, 10, 20)
    assert not watch.hangs


def test_a_picture_that_stands_still_is_told_at_once_and_asked_anew_later(now):
    """Told after its time; lost after a longer one; a camera that comes back with the same picture still hangs, and is
    not asked again each moment; one new picture ends it."""
    watch = LiveWatch(lambda: now[0])
    watch.begin()
    play(watch, now, STANDSTILL_S - 0.2, 10)
    assert not watch.hangs
    play(watch, now, 1.0, 10)
    assert watch.hangs
    with pytest.raises(SourceLost, match="stands still"):
        play(watch, now, ASK_ANEW_S, 10)
    watch.begin()
    play(watch, now, ASK_ANEW_S - 0.5, 10)
    assert watch.hangs
    play(watch, now, 0.1, 11)
    assert not watch.hangs


def test_garbage_alone_is_a_loss_and_some_is_not(now):
    """A whole picture now and then is enough."""
    watch = LiveWatch(lambda: now[0])
    watch.begin()
    for number in range(50):
        play(watch, now, UNREADABLE_S - 0.5)
        play(watch, now, 0.1, number)
    with pytest.raises(SourceLost, match="can be read"):
        play(watch, now, UNREADABLE_S + 0.2)


def test_silence_between_two_connections_is_no_standstill(now):
    """A camera that was away for an hour is not called hanging for its first picture."""
    watch = LiveWatch(lambda: now[0])
    watch.begin()
    play(watch, now, 1.0, 10, 20)
    now[0] += 3600
    watch.begin()
    play(watch, now, 1.0, 20)
    assert not watch.hangs
