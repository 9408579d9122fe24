"""Notes where Qt's thread was each time it let the screen wait: the GUI stall tracer."""

from __future__ import annotations

import faulthandler
import time
from datetime import UTC, datetime
from typing import IO

from PySide6.QtCore import QObject, QTimer

from mdt_app.services.crash_notes import write_note

LIMIT_S = 0.2
"""Longer than that nothing may hold Qt's thread."""
_TICK_MS = 50
_MOST = 200
"""So many stalls are noted in one run: a slow machine must not fill the disk."""


class StallTracer(QObject):
    """While Qt's loop turns, each turn puts off a watchdog; one that is not put off writes all threads' stacks.

    The watchdog is faulthandler's own thread: it needs no turn at Python's lock, so it sees a hang in a library too. It
    writes names of files and functions, no value of anything. `stalls` counts what was late.
    """

    def __init__(self, file: IO[bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._file, self.stalls = file, 0
        self._turned = time.monotonic()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        self._put_off()

    def end(self) -> None:
        """Watch no more, and close the file."""
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()
        self._file.close()

    def _turn(self) -> None:
        now = time.monotonic()
        late_s, self._turned = now - self._turned, now
        if late_s > LIMIT_S:
            self.stalls += 1
            ended = datetime.now(UTC).isoformat(timespec="milliseconds")
            write_note(self._file, f"-- Qt's thread was held for {late_s * 1000:.0f} ms until {ended}\n\n")
        if self.stalls < _MOST:
            self._put_off()
        else:
            self.end()

    def _put_off(self) -> None:
        faulthandler.dump_traceback_later(LIMIT_S, file=self._file)
