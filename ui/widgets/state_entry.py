"""Where the officer chooses the issuing state: type a part of its name or its code, or press a neighbor's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.text import label, set_look

_COLUMNS = 3


class _Field(QLineEdit):
    """A line that hands Enter on instead of keeping it."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms; all else is typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class StateEntry(QWidget):
    """Holds the chosen state's code, empty until one is sure. Nothing is chosen beforehand."""

    changed = Signal()
    entered = Signal()

    def __init__(self, states: Mapping[str, str], near: Sequence[str]) -> None:
        super().__init__()
        self._states, self.code = states, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("name or code"))
        self.field.setAccessibleName(self.tr("Issuing state that you see"))
        self.field.textEdited.connect(self._typed)
        self.field.entered.connect(self.entered)
        self._chosen = label("", "lead")
        self._keys = {code: self._key(code) for code in near}
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, button in enumerate(self._keys.values()):
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        column.addWidget(self.field)
        column.addWidget(self._chosen)
        column.addLayout(grid)
        self._show()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.field.clear()
        self.field.setEnabled(True)
        self._choose("")

    def lock(self, code: str) -> None:
        """Show what was confirmed."""
        self.field.setText(self._states.get(code, code))
        self.field.setEnabled(False)
        self._choose(code)

    def _key(self, code: str) -> QPushButton:
        button = QPushButton(code)
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setMinimumWidth(24)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(self._states.get(code, code))
        button.clicked.connect(lambda: self._pressed(code))
        return button

    def _pressed(self, code: str) -> None:
        if self.field.isEnabled():
            self.field.setText(self._states.get(code, code))
            self._choose(code)
        else:
            self._show()

    def _typed(self, text: str) -> None:
        self._choose(find_state(self._states, text))

    def _choose(self, code: str) -> None:
        self.code = code
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for code, button in self._keys.items():
            button.setChecked(code == self.code)
        self._chosen.setText(self._states.get(self.code, self.tr("No state chosen")))
        set_look(self._chosen, tone="verified" if self.code else "owed")


def find_state(states: Mapping[str, str], text: str) -> str:
    """The one state that the text means: its code, its name, or the beginning of one name alone. Else empty."""
    wanted = text.strip().casefold()
    if not wanted:
        return ""
    exact = [code for code, name in states.items() if wanted in (code.casefold(), name.casefold())]
    begins = [code for code, name in states.items() if name.casefold().startswith(wanted)]
    found = exact or begins
    return found[0] if len(found) == 1 else ""
