"""The demonstration's window: on a screen for people, offscreen for a scripted officer."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mdt_app.domain.devices import DeviceKind, DeviceState
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import HealthChanged, Notice
from mdt_app.services.second_factor import present_code
from mdt_app.wiring.car import Car
from mdt_app.wiring.car_window import Hints, car_context
from mdt_app.wiring.demo import Demo, DemoAccount, demonstration, figures
from mdt_app.wiring.qt_app import CHECK_MS, INTERRUPTED, application
from ui.bridge import Bridge
from ui.console.words import ROLES
from ui.front import display_size, take_display
from ui.garbage import spare_what_stays
from ui.language import spoken
from ui.scripted_officer import Credentials, ScriptedOfficer
from ui.theme import BASE_SIZE, Pixels
from ui.window import MainWindow
from ui.words import translated

DRAIN_S = 20.0
"""How long the end waits for headquarters to confirm what is owed."""
GRACE_S = 90.0
"""How long hits that are open at the end of the time may still be worked."""

Say = Callable[[str], None]


def demo_on_screen(camera: str | Path | None, hotlist: Path | None, say: Say, language: str = "en") -> int:
    """Run the demonstration in a window until it is closed."""
    app = application(language)
    with demonstration(camera, hotlist, say) as demo:
        return _run(app, demo.car, partial(_demo_hints, demo.accounts))


def demo_offscreen(
    camera: str | Path | None, hotlist: Path | None, minutes: float, shots: Path | None, say: Say, language: str = "en"
) -> int:
    """Run the demonstration without a display, and print its figures as one JSON object.

    Returns 0 when at least one hit went all the way to a stop and headquarters has every stop.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if shots is not None:
        make_folder(shots)
    app = application(language)
    with demonstration(camera, hotlist, say) as demo:
        window = _window(demo.car, tuple, BASE_SIZE)
        window.show()
        demo.car.core.subscribe(_CameraTeller(say).hear)
        account = demo.accounts[0]
        try:
            demo.car.start()
            credentials = Credentials(account.user_id, account.password, partial(present_code, account.totp_secret))
            officer = ScriptedOfficer(window, credentials, shots=shots)
            _work(app, demo, officer, minutes)
            officer.picture("patrol-at-the-end")
            result, held = _settled(app, demo)
        finally:
            window.close()
            demo.car.stop()
        for health in demo.car.devices.camera_states.values():
            say(
                f"Camera {health.device_id}: {health.frames} pictures, {health.read} read, "
                f"{health.skipped} skipped, {health.unreadable} unreadable."
            )
    sys.stdout.write(json.dumps(result) + "\n")
    return 0 if result["stops"] and held == result["stops"] else 1


def _demo_hints(accounts: tuple[DemoAccount, ...]) -> tuple[str, ...]:
    named = ((f"{a.user_id}  /  {a.password}  /  {present_code(a.totp_secret)}", ROLES[a.role]) for a in accounts)
    return tuple(f"{line}   ({translated(role)})" for line, role in named)


class _CameraTeller:
    """Says on the terminal when a camera changes, for whoever has no window to look at."""

    def __init__(self, say: Say) -> None:
        self._say, self._last = say, dict[str, tuple[str, str]]()

    def hear(self, notice: Notice) -> None:
        """Say a new state or detail once."""
        if not isinstance(notice, HealthChanged) or notice.health.kind is not DeviceKind.CAMERA:
            return
        health = notice.health
        now = (health.state.value, health.detail)
        if self._last.get(health.device_id) != now:
            self._last[health.device_id] = now
            self._say(f"Camera {health.device_id}: {health.state.value}. {health.detail}")


def make_folder(folder: Path) -> None:
    """Make the folder for pictures where it is missing. Raises BadInput when it can't be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"The folder {folder} can't be made.", "Give another folder for the pictures.") from error


def _run(app: QApplication, car: Car, hints: Hints) -> int:
    window = _window(car, hints, display_size())
    take_display(window)
    try:
        car.start()
        # A signal that came during the set-up: Qt would forget it, because its loop did not run yet.
        return 0 if INTERRUPTED.is_set() else app.exec()
    finally:
        car.stop()


def _window(car: Car, hints: Hints, size: Pixels) -> MainWindow:
    car.speak(spoken(), translated)
    bridge = Bridge(car.core)
    car.devices.frame = bridge.show_frame
    window = MainWindow(bridge, car_context(car.settings, car.policy, lambda: car, hints), size=size)
    window.draw_ahead()
    spare_what_stays()
    return window


def _work(app: QApplication, demo: Demo, officer: ScriptedOfficer, minutes: float) -> None:
    """Until the camera has played through, or the time is up; hits that are open then are still worked."""
    deadline = time.monotonic() + minutes * 60

    def camera_done() -> bool:
        states = [health.state for health in demo.car.devices.camera_states.values()]
        return bool(states) and all(state is DeviceState.ENDED for state in states)

    _wait(app, lambda: camera_done() or time.monotonic() > deadline, minutes * 60 + DRAIN_S)
    demo.car.devices.stop_readers(wait=True)
    _wait(app, lambda: officer.idle, GRACE_S)


def _settled(app: QApplication, demo: Demo) -> tuple[dict[str, object], object]:
    """Wait until headquarters has what is owed, then return the figures, and how many stops it holds."""
    _wait(app, lambda: demo.car.counts()["outbox_pending"] == 0, DRAIN_S)
    result = figures(demo)
    return result, result.pop("hq_stops")


def _wait(app: QApplication, done: Callable[[], bool], limit_s: float) -> None:
    """Run Qt until `done` or the limit."""
    if INTERRUPTED.is_set():
        return
    until = time.monotonic() + limit_s
    timer = QTimer(interval=CHECK_MS)
    # exit, not quit: quit would close the window, and there is still work to do in it.
    timer.timeout.connect(lambda: app.exit() if done() or time.monotonic() > until else None)
    timer.start()
    app.exec()
    timer.stop()
