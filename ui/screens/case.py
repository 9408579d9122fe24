"""Taking a hit into a case: its number and the reason, so that retention spares it (REC-2)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.notices import CaseHeld, CommandRefused
from mdt_app.domain.retention import PreserveData
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.text import label, named_field, set_look


class CaseScreen(Screen):
    """Two fields; what was typed is gone once it is on record or another hit is looked at."""

    types = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 12)
        column.setSpacing(12)
        self._title = label("", "title", wrap=True)
        column.addWidget(self._title)
        words = self.tr("Pictures, reads and records of it are kept until the case is released.")
        column.addWidget(label(words, "lead", wrap=True))
        self.number = named_field(column, self.tr("Case number"))
        self.reason = named_field(column, self.tr("Reason"))
        self._answer = label("", "lead", wrap=True)
        column.addWidget(self._answer)
        column.addStretch(1)

    def open(self, hit_id: str) -> None:
        """Begin with empty fields."""
        super().open(hit_id)
        of_hit, of_read = self.tr("Take this hit into a case"), self.tr("Take this read into a case")
        self._title.setText(of_hit if self.card else of_read)
        for field in (self.number, self.reason):
            field.clear()
        self._answer.clear()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, notice: object) -> None:
        """Back once it is on record; a refusal says why."""
        if isinstance(notice, CaseHeld) and notice.hit_id == self.hit_id and self.isVisible():
            self._back()
        elif isinstance(notice, CommandRefused) and notice.command == "PreserveData":
            self._say(f"{notice.words} {notice.remedy}", "hit")

    def acts(self) -> tuple[Act, ...]:
        """Back, or on record."""
        return (
            Act("back", self.tr("Back"), "Esc", self._back, "quiet"),
            Act("hold", self.tr("HOLD FOR THE CASE"), "Return", self._hold, "main", right=True, hint="Enter"),
        )

    def _say(self, words: str, tone: str) -> None:
        self._answer.setText(words)
        set_look(self._answer, tone=tone)

    def _hold(self) -> None:
        empty = next((field for field in (self.number, self.reason) if not field.text().strip()), None)
        if empty is not None:
            self._say(self.tr("Still empty: %1").replace("%1", empty.accessibleName()), "owed")
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.desk.send(PreserveData(self.hit_id, self.number.text().strip(), self.reason.text().strip()))

    def _back(self) -> None:
        self.desk.go("outcome" if self.card else "search", self.hit_id)
