"""RTSP camera SIMULATORS for measurements: they play the bundled drive from a process of their own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import av
import cv2
import numpy as np
from platformdirs import user_cache_path

from devices.cameras.rtp_clip import Clip, encode_clip
from devices.cameras.rtsp_simulator import RtspCameraSimulator
from devices.drive.drive import ensure_drive
from devices.recogniser.port import Image
from mdt_app.domain.errors import MdtError
from mdt_app.wiring.bench_machine import OUTSIDE

SIZE = (1920, 1080)
CLIP_S = 12
"""How long the clip is before it begins anew; each camera begins at another place of it."""
_READY_S = 300.0
_SPAWN = multiprocessing.get_context("spawn")


@contextmanager
def simulated_cameras(count: int, fps: int) -> Iterator[tuple[str, ...]]:
    """Start so many cameras, each at `fps` pictures a second; the addresses. Raises MdtError when they do not start."""
    drive = ensure_drive(user_cache_path("patrol-mdt", ensure_exists=True), lambda _: None)
    heard, told = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(drive, count, fps, told), name=f"{OUTSIDE}cameras", daemon=True)
    process.start()
    told.close()
    try:
        if not heard.poll(_READY_S):
            raise MdtError("The simulated cameras did not start.", "Report this.")
        yield heard.recv()
    finally:
        heard.close()
        process.join(5.0)
        if process.is_alive():
            process.kill()
            process.join()


def _serve(drive: Path, count: int, fps: int, line: Connection[tuple[str, ...], None]) -> None:
    """Play until the line breaks."""
    clip = encode_clip(_pictures(drive, fps), fps)
    cameras = [RtspCameraSimulator(_beginning_at(clip, number / count)) for number in range(count)]
    line.send(tuple(camera.address for camera in cameras))
    try:
        line.recv()
    except (EOFError, OSError):
        for camera in cameras:
            camera.close()


def _pictures(drive: Path, fps: int) -> Iterator[Image]:
    """The drive's pictures at the size of a network camera, taken or repeated to the pace that is wanted."""
    with av.open(str(drive)) as video:
        rate = float(video.streams.video[0].average_rate or 15)
        due = 0.0
        for number, frame in enumerate(video.decode(video=0)):
            while due <= number / rate and due < CLIP_S:
                picture = frame.to_ndarray(format="bgr24")
                yield np.asarray(cv2.resize(picture, SIZE, interpolation=cv2.INTER_LINEAR), np.uint8)
                due += 1 / fps
            if due >= CLIP_S:
                return


def _beginning_at(clip: Clip, share: float) -> Clip:
    """The same clip from another place on; places are whole seconds, where an intra picture stands."""
    start = int(len(clip.pictures) * share) // clip.rate * clip.rate
    return replace(clip, pictures=clip.pictures[start:] + clip.pictures[:start])
