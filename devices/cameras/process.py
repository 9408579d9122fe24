"""The camera process: a camera and its plate reader, hosted like every device; and a spare one, loaded already."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Semaphore

from devices.cameras.camera import Camera, CameraOrder
from devices.hosting import HostedProcess, Send, launch
from devices.recogniser.port import PlateReader
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.services.processes import PROCESSES

_LOOK_S = 0.2
LoadReader = Callable[[], PlateReader]
"""Loads a plate reader, in the camera's process: a plain function of a module."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A process that waits for its order. `wanted` is released once for each still picture that is asked for."""

    process: HostedProcess
    orders: Connection[CameraOrder, None]
    wanted: Semaphore


class Spare:
    """One process with the plate reader loaded: it takes the place of a camera's that died, which loads for seconds."""

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None
        self._lock = threading.Lock()

    def keep(self) -> None:
        """See to it that there is one. Call it when the machine has time: loading takes a core for seconds."""
        with self._lock:
            if self._loaded is not None and not self._loaded.process.alive():
                self._end()
            if self._loaded is None:
                self._loaded = _load()

    def take(self, order: CameraOrder) -> _Loaded | None:
        """Give the spare process its order and return it, the caller's now; None when there is none that is loaded."""
        with self._lock:
            spare = self._loaded
            if spare is None or not spare.process.alive() or not spare.process.connection.poll():
                return None
            try:
                spare.process.connection.recv()
                spare.orders.send(order)
            except (EOFError, OSError):  # it has just died
                self._end()
                return None
            spare.orders.close()
            self._loaded = None
            return spare

    def close(self) -> None:
        """End it."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._loaded is not None:
            self._loaded.process.stop()
            self._loaded.process.connection.close()
            self._loaded.orders.close()
            self._loaded = None


class CameraDevice:
    """The lasting handle of a camera process, through all its restarts.

    `spare` gives a loaded process when the last one died.
    """

    def __init__(self, order: CameraOrder, spare: Spare | None = None) -> None:
        self._order, self._spare = order, spare
        self._wanted = PROCESSES.Semaphore(0)

    def launch(self) -> HostedProcess:
        """Start the process. What is wrong with the source comes as DeviceHealth FAULT with words and a remedy."""
        spare = self._spare.take(self._order) if self._spare is not None else None
        if spare is None:
            # Kept here: without an owner its name is gone before the process has found it.
            self._wanted = PROCESSES.Semaphore(0)
            return launch(f"camera {self._order.camera_id}", partial(watch_camera, self._order, self._wanted))
        self._wanted = spare.wanted
        return spare.process

    def ask_still(self) -> None:
        """Have the camera send its next picture whole, as CameraStill."""
        self._wanted.release()


def load_reader() -> PlateReader:
    """Load the plate reader. One thread each: several cameras read in turns, and decoding needs the other cores."""
    from devices.recogniser.plate_reader import OwnPlateReader  # here, because it loads for seconds

    return OwnPlateReader(threads=1)


def watch_camera(
    order: CameraOrder, wanted: Semaphore | None, send: Send, ending: threading.Event, load: LoadReader = load_reader
) -> None:
    """Run one camera until its end."""
    Camera(order, send, ending, wanted).run(load)


def _load() -> _Loaded:
    taken, orders = PROCESSES.Pipe(duplex=False)
    wanted = PROCESSES.Semaphore(0)
    process = launch("camera spare", partial(_wait_for_order, taken, wanted))
    taken.close()
    return _Loaded(process, orders, wanted)


def _wait_for_order(
    orders: Connection[None, CameraOrder], wanted: Semaphore, send: Send, ending: threading.Event
) -> None:
    reader = load_reader()
    reader.warm_up()
    send(DeviceHealth("", DeviceKind.CAMERA, DeviceState.STARTING, "loaded"))
    try:
        while not orders.poll(_LOOK_S):
            if ending.is_set():
                return
        order = orders.recv()
    except (EOFError, OSError):
        return  # nobody wants it any more
    orders.close()
    Camera(order, send, ending, wanted).run(lambda: reader)
