"""One question with its few big answers in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.text import label

Answer = tuple[str, str, str]
"""An answer: its value, its words, and its tone once chosen."""


class Question(QWidget):
    """Emits the value of the answer that was pressed; shows the one that is on record."""

    answered = Signal(str)

    def __init__(self, name: str, value: str, answers: Sequence[Answer]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(name, "label"))
        head.addWidget(label(value, "lead"))
        head.addStretch(1)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self._words: dict[str, str] = {}
        for answer, words, tone in answers:
            button = QPushButton(words)
            button.setProperty("role", "choice")
            button.setProperty("tone", tone)
            button.setCheckable(True)
            button.setMinimumWidth(24)
            button.setAccessibleName(f"{name} {value}: {words}")
            button.clicked.connect(lambda _=False, given=answer: self.answered.emit(given))
            self._group.addButton(button)
            self.buttons[answer], self._words[answer] = button, words
            row.addWidget(button, 1)
        column.addLayout(row)

    def show_answer(self, answer: str | None) -> None:
        """Mark the answer on record, by a sign as well as by color, or none."""
        self._group.setExclusive(False)
        for value, button in self.buttons.items():
            button.setChecked(value == answer)
            button.setText(f"✓ {self._words[value]}" if value == answer else self._words[value])
        self._group.setExclusive(True)
