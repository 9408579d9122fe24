"""What several pages of the console are made of: a list with a line for reasons, a divided page, what is on record."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.console.reason import ReasonLine
from ui.console.screen import Console, DeskScreen
from ui.console.table import Column, DeskTable, Row
from ui.theme import Theme

_HANDLE_PX, _FAR_PX = 12, 100
"""Sizes before the window has any: smaller ones would end at what the parts need at least."""


def divided(*parts: tuple[QWidget, int], side: Qt.Orientation = Qt.Orientation.Vertical) -> QSplitter:
    """Parts of a page with their shares of its height, or of its width; a person can move what divides them."""
    split = QSplitter(side)
    for place, (part, share) in enumerate(parts):
        split.addWidget(part)
        split.setStretchFactor(place, share)
    split.setSizes([share * _FAR_PX for _, share in parts])
    split.setChildrenCollapsible(False)
    split.setHandleWidth(_HANDLE_PX)
    return split


class ListScreen(DeskScreen):
    """A page with a list in hand; beneath it `reason` asks for words, and gives the keyboard back to the list."""

    table: DeskTable

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.reason = ReasonLine(self._reason_turned)

    def open(self) -> None:
        """Come to the front, the list in hand."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def lay_out(self, page: QWidget) -> None:
        """Fill the screen with the page, and the line for reasons under it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(page, 1)
        column.addWidget(self.reason)

    def _reason_turned(self, opened: bool) -> None:
        self.console.acts_changed()
        if not opened:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)


class Story(DeskTable):
    """What is on record of something: when, what, by whom, and what was said."""

    def __init__(self, theme: Theme) -> None:
        columns = (
            Column(self.tr("When"), 160),
            Column(self.tr("What"), 190),
            Column(self.tr("Who"), 140),
            Column(self.tr("Said")),
        )
        super().__init__(theme, self.tr("On record of it"), columns, filtered=False)

    def tell(self, lines: Iterable[tuple[str, str, str, str]]) -> None:
        """Show these lines."""
        self.put([Row(str(place), cells) for place, cells in enumerate(lines)])
