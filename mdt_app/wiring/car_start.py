"""The one way a car's application starts: splash, store, sign-in screen, and only then what takes long to load.

Devices, the link and the screens behind the sign-in are loaded by a thread while somebody types; then the Qt thread
puts them together. What is typed and sent meanwhile waits in the core's queue.
"""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from platformdirs import user_config_path, user_data_path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import FaultChanged
from mdt_app.services.camera_table import with_cameras
from mdt_app.services.clock import SystemClock
from mdt_app.services.crash_notes import STALLS, CrashNotes, open_notes
from mdt_app.services.settings import read_settings
from mdt_app.services.sole_use import InUse, knock
from mdt_app.services.system_notice import ALIVE, READY
from mdt_app.wiring.car_core import CarCore
from mdt_app.wiring.car_window import car_context
from mdt_app.wiring.keeper import ANEW, BEAT_S, Say, kept
from mdt_app.wiring.qt_app import INTERRUPTED, application
from ui.bridge import Bridge
from ui.front import FrontWatch, display_size, take_display
from ui.garbage import spare_what_stays
from ui.language import spoken
from ui.screens.catalog import load_screens
from ui.splash import splash
from ui.stalls import StallTracer
from ui.window import MainWindow
from ui.words import translated

if TYPE_CHECKING:
    from mdt_app.wiring.car import Car
    from ui.screens.sign_in import SignInScreen

_LATER = ("mdt_app.services.handlers", "mdt_app.sync.account_wire", "mdt_app.wiring.car", "devices.security_key")
"""What is loaded once the sign-in screen is there, beside the other screens."""
_LOOK_MS = 10
_POLICY_MS = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """What `mdt run` was asked for. `key_file` is for measurements; the screen says that the key is in a file."""

    settings: Path | None = None
    language: str | None = None
    cameras: Path | None = None
    folder: Path | None = None
    key_file: bool = False


def run_car(order: Order, say: Say, restarts: int = 0) -> int:
    """Run the car's application until its window is closed; return its exit status. Raises MdtError.

    `say` hears when the sign-in screen is there, and from then on that Qt's loop turns.
    """
    path = order.settings or user_config_path("patrol-mdt") / "car.toml"
    settings = with_cameras(read_settings(path), path.parent, order.cameras)
    folder = order.folder or user_data_path("patrol-mdt") / settings.car_id
    app = application(order.language or settings.language)
    shown = splash()
    try:
        opened = CarCore(settings, folder, allow_key_file=order.key_file)
    except InUse:
        if not knock(folder):
            raise
        print("The application is running already: its window is in front now.")
        return 0
    with ExitStack() as stack:
        notes = CrashNotes(folder)
        stack.callback(notes.end)
        start = _Start(app, opened, say, restarts)
        stack.callback(start.end)
        shown.close()
        return start.run()


class _Start:
    """One start, from the sign-in screen to the end."""

    def __init__(self, app: QApplication, opened: CarCore, say: Say, restarts: int) -> None:
        self._app, self._opened, self._say, self._restarts = app, opened, say, restarts
        self._car: Car | None = None
        self._error: Exception | None = None
        self._tracer: StallTracer | None = None
        self._bridge = Bridge(opened.core)
        context = car_context(opened.settings, opened.policy, self._held)
        self.window = MainWindow(self._bridge, context, whole=False, size=display_size())
        take_display(self.window)
        FrontWatch(self.window, opened.sole.path, opened.sole.knocked)
        app.processEvents()
        say(READY)
        self._worker = ThreadPoolExecutor(1, "loader")
        self._loaded: Future[None] = self._worker.submit(_load)
        self._look = QTimer(self.window, interval=_LOOK_MS)
        self._look.timeout.connect(self._when_loaded)
        self._look.start()

    def run(self) -> int:
        """Qt's loop. Raises what went wrong behind the sign-in screen."""
        # A signal that came during the set-up: Qt would forget it, because its loop did not run yet.
        status = 0 if INTERRUPTED.is_set() else self._app.exec()
        if self._error is not None:
            raise self._error
        return status

    def end(self) -> None:
        """Take down what was put together, in order."""
        self._look.stop()
        self._worker.shutdown()
        if self._tracer is not None:
            self._tracer.end()
        if self._car is not None:
            self._car.stop()
        else:
            self._opened.close()

    def _held(self) -> Car:
        if self._car is None:
            raise MdtError("The devices are not loaded yet.", "Try again in a second.")
        return self._car

    def _when_loaded(self) -> None:
        if not self._loaded.done():
            return
        self._look.stop()
        try:
            self._loaded.result()
            self._put_together()
        except Exception as error:  # noqa: BLE001 - `run` raises it, once Qt's loop has ended
            self._error = error
            self._app.exit(1)

    def _put_together(self) -> None:
        from mdt_app.wiring.car import Car  # it is loaded now

        car = Car(self._opened, os.environ.get("MDT_CAR_TOKEN", ""))
        car.speak(spoken(), translated)
        car.devices.frame = self._bridge.show_frame
        self.window.furnish()
        self.window.draw_ahead()
        spare_what_stays()
        self._car = car
        car.start()
        if self._restarts:
            car.core.tell(FaultChanged("restart", "Crashed, started again", "tell IT", urgent=False))
        self._say(ALIVE)
        self._tracer = StallTracer(open_notes(self._opened.folder, STALLS), self.window)
        beat = QTimer(self.window, interval=int(BEAT_S * 1000))
        beat.timeout.connect(partial(self._say, ALIVE))
        beat.start()
        policy = QTimer(self.window, interval=_POLICY_MS)
        policy.timeout.connect(self._take_up_policy)
        policy.start()

    def _take_up_policy(self) -> None:
        """Begin anew under a newer policy, once nobody is at the window, where somebody starts this again."""
        waits = self._opened.policy_kept.waits(SystemClock().now().date())
        nobody = cast("SignInScreen", self.window.screens["sign-in"]).unattended
        if waits and nobody and self._opened.anew and kept():
            self._app.exit(ANEW)


def _load() -> None:
    load_screens()
    for name in _LATER:
        import_module(name)
