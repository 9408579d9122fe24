"""The equipment of this car: how each piece stands, what is due, and the way to its check (EQP-1)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.equipment import SPEAKER, Equipment
from ui.equipment_words import standing_words
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label


class EquipmentScreen(Screen):
    """A key a piece: number keys open its check."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Equipment"), "title"))
        words = self.tr("A check that failed puts a camera out of service: its reads raise no alert until it passes.")
        column.addWidget(label(words, "fact", wrap=True))
        self.choices = Choices(columns=1)
        self.choices.chosen.connect(lambda piece: self.desk.go("piece", piece))
        column.addWidget(self.choices)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Come to the front and take the number keys."""
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show how each piece stands now."""
        now, model = self.desk.context.now(), self.desk.model
        pieces = (*self.desk.context.equipment.pieces, Equipment(SPEAKER))
        self.choices.offer([Choice(piece.equipment_id, self._name(piece)) for piece in pieces])
        for piece in pieces:
            name = piece.equipment_id
            key = self.choices.keys[name]
            key.tell(standing_words(model.standing(name), model.due(name, now)))
            key.updateGeometry()

    def acts(self) -> tuple[Act, ...]:
        """Only the way back; the pieces are the page."""
        return (Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number key opens its piece."""
        if not self.choices.take(event):
            super().keyPressEvent(event)

    def _name(self, piece: Equipment) -> str:
        if piece.equipment_id == SPEAKER:
            return self.tr("Speaker: loudness")
        named = self.tr("Camera %1").replace("%1", piece.equipment_id)
        return ", ".join(part for part in (named, piece.place, piece.agency_number) if part)
