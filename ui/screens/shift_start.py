"""Each part of the car with its state, and what to do about those that are not well: at the start of a shift, and at
any time from the status bar.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from mdt_app.domain.devices import DeviceKind
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.chip import SHAPES, PartState
from ui.widgets.status_bar import part_states
from ui.widgets.text import label, panel, set_look
from ui.widgets.touch_scroll import drag_to_scroll

_COLUMNS = 2
_NEEDED = (DeviceKind.CAMERA, DeviceKind.SOUND, DeviceKind.VOICE)
"""What is missing if it never spoke; of the position the status bar says so itself."""


class ShiftStartScreen(Screen):
    """Shows itself once after sign-in. Nothing here keeps the officer from driving off: it says what is missing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        self._title = label("", "title", wrap=True)
        column.addWidget(self._title)
        self._training = label("", "lead", "owed", wrap=True)
        column.addWidget(self._training)
        frame, inside = panel(margin=16)
        self._area, page = QScrollArea(), QWidget()
        self._area.setWidgetResizable(True)
        page.setProperty("role", "leaf")
        self._area.setAccessibleName(self.tr("The car's parts"))
        lines = QVBoxLayout(page)
        self._grid, self._lines = QGridLayout(), list[QLabel]()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        lines.addLayout(self._grid)
        lines.addStretch(1)
        self._area.setWidget(page)
        drag_to_scroll(self._area)
        inside.addWidget(self._area)
        column.addWidget(frame, 1)
        self._remedy = label("", "fact", wrap=True)
        column.addWidget(self._remedy)

    def open(self, hit_id: str) -> None:
        """Come to the front; arrow keys move a list that is longer than the page."""
        super().open(hit_id)
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show how each part is now; what is not well stands first."""
        rows = sorted(self._rows(), key=lambda row: list(SHAPES).index(row[2]), reverse=True)
        for number in range(len(self._lines), len(rows)):
            self._lines.append(label("", "lead", wrap=True))
            self._grid.addWidget(self._lines[-1], number // _COLUMNS, number % _COLUMNS)
            self._grid.setColumnStretch(number % _COLUMNS, 1)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(rows))
            if number < len(rows):
                name, words, tone = rows[number][:3]
                line.setText(f"{SHAPES[tone]} {name}: {words}")
                set_look(line, tone=tone)
        amiss = sum(tone != "verified" for _, _, tone, *_ in rows)
        self._title.setText(self._heading(amiss))
        set_look(self._title, tone="owed" if amiss else "verified")
        remedy = self.tr(
            "Parts that start need some seconds. What stays red: check power and cable, tell a supervisor."
        )
        self._remedy.setText(remedy if amiss else "")
        due = self._due()
        self._training.setVisible(bool(due))
        self._training.setText(due)

    def acts(self) -> tuple[Act, ...]:
        """The equipment's check, and the shift."""
        begin = self.tr("BEGIN THE SHIFT")
        return (
            Act("equipment", self.tr("Equipment"), "E", lambda: self.desk.go("equipment", ""), "quiet"),
            Act("begin", begin, "Return", lambda: self.desk.go("patrol", ""), "main", right=True, hint="Enter"),
        )

    def _due(self) -> str:
        """The training that is due again: what, until when, and what happens then (TRN-2)."""
        session, context = self.desk.model.session, self.desk.context
        if session is None or not session.training_due:
            return ""
        last = min(day for _, day in session.training_due)
        left = max(0, (last - context.now().date()).days)
        topics = "; ".join(context.policy.training[topic].words for topic, _ in session.training_due)
        words = self.tr("■ Training is due by %1 (days left: %2): %3. After that day access shuts. See your trainer.")
        return words.replace("%1", last.isoformat()).replace("%2", str(left)).replace("%3", topics)

    def _rows(self) -> list[PartState]:
        """What the status bar says, and what never spoke at all."""
        model, now = self.desk.model, self.desk.context.now()
        kinds = {health.kind for health in model.health.values()}
        names = dict(zip(_NEEDED, (self.tr("Camera"), self.tr("Sound"), self.tr("Voice")), strict=True))
        missing = [(names[kind], self.tr("none has answered"), "hit") for kind in _NEEDED if kind not in kinds]
        lists = [] if model.lists else [(self.tr("Hot lists"), self.tr("none in force: no hits"), "hit")]
        return [*part_states(model, now).values(), *missing, *lists]

    def _heading(self, amiss: int) -> str:
        words = self.tr("■ Before you drive: %1 not ready").replace("%1", str(amiss))
        return words if amiss else self.tr("✓ The car is ready")


class PartsScreen(ShiftStartScreen):
    """The same list during the shift, over the screen in hand. `leave` goes back to that."""

    def __init__(self, desk: Desk, leave: Callable[[], None]) -> None:
        super().__init__(desk)
        self._leave = leave

    def acts(self) -> tuple[Act, ...]:
        """Only the way back."""
        return (Act("back", self.tr("Back"), "Esc", self._leave, "quiet"),)

    def _heading(self, amiss: int) -> str:
        words = self.tr("■ The car: %1 not well").replace("%1", str(amiss))
        return words if amiss else self.tr("✓ All parts of the car are well")
