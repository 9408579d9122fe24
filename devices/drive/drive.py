"""The bundled drive: renders it once into a video file that a camera can play."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import structlog
from av.video.stream import VideoStream

from devices.drive.camera import FPS, HEIGHT, WIDTH, Image
from devices.drive.scene import Scene
from devices.drive.script import DRIVE_PLATES, DriveCar, Script

__all__ = ["DRIVE_PLATES", "DriveCar", "ensure_drive"]

VERSION = 1
"""To be raised whenever the same script gives other pictures."""
_WORKERS, _AHEAD = 2, 4
_ENCODERS = {"libx264": {"preset": "superfast", "crf": "23"}, "mpeg4": {"qscale": "3"}}
"""In the order of choice, with their settings."""

_log = structlog.get_logger()


def ensure_drive(folder: Path, progress: Callable[[float], None], script: Script | None = None) -> Path:
    """Return the drive's video in `folder`, rendering it first where it is missing (1280x720, 15 frames a second).

    progress: called with the share that is done, rising to 1.0. script: another one than the bundled.
    Raises OSError when the folder can't be written, av.FFmpegError when the picture can't be encoded.
    """
    script = script or Script()
    digest = hashlib.sha256(repr(script).encode()).hexdigest()[:8]
    path = folder / f"drive-{VERSION}-{digest}.mp4"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _replace(path, script, progress)
        _log.info("drive.rendered", file=path.name, frames=script.frames)
    progress(1.0)
    return path


def _replace(path: Path, script: Script, progress: Callable[[float], None]) -> None:
    """Write the video beside its place and move it there only when it is whole."""
    handle, name = tempfile.mkstemp(suffix=".mp4", prefix=".drive-", dir=path.parent)
    os.close(handle)
    try:
        _encode(Path(name), script, progress)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _encode(path: Path, script: Script, progress: Callable[[float], None]) -> None:
    with av.open(str(path), "w", format="mp4") as video:
        stream = _stream(video)
        for number, picture in enumerate(_pictures(script)):
            video.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
            progress((number + 1) / script.frames * 0.99)
        video.mux(stream.encode())


def _stream(video: av.container.OutputContainer) -> VideoStream:
    name = next(name for name in _ENCODERS if name in av.codecs_available)
    stream = cast(VideoStream, video.add_stream(name, rate=Fraction(FPS), options=_ENCODERS[name]))
    stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    return stream


def _pictures(script: Script) -> Iterator[Image]:
    """Yield the frames in order, a few rendered ahead by threads (the pixel work runs outside Python's lock)."""
    scene = Scene(script)
    waiting: deque[Future[Image]] = deque()
    with ThreadPoolExecutor(_WORKERS) as pool:
        for number in range(script.frames):
            waiting.append(pool.submit(scene.frame, number))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
