"""What stands in place of a screen that needs reading while the car is fast: nothing to read."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.text import label

MPH_A_MPS = 2.236_936
_SLOWER_MPH = 3
"""So much slower than the limit opens again, so that the screen does not come and go."""


class SpeedLock:
    """Whether the car is too fast for reading. An unknown speed locks nothing: the receiver may stand in a garage."""

    def __init__(self, limit_mph: int) -> None:
        self.limit_mph, self.shut = limit_mph, False

    def hear(self, speed_mps: float | None) -> bool:
        """Take the speed of now, None where it is not known; return whether that changed anything."""
        before, mph = self.shut, (speed_mps or 0.0) * MPH_A_MPS
        self.shut = bool(self.limit_mph) and mph > self.limit_mph - (_SLOWER_MPH if before else 0)
        return self.shut is not before


class DrivingScreen(Screen):
    """Says in one glance why, and when what was there comes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 12)
        column.setSpacing(24)
        limit = str(desk.context.policy.driving.reading_lock_mph.value)
        column.addWidget(label(self.tr("■ Too fast to read"), "title", "owed", wrap=True))
        words = self.tr("Below %1 mph this page is here again, with all that was typed.").replace("%1", limit)
        column.addWidget(label(words, "head", wrap=True))
        column.addWidget(label(self.tr("Alerts and the voice go on. Use the radio."), "head", wrap=True))
        column.addStretch(1)

    def acts(self) -> tuple[Act, ...]:
        """Only the way to patrol."""
        return (Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),)
