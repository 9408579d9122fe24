"""Finds a live camera that goes on sending without a picture worth anything: garbage, or one that hangs."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

from devices.cameras.frames import Frame, Unreadable
from devices.cameras.streams import SourceLost

UNREADABLE_S = 2.5
"""How long a stream may hold nothing but damaged pictures."""
STANDSTILL_S, ASK_ANEW_S = 2.5, 10.0
"""No sensor gives the very same picture for so long: what shows it hangs behind a live stream, or sees nothing at all.

It is said at once, but the camera is asked anew only later: an encoder may repeat a dark picture for some seconds.
"""
STANDS_STILL = "The camera's picture stands still: it hangs, or sees nothing. Restart the camera; look for a cover."
_SAMPLED = 8


class LiveWatch:
    """Looks at all that a camera sends, over all its connections. `hangs`: its picture has not moved yet.

    `now` gives monotonic seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._good_s = self._moved_s = self._asked_s = 0.0
        self._mark = 0
        self.hangs = False

    def begin(self) -> None:
        """The camera is asked anew; a picture that stood still is still the same one."""
        self._good_s = self._asked_s = self._now()
        if not self.hangs:
            self._moved_s = self._asked_s

    def look(self, item: Frame | Unreadable) -> None:
        """Take what came. Raises SourceLost when nothing good, or nothing new, has come for too long."""
        now = self._now()
        if isinstance(item, Frame):
            self._good_s = now
            mark = zlib.crc32(item.picture.grey()[::_SAMPLED, ::_SAMPLED].tobytes())
            if mark != self._mark:
                self._mark, self._moved_s = mark, now
        if now - self._good_s > UNREADABLE_S:
            raise SourceLost("The camera sends no picture that can be read.", "Restart the camera; check its cable.")
        self.hangs = now - self._moved_s > STANDSTILL_S
        if now - max(self._moved_s, self._asked_s) > ASK_ANEW_S:
            raise SourceLost(STANDS_STILL)
