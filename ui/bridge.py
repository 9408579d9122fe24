"""The one door from threads into Qt: notices and camera pictures come in as signals, commands go out."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from mdt_app.domain.commands import Command
from mdt_app.domain.devices import CameraFrame
from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import CommandRefused, Heartbeat, Notice
from mdt_app.domain.ports import CorePort
from ui.widgets.picture import decode
from ui.words import translated

SILENT_AFTER_S = 2.0
_FIRST_WORD_S = 10.0
"""A core that is still being made has this long for its first word."""
_CHECK_MS = 250


@dataclass(frozen=True, slots=True)
class LiveFrame:
    """A camera's live picture, decoded outside Qt's thread, with what is known of it."""

    told: CameraFrame
    image: QImage


class Bridge(QObject):
    """Emits every notice but heartbeats in Qt's thread, and watches that the heart beats."""

    notice = Signal(object)
    frame = Signal(str)
    core_silent = Signal(bool)

    def __init__(self, core: CorePort) -> None:
        super().__init__()
        self._core = core
        self._told: dict[str, CameraFrame] = {}
        self._frames: dict[str, LiveFrame] = {}
        self._lock, self._watched = threading.Lock(), True
        self._pictures = ThreadPoolExecutor(1, "pictures")
        self._begun, self._beat_at = time.monotonic(), 0.0  # the core's first word begins the watch by the second
        self._silent = False
        self._watch = QTimer(self, interval=_CHECK_MS)
        self._watch.timeout.connect(self._check_heart)
        self._watch.start()
        core.subscribe(self._hear)

    def send(self, command: Command) -> None:
        """Post a command. What comes of it arrives as a notice."""
        self._core.submit(command).add_done_callback(partial(self._report, type(command).__name__))

    def show_frame(self, frame: CameraFrame) -> None:
        """Take a camera's picture from any thread. Only the newest is kept; a thread of its own decodes it.

        Reads come by the thread that calls this: they do not wait behind a picture.
        """
        with self._lock:
            due = frame.camera_id in self._told
            self._told[frame.camera_id] = frame
        if self._watched and not due:
            self._pictures.submit(self._decode, frame.camera_id)

    def watch(self, watched: bool) -> None:
        """Say whether live pictures are looked at; they are not decoded for nobody."""
        with self._lock:
            begins = watched and not self._watched
            self._watched, held = watched, tuple(self._told)
        for camera_id in held if begins else ():
            self._pictures.submit(self._decode, camera_id)

    def _decode(self, camera_id: str) -> None:
        with self._lock:
            frame = self._told.pop(camera_id, None)
        if frame is None:
            return
        live = LiveFrame(frame, decode(frame.jpeg)[0])
        with self._lock:
            waiting = camera_id in self._frames
            self._frames[camera_id] = live
        if not waiting:
            self.frame.emit(camera_id)

    def take_frame(self, camera_id: str) -> LiveFrame | None:
        """The newest picture of a camera, once."""
        with self._lock:
            return self._frames.pop(camera_id, None)

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, Heartbeat) or not self._beat_at:
            self._beat_at = time.monotonic()
        if isinstance(notice, Heartbeat):
            return
        if isinstance(notice, CommandRefused):
            words, remedy = translated(notice.words, "refusals"), translated(notice.remedy, "refusals")
            self.notice.emit(replace(notice, words=words, remedy=remedy))
        else:
            self.notice.emit(notice)

    def _report(self, name: str, future: Future[None]) -> None:
        """Refusals come as notices of their own; anything else that went wrong must not stay unseen."""
        error = future.exception()
        if error is not None and not isinstance(error, MdtError):
            words = self.tr("The program could not do this.")
            self.notice.emit(CommandRefused(name, "defect", words, self.tr("Try again, and report it.")))

    def _check_heart(self) -> None:
        heard, now = self._beat_at, time.monotonic()
        silent = now - heard > SILENT_AFTER_S if heard else now - self._begun > _FIRST_WORD_S
        if silent != self._silent:
            self._silent = silent
            self.core_silent.emit(silent)
