"""The position device: sends each fix, says when there is none, and looks again for a receiver that is gone."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import partial

from devices.hosting import HostedProcess, Send, launch
from devices.position.fixes import FixMaker, Sighting
from devices.position.receiver import Receiver, open_receiver
from devices.serial_port import PortLost
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.position import FixMode, LastFix, PositionFix

RATE_HZ = 1.0
"""How often the device promises to say how it is."""
_WORD_S = 0.4
_RETRY_S = 0.5
_CLOCK_NOTE_S = 30.0


@dataclass(frozen=True, slots=True)
class PositionOrder:
    """What a position process is started with: its name, and where the receiver is (see open_receiver)."""

    device_id: str
    where: str


def launch_position(order: PositionOrder) -> HostedProcess:
    """Start the process. Raises BadInput when `where` names no receiver."""
    open_receiver(order.where)
    return launch(f"position {order.device_id}", partial(run_position, order))


def run_position(order: PositionOrder, send: Send, ending: threading.Event) -> None:
    """Read the receiver until `ending`."""
    PositionDevice(order.device_id, open_receiver(order.where), send, ending).run()


class PositionDevice:
    """One receiver at work, in one thread."""

    def __init__(self, device_id: str, receiver: Receiver, send: Send, ending: threading.Event) -> None:
        self._id, self._receiver, self._send, self._ending = device_id, receiver, send, ending
        self._maker, self._last = FixMaker(device_id), LastFix()
        self._fault, self._said_s, self._fixes = "", 0.0, 0
        self._offset_s: float | None = None

    def run(self) -> None:
        """Read, and look again whenever the receiver is lost."""
        while not self._ending.is_set():
            try:
                self._read()
            except PortLost as lost:
                self._lose(str(lost))
            until = time.monotonic() + _RETRY_S
            while time.monotonic() < until and not self._ending.wait(0.1):
                self._say()

    def _read(self) -> None:
        self._say()
        for said in self._receiver.sightings():
            if self._ending.is_set():
                return
            if said is not None:
                self._tell(said)
            self._say()

    def _tell(self, said: Sighting) -> None:
        fix = self._maker.make(said)
        self._fault, self._offset_s = "", fix.clock_offset_s if fix.clock_steady else None
        self._last.hear(fix, time.monotonic())
        self._fixes += fix.held
        self._send(fix)

    def _lose(self, words: str) -> None:
        """Tell once that there is no fix any more; the words stay until there is one."""
        if not self._fault:
            lost = PositionFix(self._id, None, mode=FixMode.NONE)
            self._last.hear(lost, time.monotonic())
            self._send(lost)
        self._fault = words

    def _say(self) -> None:
        now = time.monotonic()
        if now - self._said_s < _WORD_S:
            return
        self._said_s = now
        reader, (state, detail) = self._receiver.reader, self._state(now)
        health = DeviceHealth(
            self._id,
            DeviceKind.POSITION,
            state,
            detail,
            frames=reader.sentences,
            read=self._fixes,
            skipped=self._maker.wild,
            unreadable=sum(reader.faults.values()),
        )
        self._send(health)

    def _state(self, now_s: float) -> tuple[DeviceState, str]:
        known = self._last.at(now_s)
        if known is not None and known.live:
            offset = self._offset_s
            off = offset is not None and abs(offset) > _CLOCK_NOTE_S
            return DeviceState.OK, f"The clock differs from the position's by {offset:.0f} s" if off else ""
        words = self._fault or "No position fix"
        age = f"; the last one is {known.age_s:.0f} s old" if known else ""
        return DeviceState.FAULT, words + age
