"""A plate as text: large, mono, slashed zero, grouped as on the road, weak characters underlined with alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mdt_app.domain.plates import grouped
from mdt_app.domain.reads import CharacterRead
from ui.theme import Theme
from ui.widgets.plate_paint import DOT, cells, paint_character, text_width

WEAK_BELOW = 0.8
_BENEATH = 40
"""Room for underline and alternatives, in pixels of the base window."""


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
        beneath = self._theme.px(_BENEATH) if self._weak else 0
        return QSize(self._theme.px(200), round(self._high()) + beneath)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Character by character, so that each has its mark."""
        painter = QPainter(self)
        font = self._theme.plate_font(self._size)
        shrink = min(1.0, self.width() / max(1.0, text_width(self._text, font)))
        font.setPixelSize(max(8, int(font.pixelSize() * shrink)))
        places = cells(self._text, font, QPointF(0, 0), self._high())
        for number, (character, cell) in enumerate(places):
            paint_character(painter, character, font, cell, self._theme.color("text"))
            if number in self._weak:
                self._mark(painter, cell, self._weak[number])

    def _high(self) -> float:
        return QFontMetricsF(self._theme.plate_font(self._size)).capHeight() + self._theme.px(self._size * 0.2)

    def _mark(self, painter: QPainter, cell: QRectF, instead: str) -> None:
        px = self._theme.px
        painter.setPen(QPen(self._theme.color("owed"), px(4)))
        painter.drawLine(cell.bottomLeft() + QPointF(px(4), 0), cell.bottomRight() - QPointF(px(4), 0))
        beneath = QRectF(cell.left() - px(20), cell.bottom() + px(4), cell.width() + px(40), px(_BENEATH - 6))
        painter.setFont(self._theme.plate_font(26))
        painter.drawText(beneath, Qt.AlignmentFlag.AlignCenter, instead)


def weak_marks(shown: str, characters: Sequence[CharacterRead]) -> dict[int, str]:
    """Place in the shown text -> alternatives, for each character read with less than WEAK_BELOW."""
    places = [place for place, character in enumerate(shown) if character != DOT]
    if len(places) != len(characters):
        return {}
    weak = ((p, c) for p, c in zip(places, characters, strict=True) if c.confidence < WEAK_BELOW)
    return {place: " ".join(character.alternatives[:2]) or "?" for place, character in weak}
