"""What a crash leaves in the car's folder: where the program was, in names of files and functions alone.

No value is written, neither of a variable nor of an error's words: either could hold a plate or a name.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import IO

import structlog

FILE, STALLS = "crash-notes.txt", "stall-notes.txt"
_MOST_BYTES = 256 * 1024
"""A file that has grown so long is put aside at the next start, in place of the one before."""

_log = structlog.get_logger()


def open_notes(folder: Path, name: str) -> IO[bytes]:
    """Open a file of notes for one more, readable by its owner alone. Where that fails the notes go nowhere."""
    path = folder / name
    try:
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.replace(path.with_suffix(".old.txt"))
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        _log.warning("no notes", file=name, error=type(error).__name__)
        number = os.open(os.devnull, os.O_WRONLY)
    return os.fdopen(number, "ab", buffering=0)


def write_note(file: IO[bytes], words: str) -> None:
    """Write at once. A full disk must not end the program that would say why it ended."""
    try:
        file.write(words.encode())
    except OSError as error:
        _log.warning("note not written", error=type(error).__name__)


class CrashNotes:
    """Has native crashes and errors that nobody took written down, from now until `end`."""

    def __init__(self, folder: Path) -> None:
        self._file, self._writing = open_notes(folder, FILE), threading.Lock()
        self._before = (sys.excepthook, threading.excepthook)
        faulthandler.enable(self._file)
        sys.excepthook = self._error
        threading.excepthook = self._error_in_thread
        self.line("begun")

    def line(self, words: str) -> None:
        """Write one line with the time (UTC)."""
        with self._writing:
            write_note(self._file, f"{datetime.now(UTC).isoformat(timespec='milliseconds')} {words}\n")

    def end(self) -> None:
        """Write that the end was an orderly one, and leave the hooks as they were."""
        self.line("ended")
        sys.excepthook, threading.excepthook = self._before
        faulthandler.disable()
        if sys.__stderr__ is not None:  # a windowed program has none
            faulthandler.enable(sys.__stderr__)
        self._file.close()

    def _error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # somebody ends the program
            self._before[0](kind, error, trace)
            return
        self._note(kind, threading.current_thread().name, trace)

    def _error_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_type is not SystemExit:
            self._note(told.exc_type, told.thread.name if told.thread else "a thread", told.exc_traceback)

    def _note(self, kind: type[BaseException], thread: str, trace: TracebackType | None) -> None:
        places = _places(trace)
        self.line(f"error {kind.__name__} in {thread}: {places}")
        _log.error("not taken", error=kind.__name__, thread=thread, places=places)


def _places(trace: TracebackType | None) -> str:
    """'car.py:88 start < desktop.py:164 _run', the innermost first."""
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(trace)]
    return " < ".join(f"{Path(code.co_filename).name}:{line} {code.co_name}" for code, line in reversed(frames))


def unended(folder: Path) -> int:
    """How many runs have ended without an orderly end, by the notes that are kept; the running one not counted."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    words = [line.partition(" ")[2] for line in lines]
    runs = [word for word in words if word in ("begun", "ended")]
    return sum(one == then == "begun" for one, then in pairwise(runs))
