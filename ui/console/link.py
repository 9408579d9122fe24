"""The console's way to headquarters: calls run in a thread of their own, answers come back into Qt's."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

import structlog
from PySide6.QtCore import QObject, Signal

from mdt_app.domain.errors import MdtError, Refused
from mdt_app.domain.privileged import PROVE_AGAIN, SIGN_IN
from mdt_app.sync.desk import DeskClient
from ui.console.words import refusal
from ui.words import translated

T = TypeVar("T")
Job = tuple[int, Callable[[DeskClient], object]]
_STOP_WITHIN_S = 2.0
_AT_WORK_S = 10.0
"""So long after a touch calls are a person's: longer than a turn of asking, so that one of them says it."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A call under way."""

    what: str
    job: Callable[[DeskClient], Any]
    then: Callable[[Any], None]
    otherwise: Callable[[MdtError], None] | None


class DeskLink(QObject):
    """Does one call after the other. `told` says what is under way and what went wrong; nothing here blocks Qt."""

    told = Signal(str, str)
    """Words for the line below, and their tone."""
    reached = Signal(bool)
    """Whether headquarters answered the last call."""
    proof_wanted = Signal(str, object)
    """Why a privileged act wants a proof of identity, and what does it again."""
    signed_out = Signal(str, object)
    """Why nobody is signed in at this desk, and what does again what somebody asked for; None: nobody did."""
    _came = Signal(int, object)

    def __init__(self, client: DeskClient) -> None:
        super().__init__()
        self._client = client
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._waiting: dict[int, _Waiting] = {}
        self._number = 0
        self._touched_at = -math.inf
        self._came.connect(self._take)
        # A daemon: a call that hangs must not hold the end of the program.
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End within 2 seconds; a call under way is left to itself."""
        self._jobs.put(None)
        self._waiting.clear()
        if self._thread.is_alive():
            self._thread.join(_STOP_WITHIN_S)

    @property
    def idle(self) -> bool:
        """Nothing is under way."""
        return not self._waiting

    def touched(self) -> None:
        """Somebody is at work here, which calls say. A window that only asks by itself keeps no session alive."""
        self._touched_at = time.monotonic()

    def call(
        self,
        what: str,
        job: Callable[[DeskClient], T],
        then: Callable[[T], None],
        otherwise: Callable[[MdtError], None] | None = None,
    ) -> None:
        """Have a call made, and `then` called in Qt's thread with its answer. `what` is told; '' stays quiet.

        `otherwise` takes a refusal or fault in place of `told`. A privileged act that wants a proof of identity first
        is handed to `proof_wanted` with what makes the call again.
        """
        self._number += 1
        self._waiting[self._number] = _Waiting(what, job, then, otherwise)
        if what:
            self.told.emit(what, "owed")
        self._jobs.put((self._number, job))

    def poll(self, job: Callable[[DeskClient], T], then: Callable[[T], None]) -> None:
        """As `call`, quietly, and only when nothing else is under way."""
        if self.idle:
            self.call("", job, then)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            number, work = job
            self._client.quiet = time.monotonic() - self._touched_at > _AT_WORK_S
            try:
                answer: object = work(self._client)
            except MdtError as fault:
                answer = fault
            except Exception as fault:  # noqa: BLE001 - the thread lives on, and the person is told
                log.error("desk.failed", error=type(fault).__name__)  # noqa: TRY400 - its words may hold plates
                answer = MdtError("The program could not do this.", "Try again, and report it.")
            self._came.emit(number, answer)

    def _take(self, number: int, answer: object) -> None:
        asked = self._waiting.pop(number, None)
        if asked is None:
            return
        # A refusal is an answer, too: headquarters is there.
        self.reached.emit(not isinstance(answer, MdtError) or isinstance(answer, Refused))
        if isinstance(answer, MdtError):
            self._refused(asked, answer)
            return
        if asked.what:
            self.told.emit("", "dim")
        asked.then(answer)

    def _refused(self, asked: _Waiting, fault: MdtError) -> None:
        if isinstance(fault, Refused) and fault.reason == PROVE_AGAIN:
            words = translated(fault.words, "refusals")
            self.proof_wanted.emit(words, partial(self.call, asked.what, asked.job, asked.then, asked.otherwise))
        elif isinstance(fault, Refused) and fault.reason == SIGN_IN:
            again = partial(self.call, asked.what, asked.job, asked.then, asked.otherwise) if asked.what else None
            self.signed_out.emit(refusal(fault), again)
        elif asked.otherwise is not None:
            asked.otherwise(fault)
        else:
            self.told.emit(refusal(fault), "hit")
