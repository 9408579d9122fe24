"""The supervisor: starts devices from a table, hears them, restarts what died, and calls silence by its name."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from typing import Protocol

import structlog

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceMessage, DeviceState

POLL_S = 0.2
SILENT_AFTER_PERIODS = 3
START_GRACE_S = 30.0
"""A device may be quiet so long before its first word: models load, processes start."""
BACK_OFF_S = (0.5, 10.0)

_log = structlog.get_logger()


class RunningDevice(Protocol):
    """A device's process and the pipe on which it sends DeviceMessages."""

    @property
    def connection(self) -> Connection[None, DeviceMessage]:
        """The receiving end."""

    def alive(self) -> bool:
        """True while the process runs."""

    def stop(self) -> None:
        """Ask it to end, and end it by force after a deadline."""


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """A row of the device table. `rate_hz` is how often the device promises to say how it is."""

    device_id: str
    kind: DeviceKind
    rate_hz: float
    launch: Callable[[], RunningDevice]


@dataclass(slots=True)
class _Watched:
    """What the supervisor knows of one device; times are monotonic seconds."""

    spec: DeviceSpec
    health: DeviceHealth
    device: RunningDevice | None = None
    heard_at: float = 0.0
    heard: bool = False
    start_at: float = 0.0
    back_off: float = field(default=BACK_OFF_S[0])


class Supervisor:
    """Runs a table of devices; can be started and stopped again and again.

    `post` is called in the supervisor's thread with every message of a device and every change of health.
    """

    def __init__(
        self,
        specs: Sequence[DeviceSpec],
        post: Callable[[DeviceMessage], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._specs, self._post, self._clock = specs, post, clock
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start all devices; does nothing while they run."""
        if self._thread is None:
            self._ending.clear()
            self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop all devices and wait for their end; does nothing while they rest."""
        if self._thread is not None:
            self._ending.set()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        now = self._clock()
        watched = [
            _Watched(s, DeviceHealth(s.device_id, s.kind, DeviceState.STARTING), start_at=now) for s in self._specs
        ]
        try:
            while not self._ending.is_set():
                for one in watched:
                    self._guarded(self._tend, one)
                self._listen(watched)
        finally:
            for one in watched:
                self._end(one)
                self._try_say(one, replace(one.health, state=DeviceState.STOPPED, detail=""))

    def _guarded(self, work: Callable[[_Watched], None], one: _Watched) -> None:
        """Do something for one device; an error that nobody foresaw is this device's fault and no other's."""
        try:
            work(one)
        except Exception as error:  # noqa: BLE001 - the other devices must go on
            _log.error("device failed", device=one.spec.device_id, error=type(error).__name__)
            self._end(one)
            self._retry_later(one, f"The device failed ({type(error).__name__}); it is started again")

    def _tend(self, one: _Watched) -> None:
        """Start what is due, and notice death and silence."""
        now = self._clock()
        if one.device is None:
            if one.health.state is not DeviceState.ENDED and now >= one.start_at:
                self._launch(one)
        elif not one.device.alive() and not one.device.connection.poll():
            self._bury(one)
        elif one.health.state is not DeviceState.ENDED:
            self._notice_silence(one, now)

    def _notice_silence(self, one: _Watched, now: float) -> None:
        """Call it silent once its time is over; start it anew when as much again has passed."""
        allowed = SILENT_AFTER_PERIODS / one.spec.rate_hz if one.heard else START_GRACE_S
        quiet = now - one.heard_at
        if quiet > 2 * allowed:
            _log.warning("device is silent", device=one.spec.device_id)
            self._end(one)
            self._retry_later(one, "No word from the device; it is started again")
        elif quiet > allowed and one.health.state is not DeviceState.SILENT:
            self._say(one, replace(one.health, state=DeviceState.SILENT, detail="No word from the device"))

    def _launch(self, one: _Watched) -> None:
        try:
            one.device = one.spec.launch()
        except Exception as error:  # noqa: BLE001 - a device that can't be started must not stop the others
            _log.error("device can't be started", device=one.spec.device_id, error=type(error).__name__)
            self._retry_later(one, "The device's process can't be started")
            return
        one.heard_at, one.heard = self._clock(), False

    def _bury(self, one: _Watched) -> None:
        self._end(one)
        if one.health.state is not DeviceState.ENDED:
            _log.warning("device died", device=one.spec.device_id)
            self._retry_later(one, "The device's process ended; it is started again")

    def _end(self, one: _Watched) -> None:
        device, one.device = one.device, None
        if device is None:
            return
        try:
            device.stop()
            device.connection.close()
        except Exception as error:  # noqa: BLE001 - the other devices are still to be ended
            _log.error("device can't be stopped", device=one.spec.device_id, error=type(error).__name__)

    def _retry_later(self, one: _Watched, detail: str) -> None:
        one.start_at = self._clock() + one.back_off
        one.back_off = min(one.back_off * 2, BACK_OFF_S[1])
        self._try_say(one, replace(one.health, state=DeviceState.FAULT, detail=detail))

    def _listen(self, watched: Sequence[_Watched]) -> None:
        by_connection = {one.device.connection: one for one in watched if one.device is not None}
        if not by_connection:
            self._ending.wait(POLL_S)
            return
        try:
            ready = set(map(id, wait(list(by_connection), POLL_S)))
        except (OSError, ValueError):  # one of them is broken: each is heard alone, and the broken one shows itself
            ready = set(map(id, by_connection))
        for connection, one in by_connection.items():
            if id(connection) in ready:
                self._guarded(self._hear, one)

    def _hear(self, one: _Watched) -> None:
        if one.device is None:
            return
        try:
            if not one.device.connection.poll():
                return
            message = one.device.connection.recv()
        except (EOFError, OSError):
            self._bury(one)
            return
        one.heard_at, one.heard = self._clock(), True
        if isinstance(message, DeviceHealth):
            self._say(one, message)
        else:
            self._post(message)

    def _say(self, one: _Watched, health: DeviceHealth) -> None:
        one.health = health
        self._post(health)
        if health.state is DeviceState.OK:
            one.back_off = BACK_OFF_S[0]

    def _try_say(self, one: _Watched, health: DeviceHealth) -> None:
        try:
            self._say(one, health)
        except Exception as error:  # noqa: BLE001 - what can't be told now stands in the log
            _log.error("health can't be told", device=one.spec.device_id, error=type(error).__name__)
