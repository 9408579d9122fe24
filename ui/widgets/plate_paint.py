"""How a plate's characters are painted: even widths, a narrow dot, and a zero with a slash.

B612 Mono has no slashed zero of its own, so the slash is drawn; a 0 must never pass for an O.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

DOT = "·"
_DOT_WIDTH = 0.4
"""The dot's room in a character's width."""
_BEYOND = 0.2
"""How far a character may reach above and below its cell, in heights of it."""
_SLASHED_BY_ITSELF = ("DejaVu Sans Mono", "Consolas")


def cells(text: str, font: QFont, at: QPointF, height: float) -> Iterator[tuple[str, QRectF]]:
    """Each character with its place, from left to right."""
    advance = QFontMetricsF(font).horizontalAdvance("0")
    left = at.x()
    for character in text:
        width = advance * (_DOT_WIDTH if character == DOT else 1.0)
        yield character, QRectF(left, at.y(), width, height)
        left += width


def text_width(text: str, font: QFont) -> float:
    """The width of a plate in this font, in pixels."""
    return sum(cell.width() for _, cell in cells(text, font, QPointF(), 1))


def paint_plate(painter: QPainter, text: str, font: QFont, place: QRectF, color: QColor) -> float:
    """Paint a plate at the left of the place, centered in its height; return the width that it took.

    A plate is painted once and then kept for a while: live pictures and tables show the same ones again and again.
    """
    ratio = painter.device().devicePixelRatioF()
    image = _plate_image(text, font.toString(), color.rgba(), place.height(), ratio)
    painter.drawImage(place.topLeft().toPoint(), image)  # between two pixels it would be blurred
    return image.width() / ratio


@lru_cache(maxsize=256)
def _plate_image(text: str, face: str, color: int, height: float, ratio: float) -> QImage:
    font = QFont()
    font.fromString(face)
    image = _clear(QSizeF(max(1.0, text_width(text, font)), max(1.0, height)), ratio)
    painter = QPainter(image)
    for character, cell in cells(text, font, QPointF(), height):
        paint_character(painter, character, font, cell, QColor.fromRgba(color))
    painter.end()
    return image


def paint_character(painter: QPainter, character: str, font: QFont, cell: QRectF, color: QColor) -> None:
    """Paint one character in the middle of its cell.

    Each is drawn once and then copied: of all that a new read costs Qt's thread, its characters were the most.
    """
    ratio = painter.device().devicePixelRatioF()
    size = math.ceil(cell.width()), math.ceil(cell.height() * (1 + 2 * _BEYOND))
    image = _character_image(character, font.toString(), color.rgba(), size, ratio)
    painter.drawImage((cell.topLeft() - QPointF(0, cell.height() * _BEYOND)).toPoint(), image)


@lru_cache(maxsize=512)
def _character_image(character: str, face: str, color: int, size: tuple[int, int], ratio: float) -> QImage:
    font = QFont()
    font.fromString(face)
    image = _clear(QSizeF(*size), ratio)
    painter = QPainter(image)
    _draw_character(painter, character, font, QRectF(0, 0, *size), QColor.fromRgba(color))
    painter.end()
    return image


def _clear(size: QSizeF, ratio: float) -> QImage:
    whole = size * ratio
    image = QImage(math.ceil(whole.width()), math.ceil(whole.height()), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _draw_character(painter: QPainter, character: str, font: QFont, cell: QRectF, color: QColor) -> None:
    measure = QFontMetricsF(font)
    middle = cell.center()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if character == DOT:
        radius = measure.capHeight() * 0.1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return
    painter.setFont(font)
    painter.setPen(color)
    origin = QPointF(middle.x() - measure.horizontalAdvance(character) / 2, middle.y() + measure.capHeight() / 2)
    painter.drawText(origin, character)
    if character == "0" and font.family() not in _SLASHED_BY_ITSELF:
        _slash(painter, measure.tightBoundingRect("0").translated(origin), color)


def _slash(painter: QPainter, glyph: QRectF, color: QColor) -> None:
    inset_x, inset_y = glyph.width() * 0.3, glyph.height() * 0.24
    painter.setPen(QPen(color, max(1.0, glyph.height() * 0.09), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(
        QPointF(glyph.left() + inset_x, glyph.bottom() - inset_y),
        QPointF(glyph.right() - inset_x, glyph.top() + inset_y),
    )
