"""A device in a process of its own: ends when asked to, is killed when it hangs, and never outlives the application."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from mdt_app.domain.devices import DeviceMessage
from mdt_app.services.logs import configure_logs
from mdt_app.services.no_dumps import forbid_dumps
from mdt_app.services.processes import PROCESSES, load_for_processes

STOP_S = 3.0
"""How long a process may take to end by itself."""
_ROOM = 1 << 20
"""So much a device can hand over at one go, in bytes: a read with its pictures is 0.4 MB, and a pipe holds 0.06."""
load_for_processes(
    "devices.cameras.camera",
    "devices.cameras.streams",
    "devices.recogniser.plate_reader",
    "devices.feeds.listener",
    "devices.position.device",
    "devices.signals.device",
    "devices.sound",
    "devices.voice",
)

Send = Callable[[DeviceMessage], None]
"""Takes a device's messages; may be called from any of its threads."""
Work = Callable[[Send, threading.Event], None]
"""A device's work: sends messages until the event is set. A plain function of a module, or a partial of one."""


class HostedProcess:
    """One run of a device, as the supervisor sees it."""

    def __init__(
        self,
        process: BaseProcess,
        connection: Connection[None, DeviceMessage],
        life: Connection[None, None],
    ) -> None:
        self._process, self.connection, self._life = process, connection, life

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    def alive(self) -> bool:
        """True while the process runs."""
        return self._process.is_alive()

    def stop(self) -> None:
        """Close its life line, which ends it; kill it if it hangs."""
        self._life.close()
        self._process.join(STOP_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def launch(name: str, work: Work) -> HostedProcess:
    """Start a process that does the work. What goes wrong in it comes as DeviceHealth, not as an error here."""
    heard, told = PROCESSES.Pipe(duplex=False)
    _make_room(heard)
    line, life = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_serve, args=(work, told, line), name=name, daemon=True)
    process.start()
    told.close()
    line.close()
    return HostedProcess(process, heard, life)


def _make_room(heard: Connection[None, DeviceMessage]) -> None:
    """Without it what reads plates, behind all else, would have to run once for each piece that a read is handed in."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the system gives one person only so much: then it goes in pieces
            fcntl.fcntl(heard.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)


def _serve(work: Work, messages: Connection[DeviceMessage, None], line: Connection[None, None]) -> None:
    forbid_dumps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the parent's business
    configure_logs()
    ending, sending = threading.Event(), threading.Lock()
    threading.Thread(target=_hold_line, args=(line, ending), name="life line", daemon=True).start()
    threading.Thread(target=_end_in_time, args=(ending,), name="deadline", daemon=True).start()

    def send(message: DeviceMessage) -> None:
        try:
            with sending:
                messages.send(message)
        except OSError:  # nobody listens any more
            ending.set()

    work(send, ending)
    messages.close()
    os._exit(0)  # native threads of decoders may hang in a system call and must not keep the process


def _hold_line(line: Connection[None, None], ending: threading.Event) -> None:
    """The line breaks when the parent closes it or dies, however it dies."""
    wait([line])
    ending.set()


def _end_in_time(ending: threading.Event) -> None:
    """What is asked to end does so within STOP_S, even with a thread that hangs in a system call."""
    ending.wait()
    threading.Event().wait(STOP_S)
    os._exit(1)
