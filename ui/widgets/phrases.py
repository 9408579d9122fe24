"""Stored words to begin a statement with, for hands in gloves: a key each, also by Alt and its number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.key import Key


class Phrases(QWidget):
    """Offers phrases; emits the one that was taken."""

    taken = Signal(str)

    def __init__(self, most: int) -> None:
        super().__init__()
        self._offered: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.keys = [self._key(number) for number in range(most)]
        for key in self.keys:
            column.addWidget(key)
        column.addStretch(1)

    def offer(self, phrases: Sequence[str]) -> None:
        """Put these in place of the ones before."""
        self._offered = tuple(phrases)
        for number, key in enumerate(self.keys):
            key.setVisible(number < len(phrases))
            if number < len(phrases):
                key.say(f"{phrases[number]} ...", f"Alt+{number + 1}")

    def _key(self, number: int) -> Key:
        key = Key("", "", "row", wrap=True)
        key.align(Qt.AlignmentFlag.AlignLeft)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(partial(self._take, number))
        QShortcut(QKeySequence(f"Alt+{number + 1}"), self).activated.connect(partial(self._take, number))
        return key

    def _take(self, number: int, _checked: bool = False) -> None:
        if number < len(self._offered):
            self.taken.emit(self._offered[number])


def insert_words(field: QPlainTextEdit, words: str) -> None:
    """Put words where the field's cursor is, with a space before and after them, and the keyboard there."""
    cursor = field.textCursor()
    before = field.toPlainText()[: cursor.position()]
    cursor.insertText(("" if not before or before[-1].isspace() else " ") + words + " ")
    field.setFocus(Qt.FocusReason.OtherFocusReason)
