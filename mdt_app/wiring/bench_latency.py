"""`mdt bench latency`: a whole car at work, from a picture of an RTSP camera to the alert on the screen.
The cameras are SIMULATORS that play the bundled drive, 1920 x 1080, over real RTSP on loopback, from a process of their
own. The car is the real one: camera processes with the plate reader, supervisor, core, encrypted store, and the window
(without a display). Every plate of the drive is listed and every alert is ended at once, so that each read alerts.
Times are of the machine's monotonic clock. A frame's time begins when the camera process has it decoded; the frame is
the one that settled the read, as tracks want two that agree or one that is sure. A read's time begins when its camera
process hands it over, with its pictures made. Both end when the alert is painted, all of it; its record is
written meanwhile.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from mdt_app.domain.commands import Command, ConfirmAlertShown, EndWithoutStop
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceState
from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import HitRaised, Notice
from mdt_app.domain.outcomes import NoStopReason
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.core import Core
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.services.signing import Signer
from mdt_app.wiring.bench_cameras import simulated_cameras
from mdt_app.wiring.bench_core import CAR, bench_core, bench_policy, prepare_core, sign_in
from mdt_app.wiring.bench_machine import cpu_seconds, resident_mb
from mdt_app.wiring.car_devices import CarDevices
from ui.bridge import Bridge
from ui.context import ScreenContext
from ui.garbage import spare_what_stays
from ui.screens.alert import AlertScreen
from ui.window import MainWindow

READY_LIMIT_S, SETTLE_S, TICK_MS = 180.0, 3.0, 10


@dataclass(frozen=True, slots=True)
class LatencyFigures:
    """What was measured, in milliseconds. `cpu_percent`: 100 is one core; the simulators are not counted.

    It and `rss_mb`, which counts shared pages again for each process, are None where the system does not tell them.
    `behind`: hits that came while another alert stood there, which show as a banner and are not timed.
    """

    cameras: int
    fps: int
    seconds: float
    frames_in: int
    frames_read: int
    frames_skipped: int
    reads: int
    alerts: int
    behind: int
    frame_to_alert_ms_p50: float | None
    frame_to_alert_ms_p99: float | None
    read_to_alert_ms_p99: float | None
    gui_stall_ms_p99: float | None
    cpu_percent: float | None
    rss_mb: float | None


def bench_latency(cameras: int, fps: int, seconds: float) -> LatencyFigures:
    """Measure for so many seconds. Raises MdtError when the cameras do not get ready."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["mdt"])
    with simulated_cameras(cameras, fps) as addresses, _bench_car(addresses) as car:
        car.run(READY_LIMIT_S, car.ready)
        if not car.ready():
            raise MdtError("The cameras did not get ready.", "Close other programs, and try again.")
        car.run(SETTLE_S)
        before, cpu, begun = car.counts(), cpu_seconds(), time.monotonic()
        application.processEvents()
        car.times.begin()
        car.run(seconds)
        passed, after, cpu_after = time.monotonic() - begun, car.counts(), cpu_seconds()
        memory = resident_mb()
        car.run(1.0)
        counted = [late - early for late, early in zip(after, before, strict=True)]
        percent = round((cpu_after - cpu) / passed * 100, 1) if cpu is not None and cpu_after is not None else None
        return car.times.figures(cameras, fps, round(passed, 1), counted, percent, memory)


