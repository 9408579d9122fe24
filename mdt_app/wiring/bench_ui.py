"""`mdt bench ui`: how late Qt's thread comes to its work, with four live cameras and thirty reads a second.

Window, bridge, core and encrypted store are the real ones. What the camera processes would send is made by one thread
here: JPEGs of the size of live pictures, and reads with crops. Each few milliseconds another thread posts the time: how
long that takes to reach Qt is what a key press would wait. An alert comes each few seconds and is answered.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from devices.drive.drive import DRIVE_PLATES
from mdt_app.domain.commands import EndWithoutStop, RecordRead
from mdt_app.domain.devices import CameraFrame
from mdt_app.domain.notices import HitRaised, Notice
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Box, ClockSource, Pictures, Read
from mdt_app.services.clock import SystemClock
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.core import Core
from mdt_app.services.signing import Signer
from mdt_app.wiring.bench_core import CAR, bench_core, bench_policy, prepare_core, sign_in
from mdt_app.wiring.bench_machine import idle_beside
from ui.bridge import Bridge
from ui.context import ScreenContext
from ui.garbage import spare_what_stays
from ui.window import MainWindow

FPS, READS_A_SECOND, ALERT_EVERY_S, ANSWER_AFTER_MS = 10, 30, 5.0, 1500
"""A camera process sends eight live pictures a second; here it is ten."""
LIVE_SIZE, CROP_SIZE = (640, 360), (240, 80)
_STAMP_EVERY_S, _WARM_S, _PICTURES = 0.004, 4.0, 8
"""The window makes its other screens meanwhile, as it does while somebody signs in."""
_SLOW_MS, _STALL_MS = 16.0, 50.0


@dataclass(frozen=True, slots=True)
class UiFigures:
    """What was measured. `late_ms_*`: how long Qt's thread kept a waiting event, in milliseconds.

    `stall_cpu_ms_*`: what that thread worked itself between two such events: what is late without it waited for the
    machine's other work, or for Python's lock. `qt_cpu_percent`: what it took of one core altogether.
    `idle_late_ms_*`: the limit in the same run: how late a process that does nothing else woke beside it.
    """

    cameras: int
    seconds: float
    pictures: int
    reads: int
    alerts: int
    late_ms_p50: float
    late_ms_p99: float
    late_ms_max: float
    over_16_ms: int
    over_50_ms: int
    stall_cpu_ms_p99: float
    stall_cpu_ms_max: float
    qt_cpu_percent: float
    idle_late_ms_p99: float
    idle_late_ms_max: float
    load_1_min: float | None


def bench_ui(cameras: int, seconds: float) -> UiFigures:
    """Measure for so many seconds, after a short time to warm up."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["mdt"])
    stamps = _Stamps()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mdt-bench-"))
        core, window = stack.enter_context(_window(Path(folder)))
        traffic = _Traffic(core, window.bridge, cameras)
        with _thread(traffic.run), _thread(stamps.run):
            end_idle = stack.enter_context(idle_beside(_STAMP_EVERY_S))
            _spin(_WARM_S)
            stamps.begin()
            before = (traffic.pictures, traffic.reads, traffic.alerts)
            used = time.thread_time()
            _spin(seconds)
            stamps.end()  # what is posted from now on waits for the threads' end, not for Qt's work
            percent = round((time.thread_time() - used) / seconds * 100, 1)
            idle_s = end_idle()
            counted = [
                now - then for now, then in zip((traffic.pictures, traffic.reads, traffic.alerts), before, strict=True)
            ]
        application.processEvents()
    return _figures(cameras, seconds, counted, percent, stamps, idle_s)


class _Stamps(QObject):
    """Posts the time from a thread of its own; notes how late it arrives in Qt's, and what that worked meanwhile."""

    stamped = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.late_s: list[float] = []
        self.worked_s: list[float] = []
        self._used = 0.0
        self._over = False
        self.stamped.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Forget what was noted so far; in Qt's thread."""
        self.late_s.clear()
        self.worked_s.clear()
        self._used = time.thread_time()

    def end(self) -> None:
        """Note no more; in Qt's thread."""
        self._over = True

    def run(self, going: Callable[[], bool]) -> None:
        """Post until told to end."""
        while going():
            self.stamped.emit(time.monotonic())
            time.sleep(_STAMP_EVERY_S)

    def _arrived(self, sent: float) -> None:
        if self._over:
            return
        used, before = time.thread_time(), self._used
        self.late_s.append(time.monotonic() - sent)
        self.worked_s.append(used - before)
        self._used = used


