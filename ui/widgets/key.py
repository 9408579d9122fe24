"""A big key: what it does in bold, and beneath it the keyboard's key or a word more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget

from ui.widgets.text import label, set_look


class Key(QPushButton):
    """A push button with two lines of text. Its look comes from its role."""

    def __init__(self, words: str, hint: str = "", role: str = "", *, wrap: bool = False, inset: int = 10) -> None:
        super().__init__()
        self._words, self._hint = label(words, "key", wrap=wrap), label(hint, "key-hint")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(inset, 4, inset, 4)
        column.setSpacing(0)
        column.addStretch(1)
        for line in (self._words, self._hint):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(line)
        column.addStretch(1)
        self.setProperty("role", role)
        self.say(words, hint)

    def say(self, words: str, hint: str = "") -> None:
        """Change both lines."""
        if (words, hint) == (self._words.text(), self._hint.text()) and self.accessibleName():
            return
        self._words.setText(words)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(words)
        self.setAccessibleDescription(hint)
        self.updateGeometry()

    def tell(self, hint: str) -> None:
        """Change the line beneath alone."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleDescription(hint)

    def align(self, side: Qt.AlignmentFlag) -> None:
        """Set both lines to a side."""
        for line in (self._words, self._hint):
            line.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def look(self, role: str) -> None:
        """Change the role."""
        if self.property("role") == role:
            return
        set_look(self, role=role)
        for line in (self._words, self._hint):
            line.style().unpolish(line)
            line.style().polish(line)

    def sizeHint(self) -> QSize:
        """Room for both lines, and never less than the sheet's least height."""
        return self._column.sizeHint().expandedTo(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """A key never gets smaller than its words."""
        return self._column.minimumSize()


def nearest_key(window: QWidget, at: QPoint, reach: int) -> QAbstractButton | None:
    """The key that can be pressed and lies nearest to this place of the window, within reach of its edge."""
    keys = (key for key in window.findChildren(QAbstractButton) if key.isVisible() and key.isEnabled())
    near = ((_distance(QRect(key.mapTo(window, QPoint()), key.size()), at), key) for key in keys)
    distance, key = min(near, key=lambda pair: pair[0], default=(reach + 1, None))
    return key if distance <= reach else None


def _distance(place: QRect, at: QPoint) -> int:
    across = max(place.left() - at.x(), at.x() - place.right(), 0)
    down = max(place.top() - at.y(), at.y() - place.bottom(), 0)
    return max(across, down)
