"""The trainer's first page: which drill, for whom, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mdt_app.domain.drills import Scenario
from ui.console.drill_bench import Sitting
from ui.console.register_words import said
from ui.console.table import Column, DeskTable, Row
from ui.theme import Theme
from ui.widgets.acts import Act
from ui.widgets.text import label, panel
from ui.words import filled, translated


class DrillChoice(QWidget):
    """The list of drills at the left; at the right the story of the one that is chosen, and who sits there."""

    def __init__(
        self,
        theme: Theme,
        drills: Sequence[Scenario],
        begin: Callable[[Scenario, Sitting], None],
        learn: Callable[[], None],
        sitting: Sitting,
    ) -> None:
        super().__init__()
        self._drills, self._begin, self._learn = {one.name: one for one in drills}, begin, learn
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(12)
        columns = (
            Column(self.tr("Drill"), 230),
            Column(self.tr("What it is about")),
            Column(self.tr("Seconds"), 90, number=True),
        )
        self.table = DeskTable(theme, self.tr("Drills"), columns)
        self.table.chosen.connect(self._show)
        row.addWidget(self.table, 13)
        row.addWidget(self._side(sitting), 9)
        self.table.put(
            [Row(one.name, (one.name, translated(one.title, "drills"), f"{one.seconds:.0f}")) for one in drills]
        )
        self._show(self.table.key)

    def choose(self, name: str) -> None:
        """Put the cursor on a drill."""
        self.table.choose(name)

    def open(self) -> None:
        """Take the keyboard."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Go to the lessons, or start the drill that the cursor is on."""
        return (
            Act("lessons", self.tr("Lessons"), "F2", self._learn),
            Act("start", self.tr("START THE DRILL"), "F5", self._start, "main", right=True),
        )

    @property
    def sitting(self) -> Sitting:
        """Who sits here, as the fields say."""
        user = self.user.text().strip() or "trainee"
        return Sitting(user, self.name.text().strip() or user, self.trainer.text().strip())

    def drill(self, name: str) -> Scenario | None:
        """The drill of this name."""
        return self._drills.get(name)

    def _side(self, sitting: Sitting) -> QFrame:
        frame, column = panel()
        self._title = label("", "head", wrap=True)
        self._story = label("", "lead", wrap=True)
        self._source, self._facts = label("", "body", "dim", wrap=True), label("", "body", wrap=True)
        for part in (self._title, self._story, self._source, self._facts):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(self._who(sitting))
        return frame

    def _who(self, sitting: Sitting) -> QVBoxLayout:
        column, form = QVBoxLayout(), QFormLayout()
        form.setVerticalSpacing(8)
        self.user, self.name, self.trainer = (
            QLineEdit(sitting.user_id),
            QLineEdit(sitting.name),
            QLineEdit(sitting.trainer),
        )
        for words, line in (
            (self.tr("Who drills, user id"), self.user),
            (self.tr("Name"), self.name),
            (self.tr("Trainer"), self.trainer),
        ):
            line.setAccessibleName(words)
            caption = label(words, "body", "dim")
            caption.setBuddy(line)
            form.addRow(caption, line)
        column.addLayout(form)
        return column

    def _show(self, name: str) -> None:
        drill = self._drills.get(name)
        if drill is None:
            return
        for part, text in ((self._title, drill.title), (self._story, drill.story), (self._source, drill.source)):
            part.setText(translated(text, "drills") if text else "")
        self._facts.setText("\n".join(self._facts_of(drill)))

    def _facts_of(self, drill: Scenario) -> tuple[str, ...]:
        """The road, the lists' ages, the topics, and what is right: the trainer's alone."""
        old = self.tr("%1, %2 h old")
        lists = "; ".join(filled(old, known, f"{hours:.0f}") for known, hours in drill.lists.items())
        road = ", ".join(translated(look, "drills") for look in (drill.road.light, drill.road.weather))
        topics = ", ".join(said(topic).replace("_", " ") for topic in drill.topics)
        wanted = "; ".join(f"{e.plate}: {translated(e.end.value, 'drills')}" for e in drill.expected)
        return (
            filled(self.tr("Road: %1"), road),
            filled(self.tr("Lists: %1"), lists),
            filled(self.tr("Topics: %1"), topics),
            filled(self.tr("Right: %1"), wanted),
        )

    def _start(self) -> None:
        drill = self._drills.get(self.table.key)
        if drill is not None:
            self._begin(drill, self.sitting)
