"""Brings the window to the front: over the whole display at the start, and again on a second start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Pixels

_TITLE = 40
"""So high is what a window manager puts above a window, at most."""


def display_size() -> Pixels:
    """Width and height in pixels of what `take_display` will give: a window made for it need not be dressed twice."""
    room = QApplication.primaryScreen().availableGeometry()
    return room.width(), room.height()


def take_display(window: QWidget) -> None:
    """Show the window over the whole display, with the keyboard: a display without a window manager gives it neither.

    A vehicle's display is smaller or larger than the size that the window is drawn for; its type follows.
    """
    window.setGeometry(window.screen().availableGeometry())
    window.showMaximized()
    window.activateWindow()


def show_within(window: QWidget) -> None:
    """Show a desk's window as large as it is drawn, or over the whole display where that has less room.

    What hangs over its edge would be the keys.
    """
    room = window.screen().availableGeometry()
    if window.width() > room.width() or window.height() + _TITLE > room.height():
        window.showMaximized()
    else:
        window.show()


class FrontWatch(QFileSystemWatcher):
    """`knocked` says whether the file that changed is a knock, and answers it."""

    def __init__(self, window: QWidget, file: Path, knocked: Callable[[], bool]) -> None:
        super().__init__([str(file)], window)
        self._window, self._knocked = window, knocked
        self.fileChanged.connect(self._changed)

    def _changed(self, _: str) -> None:
        if self._knocked():
            window = self._window
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
