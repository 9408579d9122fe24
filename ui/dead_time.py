"""The dead time of an alert: a key or a touch meant for what was there before does nothing to what is there now."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from ui.widgets.acts import ActBar

_AT_MOST = 3
"""Whoever types on without looking has the time begin anew; after three times its length it ends all the same."""


class DeadTime(QObject):
    """Keeps the acts dark, and their keys without effect, for so long after an alert came unasked; 0 never does."""

    def __init__(self, acts: ActBar, length_ms: int) -> None:
        super().__init__(acts)
        self._acts, self._length_ms, self._latest = acts, length_ms, 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lambda: acts.setEnabled(True))
        acts.tried_dark.connect(self.tried)

    def begin(self) -> None:
        """The alert is painted: from now."""
        if self._length_ms:
            self._latest = time.monotonic() + _AT_MOST * self._length_ms / 1000
            self._acts.setEnabled(False)
            self._timer.start(self._length_ms)

    def tried(self) -> None:
        """A key or a touch came while the acts are dark: somebody is at something else still."""
        left_ms = round((self._latest - time.monotonic()) * 1000)
        if self._timer.isActive() and left_ms > 0:
            self._timer.start(min(left_ms, self._length_ms))
