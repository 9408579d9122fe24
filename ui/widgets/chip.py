"""One chip of the status bar: a part's state in shape, name and words, as many words as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.widgets.text import label, set_look

_INSET, _ABOVE, _GAP, _EDGE = 8, 3, 6, 2
SHAPES = {"verified": "●", "owed": "■", "hit": "▲"}
"""Of each tone, the worst last."""
BRIEF = 2
"""The step at which each says its fewest words."""

PartState = tuple[str, ...]
"""Name, words, tone, and fewer words that say the same; of what is well these stay with its name."""


class Chip(QFrame):
    """One state: shape, name and words. Green is well, amber is owed or stale, red is lost.

    `pinned`: what it says has to be read at any time, however much else is amiss.
    """

    def __init__(self, parent: QWidget, *, pinned: bool = False) -> None:
        super().__init__(parent)
        self.pinned = pinned
        self.setProperty("role", "chip")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _ABOVE, _INSET, _ABOVE)
        row.setSpacing(_GAP)
        self._shape, self._name, self._words = label("", "label"), label("", "chip-name"), label("", "label")
        self.well, self.tone, self._full, self._brief = True, "verified", "", ""
        self.told: PartState = ()
        for part in (self._shape, self._name, self._words):
            row.addWidget(part)

    def shorten(self, step: int) -> None:
        """Where room is short what is well goes by its name and brief words (1), and then the rest too (2)."""
        self._words.setVisible(bool(self._said(step)))
        self._words.setText(self._said(step))

    def wide(self, step: int) -> int:
        """How wide it is at this step, in pixels."""
        texts = ((self._shape, self._shape.text()), (self._name, self._name.text()), (self._words, self._said(step)))
        shown = [measured(part, text) for part, text in texts if text]
        return sum(shown) + _INSET * 2 + _GAP * (len(shown) - 1)

    @property
    def short(self) -> str:
        """Its name among others that are well, with the words that always go with it."""
        name = self._name.text().removeprefix(QCoreApplication.translate("status", "Cam %1").replace("%1", ""))
        return f"{name} {self._brief}" if self._brief else name

    def _said(self, step: int) -> str:
        if step and self.well:
            return self._brief
        return (self._brief or self._full) if step >= BRIEF else self._full

    def show_state(self, name: str, words: str, tone: str, brief: str = "") -> None:
        """Show a state and its tone; `brief` are fewer words that say the same. `shorten` then puts the words there."""
        if self.told == (name, words, tone, brief):
            return
        self.told = (name, words, tone, brief)
        self._full, self._brief = words, brief
        self._shape.setText(SHAPES[tone])
        set_look(self._shape, tone=tone)
        set_look(self._words, tone="" if tone == "verified" else tone)
        self.well, self.tone = tone == "verified", tone
        self._name.setText(name)
        self.setAccessibleName(f"{name}: {words}")
        set_look(self, tone=tone)
        edge = _ABOVE - (tone == "hit")  # its border is wider; the bar is as high as ever
        self._row.setContentsMargins(_INSET, edge, _INSET, edge)


def measured(part: QLabel, text: str) -> int:
    """The width of a text in a label's own font, in pixels; a border's worth more."""
    part.ensurePolished()
    return part.fontMetrics().horizontalAdvance(text) + _EDGE
