"""A repair of equipment on record: which source did it, who authorized that source, and what was done (EQP-3)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.equipment import EquipmentChanged, RecordRepair
from mdt_app.domain.notices import CommandRefused
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.text import label, named_field, set_look


class RepairScreen(Screen):
    """Three fields; only a check brings the equipment back into service."""

    types = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sent = False
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Record a repair"), "title"))
        words = self.tr("The equipment comes back into service by a check that passes.")
        column.addWidget(label(words, "fact", wrap=True))
        self.source = named_field(column, self.tr("Repaired by (the authorized source)"))
        self.authorized_by = named_field(column, self.tr("Who authorized that source"))
        self.work = named_field(column, self.tr("What was done"))
        self._answer = label("", "lead", wrap=True)
        column.addWidget(self._answer)
        column.addStretch(1)

    def open(self, hit_id: str) -> None:
        """Begin with empty fields."""
        super().open(hit_id)
        self._sent = False
        for field in (self.source, self.authorized_by, self.work):
            field.clear()
        self._answer.clear()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, notice: object) -> None:
        """Back once it is on record; a refusal says why."""
        if isinstance(notice, EquipmentChanged) and self._sent:
            self._sent = False
            self._back()
        elif isinstance(notice, CommandRefused) and notice.command == "RecordRepair":
            self._sent = False
            self._answer.setText(f"{notice.words} {notice.remedy}")
            set_look(self._answer, tone="hit")

    def acts(self) -> tuple[Act, ...]:
        """Back, or on record."""
        return (
            Act("back", self.tr("Back"), "Esc", self._back, "quiet"),
            Act("record", self.tr("RECORD THE REPAIR"), "Return", self._record, "main", right=True, hint="Enter"),
        )

    def _record(self) -> None:
        self._sent = True
        self.desk.send(RecordRepair(self.hit_id, self.source.text(), self.authorized_by.text(), self.work.text()))

    def _back(self) -> None:
        self.desk.go("piece", self.hit_id)
