"""A process that turns names into tones or words into speech; it may hang or die, and is then started anew."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from ctypes import c_ulong
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Semaphore

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceMessage, DeviceState
from mdt_app.services.no_dumps import forbid_dumps
from mdt_app.services.processes import PROCESSES

RATE_HZ = 0.2
"""Speaking takes seconds, in which no word of health comes."""
STOP_S = 2.0
WAITING_MOST = 8
"""Orders that may wait for the process, at most."""
TEXT_MOST = 400
"""Characters in an order, at most: so all that wait fit into the pipe, and sending never blocks."""
REPEATED_S = 40.0
"""An order that a process took to its end is given to the next one, once, unless it is older than this by then."""
_IDLE_S = 2.0
_LOOK_S = 0.2
_LEAST_S, _CHARACTER_S = 9.0, 0.2
"""How long a tone may take (words wait for one), and each character: who takes longer hangs, and ends itself."""

Output = Callable[[str], DeviceMessage | None]
"""Plays or says what was ordered; what it gives back is sent on."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An output that works, with a word for the screen on what it can't do; an empty one says nothing."""

    output: Output
    note: str = ""

    def __call__(self, text: str) -> DeviceMessage | None:
        """Play or say it."""
        return self.output(text)


@dataclass(frozen=True, slots=True)
class _Given:
    """An order as it was given: its number in this run of the process, when, and whether it is given once more."""

    number: int
    text: str
    at_s: float
    again: bool


class Unavailable(Exception):
    """Nothing can be heard now; the words say why and go to the screen."""


class Speaker:
    """The lasting handle of a speaking process. `open_output` runs in the process: a plain function of a module.

    `ended` is called here whenever a process has ended, and takes away what it left.
    """

    def __init__(
        self,
        device_id: str,
        kind: DeviceKind,
        open_output: Callable[[], Output],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self.device_id, self.kind = device_id, kind
        self._open_output, self._ended = open_output, ended
        self._orders: Connection[str, None] | None = None
        self._room = PROCESSES.Semaphore(WAITING_MOST)
        self._done = PROCESSES.RawValue("L", 0)
        self._given: deque[_Given] = deque(maxlen=WAITING_MOST + 2)  # those that wait, and the one at work
        self._count = 0
        self._giving = threading.Lock()
        self.lost = 0
        """Orders that no process was there to take, that found too many waiting, or that were too long."""

    def launch(self) -> SpeakingProcess:
        """Start the process; orders go to this one from now on."""
        taken, orders = PROCESSES.Pipe(duplex=False)
        heard, told = PROCESSES.Pipe(duplex=False)
        room, done = PROCESSES.Semaphore(WAITING_MOST), PROCESSES.RawValue("L", 0)
        arguments = (self.device_id, self.kind, self._open_output, Orders(taken, room, done), told)
        process = PROCESSES.Process(target=_serve, args=arguments, name=self.device_id, daemon=True)
        process.start()
        taken.close()
        told.close()
        with self._giving:
            left = [one for one in self._given if one.number >= self._done.value]
            self._given.clear()
            self._count = 0
            self._orders, self._room, self._done = orders, room, done
            for one in left:
                if one.again or time.monotonic() - one.at_s > REPEATED_S:
                    self.lost += 1
                else:
                    self._give(one.text, one.at_s, again=True)
        return SpeakingProcess(process, heard, orders, room, self._ended)

    def order(self, text: str) -> None:
        """Have it played or said. Never blocks, also while the process hangs; an order that is lost is counted."""
        with self._giving:
            self._give(text, time.monotonic())

    def _give(self, text: str, at_s: float, *, again: bool = False) -> None:
        if self._orders is None or len(text) > TEXT_MOST or not self._room.acquire(block=False):
            self.lost += 1
            return
        self._given.append(_Given(self._count, text, at_s, again))
        self._count += 1
        try:
            self._orders.send(text)
        except (OSError, TypeError):  # the process is gone, or closed by the supervisor's thread in this very moment
            return  # the next process gets it


class Orders:
    """The process's end of the pipe: each order that is taken makes room for another one."""

    def __init__(self, pipe: Connection[None, str], room: Semaphore, done: c_ulong) -> None:
        self._pipe, self._room, self._done = pipe, room, done
        self._late_s: float | None = None

    def wait(self, seconds: float) -> bool:
        """Wait for an order; False when none came. Raises OSError or EOFError when no more can come."""
        return self._pipe.poll(seconds)

    def take(self) -> str:
        """Return the oldest order."""
        text = self._pipe.recv()
        self._room.release()
        longest = max(map(len, text.split("\n")))
        self._late_s = time.monotonic() + _LEAST_S + _CHARACTER_S * longest
        return text

    def done(self) -> None:
        """The order that was taken is played, or is not to be played any more."""
        self._late_s = None
        self._done.value += 1

    def drop(self) -> None:
        """The order that was taken, if one was, can't be played."""
        if self._late_s is not None:
            self.done()

    def watch(self) -> None:
        """End the process when an order takes longer than it can: the next one plays it."""
        while (late_s := self._late_s) is None or time.monotonic() < late_s:
            time.sleep(_LOOK_S)
        os._exit(1)


class SpeakingProcess:
    """One run of the process, as the supervisor sees it."""

    def __init__(
        self,
        process: BaseProcess,
        connection: Connection[None, DeviceMessage],
        orders: Connection[str, None],
        room: Semaphore,
        ended: Callable[[], None],
    ) -> None:
        self._process, self.connection, self._orders, self._ended = process, connection, orders, ended
        self._room = room  # kept: without an owner its name is gone before the process has found it

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
        self._ended()


def _serve(
    device_id: str,
    kind: DeviceKind,
    open_output: Callable[[], Output],
    orders: Orders,
    health: Connection[DeviceMessage, None],
) -> None:
    """Play what is ordered until the orders end, and say how it goes."""
    forbid_dumps()  # what it says has plates in it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the parent's business
    # eSpeak and ALSA write to standard error on their own; the health message says what matters.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    threading.Thread(target=orders.watch, name="watch", daemon=True).start()
    output: Output | None = None
    try:
        while True:
            state, detail = DeviceState.OK, ""
            try:
                output = output or open_output()
                if orders.wait(_IDLE_S):
                    told = output(orders.take())
                    orders.done()
                    if told is not None:
                        health.send(told)
                detail = output.note if isinstance(output, Noted) else ""
            except Unavailable as reason:
                output, state, detail = None, DeviceState.FAULT, str(reason)
                orders.drop()
                _drain(orders)
            health.send(DeviceHealth(device_id, kind, state, detail))
    except (EOFError, OSError):
        return  # the parent has closed the pipe or is gone


def _drain(orders: Orders) -> None:
    """Drop what could not be played in time: an old tone would mislead. Then wait before the next try."""
    until = time.monotonic() + _IDLE_S
    while (left := until - time.monotonic()) > 0:
        if orders.wait(left):
            orders.take()
            orders.done()
