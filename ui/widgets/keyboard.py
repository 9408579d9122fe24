"""A keyboard of big keys for gloves: letters or signs in four rows, as on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QWidget

DELETE, SPACE, CAPITALS = "⌫", " ", "⇧"
_LETTERS: Mapping[str, tuple[str, ...]] = {
    "en": ("qwertyuiop", "asdfghjkl'", f"{CAPITALS}zxcvbnm.{DELETE}"),
    "es": ("qwertyuiop", "asdfghjklñ", f"{CAPITALS}zxcvbnm.{DELETE}"),
}
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "en": ("1234567890", '-/:;()$&@"', f"#%*+=_?!,{DELETE}"),
    "es": ("1234567890", "-/:;()$&@#", f"áéíóúü?!,{DELETE}"),
}
_SPACE_WIDE = 8


class Keyboard(QWidget):
    """Emits each key's text, DELETE for the one that takes back. Its keys never take the focus."""

    pressed = Signal(str)

    def __init__(self, language: str = "en") -> None:
        super().__init__()
        self._language = language if language in _LETTERS else "en"
        self._signs = self._capitals = False
        self._keys: dict[tuple[int, int], QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for row in range(3):
            for column in range(10):
                self._keys[row, column] = self._key(grid, row, column)
        self._others, self._space = self._key(grid, 3, 0, 2), self._key(grid, 3, 2, _SPACE_WIDE)
        self._others.clicked.connect(lambda: self.turn(signs=not self._signs))
        self._space.clicked.connect(partial(self._press, SPACE))
        self._show()

    def _key(self, grid: QGridLayout, row: int, column: int, wide: int = 1) -> QPushButton:
        key = QPushButton()
        key.setProperty("role", "quiet")
        key.setMinimumWidth(24)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(key, row, column, 1, wide)
        if row < 3:
            key.clicked.connect(partial(self._pressed, (row, column)))
        return key

    def _show(self) -> None:
        """Write on each key what it types now."""
        names = {DELETE: self.tr("Delete"), CAPITALS: self.tr("Capitals")}
        for (row, column), key in self._keys.items():
            sign = self._sign(row, column)
            key.setText(sign.replace("&", "&&"))  # one alone would mark a shortcut
            key.setAccessibleName(names.get(sign, sign))
        self._others.setText(self.tr("ABC") if self._signs else self.tr("123 ?!"))
        self._others.setAccessibleName(self._others.text())
        self._space.setText(self.tr("space"))
        self._space.setAccessibleName(self._space.text())

    def _sign(self, row: int, column: int) -> str:
        sign = (_SIGNS if self._signs else _LETTERS)[self._language][row][column]
        return sign.upper() if self._capitals and not self._signs else sign

    def _pressed(self, place: tuple[int, int], _checked: bool = False) -> None:
        sign = self._sign(*place)
        if sign == CAPITALS:
            self._capitals = not self._capitals
            self._show()
        else:
            self._press(sign)

    def _press(self, sign: str, _checked: bool = False) -> None:
        self.pressed.emit(sign)
        if self._capitals and sign.isalpha():
            self._capitals = False  # one letter alone, as at the beginning of a name
            self._show()

    def turn(self, *, signs: bool) -> None:
        """Show digits and signs, or letters."""
        self._signs = signs
        self._show()


def type_into(field: QWidget, sign: str) -> None:
    """Have a field take a key of the big keys as it takes one of the keyboard."""
    code = Qt.Key.Key_Backspace if sign == DELETE else Qt.Key.Key_unknown
    text = "" if sign == DELETE else sign
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))
