"""The trainer's desk: choose a drill, run it, put things in its way, and go through it afterwards."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain.curriculum import Lesson
from mdt_app.domain.drills import Scenario
from mdt_app.domain.errors import MdtError
from ui.console.drill_bench import DrillBench, Phase, Sitting
from ui.console.drill_choice import DrillChoice
from ui.console.drill_debrief import DrillDebrief
from ui.console.drill_lesson import DrillLesson
from ui.console.drill_lesson_bench import LessonBench
from ui.console.drill_lessons import DrillLessons
from ui.console.drill_running import DrillRunning
from ui.console.look import DeskTheme
from ui.console.words import refusal
from ui.garbage import collect_in_qt_thread
from ui.widgets.acts import Act, ActBar
from ui.widgets.text import Line, label
from ui.widgets.training_line import TrainingLine
from ui.words import filled

SIZE, LEAST_SIZE = (1280, 800), (1024, 640)
_TICK_MS = 50
_NOBODY = Sitting("trainee", "Trainee", "")
_AT_REST = (Phase.CHOOSING, Phase.LESSONS, Phase.LESSON)
"""Pages that stay while the bench has nothing that runs."""
_SHOWN_EVERY = 8
"""The screen of the trainee is shown anew at every so many ticks."""


class DrillDesk(QWidget):
    """One window: drills, lessons, a lesson, preparation, running, debrief. Its timer is the drill's watch."""

    def __init__(self, bench: DrillBench, lessons: LessonBench, sitting: Sitting = _NOBODY, theme: str = "day") -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Patrol MDT, trainer's desk"))
        self.theme, self._bench, self._lessons = DeskTheme(theme), bench, lessons
        self._sitting, self._home = sitting, Phase.CHOOSING
        self.front, self._ticks, self._prepared_from = Phase.CHOOSING, 0, 0
        self._build()
        collect_in_qt_thread(self)
        self._watch = QTimer(self, interval=_TICK_MS)
        self._watch.timeout.connect(self._on_tick)
        self._watch.start()
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*SIZE)
        self.setStyleSheet(self.theme.sheet())
        self._go(Phase.CHOOSING)

    def begin(self, scenario: Scenario, sitting: Sitting) -> None:
        """Prepare this drill, and run it; after its debrief the page is in front from which it was begun."""
        if self.front in _AT_REST:
            self._home = self.front
        self._sitting = sitting
        self.running.take(scenario)
        self._prepared_from = self._ticks
        self._bench.begin(scenario, sitting)
        self._on_tick()

    def learn(self) -> None:
        """Show the lessons."""
        self._go(Phase.LESSONS)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The watch ends with the window."""
        self._watch.stop()
        super().closeEvent(event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # The window's size is the trainer's; what it holds must never push it wider.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(TrainingLine(self.tr("Trainer's desk")))
        self._fault = Line("fault")
        column.addWidget(self._fault)
        self.choice = DrillChoice(self.theme, self._bench.drills(), self.begin, self.learn, self._sitting)
        self.lessons = DrillLessons(
            self.theme,
            self._lessons,
            lambda: self.choice.sitting,
            self._open_lesson,
            lambda: self._go(Phase.CHOOSING),
            self._show_acts,
        )
        self.lesson = DrillLesson(self._lessons, self._practise, self.learn, self._show_acts)
        self.preparing = label("", "head")
        self.preparing.setContentsMargins(24, 24, 24, 24)
        self.running = DrillRunning(self.theme, self._bench, self._show_acts)
        self.debrief = DrillDebrief(self.theme, self._bench, self._back, self._show_acts)
        self._pages: dict[Phase, QWidget] = {
            Phase.CHOOSING: self.choice,
            Phase.LESSONS: self.lessons,
            Phase.LESSON: self.lesson,
            Phase.PREPARING: self.preparing,
            Phase.RUNNING: self.running,
            Phase.PAUSED: self.running,
            Phase.OVER: self.debrief,
        }
        self._stack = QStackedWidget()
        for page in dict.fromkeys(self._pages.values()):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        self.act_bar = ActBar(self)
        column.addWidget(self.act_bar)

    def _on_tick(self) -> None:
        """Let the drill catch up with the watch, and show where it stands."""
        state, self._ticks = self._bench.state(), self._ticks + 1
        self._fault.say(state.fault)
        resting = self.front in _AT_REST and state.phase in (Phase.CHOOSING, Phase.OVER)
        if state.phase is not self.front and not resting:
            self._go(state.phase)
        if state.phase is Phase.PREPARING:
            waited = (self._ticks - self._prepared_from) * _TICK_MS // 1000
            words = self.tr("The road is rendered and read: %1 · %2 s")
            self.preparing.setText(filled(words, f"{state.share:.0%}", str(waited)))
        elif self._stack.currentWidget() is self.running and self._ticks % _SHOWN_EVERY == 0:
            self.running.refresh(state)
            self._show_acts()

    def _go(self, phase: Phase) -> None:
        self.front = phase
        self._stack.setCurrentWidget(self._pages[phase])
        if phase is Phase.OVER:
            self._keep_practice()
        opened = {
            Phase.CHOOSING: self.choice.open,
            Phase.LESSONS: self.lessons.open,
            Phase.LESSON: self.lesson.open,
            Phase.OVER: self.debrief.open,
        }.get(phase)
        if opened is not None:
            opened()
        self._show_acts()

    def _back(self) -> None:
        self._go(self._home)

    def _open_lesson(self, lesson: Lesson) -> None:
        self.lesson.take(lesson, self.choice.sitting.user_id)
        self._go(Phase.LESSON)

    def _practise(self, drill: str) -> None:
        if (scenario := self.choice.drill(drill)) is not None:
            self.begin(scenario, self.choice.sitting)

    def _keep_practice(self) -> None:
        """A drill that is passed counts in the lessons that it is practice of."""
        result = self._bench.result()
        try:
            if result is not None:
                self._lessons.drilled(self._sitting.user_id, result)
        except MdtError as error:
            self._fault.say(refusal(error))

    def _show_acts(self) -> None:
        acts = {
            Phase.CHOOSING: self.choice.acts,
            Phase.LESSONS: self.lessons.acts,
            Phase.LESSON: self.lesson.acts,
            Phase.PREPARING: self._preparing_acts,
            Phase.OVER: self.debrief.acts,
        }.get(self.front, self.running.acts)
        self.act_bar.show_acts(acts())

    def _preparing_acts(self) -> tuple[Act, ...]:
        return (Act("stop", self.tr("Stop"), "Esc", self._bench.stop_preparing, "quiet"),)
