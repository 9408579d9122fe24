"""A process that turns names into tones or words into speech; it may hang or die, and is then started anew."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceMessage, DeviceState

RATE_HZ = 0.2
"""Speaking takes seconds, in which no word of health comes."""
STOP_S = 2.0
_IDLE_S = 2.0
_SPAWN = multiprocessing.get_context("spawn")

Output = Callable[[str], None]


class Unavailable(Exception):
    """Nothing can be heard now; the words say why and go to the screen."""


class Speaker:
    """The lasting handle of a speaking process. `open_output` runs in the process: a plain function of a module."""

    def __init__(self, device_id: str, kind: DeviceKind, open_output: Callable[[], Output]) -> None:
        self.device_id, self.kind = device_id, kind
        self._open_output = open_output
        self._orders: Connection[str, None] | None = None
        self.lost = 0
        """Orders that no process was there to take."""

    def launch(self) -> SpeakingProcess:
        """Start the process; orders go to this one from now on."""
        taken, orders = _SPAWN.Pipe(duplex=False)
        heard, told = _SPAWN.Pipe(duplex=False)
        arguments = (self.device_id, self.kind, self._open_output, taken, told)
        process = _SPAWN.Process(target=_serve, args=arguments, name=self.device_id, daemon=True)
        process.start()
        taken.close()
        told.close()
        self._orders = orders
        return SpeakingProcess(process, heard, orders)

    def order(self, text: str) -> None:
        """Have it played or said. Never blocks on the process's work; an order without a process is counted."""
        try:
            if self._orders is None:
                raise BrokenPipeError
            self._orders.send(text)
        except OSError:
            self.lost += 1


class SpeakingProcess:
    """One run of the process, as the supervisor sees it."""

    def __init__(
        self,
        process: multiprocessing.process.BaseProcess,
        connection: Connection[None, DeviceMessage],
        orders: Connection[str, None],
    ) -> None:
        self._process, self.connection, self._orders = process, connection, orders

    def alive(self) -> bool:
        """True while the process runs."""
        return self._process.is_alive()

    def stop(self) -> None:
        """Close its orders, which ends it; kill it if it hangs."""
        self._orders.close()
        self._process.join(STOP_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(
    device_id: str,
    kind: DeviceKind,
    open_output: Callable[[], Output],
    orders: Connection[None, str],
    health: Connection[DeviceMessage, None],
) -> None:
    """Play what is ordered until the orders end, and say how it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the parent's business
    # eSpeak and ALSA write to standard error on their own; the health message says what matters.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    output: Output | None = None
    try:
        while True:
            state, detail = DeviceState.OK, ""
            try:
                output = output or open_output()
                if orders.poll(_IDLE_S):
                    output(orders.recv())
            except Unavailable as reason:
                output, state, detail = None, DeviceState.FAULT, str(reason)
                _drain(orders)
            health.send(DeviceHealth(device_id, kind, state, detail))
    except (EOFError, OSError):
        return  # the parent has closed the pipe or is gone


def _drain(orders: Connection[None, str]) -> None:
    """Drop what could not be played in time: an old tone would mislead. Then wait before the next try."""
    until = time.monotonic() + _IDLE_S
    while (left := until - time.monotonic()) > 0:
        if orders.poll(left):
            orders.recv()
