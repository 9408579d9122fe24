"""The trainer's desk, worked with real keys: a drill run by a trainee at the real window, and gone through after it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.commands import AskStatus, ConfirmPlate
from mdt_app.domain.drill_results import DrillResult
from mdt_app.domain.marking import MISTAKES
from mdt_app.services.scenarios import read_scenario
from mdt_app.wiring.lesson_bench import Lessons
from mdt_app.wiring.trainer_bench import TrainerBench
from tests.fakes.pictures import for_handbook
from ui.console.drill_bench import Phase
from ui.console.drill_desk import DrillDesk
from ui.widgets.training_line import TrainingEdge
from ui.window import MainWindow

Key = Qt.Key
DRILL = """\
title = "One car"
story = "A 3 is read as a 7."
seconds = 600

[lists.NCIC]

[[entries]]
list = "NCIC"
plate = "5SOW750"
state = "CA"
category = "stolen_vehicle"
vehicle = { make = "GMC" }

[[cars]]
at = 0.2
plate = "5SOW350"
state = "CA"
reads = "5SOW750"
vehicle = { make = "LEXS" }

[[expected]]
plate = "5SOW750"
end = "no stop"
reasons = ["misread"]

[trainee.right]
does = ["see 5SOW350 CA"]

[trainee.wrong]
does = ["see 5SOW750 CA"]
fails = "copied_the_reader"
"""


class Training:
    """The desk, the trainee's window, and the hands of both."""

    def __init__(self, qtbot: QtBot, folder: Path, theme: str = "day") -> None:
        (folder / "one-car.toml").write_text(DRILL, encoding="utf-8")
        self.qtbot, self.recorded = qtbot, list[tuple[str, DrillResult]]()
        self.reachable = threading.Event()
        scenario = read_scenario(folder / "one-car.toml")
        self.bench = TrainerBench(scenario, self.record, loud=False, reports=folder / "kept")
        self.desk = DrillDesk(self.bench, Lessons(folder / "lessons"), theme=theme)
        qtbot.addWidget(self.desk)
        self.desk.show()

    def record(self, who: str, result: DrillResult) -> None:
        """A headquarters that answers once it can be reached."""
        self.reachable.wait(20)
        self.recorded.append((who, result))

    @property
    def window(self) -> MainWindow:
        assert self.bench.run is not None
        return self.bench.run.window

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def press(self, where: QWidget, *keys: Qt.Key) -> None:
        for key in keys:
            self._front(where)
            QTest.keyClick(where.focusWidget() or where, key)

    def type(self, where: QWidget, text: str) -> None:
        self._front(where)
        QTest.keyClicks(where.focusWidget() or where, text)

    def words(self, where: QWidget) -> str:
        return "\n".join(part.text() for part in where.findChildren(QLabel) if part.isVisible())

    def begin(self) -> None:
        """Choose the drill with its trainer, start it, and sit down in the car."""
        self.desk.choice.choose("one-car")
        self.desk.choice.trainer.setText("Sgt. Poe")
        for_handbook(self.desk, "trainer-choice")
        self.press(self.desk, Key.Key_F5)
        self.until(lambda: self.bench.run is not None and self.window.front == "alert")

    def _front(self, where: QWidget) -> None:
        where.activateWindow()
        self.until(where.isActiveWindow)
        if isinstance(where, MainWindow):
            self.until(where.act_bar.isEnabled)  # an alert takes no answer for its first half second


@pytest.fixture
def training(qtbot: QtBot, tmp_path: Path):
    made = Training(qtbot, tmp_path)
    yield made
    made.bench.close()
    made.desk.close()


def shown_as_training(t: Training) -> None:
    """Whichever screen is in front."""
    for screen in t.window.screens.values():
        t.window.screens.raise_to_top(screen)
        assert t.window.training.isVisible()
        assert [edge.isVisible() for edge in t.window.findChildren(TrainingEdge)] == [True, True, True]


def typed_as_read(t: Training) -> None:
    """The trainee copies what the reader says."""
    t.window.go("alert", t.window.screens["alert"].hit_id)
    t.press(t.window, Key.Key_Return)
    t.type(t.window, "5SOW750")
    t.press(t.window, Key.Key_Return)
    t.type(t.window, "CA")
    t.press(t.window, Key.Key_Return)
    t.until(lambda: any(row.words == "Typed as seen: 5SOW750 CA" for row in t.bench.lines()))


