"""A page of big answers: the reason for no stop. Number keys answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.choices import Choice, Choices
from ui.widgets.text import label


class ChoiceScreen(Screen):
    """`chosen` is called with the hit's id and the answer's value; `note` stands beneath the answers."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        choices: Sequence[Choice],
        chosen: Callable[[str, str], None],
        back: str,
        *,
        columns: int = 2,
        note: str = "",
    ) -> None:
        super().__init__(desk)
        self._back = back
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 12)
        column.setSpacing(24)
        column.addWidget(label(title, "title", wrap=True))
        self.choices = Choices(columns)
        self.choices.offer(choices)
        self.choices.chosen.connect(lambda value: chosen(self.hit_id, value))
        column.addWidget(self.choices)
        if note:
            column.addWidget(label(note, "body", "dim", wrap=True))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Come to the front and take the number keys."""
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Only the way back; the answers are the page."""
        return (Act("back", self.tr("Back"), "Esc", lambda: self.desk.go(self._back, self.hit_id), "quiet"),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that stands on an answer gives it; one that is still held from before does not."""
        if not self.choices.take(event):
            super().keyPressEvent(event)
