"""The trainer's page while a drill runs: the trainee's screen, the time line, and what can be put in the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.drills import FaultKind, Says, Scenario
from ui.console.drill_bench import BenchState, DrillBench, Phase
from ui.console.drill_lines import DrillLines
from ui.console.reason import ReasonLine
from ui.theme import Theme
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label, panel
from ui.words import filled, translated

OUT = {FaultKind.CAMERA: "Camera out", FaultKind.LINK: "Link out"}
BACK = {FaultKind.CAMERA: "Camera back", FaultKind.LINK: "Link back"}
_ANSWERS = (Says.NO_RECORD, Says.OTHER_RECORD, Says.SILENCE, Says.GARBLED, Says.ACTIVE)


class DrillRunning(QWidget):
    """Shows what the trainee sees. `acted` is called when the acts change."""

    def __init__(self, theme: Theme, bench: DrillBench, acted: Callable[[], None]) -> None:
        super().__init__()
        self._bench, self._acted = bench, acted
        self._scenario: Scenario | None = None
        self._choosing: Callable[[str], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        self._time, self._radio = label("", "head"), label("", "lead", "owed", wrap=True)
        column.addWidget(self._time)
        column.addWidget(self._radio)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        self._mirror, self._shot = QLabel(), QPixmap()
        self._mirror.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._mirror.setMinimumSize(320, 200)
        self._mirror.setAccessibleName(self.tr("The trainee's screen"))
        middle.addWidget(self._mirror, 13)
        self.lines = DrillLines(theme, self.tr("Time line"))
        middle.addWidget(self.lines, 9)
        column.addLayout(middle, 1)
        self._choice_frame, inside = panel("owed")
        self._question, self.choices = label("", "lead"), Choices(3)
        self.choices.chosen.connect(self._chosen)
        inside.addWidget(self._question)
        inside.addWidget(self.choices)
        self._choice_frame.hide()
        column.addWidget(self._choice_frame)
        self.words = ReasonLine(lambda _open: self._acted())
        column.addWidget(self.words)

    def take(self, scenario: Scenario) -> None:
        """Show this drill."""
        self._scenario = scenario
        said = (f"{e.plate}: '{translated(e.dispatch.value, 'drills')}'" for e in scenario.entries)
        self._radio.setText(filled(self.tr("You are the dispatcher. Asked by radio you say of %1."), "; ".join(said)))
        self._leave_choice()

    def refresh(self, state: BenchState) -> None:
        """Show the state, the trainee's screen and the time line as they are now."""
        words = self.tr("runs") if state.phase is Phase.RUNNING else self.tr("stands still")
        failing = "".join(f" · {translated(OUT[kind], 'drills')}" for kind in state.failing)
        coming = ""
        if state.next_answer:
            coming = " · " + filled(self.tr("next answer: %1"), translated(state.next_answer.value, "drills"))
        time = filled(self.tr("%1 s of %2 s"), f"{state.at_s:.0f}", f"{state.seconds:.0f}")
        self._time.setText(f"{time} · {words}{failing}{coming}")
        shot = self._bench.screen()
        if shot is not None:
            self._shot = shot
            self._show_mirror()
        self.lines.show_rows(self._bench.lines())

    def acts(self) -> tuple[Act, ...]:
        """Hold the time, put something in the way, mark, end; while something is asked, leave that."""
        if self._choosing is not None:
            return (Act("leave", self.tr("Leave"), "Esc", self._leave_choice, "quiet"),)
        if self.words.isVisible():
            return ()
        state = self._bench.state()
        pause = self.tr("Pause") if state.phase is Phase.RUNNING else self.tr("Go on")
        faults = (
            Act(
                kind.value,
                translated((BACK if kind in state.failing else OUT)[kind], "drills"),
                key,
                partial(self._turn, kind),
            )
            for kind, key in ((FaultKind.CAMERA, "F9"), (FaultKind.LINK, "F10"))
        )
        return (
            Act("pause", pause, "F6", self._pause),
            Act("hit", self.tr("A hit …"), "F7", self._ask_hit),
            Act("answer", self.tr("Wrong answer …"), "F8", self._ask_answer),
            *faults,
            Act("mark", self.tr("Mark …"), "F11", self._ask_mark),
            Act("end", self.tr("END, DEBRIEF"), "F12", self._bench.end, "main", right=True),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that stands on a choice gives it."""
        if self._choosing is None or not self.choices.take(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The trainee's screen takes what room there is."""
        super().resizeEvent(event)
        self._show_mirror()

    def _show_mirror(self) -> None:
        if not self._shot.isNull():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._mirror.setPixmap(self._shot.scaled(self._mirror.size(), keep, smooth))

    def _pause(self) -> None:
        self._bench.pause()
        self._acted()

    def _turn(self, kind: FaultKind) -> None:
        self._bench.turn_fault(kind)
        self._acted()

    def _ask_hit(self) -> None:
        entries = self._scenario.entries if self._scenario else ()
        offered = [
            Choice(e.plate, f"{e.plate} {e.state}", translated(ALERTS[e.category].words, "alerts")) for e in entries
        ]
        self._ask(self.tr("Which listed plate comes by now?"), offered, self._bench.inject_hit)

    def _ask_answer(self) -> None:
        offered = [Choice(says.value, translated(says.value, "drills")) for says in _ANSWERS]
        question = self.tr("What does the next records check say?")
        self._ask(question, offered, lambda v: self._bench.inject_answer(Says(v)))

    def _ask_mark(self) -> None:
        self.words.ask(self.tr("Your mark:"), self._marked, name=True)

    def _marked(self, words: str) -> None:
        self._bench.mark(words)

    def _ask(self, question: str, offered: list[Choice], then: Callable[[str], None]) -> None:
        self._choosing = then
        self._question.setText(question)
        self.choices.offer(offered)
        self._choice_frame.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._acted()

    def _chosen(self, value: str) -> None:
        then = self._choosing
        self._leave_choice()
        if then is not None:
            then(value)

    def _leave_choice(self) -> None:
        self._choosing = None
        self._choice_frame.hide()
        self._acted()
