"""The camera process: a camera and its plate reader, hosted like every device."""

from __future__ import annotations

import os
import threading
from functools import partial

from devices.cameras.camera import Camera, CameraOrder
from devices.hosting import HostedProcess, Send, launch
from devices.recogniser.port import PlateReader


def launch_camera(camera_id: str, spec: str, *, loop: bool = False) -> HostedProcess:
    """Start a camera process on a source (a folder, a video file, rtsp://..., /dev/videoN).

    What is wrong with the source comes as DeviceHealth FAULT with words and a remedy, not as an error here.
    """
    return launch(f"camera {camera_id}", partial(_watch, CameraOrder(camera_id, spec, loop)))


def _watch(order: CameraOrder, send: Send, ending: threading.Event) -> None:
    Camera(order, send, ending).run(_load_reader)


def _load_reader() -> PlateReader:
    from devices.recogniser.rapid import RapidPlateReader  # here, because it loads for seconds

    return RapidPlateReader(threads=max(1, min(2, (os.cpu_count() or 2))))
