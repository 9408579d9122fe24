"""The camera's lasting handle with the real plate reader: whole pictures on request, and a spare for one that died."""

from __future__ import annotations

import os
import signal
import time

import cv2
import numpy as np
import pytest

from devices.cameras import process
from devices.cameras.camera import CameraOrder
from devices.cameras.process import CameraDevice, Spare
from devices.cameras.rtsp_simulator import RtspCameraSimulator
from devices.hosting import launch
from mdt_app.domain.devices import CameraStill, DeviceHealth, DeviceKind, DeviceState
from mdt_app.services.processes import AT_ONCE, PROCESSES
from tests.fakes.cameras import WatchedCamera, moving_clip, until

ORDER = CameraOrder("L", "nowhere.mp4")
BACK_WITHIN_S = 2.0
BUSY_S = 0.0 if os.environ.get("MDT_SOAK_STEPS") else 6.0
"""Grace for a test machine whose two cores run other tests; the soak, on free cores, holds the target itself."""


@pytest.fixture
def spare():
    one = Spare()
    yield one
    one.close()


@pytest.fixture
def camera():
    one = RtspCameraSimulator(moving_clip(15, (1280, 720)))
    yield one
    one.close()


def test_a_still_comes_whole_and_a_killed_camera_comes_back_through_the_spare(camera, spare):
    """One whole picture for each request; after SIGKILL the loaded spare takes over, and gives pictures as well."""
    device = CameraDevice(CameraOrder("L", camera.address), spare)
    one = WatchedCamera(device.launch)
    try:
        assert one.seconds_until(DeviceState.OK, time.monotonic(), 90.0) is not None
        assert whole_picture(one, device).shape == (720, 1280, 3)
        spare.keep()
        assert until(lambda: spare._loaded.process.connection.poll(), 90.0)
        killed_at = time.monotonic()
        os.kill(one.pid, signal.SIGKILL)
        assert one.seconds_until(DeviceState.FAULT, killed_at, 1.0 + BUSY_S) is not None
        assert one.seconds_until(DeviceState.OK, killed_at, BACK_WITHIN_S + BUSY_S) is not None
        assert whole_picture(one, device).shape == (720, 1280, 3)
    finally:
        one.close()


@pytest.mark.skipif(not AT_ONCE, reason="without a fork of a loaded process the spare is what is quick")
def test_without_a_spare_a_camera_killed_at_any_moment_is_back_with_its_reader(camera):
    """Killed while it loads, and while it reads: a fault is said at once, and the whole camera is back in time."""
    one = WatchedCamera(CameraDevice(CameraOrder("L", camera.address)).launch)
    try:
        for frames in (0, 1, 12):
            assert until(lambda least=frames: one.said and one.now.frames >= least, 60.0)
            killed_at = time.monotonic()
            os.kill(one.pid, signal.SIGKILL)
            assert one.seconds_until(DeviceState.FAULT, killed_at, 1.0 + BUSY_S) is not None
            assert one.seconds_until(DeviceState.OK, killed_at, BACK_WITHIN_S + BUSY_S) is not None
    finally:
        one.close()


def whole_picture(one: WatchedCamera, device: CameraDevice) -> np.ndarray:
    """Ask for a whole picture, and wait for it."""
    before = len([m for m in one.others if isinstance(m, CameraStill)])
    device.ask_still()
    assert until(lambda: len([m for m in one.others if isinstance(m, CameraStill)]) == before + 1)
    made = [m for m in one.others if isinstance(m, CameraStill)][-1]
    return cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_COLOR)


def test_without_a_spare_there_is_nothing_to_take(spare):
    """A spare that was never asked for, and one that died, are not handed out."""
    assert spare.take(ORDER) is None
    spare.keep()
    os.kill(spare._loaded.process.pid, signal.SIGKILL)
    assert until(lambda: not spare._loaded.process.alive())
    assert spare.take(ORDER) is None
    spare.keep()
    assert spare._loaded.process.alive()


def loaded_and_waiting(send, ending):
    """A process that says that it is loaded, and whose order can't come."""
    send(DeviceHealth("", DeviceKind.CAMERA, DeviceState.STARTING, "loaded"))
    ending.wait()


def test_a_spare_that_takes_no_order_is_ended_and_the_camera_starts_without_it(spare, monkeypatch):
    """Its pipe breaks in the moment in which it is wanted: it does not live on beside the camera's own process."""

    def load():
        taken, orders = PROCESSES.Pipe(duplex=False)
        taken.close()
        return process._Loaded(launch("camera spare", loaded_and_waiting), orders, PROCESSES.Semaphore(0))

    monkeypatch.setattr(process, "_load", load)
    spare.keep()
    deaf = spare._loaded
    assert until(deaf.process.connection.poll)
    own = CameraDevice(ORDER, spare).launch()
    try:
        assert own.pid != deaf.process.pid
        assert not deaf.process.alive()
        assert deaf.orders.closed
        assert deaf.process.connection.closed
    finally:
        own.stop()
        own.connection.close()
