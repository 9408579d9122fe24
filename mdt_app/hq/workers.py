"""Worker processes that answer at one address: started, watched, started again when one dies, and ended together."""

from __future__ import annotations

import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

import structlog

from mdt_app.domain.errors import MdtError
from mdt_app.services.logs import configure_logs
from mdt_app.services.no_dumps import forbid_dumps
from mdt_app.services.processes import PROCESSES, load_for_processes

_LOOK_S = 0.2
_START_WITHIN_S = 60.0
_END_WITHIN_S = 8.0

log = structlog.get_logger()


class Flag(Protocol):
    """An event that processes share."""

    def is_set(self) -> bool:
        """Whether it has come."""

    def set(self) -> None:
        """Let it come."""


class Workers:
    """One process a listening socket, each with `work(order, socket, ended, ready)`. `order` goes to them whole."""

    def __init__(self, work: Callable[..., None], order: object, listeners: Sequence[socket.socket]) -> None:
        load_for_processes(work.__module__)
        self._work, self._order, self._listeners = work, order, listeners
        self._ended: Flag = PROCESSES.Event()
        self._ready = PROCESSES.Semaphore(0)
        self._processes: list[BaseProcess] = []

    def run(
        self, ended: threading.Event, ready: Callable[[int], None], alive: Callable[[], None] = lambda: None
    ) -> None:
        """Block until `ended` is set; `ready` is told the port once all answer. Raises MdtError when one can't.

        `alive` is called in each turn of looking after them.
        """
        try:
            self._processes = [self._started(listener) for listener in self._listeners]
            self._await_all(ended)
            if not ended.is_set():
                ready(self._listeners[0].getsockname()[1])
            while not ended.wait(_LOOK_S):
                alive()
                self._replace_dead()
        finally:
            self._end()

    def _started(self, listener: socket.socket) -> BaseProcess:
        arguments = (self._work, self._order, listener, self._ended, self._ready)
        process = PROCESSES.Process(target=_run, args=arguments, name="hq-worker", daemon=True)
        process.start()
        return process

    def _await_all(self, ended: threading.Event) -> None:
        deadline, answering = time.monotonic() + _START_WITHIN_S, 0
        while answering < len(self._processes) and not ended.is_set():
            answering += self._ready.acquire(timeout=_LOOK_S)
            if time.monotonic() > deadline or not all(process.is_alive() for process in self._processes):
                raise MdtError("A worker of headquarters does not start.", "Look into the log; try --workers 1.")

    def _replace_dead(self) -> None:
        for number, process in enumerate(self._processes):
            if not process.is_alive():
                log.error("worker.died", status=process.exitcode)
                self._processes[number] = self._started(self._listeners[number])

    def _end(self) -> None:
        self._ended.set()
        deadline = time.monotonic() + _END_WITHIN_S
        for process in self._processes:
            process.join(max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                log.error("worker.killed")
                process.kill()
                process.join()


class _Ends:
    """A worker ends when all shall, when it alone was told to, or when whoever started it is gone."""

    def __init__(self, all_ended: Flag) -> None:
        self._all = all_ended
        self._own = threading.Event()
        self._parent = multiprocessing.parent_process()
        # A terminal's interrupt reaches each process; the one that started them ends them all.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: self._own.set())

    def is_set(self) -> bool:
        """Whether it is time."""
        return self._own.is_set() or self._all.is_set() or not (self._parent and self._parent.is_alive())


def _run(work: Callable[..., None], order: Any, listener: socket.socket, ended: Flag, ready: Any) -> None:
    forbid_dumps()
    configure_logs()
    work(order, listener, _Ends(ended), lambda _port: ready.release())
