"""Keeps the car's application at work: a process that starts it, watches it, and starts it again when it crashed.

An application that ends with `ANEW` asks for just that, and it is no crash: a newer policy is taken up so.

The keeper loads nothing of the application but this; it can't fall with it. What the application says over a pipe is
all that it hears: that the sign-in screen is there, and twice a second that Qt's loop turns.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from mdt_app.domain.errors import MdtError
from mdt_app.services.system_notice import ALIVE, STOPPING, tell_system

BEAT_S = 0.5
"""So often the application says that its window lives."""
HUNG_S = 10.0
"""An application that beat and then is silent for so long is ended, with its stack noted, and started again.

Before the first beat it loads, which takes as long as the machine wants.
"""
_DUMP_S = 1.0
_LOOK_S = 0.5
_WAITS_S = (0.0, 1.0, 2.0, 5.0, 15.0)
"""Before the first restart, the second ...; a run of a minute makes the next one the first again."""
_LONG_RUN_S = 60.0
_ORDERLY = frozenset({0, 1, 2, -signal.SIGTERM, -signal.SIGINT})
ANEW = 75
"""The exit status of an application that wants to be started again at once."""

Say = Callable[[str], None]
Work = Callable[[Say, int], int]
"""The application: told whom to say its beats to, and how often it was started again after crashes.

Returns its exit status.
"""
if sys.platform == "linux":
    _CONTEXT = multiprocessing.get_context("fork")  # nothing runs here yet but this thread, and nothing is loaded twice
else:
    _CONTEXT = multiprocessing.get_context("spawn")


def kept() -> bool:
    """Whether this process has a keeper that lives: without one, who ends with ANEW stays away."""
    keeper = multiprocessing.parent_process()
    return keeper is not None and keeper.is_alive()


def keep(work: Work) -> int:
    """Run the application until it ends in order; return its exit status. `work`: a module's function or a partial."""
    keeper = _Keeper(work)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, keeper.end)
    return keeper.run()


class _Keeper:
    def __init__(self, work: Work) -> None:
        self._work, self._ending = work, False
        self._process: BaseProcess | None = None

    def end(self, number: int, _: object) -> None:
        """Pass the signal on; the application ends in order."""
        self._ending = True
        if self._process is not None and self._process.pid is not None and self._process.is_alive():
            os.kill(self._process.pid, number)

    def run(self) -> int:
        restarts = in_a_row = 0
        while True:
            began = time.monotonic()
            status = self._one_run(restarts)
            if status in _ORDERLY or self._ending:
                tell_system(STOPPING)
                return max(status, 0)
            in_a_row = 0 if time.monotonic() - began > _LONG_RUN_S else in_a_row
            why = "asked to be" if status == ANEW else f"ended by {status}; it is"
            sys.stderr.write(f"mdt: the application {why} started again.\n")
            time.sleep(_WAITS_S[min(in_a_row, len(_WAITS_S) - 1)])
            restarts, in_a_row = 0 if status == ANEW else restarts + 1, in_a_row + 1

    def _one_run(self, restarts: int) -> int:
        heard, told = _CONTEXT.Pipe(duplex=False)
        process = _CONTEXT.Process(target=_kept, args=(self._work, told, restarts), name="mdt")
        self._process = process
        process.start()
        told.close()
        self._watch(process, heard)
        process.join()
        heard.close()
        return process.exitcode or 0

    def _watch(self, process: BaseProcess, heard: Connection[None, str]) -> None:
        """Until the process is gone. Time in which the keeper itself did not run counts for nobody's silence."""
        beats, silent_s, looked = False, 0.0, time.monotonic()
        while process.is_alive():
            given = wait([process.sentinel, heard], _LOOK_S)
            now = time.monotonic()
            silent_s, looked = silent_s + min(now - looked, 2 * _LOOK_S), now
            if heard in given:
                said = _next(heard)
                if said is None:
                    return
                beats, silent_s = beats or said == ALIVE, 0.0
                tell_system(said)
            if beats and silent_s > HUNG_S and not self._ending:
                _end_hung(process)
                return


def _next(heard: Connection[None, str]) -> str | None:
    try:
        return heard.recv()
    except (EOFError, OSError):  # it is ending
        return None


def _end_hung(process: BaseProcess) -> None:
    """An abort has its crash handler note where it hangs; what does not even do that is killed."""
    if sys.platform != "win32" and process.pid is not None:
        os.kill(process.pid, signal.SIGABRT)
        process.join(_DUMP_S)
    if process.is_alive():
        process.kill()


def _kept(work: Work, told: Connection[str, None], restarts: int) -> None:
    """The application's process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)

    def say(line: str) -> None:
        try:
            told.send(line)
        except OSError:  # the keeper was killed: the officer's work goes on without it
            return

    try:
        status = work(say, restarts)
    except MdtError as error:
        sys.stderr.write(f"mdt: {error.words} {error.remedy}".rstrip() + "\n")
        status = 1
    sys.stderr.flush()
    sys.exit(status)
