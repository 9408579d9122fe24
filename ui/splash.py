"""What is seen at once, while the store is opened."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QSplashScreen

_WIDTH, _HEIGHT = 480, 240
_GROUND, _WORDS, _DIM = "#0b0f14", "#e8edf2", "#93a1b0"


def splash() -> QSplashScreen:
    """Make it and show it."""
    picture = QPixmap(_WIDTH, _HEIGHT)
    picture.fill(QColor(_GROUND))
    painter = QPainter(picture)
    for size, color, top, words in (
        (34, _WORDS, -24, "Patrol MDT"),
        (15, _DIM, 36, QCoreApplication.translate("splash", "Opening the store ...")),
    ):
        painter.setFont(QFont("sans-serif", size))
        painter.setPen(QColor(color))
        painter.drawText(picture.rect().adjusted(0, top, 0, top), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    shown = QSplashScreen(picture)
    shown.show()
    return shown
