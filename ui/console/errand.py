"""What takes seconds, done beside Qt's thread: it is told how long it takes, and Esc leaves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

import structlog
from PySide6.QtCore import QObject, QTimer

from mdt_app.domain.errors import MdtError

_LOOK_MS = 50
_log = structlog.get_logger()

Answers = SimpleQueue[str | MdtError]
"""Carries the one answer of a job from its thread."""


class Errand(QObject):
    """Does one job at a time. `say` is told what is under way, `turned` that one begins or ends.

    A job returns the words for what it did, or raises MdtError. One that is left runs to its end unheard.
    """

    def __init__(self, parent: QObject, say: Callable[[str], None], turned: Callable[[], None]) -> None:
        super().__init__(parent)
        self._say, self._turned = say, turned
        self._answers: Answers | None = None
        self._what, self._began = "", 0.0
        self._then: Callable[[str], None] = _nothing
        self._failed: Callable[[MdtError], None] = _nothing
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._answers is not None

    def start(
        self, what: str, job: Callable[[], str], then: Callable[[str], None], failed: Callable[[MdtError], None]
    ) -> None:
        """Do a job; `then` or `failed` is called in Qt's thread with what came of it. Nothing while one is busy."""
        if self.busy:
            return
        self._what, self._began, self._then, self._failed = what, time.monotonic(), then, failed
        self._answers = SimpleQueue()
        # A daemon: a job that hangs must not hold the end of the program.
        threading.Thread(target=_run, args=(job, self._answers), name="desk's errand", daemon=True).start()
        self._watch.start()
        self._tell()
        self._turned()

    def leave(self) -> None:
        """Wait no longer; what it does at headquarters may be done all the same."""
        self._end()
        self._say(self.tr("Left. Headquarters may have it all the same: look there before you do it again."))

    def _look(self) -> None:
        answers = self._answers
        if answers is None:
            return
        try:
            answer = answers.get_nowait()
        except Empty:
            self._tell()
            return
        self._end()
        if isinstance(answer, MdtError):
            self._failed(answer)
        else:
            self._then(answer)

    def _end(self) -> None:
        self._watch.stop()
        self._answers = None
        self._turned()

    def _tell(self) -> None:
        self._say(self.tr("{0} {1} s").format(self._what, int(time.monotonic() - self._began)))


def _run(job: Callable[[], str], answers: Answers) -> None:
    try:
        answers.put(job())
    except MdtError as fault:
        answers.put(fault)
    except Exception as fault:  # noqa: BLE001 - the person is told, whatever it is
        _log.error("errand failed", error=type(fault).__name__)
        answers.put(MdtError("The program could not do this.", "Try again, and report it."))


def _nothing(_: object) -> None:
    """Until a job is given."""
