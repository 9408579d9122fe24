"""Rows 23, 25 and 27 for cameras over real RTSP: frozen, cut, garbage, ended, killed, 200 reconnects, a long shift.

Each check has its negative control. MDT_SOAK_STEPS makes the counts whole: 200 reconnects instead of 6.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from devices.cameras.rtsp_simulator import Flow, RtspCameraSimulator
from devices.cameras.streams import RTSP_OPTIONS, Stream
from devices.hosting import HostedProcess, Send, launch
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from tests.fakes.cameras import (
    WatchedCamera,
    blind_camera,
    children,
    moving_clip,
    open_things,
    own_threads,
    resident_kb,
    until,
)
from tests.fakes.campaign import STEPS, amount

if not sys.platform.startswith("linux"):
    pytest.skip("open handles and memory are counted in /proc", allow_module_level=True)

RECONNECTS = amount(6, 200)
FLAGGED_WITHIN_S, BACK_WITHIN_S = 3.5, 5.0
BUSY_S = 0.5 if STEPS else 6.0
"""Grace for a test machine whose two cores run other tests; the soak, on free cores, holds the targets themselves."""
GROWTH_KB = 12_000


@pytest.fixture
def camera() -> Iterator[RtspCameraSimulator]:
    """A network camera (SIMULATOR) that moves."""
    one = RtspCameraSimulator(moving_clip())
    yield one
    one.close()


@pytest.fixture
def watch() -> Iterator[Callable[..., WatchedCamera]]:
    """Put a camera process under a supervisor and wait until it is well."""
    started: list[WatchedCamera] = []

    def start(launching: Callable[[], HostedProcess]) -> WatchedCamera:
        started.append(WatchedCamera(launching))
        assert started[-1].seconds_until(DeviceState.OK, time.monotonic(), 30.0) is not None
        return started[-1]

    yield start
    for one in started:
        one.close()


FAULTS = {
    "frozen": (lambda one: setattr(one, "flow", Flow.FROZEN), "stopped sending"),
    "same picture": (lambda one: setattr(one, "flow", Flow.SAME), "stands still"),
    "broken video": (lambda one: setattr(one, "flow", Flow.BROKEN), "picture"),
    "noise": (lambda one: setattr(one, "flow", Flow.NOISE), ""),
    "cut": (lambda one: one.cut(), "ended the stream"),
    "clean end": (lambda one: one.end(), "ended the stream"),
}
LASTING = ("frozen", "same picture", "broken video", "noise")


def flagged(one: WatchedCamera, since: float, within: float = FLAGGED_WITHIN_S + BUSY_S) -> bool:
    """The check of row 23: the camera is no longer called well, in time, and while the fault lasts."""
    return one.seconds_until(DeviceState.FAULT, since, within) is not None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_flagged_and_mended_in_time(camera, watch, fault):
    """Flagged within 3.5 s of its beginning, in words; back within 5 s of its end; the process is the same one."""
    one = watch(lambda: blind_camera(camera.address))
    make, words = FAULTS[fault]
    began = time.monotonic()
    make(camera)
    assert flagged(one, began)
    told = next(health for at, health in list(one.said) if at >= began and health.state is DeviceState.FAULT)
    assert words in told.detail
    if fault in LASTING:
        time.sleep(2.0)  # the fault lasts: nothing may call it well meanwhile
        assert DeviceState.OK not in one.states(time.monotonic() - 1.5)
    mended = time.monotonic()
    camera.flow = Flow.PLAY
    assert one.seconds_until(DeviceState.OK, mended, BACK_WITHIN_S + BUSY_S) is not None
    assert len(one.processes) == 1


def watch_naively(address: str, send: Send, ending: threading.Event) -> None:
    """A camera without time-outs and without a look at its pictures: what the check has to find."""
    import av

    container = av.open(address, options=dict(RTSP_OPTIONS))
    threading.Thread(target=lambda: [None for _ in container.demux(video=0)], daemon=True).start()
    while not ending.wait(0.3):
        send(DeviceHealth("L", DeviceKind.CAMERA, DeviceState.OK))


@pytest.mark.parametrize("fault", ["frozen", "same picture", "cut"])
def test_a_camera_without_time_outs_is_not_flagged(camera, watch, fault):
    """Negative control: a process that only says that it lives fails the same check, in the target's own time."""
    one = watch(lambda: launch("naive", partial(watch_naively, camera.address)))
    FAULTS[fault][0](camera)
    assert not flagged(one, time.monotonic(), FLAGGED_WITHIN_S)


def test_broken_pictures_are_counted_and_never_handed_on(camera):
    """Damaged video comes as unreadable with its reason; whole pictures before it came as frames."""
    frames, damaged = 0, 0
    for item in Stream(camera.address, RTSP_OPTIONS).frames(threading.Event()):
        if hasattr(item, "reason"):
            damaged += 1
            assert item.reason
        else:
            frames += 1
        if frames == 5:
            camera.flow = Flow.BROKEN
        if damaged >= 3:
            break
    assert frames >= 5


def reconnect(camera: RtspCameraSimulator, one: WatchedCamera, number: int) -> None:
    """Break the connection once, each time in another way, and wait until the camera is well again."""
    before = one.now.frames
    (camera.cut if number % 2 else camera.end)()
    began = time.monotonic()
    assert one.seconds_until(DeviceState.OK, began, BACK_WITHIN_S + BUSY_S) is not None
    assert until(lambda: one.now.frames > before)


