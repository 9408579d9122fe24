"""Draws screens once before they are wanted: the first time costs three times what a later one does."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from ui.screen_stack import ScreenStack
from ui.widgets.acts import ActBar


def draw_unseen(window: QWidget, stack: ScreenStack, acts: ActBar, names: Iterable[str]) -> None:
    """Dress, lay out and paint these screens unseen; the one in front stays in front, with what is typed there."""
    shown, typed = stack.top, window.focusWidget()
    for screen in (stack[name] for name in names):
        stack.raise_to_top(screen)
        for part in screen.findChildren(QWidget):
            part.ensurePolished()  # what is hidden yet comes with the first hit
        acts.show_acts(screen.acts())
        window.grab()
    if shown is not None:
        stack.raise_to_top(shown)
    if typed is not None:
        typed.setFocus()


def laid_out() -> None:
    """Let all layouts come to rest now, so that what is painted next is painted once and in its place.

    Left to Qt, a picture that is due in the same turn of its loop is painted before: new words in old places.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
