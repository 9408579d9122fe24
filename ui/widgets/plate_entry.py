"""Where the officer types the plate that is seen on the vehicle: one cell a character, by keyboard or big keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from mdt_app.domain.plates import PLATE_LENGTH
from ui.theme import Theme
from ui.widgets.plate_paint import paint_character

_CELLS = 8
KEYS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM⌫")


class PlateEntry(QWidget):
    """Takes letters and digits. Never shows what the reader read: the officer must look at the vehicle."""

    changed = Signal()
    entered = Signal()
    taken_back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.text, self.locked, self._sure = theme, "", False, True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Characters that you see on the plate"))

    def clear(self) -> None:
        """Begin anew."""
        self.text, self.locked, self._sure = "", False, True
        self.update()

    def lock(self, text: str, *, agrees: bool) -> None:
        """Show what was seen, and whether it agrees with the entry; it can't be typed over any more."""
        self.text, self.locked, self._sure = text, True, agrees
        self.update()

    def type(self, key: str) -> None:
        """Take one key of the big keys: a character, or the one that takes back, also what was confirmed."""
        if self.locked:
            if key == "⌫":
                self.taken_back.emit()
            return
        if key == "⌫":
            self.text = self.text[:-1]
        elif len(self.text) < PLATE_LENGTH:
            self.text += key
        self.changed.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits are taken, everything else goes on to the window."""
        key = event.text().upper()
        if event.key() == Qt.Key.Key_Backspace:
            self.type("⌫")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key.isascii() and key.isalnum():
            self.type(key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch takes the keyboard here."""
        self.setFocus()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        self.update()
        super().focusOutEvent(event)

    def sizeHint(self) -> QSize:
        """High enough for a gloved finger."""
        return QSize(self._theme.px(300), self._theme.px(80))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Cells, the characters in them, and where the next one goes."""
        painter = QPainter(self)
        count = max(_CELLS, len(self.text))
        gap = self._theme.px(4)
        wide = (self.width() - gap * (count - 1)) / count
        font = self._theme.plate_font(min(48, 48 * _CELLS / count))
        for place in range(count):
            cell = QRectF(place * (wide + gap) + 1, 1, wide - 2, self.height() - 2)
            painter.fillRect(cell, self._theme.color("raised"))
            painter.setPen(QPen(self._theme.color(self._tone(place)), self._theme.px(3 if self.hasFocus() else 2)))
            painter.drawRect(cell)
            if self._here(place):
                high = self._theme.px(8)
                beneath = cell.adjusted(0, cell.height() - high, 0, 0)
                painter.fillRect(beneath, self._theme.color("act"))
            if place < len(self.text):
                paint_character(painter, self.text[place], font, cell, self._theme.color("text"))

    def _here(self, place: int) -> bool:
        """Whether the next character goes into this cell."""
        open_to_keys = self.hasFocus() and not self.locked
        return open_to_keys and place == min(len(self.text), max(_CELLS, len(self.text)) - 1)

    def _tone(self, place: int) -> str:
        if self.locked:
            return ("verified" if self._sure else "hit") if place < len(self.text) else "line"
        return "act" if self._here(place) or place < len(self.text) else "line"


class KeyPad(QWidget):
    """Big keys for gloves, where there is no keyboard at hand."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for row, keys in enumerate(KEYS):
            for column, key in enumerate(keys):
                grid.addWidget(self._key(key), row, column)

    def _key(self, key: str) -> QPushButton:
        button = QPushButton(key)
        button.setProperty("role", "quiet")
        button.setMinimumWidth(24)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(self.tr("Delete") if key == "⌫" else key)
        button.clicked.connect(lambda: self.pressed.emit(key))
        return button
