"""Big answers in columns, each with the number key that gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.key import Key

_KEYS = "123456789ABCDEFGHIJKLM"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value, its words, and beneath them a word more. A shut one says there why."""

    value: str
    words: str
    hint: str = ""
    shut: bool = False


class Choices(QWidget):
    """Emits the value of the answer that was pressed, or whose key was."""

    chosen = Signal(str)

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._columns = columns
        self._choices: tuple[Choice, ...] = ()
        self.keys: dict[str, Key] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Put these answers in place of the ones before."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        for old in self.keys.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.keys = {choice.value: self._key(number, choice) for number, choice in enumerate(choices)}
        for number, key in enumerate(self.keys.values()):
            self._grid.addWidget(key, number // self._columns, number % self._columns)
            key.show()

    def mark(self, values: Sequence[str], role: str = "row-chosen") -> None:
        """Show these answers as the ones that stand."""
        for value, key in self.keys.items():
            key.look(role if value in values else "row")

    def take(self, event: QKeyEvent) -> bool:
        """Give the answer of this key; False when it stands on none, or is still held from before."""
        text = "" if event.isAutoRepeat() else event.text()
        place = _KEYS.find(text.upper()) if text else -1
        fits = 0 <= place < len(self._choices) and not self._choices[place].shut
        if fits:
            self.chosen.emit(self._choices[place].value)
        return fits

    def _key(self, number: int, choice: Choice) -> Key:
        key = Key(f"{_KEYS[number]}   {choice.words}", choice.hint, "lacking" if choice.shut else "row", wrap=True)
        key.align(Qt.AlignmentFlag.AlignLeft)
        key.setMinimumWidth(24)
        key.setAccessibleName(choice.words)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setEnabled(not choice.shut)
        key.clicked.connect(partial(self._pressed, choice.value))
        return key

    def _pressed(self, value: str, _checked: bool = False) -> None:
        self.chosen.emit(value)
