"""What is seen at once, while the store is opened."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

_WIDTH, _HEIGHT = 480, 240
_GROUND, _WORDS, _DIM = "#0b0f14", "#e8edf2", "#93a1b0"


def splash() -> QLabel:
    """Make it and show it. (Qt's own splash screen waits up to a second for the platform to tell that it is seen.)"""
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
    shown = QLabel()
    shown.setWindowFlags(Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
    shown.setPixmap(picture)
    shown.move(QApplication.primaryScreen().availableGeometry().center() - picture.rect().center())
    shown.show()
    QApplication.processEvents()
    return shown
