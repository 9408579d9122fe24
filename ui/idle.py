"""Idle lock: a screen that nobody touched for the policy's minutes asks for a sign-in again (CJIS AC-11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from mdt_app.domain.policy import SignInRules

_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class IdleLock(QObject):
    """Calls `lock` after so long without a key, a click or a touch. A device in a police vehicle may be exempt."""

    def __init__(self, parent: QObject, rules: SignInRules, lock: Callable[[], None]) -> None:
        super().__init__(parent)
        self.timer = QTimer(self, singleShot=True, interval=rules.idle_lock_minutes.value * 60_000)
        self.timer.timeout.connect(lock)
        app = QApplication.instance()
        if app is not None and not rules.vehicle_exempt.value:
            app.installEventFilter(self)
            self.timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew at each touch; the event goes on."""
        if event.type() in _TOUCHES:
            self.timer.start()
        return super().eventFilter(watched, event)
