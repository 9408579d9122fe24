"""Where pictures come from: a folder of pictures, a video file, a network camera, a camera at this machine."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError

from devices.cameras.frames import Frame, Unreadable
from devices.recogniser.port import Image
from mdt_app.domain.errors import BadInput, MdtError

PICTURE_S = 1.0
"""How long each picture of a folder is shown."""
OPEN_LIMIT_S, READ_LIMIT_S = 5.0, 5.0
"""Without these two a frozen camera would hold the process for ever."""
LEAST_SIDE, MOST_PIXELS = 32, 50_000_000
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
_USUAL_RATE = 25.0


class SourceLost(MdtError):
    """A live camera does not answer, or no longer; it is worth trying again."""


class Source(Protocol):
    """A stream of frames.

    independent: the pictures have nothing to do with one another, and each is to be read. live: its end is a loss.
    """

    @property
    def independent(self) -> bool:
        """Whether each picture stands for itself."""

    @property
    def live(self) -> bool:
        """Whether it is a camera, which never ends by itself."""

    def frames(self, ending: threading.Event) -> Iterator[Frame | Unreadable]:
        """Give frames at their own pace until the source or `ending` ends it. SourceLost when a camera is lost."""


def open_source(spec: str, *, loop: bool = False) -> Source:
    """Return the source that `spec` names: a folder, a video file, rtsp://... or /dev/videoN.

    loop: play a folder or file again and again. Nothing is opened but the folder; BadInput says what does not fit.
    """
    if re.match(r"rtsps?://", spec):
        return Stream(spec, (("rtsp_transport", "tcp"),))
    if re.fullmatch(r"/dev/video\d+", spec):
        return Stream(spec, (("video_size", "1280x720"),), "v4l2")
    path = Path(spec)
    if path.is_dir():
        pictures = tuple(sorted(p for p in path.iterdir() if p.suffix.lower() in _PICTURES))
        if not pictures:
            raise BadInput("The camera's folder holds no pictures.", "Put JPEG or PNG pictures into it.")
        return PictureFolder(pictures, loop)
    if path.is_file():
        return VideoFile(path, loop)
    words = "The camera's source is neither a folder, a video file, an rtsp:// address nor a /dev/video device."
    raise BadInput(words, "Correct the camera's source.")


def _now(image: Image) -> Frame:
    return Frame(image, time.monotonic(), datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """Unrelated pictures, sorted by name, each shown for PICTURE_S."""

    pictures: tuple[Path, ...]
    loop: bool = False
    independent = True
    live = False

    def frames(self, ending: threading.Event) -> Iterator[Frame | Unreadable]:
        """Give each picture once a round; one that can't be read is given as Unreadable."""
        while not ending.is_set():
            for path in self.pictures:
                shown_s = time.monotonic()
                picture = load_picture(path)
                yield picture if isinstance(picture, Unreadable) else _now(picture)
                pause = PICTURE_S if not isinstance(picture, Unreadable) else PICTURE_S / 10
                if ending.wait(max(0.0, shown_s + pause - time.monotonic())):
                    return
            if not self.loop:
                return


def load_picture(path: Path) -> Image | Unreadable:
    """Return the picture in BGR, or why it can't be read."""
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
        image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    except OSError:
        return Unreadable("the file can't be read")
    except cv2.error:
        return Unreadable("the picture is damaged")
    if image is None:
        return Unreadable("not a picture, or damaged")
    high, wide = image.shape[:2]
    if min(high, wide) < LEAST_SIDE or high * wide > MOST_PIXELS:
        return Unreadable("too small or too large a picture")
    return np.asarray(image, np.uint8)


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
                for count, item in enumerate(_decoded(container), 1):
                    if ending.wait(max(0.0, start_s + (count - 1) * interval - time.monotonic())):
                        return
                    yield item if isinstance(item, Unreadable) else _now(item.image)
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
    options: tuple[tuple[str, str], ...]
    container_format: str | None = None
    independent = False
    live = True

    def frames(self, ending: threading.Event) -> Iterator[Frame | Unreadable]:
        """Give frames as they come. SourceLost when the camera does not answer, stops, or says good-bye."""
        with _opened(self.address, self.options, self.container_format, self._silent) as container:
            try:
                for item in _decoded(container):
                    if ending.is_set():
                        return
                    yield item
            except (FFmpegError, OSError) as error:
                words = f"The camera stopped sending for {READ_LIMIT_S:.0f} s."
                raise SourceLost(words, "Check its power and cable.") from error
        # A server that was killed looks like a clean end.
        raise SourceLost("The camera ended the stream.", "Check its power and cable.")

    def _silent(self) -> SourceLost:
        where = "the camera's address" if self.container_format is None else "the camera at this machine"
        return SourceLost(f"No answer from {where} within {OPEN_LIMIT_S:.0f} s.", "Check its power, cable and address.")


def _opened(
    address: str, options: tuple[tuple[str, str], ...], form: str | None, error: Callable[[], MdtError]
) -> InputContainer:
    try:
        container = av.open(address, format=form, options=dict(options), timeout=(OPEN_LIMIT_S, READ_LIMIT_S))
    except (FFmpegError, OSError, ValueError) as reason:
        raise error() from reason
    if not container.streams.video:
        container.close()
        raise error()
    return container


def _decoded(container: InputContainer) -> Iterator[Frame | Unreadable]:
    """Decode packet by packet, so that a damaged one costs a frame and not the stream."""
    container.streams.video[0].thread_type = "AUTO"
    for packet in container.demux(video=0):
        try:
            for frame in packet.decode():
                yield _now(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8))
        except av.error.InvalidDataError:
            yield Unreadable("a damaged piece of video")
