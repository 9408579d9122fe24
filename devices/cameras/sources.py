"""Where pictures come from: a folder of pictures, a video file, a network camera, a camera at this machine."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from PIL import Image as Pillow

from devices.cameras.frames import Frame, Unreadable
from devices.cameras.streams import RTSP_OPTIONS, Stream, VideoFile
from devices.recogniser.port import Image
from mdt_app.domain.errors import BadInput

PICTURE_S = 1.0
"""How long each picture of a folder is shown."""
V4L2, DIRECTSHOW = r"/dev/video\d+", r"video=[^:]+"
LEAST_SIDE, MOST_PIXELS = 32, 50_000_000
_EXIF, _EXPOSURE = 0x8769, 0x829A
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})


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
    """Return the source that `spec` names: a folder, a video file, rtsp://..., /dev/videoN or video=NAME.

    The last two are cameras at this machine: V4L2 on Linux, DirectShow on Windows.

    loop: play a folder or file again and again. Nothing is opened but the folder; BadInput says what does not fit.
    """
    if re.match(r"rtsps?://", spec):
        return Stream(spec, RTSP_OPTIONS)
    if re.fullmatch(V4L2, spec):
        return Stream(spec, (("video_size", "1280x720"),), "v4l2")
    if re.fullmatch(DIRECTSHOW, spec):
        return Stream(spec, (("video_size", "1280x720"),), "dshow")
    path = Path(spec)
    if path.is_dir():
        pictures = tuple(sorted(p for p in path.iterdir() if p.suffix.lower() in _PICTURES))
        if not pictures:
            raise BadInput("The camera's folder holds no pictures.", "Put JPEG or PNG pictures into it.")
        return PictureFolder(pictures, loop)
    if path.is_file():
        return VideoFile(path, loop)
    words = "The camera's source is neither a folder, a video file, an rtsp:// address nor a camera at this machine."
    raise BadInput(words, "Correct the camera's source.")


def _now(image: Image, path: Path) -> Frame:
    return Frame(image, time.monotonic(), datetime.now(UTC), exposure_s=exposure_of(path))


def exposure_of(path: Path) -> float | None:
    """Return how many seconds a picture was exposed, by its own EXIF; None where it does not say."""
    try:
        with Pillow.open(path) as picture:
            stated = picture.getexif().get_ifd(_EXIF).get(_EXPOSURE)
        return float(stated) if stated else None
    except (OSError, ValueError, TypeError, ZeroDivisionError, SyntaxError):  # what Pillow raises for damaged files
        return None


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
                yield picture if isinstance(picture, Unreadable) else _now(picture, path)
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
