"""A drill with the window of the very same application: for a trainee on a screen, or offscreen for a scripted one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mdt_app.domain.drills import Scenario
from mdt_app.domain.marking import Verdict
from mdt_app.services.scenarios import load_scenario
from mdt_app.wiring.desktop import application, make_folder
from mdt_app.wiring.drill_camera import LiveView, prepare
from mdt_app.wiring.simulation import Simulation, Trained
from ui.bridge import Bridge
from ui.context import ScreenContext
from ui.language import spoken
from ui.window import MainWindow
from ui.words import translated

TICK_MS = 50
"""How often a drill on a screen catches up with the watch."""

Say = Callable[[str], None]


def drill_offscreen(name: str, who: str, shots: Path | None, say: Say, language: str = "en") -> int:
    """Run a drill at once with the scripted trainee `who` ('right' or 'wrong'); print what it comes to as JSON.

    Returns 0 when the drill was passed, 1 when it was not.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    scenario = load_scenario(name)
    if shots is not None:
        make_folder(shots)
    app = application(language)
    simulation = Simulation(scenario, speakers=(_Silent(), _Silent()))
    window = drill_window(simulation)
    window.show()
    try:
        simulation.start()
        simulation.script(who)
        verdict = _played(app, simulation, window, shots)
    finally:
        window.close()
        simulation.stop()
    for mark in verdict.mistakes:
        say(f"{mark.at_s:.0f} s, {mark.decision}: {mark.words} ({mark.clause})")
    sys.stdout.write(json.dumps(told(scenario, verdict)) + "\n")
    return 0 if verdict.passed else 1


def drill_on_screen(name: str, trained: Trained, say: Say, language: str = "en") -> int:
    """Run a drill in the window until it is closed."""
    app = application(language)
    scenario = load_scenario(name)
    camera = prepare(scenario, partial(_tell, say))
    simulation = Simulation(scenario, trained=trained, pictured=camera.see)
    window = drill_window(simulation)
    window.show()
    live = LiveView(camera, simulation.devices.hear, lambda: simulation.clock.passed_s, lambda: simulation.seeing)
    timer = QTimer(window, interval=TICK_MS)
    timer.timeout.connect(simulation.player.tick)
    try:
        simulation.start(loud=True)
        simulation.player.start()
        live.start()
        timer.start()
        return app.exec()
    finally:
        timer.stop()
        live.stop()
        simulation.stop()


def _tell(say: Say, share: float) -> bool:
    say(f"Rendering the road of the drill, and reading it: {share:.0%}")
    return True


def drill_window(simulation: Simulation) -> MainWindow:
    """The trainee's window: the car's own, with the line that says that nothing is real."""
    simulation.speak(spoken(), translated)
    context = ScreenContext(
        unit="TRAINING",
        policy=simulation.policy,
        codes=simulation.codes,
        now=simulation.clock.now,
        training=simulation.scenario.title,
    )
    bridge = Bridge(simulation.core)
    simulation.devices.frame = bridge.show_frame
    return MainWindow(bridge, context)


def told(scenario: Scenario, verdict: Verdict) -> dict[str, object]:
    """What a drill came to, for the line that a program reads."""
    return {
        "scenario": scenario.name,
        "passed": verdict.passed,
        "reason": verdict.reason,
        "seconds": verdict.seconds,
    }


class _Silent:
    """In place of the speakers, where nobody listens."""

    def play(self, name: str) -> None:
        """Play nothing."""

    def say(self, text: str, english: str = "") -> None:
        """Say nothing."""


def _played(app: QApplication, simulation: Simulation, window: MainWindow, shots: Path | None) -> Verdict:
    """Run to the end, with a picture of each screen that comes to the front."""
    seen, number = window.front, 0
    while simulation.player.step(simulation.scenario.seconds):
        simulation.settle()
        app.processEvents()
        if shots is not None and window.front != seen:
            seen, number = window.front, number + 1
            window.grab().save(str(shots / f"{number:02d}-{seen}.png"))
    simulation.player.run_to(simulation.scenario.seconds)
    return simulation.verdict()
