"""A field for somebody's own words, of one line or many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit


class WordsField(QPlainTextEdit):
    """Tab leaves it. With `goes_on`, Enter is told as `entered` and Shift+Enter begins a line."""

    entered = Signal()

    def __init__(self, *, goes_on: bool = False) -> None:
        super().__init__()
        self._goes_on = goes_on
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, where it does."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._goes_on and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
