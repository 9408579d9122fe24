"""Video through PyAV: opened with time-outs, decoded packet by packet; a live camera that is lost is told as lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError

from devices.cameras.frames import Frame, Grey, Unreadable
from devices.recogniser.port import Image
from mdt_app.domain.errors import BadInput, MdtError

OPEN_LIMIT_S, READ_LIMIT_S = 3.0, 1.5
"""Without these two a frozen camera would hold the process for ever; it has to be back 5 s after it is mended.

Silence ends the stream after twice READ_LIMIT_S: the first time-out only gives the picture that the parser still held.
"""
_USUAL_RATE = 25.0
_DAMAGED = "a damaged piece of video"

Options = tuple[tuple[str, str], ...]
RTSP_OPTIONS: Options = (
    ("rtsp_transport", "tcp"),
    ("analyzeduration", "250000"),  # microseconds; the first picture is wanted soon
    ("fpsprobesize", "0"),
)


class SourceLost(MdtError):
    """A live camera does not answer, or no longer; it is worth trying again."""


class Decoded:
    """A picture as the decoder holds it."""

    def __init__(self, frame: av.VideoFrame) -> None:
        self._frame = frame

    @property
    def width(self) -> int:
        """As Picture says."""
        return self._frame.width

    def bgr(self) -> Image:
        """As Picture says."""
        return np.asarray(self._frame.to_ndarray(format="bgr24"), np.uint8)

    def grey(self) -> Grey:
        """As Picture says: the decoder's own first plane, where its format begins with luminance."""
        if not self._frame.format.name.startswith(("yuv4", "yuvj4", "nv12", "nv21", "gray")):
            return np.asarray(self._frame.to_ndarray(format="gray"), np.uint8)
        plane = self._frame.planes[0]
        rows = np.asarray(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        return rows[: self._frame.height, : self._frame.width]

    def small(self, width: int) -> Image:
        """As Picture says; scaled and converted in one go."""
        wide = min(width, self._frame.width)
        high = round(self._frame.height * wide / self._frame.width)
        return np.asarray(self._frame.reformat(wide, high, "bgr24", interpolation="AREA").to_ndarray(), np.uint8)


@dataclass(frozen=True, slots=True)
class VideoFile:
    """A recorded drive, played at its own rate."""

    path: Path
    loop: bool = False
    independent = False
    live = False

    def frames(self, ending: threading.Event) -> Iterator[Frame | Unreadable]:
        """Give the frames when they are due. BadInput when the file is no video."""
        while not ending.is_set():
            count = 0
            start_s = time.monotonic()
            with _opened(str(self.path), (), None, self._no_video) as container:
                interval = 1 / float(container.streams.video[0].average_rate or _USUAL_RATE)
                for count, item in enumerate(_decoded(container, "AUTO"), 1):
                    if ending.wait(max(0.0, start_s + (count - 1) * interval - time.monotonic())):
                        return
                    yield item if isinstance(item, Unreadable) else _now(item)
            if not count:
                raise self._no_video()
            if not self.loop:
                return

    @staticmethod
    def _no_video() -> BadInput:
        return BadInput("The camera's file is not a video that can be played.", "Give an MP4, AVI or MKV file.")


@dataclass(frozen=True, slots=True)
class Stream:
    """A camera asked over the network or at this machine. The address may hold a password and is never shown."""

    address: str
    options: Options
    container_format: str | None = None
    independent = False
    live = True

    def frames(self, ending: threading.Event) -> Iterator[Frame | Unreadable]:
        """Give frames as they come. SourceLost when the camera does not answer, stops, or says good-bye."""
        with _opened(self.address, self.options, self.container_format, self._silent) as container:
            try:
                # Decoding in frame threads would hold each picture back by several.
                for item in _decoded(container, "SLICE"):
                    if ending.is_set():
                        return
                    yield item if isinstance(item, Unreadable) else _now(item)
            except (FFmpegError, OSError) as error:
                words = f"The camera stopped sending for {2 * READ_LIMIT_S:.0f} s."
                raise SourceLost(words, "Check its power and cable.") from error
        # A server that was killed looks like a clean end.
        raise SourceLost("The camera ended the stream.", "Check its power and cable.")

    def _silent(self) -> SourceLost:
        where = "the camera's address" if self.container_format is None else "the camera at this machine"
        return SourceLost(f"No answer from {where} within {OPEN_LIMIT_S:.0f} s.", "Check its power, cable and address.")


def _opened(address: str, options: Options, form: str | None, error: Callable[[], MdtError]) -> InputContainer:
    try:
        container = av.open(address, format=form, options=dict(options), timeout=(OPEN_LIMIT_S, READ_LIMIT_S))
    except (FFmpegError, OSError, ValueError) as reason:
        raise error() from reason
    if not container.streams.video:
        container.close()
        raise error()
    return container


def _decoded(container: InputContainer, threads: str) -> Iterator[av.VideoFrame | Unreadable]:
    """Decode packet by packet, so that a damaged one costs a frame and not the stream."""
    container.streams.video[0].thread_type = threads
    for packet in container.demux(video=0):
        try:
            for frame in packet.decode():
                yield Unreadable(_DAMAGED) if frame.is_corrupt else frame
        except av.error.InvalidDataError:
            yield Unreadable(_DAMAGED)


def _now(frame: av.VideoFrame) -> Frame:
    return Frame(Decoded(frame), time.monotonic(), datetime.now(UTC), frame.time)
