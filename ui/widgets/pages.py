"""One page on top of others that are hidden: a QStackedWidget that asks no page for its size."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Pages(QWidget):
    """Gives the page on top all of its place.

    A QStackedWidget lays out the texts of all its pages whenever it turns one: with a shift's screens 5 ms of Qt's
    thread, a fourth of what a read may take until its alert stands there.
    """

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._top: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def top(self) -> QWidget | None:
        """The page that is shown."""
        return self._top

    def add(self, page: QWidget) -> None:
        """Take a page, hidden; the first one is shown."""
        page.setParent(self)
        page.hide()
        if self._top is None:
            self.turn_to(page)

    def turn_to(self, page: QWidget) -> None:
        """Show this one alone. The keyboard goes with it, if it was on the one before."""
        before, typed = self._top, self.window().focusWidget()
        if page is before:
            return
        self._top = page
        page.setGeometry(self.rect())
        page.show()
        page.raise_()
        if before is not None:
            follows = typed is not None and (typed is before or before.isAncestorOf(typed))
            if follows:
                _focus(page).setFocus()  # before the other is hidden: that hands the keyboard to whoever is next
            before.hide()
        self.turned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page on top takes the whole place; the others do when they are shown."""
        super().resizeEvent(event)
        if self._top is not None:
            self._top.setGeometry(self.rect())


def _focus(page: QWidget) -> QWidget:
    """Where the keyboard goes on a page: where it was there, else the first that takes it, else the page itself."""
    if page.focusWidget() is not None:
        return page.focusWidget()
    part = page.nextInFocusChain()
    while part is not None and page.isAncestorOf(part):  # what is on a page follows it in the chain
        takes = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
        if takes and part.isEnabled() and part.isVisibleTo(page):
            return part
        part = part.nextInFocusChain()
    return page