@dataclass(slots=True)
class _Times:
    """Moments (monotonic seconds) by read and by hit, and how late the window's timer was."""

    arrived: dict[str, float] = field(default_factory=dict)
    handed: dict[str, float] = field(default_factory=dict)
    read_of: dict[str, str] = field(default_factory=dict)
    shown: dict[str, float] = field(default_factory=dict)
    late_ms: list[float] = field(default_factory=list)
    behind: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Forget what came while all warmed up."""
        for kept in (self.arrived, self.handed, self.read_of, self.shown, self.behind):
            kept.clear()
        self.late_ms.clear()

    def figures(
        self,
        cameras: int,
        fps: int,
        seconds: float,
        counted: Sequence[int],
        percent: float | None,
        memory: float | None,
    ) -> LatencyFigures:
        reads = [(hit_id, read_id) for hit_id, read_id in self.read_of.items() if hit_id in self.shown]
        whole = [self.shown[h] - self.arrived[r] for h, r in reads if r in self.arrived]
        last = [self.shown[h] - self.handed[r] for h, r in reads if r in self.handed]
        return LatencyFigures(
            cameras=cameras,
            fps=fps,
            seconds=seconds,
            frames_in=counted[0],
            frames_read=counted[1],
            frames_skipped=counted[2],
            reads=len(self.handed),
            alerts=len(whole),
            behind=len(self.behind),
            frame_to_alert_ms_p50=_share(whole, 50),
            frame_to_alert_ms_p99=_share(whole, 99),
            read_to_alert_ms_p99=_share(last, 99),
            gui_stall_ms_p99=_share([late / 1000 for late in self.late_ms], 99),
            cpu_percent=percent,
            rss_mb=memory,
        )


class _TimedCore:
    """The core as devices and window see it, with the moments of what passes through noted."""

    def __init__(self, core: Core, times: _Times) -> None:
        self._core, self._times = core, times
        self.painted: Callable[[], float] = time.monotonic
        self.subscribe = core.subscribe
        core.subscribe(self._hear)

    def submit(self, command: Command) -> Future[None]:
        """Pass it on; note when the window said that an alert stands there."""
        if isinstance(command, ConfirmAlertShown):
            self._times.shown[command.hit_id] = self.painted()
            shown = self._core.submit(command)
            self._core.submit(EndWithoutStop(command.hit_id, NoStopReason.OFFICER_DECISION))
            return shown
        return self._core.submit(command)

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, HitRaised):
            self._times.read_of[notice.hit.hit_id] = notice.hit.read.read_id


class _BenchCar:
    """A car with window and cameras, somebody signed in, and nothing behind it."""

    def __init__(self, folder: Path, addresses: Sequence[str]) -> None:
        self.times, policy, signer = _Times(), bench_policy(), Signer(secrets.token_bytes(32))
        self.core = bench_core(folder, policy, signer)
        self.core.start()
        prepare_core(self.core, policy, signer)
        timed = _TimedCore(self.core, self.times)
        self.devices = CarDevices(_settings(addresses, signer), timed.submit, self.core.tell)
        self.devices.heard = self._heard
        bridge = Bridge(timed)
        self.devices.frame = bridge.show_frame
        context = ScreenContext(CAR, policy, load_code_tables(), now=lambda: datetime.now(UTC))
        self.window = MainWindow(bridge, context)
        self.window.draw_ahead()
        alert = cast(AlertScreen, self.window.screens["alert"])
        timed.painted = lambda: alert.stands[1]
        spare_what_stays()
        self.window.show()
        self._known = dict[str, DeviceHealth]()
        sign_in(self.core)
        self.devices.start()
        self.devices.start_readers()

    def run(self, seconds: float, done: Callable[[], bool] = bool) -> None:
        """Run the window for so long, or until `done`."""
        until, tick = time.monotonic() + seconds, QTimer()
        tick.setTimerType(Qt.TimerType.PreciseTimer)
        due = time.monotonic() + TICK_MS / 1000

        def on_tick() -> None:
            nonlocal due
            now = time.monotonic()
            self.times.late_ms.append(max(0.0, (now - due) * 1000))
            due = now + TICK_MS / 1000
            self._answer_the_rest()
            if now > until or done():
                QApplication.exit()

        tick.timeout.connect(on_tick)
        tick.start(TICK_MS)
        QApplication.exec()
        tick.stop()

    def _answer_the_rest(self) -> None:
        """Back to patrol after an answer. Hits that came behind another are ended, or they would never alert again."""
        if self.window.front not in ("patrol", "alert"):
            self.window.go("patrol", "")
        in_front = self.window.screens["alert"].hit_id if self.window.front == "alert" else ""
        for card in self.window.model.waiting():
            if card.hit.hit_id not in (in_front, *self.times.behind):
                self.times.behind.add(card.hit.hit_id)
                self.core.submit(EndWithoutStop(card.hit.hit_id, NoStopReason.OFFICER_DECISION))

    def ready(self) -> bool:
        """Every camera is well."""
        states = [self.devices.camera_states.get(camera) for camera in self.devices.cameras]
        return all(one is not None and one.state is DeviceState.OK for one in states)

    def counts(self) -> tuple[int, int, int]:
        """Frames in, read and skipped so far, of all cameras."""
        states = self.devices.camera_states.values()
        return sum(s.frames for s in states), sum(s.read for s in states), sum(s.skipped for s in states)

    def close(self) -> None:
        """Stop in the order in which data walks."""
        self.devices.stop()
        self.core.stop()
        self.window.close()

    def _heard(self, read: CameraRead) -> None:
        self.times.arrived[read.read.read_id] = read.arrived_s
        self.times.handed[read.read.read_id] = read.arrived_s + read.latency_s


@contextmanager
def _bench_car(addresses: Sequence[str]) -> Iterator[_BenchCar]:
    with tempfile.TemporaryDirectory(prefix="mdt-bench-") as folder:
        car = _BenchCar(Path(folder), addresses)
        try:
            yield car
        finally:
            car.close()


def _settings(addresses: Sequence[str], signer: Signer) -> CarSettings:
    cameras = tuple(CameraSettings(id=f"C{n}", source=address) for n, address in enumerate(addresses, 1))
    return CarSettings(
        car_id=CAR,
        unit=CAR,
        ori="CT0056700",
        headquarters="http://127.0.0.1:9",
        headquarters_key=signer.public,
        cameras=cameras,
    )


def _share(seconds: Sequence[float], share: float) -> float | None:
    """A percentile in milliseconds; None of nothing."""
    return round(float(np.percentile(seconds, share)) * 1000, 1) if seconds else None
