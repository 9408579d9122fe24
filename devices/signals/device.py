"""The device of the car's own signals: says each change, and keeps reading, also after the ignition went off."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from devices.hosting import HostedProcess, Send, launch
from devices.serial_port import OpenPort, PortLost, find_port
from devices.signals.patterns import Change, PatternFinder, SignalTable, load_signals
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.signals import CarSignal, Signal

RATE_HZ = 1.0
"""How often the device promises to say how it is."""
_WORD_S = 0.4
_RETRY_S = 0.5


@dataclass(frozen=True, slots=True)
class SignalOrder:
    """What a signals process is started with: its name, the port (see find_port), and the table's name or file."""

    device_id: str
    port: str
    table: str


def launch_signals(order: SignalOrder) -> HostedProcess:
    """Start the process. Raises BadInput for a table that can't be used."""
    load_signals(order.table)
    return launch(f"signals {order.device_id}", partial(run_signals, order))


def run_signals(order: SignalOrder, send: Send, ending: threading.Event) -> None:
    """Read the port until `ending`."""
    SignalDevice(order, load_signals(order.table), send, ending).run()


class SignalDevice:
    """One control head at work, in one thread. A port that is lost is looked for until it is back."""

    def __init__(self, order: SignalOrder, table: SignalTable, send: Send, ending: threading.Event) -> None:
        self._order, self._table, self._send, self._ending = order, table, send, ending
        self._finder = PatternFinder(table)
        self._known: dict[Signal, bool] = {}
        self._state, self._detail = DeviceState.STARTING, ""
        self._said_s, self._changes, self._repeats = 0.0, 0, 0

    def run(self) -> None:
        """Read until `ending`."""
        while not self._ending.is_set():
            try:
                self._read()
            except PortLost as lost:
                self._state, self._detail = DeviceState.FAULT, str(lost)
                for change in self._finder.take(b""):  # what began on the lost line does not go on on the next
                    self._tell(change)
                self._known.clear()  # what happened meanwhile is not known: the next word counts as a change
                self._say(at_once=True)
            until = time.monotonic() + _RETRY_S
            while time.monotonic() < until and not self._ending.wait(0.1):
                self._say()

    def _read(self) -> None:
        with OpenPort(find_port(self._order.port), self._table.speed) as port:
            self._state, self._detail = DeviceState.OK, ""
            self._say(at_once=True)
            while not self._ending.is_set():
                for change in self._finder.take(port.read()):
                    self._tell(change)
                self._say()

    def _tell(self, change: Change) -> None:
        if self._known.get(change.signal) is change.on:
            self._repeats += 1
            return
        self._known[change.signal] = change.on
        self._changes += 1
        self._send(CarSignal(self._order.device_id, change.signal, change.on, datetime.now(UTC)))

    def _say(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if at_once or now - self._said_s >= _WORD_S:
            self._said_s = now
            counts = {"read": self._changes, "skipped": self._repeats, "unreadable": self._finder.unknown}
            health = DeviceHealth(self._order.device_id, DeviceKind.SIGNAL, self._state, self._detail, **counts)
            self._send(health)
