"""Where the officer chooses the issuing state: type a part of its name or its code, or press a big key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.key import Key
from ui.widgets.text import set_look

_COLUMNS, _KEYS = 3, 6


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
    """Holds the chosen state's code, empty until one is sure. Nothing is chosen beforehand.

    The big keys are the neighbors, and while a name is typed the states that it can still become.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, states: Mapping[str, str], near: Sequence[str]) -> None:
        super().__init__()
        self._states, self._near, self.code = states, tuple(near), ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("State: its name or code"))
        self.field.setAccessibleName(self.tr("Issuing state that you see"))
        self.field.textEdited.connect(self._typed)
        self.field.entered.connect(self.entered)
        self._keys = [Key("", "", "state", wrap=True, inset=3) for _ in range(_KEYS)]
        self._codes: tuple[str, ...] = ()
        grid = QGridLayout()
        grid.setSpacing(12)
        for number, key in enumerate(self._keys):
            key.setCheckable(True)
            key.setMinimumWidth(24)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.clicked.connect(lambda _=False, place=number: self._pressed(place))
            grid.addWidget(key, number // _COLUMNS, number % _COLUMNS)
            grid.setColumnStretch(number % _COLUMNS, 1)
        column.addWidget(self.field)
        column.addLayout(grid)
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.field.clear()
        self._offer(self._near)
        self._choose("")

    def put(self, code: str) -> None:
        """Choose this state."""
        self.field.setText(self._states.get(code, code))
        self._choose(code)

    def _pressed(self, place: int) -> None:
        self.put(self._codes[place])

    def _typed(self, text: str) -> None:
        fitting = fitting_states(self._states, text)
        self._offer(fitting if text.strip() else self._near)
        self._choose(find_state(self._states, text))

    def _offer(self, codes: Sequence[str]) -> None:
        self._codes = tuple(codes[:_KEYS])
        for number, key in enumerate(self._keys):
            offered = number < len(self._codes)
            key.say(self._states.get(self._codes[number], "") if offered else "")
            key.setEnabled(offered)

    def _choose(self, code: str) -> None:
        self.code = code
        for number, key in enumerate(self._keys):
            chosen = bool(code) and number < len(self._codes) and self._codes[number] == code
            key.setChecked(chosen)
            key.look("state-chosen" if chosen else "state")
        set_look(self.field, tone="verified" if code else "")
        self.changed.emit()


def fitting_states(states: Mapping[str, str], text: str) -> list[str]:
    """The codes of the states that the text can mean: its code first, then names that begin with it."""
    wanted = text.strip().casefold()
    named = [code for code, name in states.items() if name.casefold().startswith(wanted)]
    coded = [code for code in states if code.casefold() == wanted]
    return [*coded, *(code for code in named if code not in coded)] if wanted else []


def find_state(states: Mapping[str, str], text: str) -> str:
    """The one state that the text means: its code, its name, or the beginning of one name alone. Else empty."""
    wanted = text.strip().casefold()
    exact = [code for code, name in states.items() if wanted in (code.casefold(), name.casefold())]
    found = exact or fitting_states(states, text)
    return found[0] if len(found) == 1 else ""
