"""A page of big answers: the reason for no stop, or the purpose of a stop. Number keys answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.text import label

_COLUMNS = 2
_KEYS = "123456789ABC"


class ChoiceScreen(Screen):
    """`options` gives value -> words; `chosen` is called with the hit's id and the value."""

    def __init__(
        self, desk: Desk, title: str, options: Mapping[str, str], chosen: Callable[[str, str], None], back: str
    ) -> None:
        super().__init__(desk)
        self._values, self._chosen, self._back = list(options), chosen, back
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 12)
        column.setSpacing(24)
        column.addWidget(label(title, "title", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(12)
        self.buttons: dict[str, QPushButton] = {}
        for number, (value, words) in enumerate(options.items()):
            self.buttons[value] = self._button(number, value, words)
            grid.addWidget(self.buttons[value], number // _COLUMNS, number % _COLUMNS)
        column.addLayout(grid)
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
        """A key that stands on an answer gives it."""
        key = event.text().upper()
        place = _KEYS.find(key) if key else -1
        if 0 <= place < len(self._values):
            self._chosen(self.hit_id, self._values[place])
        else:
            super().keyPressEvent(event)

    def _button(self, number: int, value: str, words: str) -> QPushButton:
        button = QPushButton(f"{_KEYS[number]}   {words}")
        button.setProperty("role", "row")
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self._chosen(self.hit_id, value))
        return button