def settled_things(pid: int) -> tuple[int, int]:
    """Handles and threads once they have not changed for half a second."""
    last, since = open_things(pid), time.monotonic()
    while time.monotonic() - since < 0.5:
        time.sleep(0.02)
        if (now := open_things(pid)) != last:
            last, since = now, time.monotonic()
    return last


def is_flat(pid: int, before: tuple[int, int], seconds: float = 8.0) -> bool:
    """The check of row 23: as many handles and threads as before, once all is settled."""
    return until(lambda: all(now <= then for now, then in zip(open_things(pid), before, strict=True)), seconds)


@pytest.mark.timeout(1800 if STEPS else 120)
def test_many_reconnects_leave_no_thread_no_handle_and_no_process(camera, watch, record_property):
    """After so many connections cut or ended, the process has what it had before, and so has the application."""
    record_property("tries", RECONNECTS)
    one = watch(lambda: blind_camera(camera.address))
    for number in range(3):
        reconnect(camera, one, number)
    before, own, processes = settled_things(one.pid), own_threads(), children()
    for number in range(RECONNECTS):
        reconnect(camera, one, number)
    assert is_flat(one.pid, before)
    assert until(lambda: camera.viewers == 1)
    assert until(lambda: own_threads() <= own)
    assert children() == processes
    assert len(one.processes) == 1


def watch_leaking(address: str, send: Send, ending: threading.Event) -> None:
    """A camera that never closes a connection that broke: what the check has to find."""
    import av

    kept = []
    while not ending.is_set():
        frames = 0
        try:
            container = av.open(address, options=dict(RTSP_OPTIONS), timeout=(3, 1))
            kept.append(container)
            for _ in container.demux(video=0):
                frames += 1
                send(DeviceHealth("L", DeviceKind.CAMERA, DeviceState.OK, frames=len(kept) * 10_000 + frames))
        except (av.FFmpegError, OSError):
            continue


def test_the_check_finds_a_camera_that_leaks(camera, watch):
    """Negative control: a process that keeps its broken connections is found by the same check."""
    one = watch(lambda: launch("leak", partial(watch_leaking, camera.address)))
    before = settled_things(one.pid)
    for number in range(5):
        reconnect(camera, one, number)
    assert not is_flat(one.pid, before, 2.0)


def killed(one: WatchedCamera) -> float:
    """Kill the camera's process, and return when."""
    at = time.monotonic()
    os.kill(one.pid, signal.SIGKILL)
    return at


def test_a_killed_camera_is_back_and_the_screen_says_so_meanwhile(camera, watch):
    """Killed with SIGKILL twice: a fault at once, then well again, in a new process.

    The 2 s of a camera with the real reader are shown by tests/contract/cameras/test_spare_and_stills.py.
    """
    one = watch(lambda: blind_camera(camera.address))
    for count in range(2, 4):
        at = killed(one)
        assert one.seconds_until(DeviceState.FAULT, at, 1.0) is not None
        assert one.seconds_until(DeviceState.OK, at, BACK_WITHIN_S + 2 * BUSY_S) is not None
        assert len(one.processes) == count


def test_a_killed_camera_without_supervisor_stays_away(camera):
    """Negative control: with nobody to start it again the camera's viewer never comes back."""
    process = blind_camera(camera.address)
    assert until(lambda: camera.viewers == 1)
    os.kill(process.pid, signal.SIGKILL)
    assert until(lambda: camera.viewers == 0)
    assert not until(lambda: camera.viewers == 1, 3.0)
    process.stop()
    process.connection.close()


def grows(one: WatchedCamera, seconds: float) -> int:
    """The check of row 27: memory in kB that the process takes more after so long, once it has warmed up."""
    until(lambda: one.now.frames > 60)
    before = resident_kb(one.pid)
    until(lambda: False, seconds)
    return resident_kb(one.pid) - before


@pytest.mark.timeout(300)
def test_memory_stays_flat_while_the_camera_runs(watch):
    """At 60 pictures a second, four times a camera's pace, for as long as the soak allows."""
    fast = RtspCameraSimulator(moving_clip(60))
    try:
        one = watch(lambda: blind_camera(fast.address))
        assert grows(one, 60.0 if STEPS else 4.0) < GROWTH_KB
    finally:
        fast.close()


def watch_hoarding(address: str, send: Send, ending: threading.Event) -> None:
    """A camera that keeps every picture: what the check has to find."""
    kept = []
    for item in Stream(address, RTSP_OPTIONS).frames(ending):
        kept.append(item.image)
        send(DeviceHealth("L", DeviceKind.CAMERA, DeviceState.OK, frames=len(kept)))


def test_the_check_finds_a_process_that_grows(camera, watch):
    """Negative control: a process that keeps its pictures grows by more than the limit."""
    one = watch(lambda: launch("hoard", partial(watch_hoarding, camera.address)))
    assert grows(one, 4.0) > GROWTH_KB


def test_a_login_is_asked_for_and_given():
    """A camera with a login is seen with the right password and lost with a wrong one, which is not in the words."""
    one = RtspCameraSimulator(moving_clip(), login=("viewer", "right-1"))
    try:
        seen = next(Stream(one.address.replace("//", "//viewer:right-1@"), RTSP_OPTIONS).frames(threading.Event()))
        assert seen.image.shape == (360, 640, 3)
        with pytest.raises(Exception, match="No answer") as caught:
            next(Stream(one.address.replace("//", "//viewer:wrong-2@"), RTSP_OPTIONS).frames(threading.Event()))
        assert "wrong-2" not in str(caught.value)
    finally:
        one.close()
