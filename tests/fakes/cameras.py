"""Network cameras for tests: clips for the SIMULATOR, and camera processes whose reader sees nothing."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np

from devices.cameras.camera import CameraOrder
from devices.cameras.process import watch_camera
from devices.cameras.rtp_clip import Clip, encode_clip
from devices.hosting import HostedProcess, launch
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.services.supervisor import DeviceSpec, Supervisor


def launch_camera(camera_id: str, spec: str, *, loop: bool = False) -> HostedProcess:
    """Start a camera process on a source (a folder, a video file, rtsp://..., /dev/videoN, video=NAME)."""
    return launch(f"camera {camera_id}", partial(watch_camera, CameraOrder(camera_id, spec, loop), None))


class SeesNothing:
    """A plate reader for tests of the camera alone; it loads at once and finds no plate."""

    def read(self, image, known=(), *, thorough=True):
        return []

    def warm_up(self) -> None:
        return None


@cache
def moving_clip(rate: int = 15, size: tuple[int, int] = (640, 360)) -> Clip:
    """Two seconds of a pattern that moves."""
    wide, high = size
    noise = np.random.default_rng(1).integers(0, 255, (high, wide, 3), dtype=np.uint8)
    soft = cv2.GaussianBlur(noise, (31, 31), 9)
    return encode_clip([np.roll(soft, 8 * number, 1) for number in range(2 * rate)], rate)


def blind_camera(address: str, camera_id: str = "L") -> HostedProcess:
    """Start a real camera process that looks at this address and reads no plates."""
    work = partial(watch_camera, CameraOrder(camera_id, address), None, load=SeesNothing)
    return launch(f"camera {camera_id}", work)


class WatchedCamera:
    """A camera under a supervisor; what it said, and when (monotonic seconds)."""

    def __init__(self, start: Callable[[], HostedProcess], camera_id: str = "L") -> None:
        self.said: list[tuple[float, DeviceHealth]] = []
        self.others: list[object] = []
        self.processes: list[HostedProcess] = []
        self._start = start
        self.supervisor = Supervisor([DeviceSpec(camera_id, DeviceKind.CAMERA, 1.0, self._launch)], self._post)
        self.supervisor.start()

    def _launch(self) -> HostedProcess:
        self.processes.append(self._start())
        return self.processes[-1]

    def _post(self, message: object) -> None:
        if isinstance(message, DeviceHealth):
            self.said.append((time.monotonic(), message))
        else:
            self.others.append(message)

    @property
    def pid(self) -> int:
        return self.processes[-1].pid

    @property
    def now(self) -> DeviceHealth:
        return self.said[-1][1]

    def seconds_until(self, state: DeviceState, since: float, limit: float) -> float | None:
        """How long after `since` this state was said; None when it was not, within `limit` seconds of it."""
        while True:
            found = [at for at, health in list(self.said) if at >= since and health.state is state]
            if found:
                return found[0] - since
            if time.monotonic() - since > limit:
                return None
            time.sleep(0.01)

    def states(self, since: float) -> set[DeviceState]:
        """The states that were said after this moment."""
        return {health.state for at, health in list(self.said) if at >= since}

    def close(self) -> None:
        self.supervisor.stop()


def until(condition: Callable[[], object], seconds: float = 30.0) -> bool:
    """Wait for a condition; False when it did not come in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def open_things(pid: int) -> tuple[int, int]:
    """Open handles and threads of a process (Linux)."""
    return len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task"))


def resident_kb(pid: int) -> int:
    """Resident memory of a process (Linux)."""
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmRSS"))


def children() -> int:
    """Processes that this one has started and that live."""
    return len(multiprocessing.active_children())


def own_threads() -> int:
    """Threads of this process."""
    return threading.active_count()
