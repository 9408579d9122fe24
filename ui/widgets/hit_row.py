"""A hit in a list, as one key: plate, what and where, how it stands; what is owed beneath. Columns stand in line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout

from mdt_app.domain.plates import grouped
from ui.theme import Theme
from ui.widgets.plate_text import PlateText
from ui.widgets.text import label

_PLATE = 28
_WIDTHS = (2, 3, 3)
"""Of plate, what and state of affairs; by shares alone, so that each row has its columns at the same places."""


@dataclass(frozen=True, slots=True)
class HitWords:
    """What the row says. `tone` is that of `status` and of the lines of what is owed."""

    plate: str
    what: str
    where_when: str
    status: str
    tone: str
    end: str = ""
    owed: tuple[str, ...] = ()


class HitRow(QPushButton):
    """Takes the hit up where it stands."""

    def __init__(self, theme: Theme, words: HitWords, role: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setProperty("kind", "hit")
        self.setAccessibleName(
            ", ".join(
                filter(None, (grouped(words.plate), words.what, words.where_when, words.status, words.end, *words.owed))
            )
        )
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        plate = PlateText(theme, _PLATE)
        plate.show_plate(words.plate)
        plate.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        grid.addWidget(plate, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(_lines((words.what, "lead", ""), (words.where_when, "body", "dim")), 0, 1)
        grid.addLayout(_lines((words.status, "lead", words.tone), (words.end, "body", "dim")), 0, 2)
        for column, share in enumerate(_WIDTHS):
            grid.setColumnStretch(column, share)
        if words.owed:
            grid.addLayout(_lines(*((f"■ {line}", "label", words.tone) for line in words.owed)), 1, 0, 1, len(_WIDTHS))

    def sizeHint(self) -> QSize:
        """Room for its lines, and never less than the sheet's least height."""
        return self._grid.sizeHint().expandedTo(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """A row never gets lower than its words."""
        return self._grid.minimumSize()


def _lines(*lines: tuple[str, str, str]) -> QVBoxLayout:
    """Words, role and tone of each line, one beneath the other; an empty one is left out."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    for words, role, tone in lines:
        if words:
            line = label(words, role, tone)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(line)
    column.addStretch(1)
    return column
