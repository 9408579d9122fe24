"""The camera process: started by the supervisor, ends when asked to, and never outlives the application."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection, wait

from devices.cameras.camera import Camera, CameraOrder
from devices.recogniser.port import PlateReader
from mdt_app.domain.devices import DeviceMessage
from mdt_app.services.no_dumps import forbid_dumps

STOP_S = 3.0
"""How long a process may take to end by itself."""
_SPAWN = multiprocessing.get_context("spawn")


class CameraProcess:
    """One run of a camera, as the supervisor sees it."""

    def __init__(
        self,
        process: multiprocessing.process.BaseProcess,
        connection: Connection[None, DeviceMessage],
        life: Connection[None, None],
    ) -> None:
        self._process, self.connection, self._life = process, connection, life

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


def launch_camera(camera_id: str, spec: str, *, loop: bool = False) -> CameraProcess:
    """Start a camera process on a source (a folder, a video file, rtsp://..., /dev/videoN).

    What is wrong with the source comes as DeviceHealth FAULT with words and a remedy, not as an error here.
    """
    heard, told = _SPAWN.Pipe(duplex=False)
    line, life = _SPAWN.Pipe(duplex=False)
    order = CameraOrder(camera_id, spec, loop)
    process = _SPAWN.Process(target=_serve, args=(order, told, line), name=f"camera {camera_id}", daemon=True)
    process.start()
    told.close()
    line.close()
    return CameraProcess(process, heard, life)


def _serve(order: CameraOrder, messages: Connection[DeviceMessage, None], line: Connection[None, None]) -> None:
    forbid_dumps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is the parent's business
    ending, sending = threading.Event(), threading.Lock()
    threading.Thread(target=_hold_line, args=(line, ending), name="life line", daemon=True).start()
    threading.Thread(target=_end_in_time, args=(ending,), name="deadline", daemon=True).start()

    def send(message: DeviceMessage) -> None:
        try:
            with sending:
                messages.send(message)
        except OSError:  # nobody listens any more
            ending.set()

    Camera(order, send, ending).run(_load_reader)
    # Native threads of decoders may hang in a system call and must not keep the process.
    messages.close()
    os._exit(0)


def _load_reader() -> PlateReader:
    from devices.recogniser.rapid import RapidPlateReader  # here, because it loads for seconds

    return RapidPlateReader(threads=max(1, min(2, (os.cpu_count() or 2))))


def _hold_line(line: Connection[None, None], ending: threading.Event) -> None:
    """The line breaks when the parent closes it or dies, however it dies."""
    wait([line])
    ending.set()


def _end_in_time(ending: threading.Event) -> None:
    """What is asked to end does so within STOP_S, even with a thread that hangs in native code."""
    ending.wait()
    threading.Event().wait(STOP_S)
    os._exit(1)
