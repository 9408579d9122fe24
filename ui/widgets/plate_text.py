"""A plate as text: large, mono, slashed zero, grouped as on the road, weak characters underlined with alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mdt_app.domain.plates import grouped
from mdt_app.domain.reads import CharacterRead
from ui.theme import Theme

WEAK_BELOW = 0.8
_DOT_WIDTH = 0.45
"""The middle dot of the mono face sits wide; it gets less than a character's room."""


class PlateText(QWidget):
    """Paints a plate at `size` pixels of the base window, smaller if it would not fit."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme, self._size = theme, size
        self._text, self._weak = "", dict[int, str]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_plate(self, text: str, characters: Sequence[CharacterRead] = ()) -> None:
        """Show a plate; `characters` marks the weak ones with what they could be instead."""
        self._text = grouped(text)
        self._weak = weak_marks(self._text, characters)
        self.setAccessibleName(" ".join(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the characters and, beneath, the alternatives."""
        height = QFontMetricsF(self._theme.plate_font(self._size)).height()
        beneath = self._theme.px(30) if self._weak else self._theme.px(4)
        return QSize(self._theme.px(200), int(height + beneath))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Character by character, so that each has its mark."""
        painter = QPainter(self)
        font = self._theme.plate_font(self._size)
        advance = QFontMetricsF(font).horizontalAdvance("0")
        widths = [advance * (_DOT_WIDTH if c == "·" else 1.0) for c in self._text]
        shrink = min(1.0, self.width() / max(1.0, sum(widths)))
        font.setPixelSize(max(8, int(font.pixelSize() * shrink)))
        high = QFontMetricsF(font).height()
        left = 0.0
        for place, (character, width) in enumerate(zip(self._text, widths, strict=True)):
            cell = QRectF(left, 0, width * shrink, high)
            painter.setFont(font)
            painter.setPen(self._theme.color("text"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, character)
            if place in self._weak:
                self._mark(painter, cell, self._weak[place])
            left += width * shrink

    def _mark(self, painter: QPainter, cell: QRectF, instead: str) -> None:
        painter.setPen(QPen(self._theme.color("owed"), self._theme.px(4)))
        bottom = cell.bottom() - self._theme.px(2)
        painter.drawLine(cell.left() + 4, bottom, cell.right() - 4, bottom)
        painter.setFont(self._theme.plate_font(22))
        beneath = QRectF(cell.left() - 20, bottom + 2, cell.width() + 40, self._theme.px(28))
        painter.drawText(beneath, Qt.AlignmentFlag.AlignCenter, instead)


def weak_marks(shown: str, characters: Sequence[CharacterRead]) -> dict[int, str]:
    """Place in the shown text -> alternatives, for each character read with less than WEAK_BELOW."""
    places = [place for place, character in enumerate(shown) if character != "·"]
    if len(places) != len(characters):
        return {}
    weak = ((p, c) for p, c in zip(places, characters, strict=True) if c.confidence < WEAK_BELOW)
    return {place: " ".join(character.alternatives[:2]) or "?" for place, character in weak}
