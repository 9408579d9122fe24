"""Three readings of one plate beneath each other: what the officer sees, what the reader read, what the list says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mdt_app.domain.alerts import Hit
from mdt_app.domain.plates import match_key, written
from ui.context import Codes
from ui.theme import Theme
from ui.widgets.plate_paint import cells, paint_character
from ui.widgets.text import label, set_look

_ROW, _NAME, _SIZE = 56, 84, 32


@dataclass(frozen=True, slots=True)
class Line:
    """One reading: whose it is, its characters, and the state's name."""

    who: str
    plate: str
    state: str


class Compare(QWidget):
    """Characters in columns; one that is not the officer's is framed. O and 0 count as equal, as on the lists."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._rows = _Rows(theme)
        self._verdict = label("", "lead", wrap=True)
        column.addWidget(self._rows)
        column.addWidget(self._verdict)

    def show_hit(self, hit: Hit, codes: Codes) -> None:
        """Show a hit whose plate and state the officer has confirmed."""
        seen, entry, read = hit.verification, hit.match.entry, hit.read
        state = seen.state_seen or ""
        unknown = self.tr("state unknown")
        lines = (
            Line(self.tr("You"), written(seen.plate_seen or ""), codes.state_name(state)),
            Line(self.tr("Reader"), written(read.raw_text), codes.state_name(read.state) if read.state else unknown),
            Line(self.tr("List"), written(entry.plate), codes.state_name(entry.state)),
        )
        differs = [line.who for line in lines[1:] if differing(lines[0].plate, line.plate)]
        differs += [self._other(line) for line in lines[1:] if line.state not in (lines[0].state, unknown)]
        self._rows.show_lines(lines)
        words = self.tr("✓ Your characters and state are the list's.")
        if differs:
            words = self.tr("✗ Differs: %1").replace("%1", ", ".join(differs))
        elif not read.state:
            words = self.tr("✓ You and the list agree. The reader could not read the state.")
        self._verdict.setText(words)
        set_look(self._verdict, tone="hit" if differs else "verified")

    def _other(self, line: Line) -> str:
        return self.tr("%1 (state)").replace("%1", line.who)


class _Rows(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._lines = theme, tuple[Line, ...]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)
        self.setAccessibleName(". ".join(f"{x.who}: {' '.join(x.plate)}, {x.state}" for x in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(_ROW) * max(1, len(self._lines)))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        px, size = self._theme.px, self._font_size()
        for number, line in enumerate(self._lines):
            top = number * px(_ROW)
            painter.setFont(self._theme.font(16))
            painter.setPen(self._theme.color("dim"))
            painter.drawText(QRectF(0, top, px(_NAME), px(_ROW)), Qt.AlignmentFlag.AlignVCenter, line.who)
            self._plate(painter, line, top, size)
            painter.setFont(self._theme.font(16))
            painter.setPen(self._theme.color("text"))
            beneath = QRectF(px(_NAME), top + px(34), self.width() - px(_NAME), px(20))
            painter.drawText(beneath, Qt.AlignmentFlag.AlignVCenter, line.state)

    def _font_size(self) -> float:
        longest = max((len(line.plate) for line in self._lines), default=1)
        advance = QFontMetricsF(self._theme.plate_font(_SIZE)).horizontalAdvance("0")
        return _SIZE * min(1.0, (self.width() - self._theme.px(_NAME)) / max(1.0, advance * longest))

    def _plate(self, painter: QPainter, line: Line, top: float, size: float) -> None:
        px = self._theme.px
        wrong = differing(self._lines[0].plate, line.plate)
        at = QPointF(px(_NAME), top)
        for place, (character, cell) in enumerate(cells(line.plate, self._theme.plate_font(size), at, px(34))):
            tone = "hit" if place in wrong else "text"
            paint_character(painter, character, self._theme.plate_font(size), cell, self._theme.color(tone))
            if place in wrong:
                painter.setPen(QPen(self._theme.color("hit"), px(2)))
                painter.drawRect(cell.adjusted(1, 2, -1, -2))


def differing(one: str, other: str) -> set[int]:
    """The places in `other` whose character is not that of `one`; O and 0 are equal."""
    mine, theirs = match_key(one), match_key(other)
    padded = mine.ljust(len(theirs))
    wrong = {place for place, character in enumerate(theirs) if character != padded[place]}
    return wrong | ({len(theirs) - 1} if len(mine) > len(theirs) > 0 else set())
