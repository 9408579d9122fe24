"""The screens of the window, one on top: each is made when it is first wanted, or while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QTimer

from ui.screens.screen import Screen
from ui.widgets.pages import Pages

_BETWEEN_MS = 30
"""So much of Qt's time lies between two screens that are made ahead."""


class ScreenStack(Mapping[str, Screen]):
    """Screens by name. `made` are those that there are already: nobody else has anything to hear or to forget."""

    def __init__(self, makers: Mapping[str, Callable[[], Screen]]) -> None:
        self._makers = makers
        self.made: dict[str, Screen] = {}
        self._sheet = ""
        self.widget = Pages()
        self._ahead = QTimer(self.widget, interval=_BETWEEN_MS)
        self._ahead.timeout.connect(self._make_one)

    def __getitem__(self, name: str) -> Screen:
        if name not in self.made:
            self.made[name] = self._makers[name]()
            self.widget.add(self.made[name])
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def raise_to_top(self, screen: Screen) -> None:
        """Show this one, in the look of now."""
        self._dress(screen)
        self.widget.turn_to(screen)

    def dress(self, sheet: str) -> None:
        """Give the one that is shown another look; the others take it when they are shown: all at once is 0.4 s."""
        self._sheet = sheet
        if self.top is not None:
            self._dress(self.top)

    def _dress(self, screen: Screen) -> None:
        if screen.styleSheet() != self._sheet:
            screen.setStyleSheet(self._sheet)

    @property
    def top(self) -> Screen | None:
        """The one that is shown."""
        shown = self.widget.top
        return shown if isinstance(shown, Screen) else None

    def make_ahead(self) -> None:
        """Make the others one by one from now on, so that none is waited for when it is wanted."""
        self._ahead.start()

    def _make_one(self) -> None:
        wanted = next((name for name in self._makers if name not in self.made), None)
        if wanted is None:
            self._ahead.stop()
        else:
            _ = self[wanted]