def put_in_the_way(t: Training) -> None:
    """Camera and link fail, a wrong answer waits, another car comes by; paused, and a mark of the trainer's own."""
    t.press(t.desk, Key.Key_F10, Key.Key_F9)
    t.until(lambda: len(t.bench.state().failing) == 2)
    assert "Link back" in t.words(t.desk)
    t.press(t.desk, Key.Key_F8)
    t.press(t.desk.running, Key.Key_1)
    assert "no record" in str(t.bench.state().next_answer)
    t.press(t.desk, Key.Key_F9, Key.Key_F7)
    t.press(t.desk.running, Key.Key_1)
    t.until(lambda: [row.words for row in t.bench.lines()].count("Read: 5SOW750 CA") == 2)
    t.press(t.desk, Key.Key_F6)
    t.until(lambda: t.bench.state().phase is Phase.PAUSED)
    assert "The trainer has paused the drill" in t.words(t.window)
    held = t.bench.state().at_s
    t.press(t.desk, Key.Key_F11)
    t.type(t.desk, "Typed without looking")
    t.press(t.desk, Key.Key_Return)
    assert t.bench.state().at_s == held
    assert not QImage(t.bench.screen().toImage()).isNull()


def debriefed(t: Training) -> None:
    """The mistake with its clause and picture, and the trainer's mark."""
    t.press(t.desk, Key.Key_F12)
    t.until(lambda: t.desk.front is Phase.OVER)
    assert "✗ FAILED" in t.words(t.desk)
    assert MISTAKES["copied_the_reader"].words in t.words(t.desk)
    row = t.desk.debrief.lines.row
    assert (row.words, row.clause) == ("Typed as seen: 5SOW750 CA", "POSTC F.c.1.i (STP-2)")
    assert t.bench.pictures(row.about).crop
    for_handbook(t.desk, "trainer-debrief")
    assert any(row.words == "Trainer: Typed without looking" for row in t.bench.lines())


def recorded(t: Training, folder: Path) -> None:
    """On the training record, the report beside it; the very same result is kept once."""
    t.press(t.desk, Key.Key_F4)
    t.until(lambda: "Headquarters is asked … 1 s" in t.words(t.desk))  # the desk goes on meanwhile
    assert t.desk.act_bar.key("record") is None
    t.press(t.desk, Key.Key_Escape)
    assert "Left. Headquarters may have it all the same" in t.words(t.desk)
    t.press(t.desk, Key.Key_F4)
    t.reachable.set()
    t.until(lambda: "On the training record of trainee." in t.words(t.desk))
    t.until(lambda: len(t.recorded) == 2)
    (who, result), again = t.recorded
    assert again == (who, result)
    t.press(t.desk, Key.Key_F2)
    assert (who, result.drill, result.passed, result.trainer) == ("trainee", "one-car", False, "Sgt. Poe")
    assert result.mistakes[0] == "copied_the_reader"
    (report,) = folder.iterdir()
    assert "WRONG  Typed as seen: 5SOW750 CA" in report.read_text(encoding="utf-8")


def replayed(t: Training) -> None:
    """Again from just before the mistake: all that was done until then is done, and the time stands."""
    t.press(t.desk, Key.Key_F7)
    t.until(lambda: t.bench.state().phase is Phase.PAUSED)
    assert any(isinstance(done.command, AskStatus) for done in t.bench.run.port.done)
    assert not any(isinstance(done.command, ConfirmPlate) for done in t.bench.run.port.done)
    t.press(t.desk, Key.Key_F6)
    t.until(lambda: t.window.front == "alert")
    t.press(t.window, Key.Key_Return)
    t.type(t.window, "5SOW350")
    t.press(t.window, Key.Key_Return)
    t.type(t.window, "CA")
    t.press(t.window, Key.Key_Return)
    t.until(lambda: t.window.front == "outcome")
    t.press(t.desk, Key.Key_F12)
    t.until(lambda: "✓ PASSED" in t.words(t.desk))


@pytest.mark.clause("TRN-1", "TRN-3")
def test_a_drill_from_the_choice_to_the_training_record(training: Training, tmp_path: Path):
    """Start, watch, pause, put things in the way, mark, end, debrief with clause and picture, replay, record."""
    t = training
    t.begin()
    assert "TRAINING · nothing here is real" in t.words(t.window)
    run = t.bench.run
    shown_as_training(t)
    typed_as_read(t)
    put_in_the_way(t)
    debriefed(t)
    assert not run.simulation.folder.exists()
    recorded(t, tmp_path / "kept")
    replayed(t)
    # What was practised by replaying is no drill of its own: it goes on no record.
    t.press(t.desk, Key.Key_F4)
    t.until(lambda: "no replay" in t.words(t.desk))
    assert len(t.recorded) == 2
