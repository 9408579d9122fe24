"""The frame that waits for the reader: the latest one, or, for unrelated pictures, each one in turn."""

from __future__ import annotations

import threading

from devices.cameras.frames import Frame


class Mailbox:
    """Room for one frame between the capturing and the reading thread.

    keep_all: `put` waits until the frame is read; otherwise a new frame takes the place of one that still waits, and
    `replaced` counts that one.
    """

    def __init__(self, *, keep_all: bool) -> None:
        self._keep_all = keep_all
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._busy = False
        self._closed = False
        self.replaced = 0

    def put(self, frame: Frame) -> None:
        """Hand over a frame."""
        with self._changed:
            self.replaced += self._frame is not None
            self._frame = frame
            self._changed.notify_all()
            if self._keep_all:
                self._changed.wait_for(lambda: self._closed or (self._frame is None and not self._busy))

    def take(self) -> Frame | None:
        """Wait for a frame and return it; None when closed and empty. Taking a frame says that the last one is read."""
        with self._changed:
            self._busy = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._frame is not None)
            frame, self._frame = self._frame, None
            self._busy = frame is not None
            self._changed.notify_all()
            return frame

    def newer(self, frame: Frame) -> Frame:
        """Return the frame that has come since this one was taken, which is then skipped; else this one."""
        with self._changed:
            if self._frame is None or self._keep_all:
                return frame
            self.replaced += 1
            frame, self._frame = self._frame, None
            return frame

    def close(self) -> None:
        """No more frames come; the one that waits is still taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