class _Traffic:
    """What cameras would send: live pictures with boxes, reads with crops, and a listed plate now and then."""

    def __init__(self, core: Core, bridge: Bridge, cameras: int) -> None:
        self._core, self._bridge, self._clock = core, bridge, SystemClock()
        self._cameras = [f"C{number}" for number in range(1, cameras + 1)]
        self._views, self._crops = _jpegs(LIVE_SIZE), _jpegs(CROP_SIZE)
        self.pictures = self.reads = self.alerts = 0
        core.subscribe(self._hear)

    def run(self, going: Callable[[], bool]) -> None:
        """Send at the rates of a busy road until told to end."""
        begun = time.monotonic()
        for tick in count():
            if not going():
                return
            self._frames(tick)
            for _ in range(READS_A_SECOND // FPS):
                self._read(f"T{self.reads % 1_000_000:06d}")
            if tick % int(ALERT_EVERY_S * FPS) == 0:
                self._read(DRIVE_PLATES[tick // FPS % len(DRIVE_PLATES)].plate)
            time.sleep(max(0.0, begun + (tick + 1) / FPS - time.monotonic()))

    def _frames(self, tick: int) -> None:
        for number, camera in enumerate(self._cameras):
            box = Box(100 + tick * 7 % 700, 300, 120, 50)
            view = self._views[(tick + number) % len(self._views)]
            self._bridge.show_frame(CameraFrame(camera, view, *LIVE_SIZE, (box,), ("4BXR91",)))
            self.pictures += 1

    def _read(self, plate: str) -> None:
        now = datetime.now(UTC)
        camera = self._cameras[self.reads % len(self._cameras)]
        key = match_key(plate)
        read = Read(self._clock.new_id(), camera, now, ClockSource.SYSTEM, plate, key, "CT", confidence=0.93)
        crop, view = (held[self.reads % len(held)] for held in (self._crops, self._views))
        self._core.submit(RecordRead(read, Pictures(crop, view)))
        self.reads += 1

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, HitRaised):
            self.alerts += 1


@contextmanager
def _window(folder: Path) -> Iterator[tuple[Core, MainWindow]]:
    """A window at work on a core of its own, somebody signed in; alerts are answered after a moment."""
    policy, signer = bench_policy(), Signer(bytes(range(32)))
    core = bench_core(folder, policy, signer)
    core.start()
    prepare_core(core, policy, signer)
    bridge = Bridge(core)
    window = MainWindow(bridge, ScreenContext(CAR, policy, load_code_tables(), now=lambda: datetime.now(UTC)))
    window.draw_ahead()
    spare_what_stays()
    window.show()
    sign_in(core)
    answer = QTimer(window, interval=ANSWER_AFTER_MS)
    answer.timeout.connect(lambda: _answer(window))
    answer.start()
    try:
        yield core, window
    finally:
        window.close()
        core.stop()


def _answer(window: MainWindow) -> None:
    """End the alert in front, and come back to patrol from wherever that led."""
    for card in window.model.waiting():
        window.bridge.send(EndWithoutStop(card.hit.hit_id, NoStopReason.OFFICER_DECISION))
    if window.front != "patrol":
        window.go("patrol", "")


@contextmanager
def _thread(run: Callable[[Callable[[], bool]], None]) -> Iterator[None]:
    ended = threading.Event()
    thread = threading.Thread(target=run, args=(lambda: not ended.is_set(),), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _spin(seconds: float) -> None:
    QTimer.singleShot(int(seconds * 1000), QApplication.exit)
    QApplication.exec()


def _jpegs(size: tuple[int, int]) -> Sequence[bytes]:
    """Pictures with as much to decode as a road has: shapes over noise."""
    wide, high = size
    dice = np.random.default_rng(7)
    made = []
    for _ in range(_PICTURES):
        picture = dice.integers(60, 120, (high, wide, 3), dtype=np.uint8)
        for _ in range(30):
            x, y = int(dice.integers(wide)), int(dice.integers(high))
            color = [int(part) for part in dice.integers(0, 255, 3)]
            cv2.rectangle(picture, (x, y), (x + wide // 6, y + high // 6), color, -1)
        made.append(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes())
    return made


def _figures(
    cameras: int, seconds: float, counted: Sequence[int], percent: float, stamps: _Stamps, idle_s: Sequence[float]
) -> UiFigures:
    late_ms, worked_ms, idle_ms = (
        [value * 1000 for value in values] for values in (stamps.late_s, stamps.worked_s, idle_s)
    )
    p50, p99, most = _percentiles(late_ms, (50, 99, 100))
    worked_p99, worked_most = _percentiles(worked_ms, (99, 100))
    idle_p99, idle_most = _percentiles(idle_ms, (99, 100))
    slow, stalls = (sum(late > limit for late in late_ms) for limit in (_SLOW_MS, _STALL_MS))
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    pictures, reads, alerts = counted
    return UiFigures(
        cameras,
        seconds,
        pictures,
        reads,
        alerts,
        p50,
        p99,
        most,
        slow,
        stalls,
        worked_p99,
        worked_most,
        percent,
        idle_p99,
        idle_most,
        load,
    )


def _percentiles(values: Sequence[float], shares: Sequence[float]) -> list[float]:
    return [round(float(np.percentile(values, share)), 2) for share in shares]
