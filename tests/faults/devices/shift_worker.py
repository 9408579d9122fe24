"""A shift at full speed, as a process: window, core, store and four network cameras; tells now and then what it holds.

`python -m tests.faults.devices.shift_worker FOLDER READS HOW`; HOW is `work`, or `hoard`: one that keeps what it saw.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from devices.cameras.rtsp_simulator import RtspCameraSimulator
from devices.hosting import HostedProcess
from mdt_app.domain.commands import RecordRead
from mdt_app.domain.devices import CameraFrame, DeviceKind
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import ClockSource, Pictures, Read
from mdt_app.services.clock import SystemClock
from mdt_app.services.core import Core
from mdt_app.services.logs import configure_logs
from mdt_app.services.supervisor import DeviceSpec, Supervisor
from mdt_app.wiring import bench_ui
from tests.fakes.cameras import blind_camera, moving_clip, open_things, resident_kb, until
from ui.window import MainWindow

CAMERAS = 4
SAMPLES = 40
LISTED_EVERY = 100
"""One read in so many is of a listed plate: an alert, answered by the window's bench."""


def main(folder: str, reads: str, how: str) -> None:
    configure_logs()  # to standard error: a line of the log among the figures was taken for one of them
    app = QApplication([])
    with ExitStack() as stack:
        core, window = stack.enter_context(bench_ui._window(Path(folder)))
        kept, processes = [], list[HostedProcess]()
        seen: set[str] = set()

        def show(told: object) -> None:
            if isinstance(told, CameraFrame):
                seen.add(told.camera_id)
                window.bridge.show_frame(told)

        supervisor = Supervisor([_camera(number, stack, processes) for number in range(CAMERAS)], show)
        supervisor.start()
        stack.callback(supervisor.stop)
        work = partial(_drive, core, int(reads), kept if how == "hoard" else None, lambda: _told(processes))
        driver = threading.Thread(target=lambda: until(lambda: len(seen) == CAMERAS, 120.0) and work(), daemon=True)
        driver.start()
        _until_done(app, window, driver)


def _camera(number: int, stack: ExitStack, processes: list[HostedProcess]) -> DeviceSpec:
    simulator = RtspCameraSimulator(moving_clip())
    stack.callback(simulator.close)

    def launch() -> HostedProcess:
        processes.append(blind_camera(simulator.address, f"C{number}"))
        return processes[-1]

    return DeviceSpec(f"C{number}", DeviceKind.CAMERA, 1.0, launch)


def _drive(core: Core, reads: int, kept: list[object] | None, told) -> None:
    clock, crops, views = SystemClock(), bench_ui._jpegs(bench_ui.CROP_SIZE), bench_ui._jpegs(bench_ui.LIVE_SIZE)
    for number in range(reads):
        listed = number % LISTED_EVERY == 0
        plate = bench_ui.DRIVE_PLATES[number // LISTED_EVERY % 4].plate if listed else f"T{number % 1_000_000:06d}"
        pictures = Pictures(crops[number % len(crops)], views[number % len(views)])
        now, key = datetime.now(UTC), match_key(plate)
        read = Read(clock.new_id(), "C1", now, ClockSource.SYSTEM, plate, key, "CT", confidence=0.93)
        core.submit(RecordRead(read, pictures)).result(60)
        if kept is not None:
            kept.append((bytearray(pictures.context), open(os.devnull)))  # noqa: SIM115 - what the check has to find
        if number % max(1, reads // SAMPLES) == 0:
            sys.stdout.write(json.dumps({"reads": number, **told()}) + "\n")
            sys.stdout.flush()


def _told(processes: list[HostedProcess]) -> dict[str, int]:
    pids = [os.getpid(), *(one.pid for one in processes if one.alive())]
    things = [open_things(pid) for pid in pids]
    return {
        "kb": sum(map(resident_kb, pids)),
        "handles": sum(handles for handles, _ in things),
        "threads": sum(threads for _, threads in things),
        "processes": len(pids),
    }


def _until_done(app: QApplication, window: MainWindow, driver: threading.Thread) -> None:
    watch = QTimer(window, interval=200)
    watch.timeout.connect(lambda: None if driver.is_alive() else app.exit())
    watch.start()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
