"""Drills on a screen from the trainer's desk, or offscreen with a scripted trainee."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

from platformdirs import user_documents_path
from PySide6.QtWidgets import QApplication

from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.drills import Scenario
from mdt_app.domain.marking import Verdict
from mdt_app.services.scenarios import load_scenario
from mdt_app.sync.desk import DeskClient
from mdt_app.wiring.desktop import make_folder
from mdt_app.wiring.drill_check import Silent
from mdt_app.wiring.drill_run import drill_window
from mdt_app.wiring.lesson_bench import Lessons, Office
from mdt_app.wiring.qt_app import application
from mdt_app.wiring.simulation import Simulation, sweep
from mdt_app.wiring.trainer_bench import FOLDER, Recorder, TrainerBench
from ui.console.drill_bench import Sitting
from ui.console.drill_desk import DrillDesk
from ui.front import show_within
from ui.window import MainWindow

Say = Callable[[str], None]


def drill_offscreen(name: str, who: str, shots: Path | None, say: Say, language: str = "en") -> int:
    """Run a drill at once with the scripted trainee `who` ('right' or 'wrong'); print what it comes to as JSON.

    Returns the exit status: 0 when it was passed, 1 when it was failed.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if shots is not None:
        make_folder(shots)
    return drill_in(application(language), load_scenario(name), who, shots, say)


def drill_in(app: QApplication, scenario: Scenario, who: str, shots: Path | None, say: Say) -> int:
    """Run a drill at once in this application; prints and returns the same."""
    simulation = Simulation(scenario, speakers=(Silent(), Silent()))
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


def trainer_desk(
    name: str | None, sitting: Sitting, office: Office | None, language: str, theme: str, *, lessons: bool = False
) -> int:
    """Open the trainer's desk until it is closed; with a drill's name it begins at once. `lessons`: they come first."""
    app = application(language)
    sweep(Path(gettempdir()))
    chosen = load_scenario(name) if name else None
    bench = TrainerBench(chosen, recorder_at(office.url, office.token) if office else None)
    learning = Lessons(user_documents_path() / FOLDER, office)
    desk = DrillDesk(bench, learning, sitting, theme)
    show_within(desk)
    if lessons:
        desk.learn()
    if chosen is not None:
        desk.begin(chosen, sitting)
    try:
        return app.exec()
    finally:
        bench.close()
        learning.close()


def recorder_at(headquarters: str, token: str) -> Recorder:
    """What puts results on training records at this headquarters: the one way in which a drill reaches it."""

    def record(user_id: str, result: DrillResult) -> None:
        with DeskClient(headquarters, token) as desk:
            desk.record_drill(user_id, result)

    return record


def told(scenario: Scenario, verdict: Verdict) -> dict[str, object]:
    """What a drill came to, for the line that a program reads."""
    return {
        "scenario": scenario.name,
        "passed": verdict.passed,
        "reason": verdict.reason,
        "seconds": verdict.seconds,
    }


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
