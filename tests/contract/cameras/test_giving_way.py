"""Reading plates gives way to screen and record, and live pictures are no larger than their place on the screen."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.cameras.camera import CameraOrder
from devices.cameras.frames import Pixels
from devices.cameras.pictures import PREVIEW_WIDTH, SMALL_PREVIEW_WIDTH, preview
from devices.cameras.rtsp_simulator import RtspCameraSimulator
from devices.priority import GIVES_WAY, give_way
from mdt_app.domain.devices import CameraFrame, DeviceState
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.services.signing import Signer
from mdt_app.wiring.car_devices import CarDevices
from tests.fakes.cameras import WatchedCamera, blind_camera, moving_clip, until

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for the priority of a thread")


def niceness(pid: int) -> list[int]:
    """The nice value of each thread of a process."""
    found = []
    for row in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread may end while it is looked at
            found.append(int(row.read_text().rpartition(")")[2].split()[16]))
    return found


@LINUX
def test_only_the_calling_thread_gives_way():
    """The rest of the process, and what is started from it, keeps its priority."""
    seen: list[int] = []

    def work() -> None:
        give_way()
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [GIVES_WAY]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


@LINUX
def test_in_a_camera_process_the_reading_gives_way_and_the_capture_does_not():
    """What reads is put behind; pictures are taken, and health is said, at the usual priority."""
    simulator = RtspCameraSimulator(moving_clip())
    one = WatchedCamera(lambda: blind_camera(simulator.address))
    try:
        assert until(lambda: one.said and one.now.state is DeviceState.OK and one.now.read > 0, 60.0)
        assert until(lambda: sorted(niceness(one.pid))[-1] == GIVES_WAY)
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        assert niceness(one.pid).count(usual) >= 3, "capture, health, life line; helpers of the reading are behind too"
    finally:
        one.close()
        simulator.close()


@pytest.mark.parametrize(("count", "wide"), [(1, PREVIEW_WIDTH), (2, PREVIEW_WIDTH), (4, SMALL_PREVIEW_WIDTH)])
def test_four_cameras_share_the_screen_and_send_smaller_pictures(count: int, wide: int):
    """A car with four cameras orders small live pictures; one with one or two cameras larger ones."""
    cameras = tuple(CameraSettings(id=f"C{n}", source=f"rtsp://127.0.0.1:{n}/") for n in range(1, count + 1))
    settings = CarSettings(
        car_id="T", unit="T", ori="CT0056700", headquarters="http://127.0.0.1:9",
        headquarters_key=Signer(bytes(32)).public, cameras=cameras,
    )  # fmt: skip
    devices = CarDevices(settings, lambda _: None, lambda _: None)
    try:
        orders: list[CameraOrder] = [device._order for device in devices.cameras.values()]
        assert {order.preview_width for order in orders} == {wide}
    finally:
        devices.stop()


def test_a_live_picture_has_the_width_that_was_ordered():
    """Real JPEGs of both widths, boxes in their pixels; a smaller picture is not enlarged."""
    picture = Pixels(np.full((1080, 1920, 3), 90, np.uint8))
    for wide in (PREVIEW_WIDTH, SMALL_PREVIEW_WIDTH):
        made: CameraFrame = preview("L", picture, (), wide)
        shown = cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_COLOR)
        assert (shown.shape[1], made.width) == (wide, wide)
    assert preview("L", Pixels(np.zeros((90, 160, 3), np.uint8))).width == 160
