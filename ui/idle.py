"""Idle lock: a screen that nobody touched for the policy's minutes asks for a sign-in again (CJIS AC-11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,  # a key that is a shortcut comes as this alone
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class IdleLock(QObject):
    """Calls `lock` after so many seconds without a key, a click or a touch, and `touched` at each of them.

    `idle_s` None: never; a device in a police vehicle may be exempt.
    """

    def __init__(
        self,
        parent: QObject,
        idle_s: float | None,
        lock: Callable[[], None],
        touched: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._touched = touched
        self.timer = QTimer(self, singleShot=True, interval=int((idle_s or 0) * 1000))
        self.timer.timeout.connect(lock)
        app = QApplication.instance()
        if app is not None and idle_s is not None:
            app.installEventFilter(self)
            self.timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at each touch; the event goes on."""
        if event.type() in _TOUCHES:
            self.timer.start()
            if self._touched is not None:
                self._touched()
        return super().eventFilter(watched, event)
