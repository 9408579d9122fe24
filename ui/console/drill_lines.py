"""A drill's time line as a table: when, what, right or wrong, and by which clause."""

from __future__ import annotations

from collections.abc import Sequence

from mdt_app.domain.debrief import DebriefRow
from ui.console.table import Column, DeskTable, Row
from ui.theme import Theme
from ui.words import translated

MARKS = {"right": "✓ right", "wrong": "✗ wrong", "": ""}
_TONES = {"right": "verified", "wrong": "hit"}


class DrillLines(DeskTable):
    """The newest last; `row` is what the cursor is on. `whole` shows why and the clause as well."""

    def __init__(self, theme: Theme, name: str, *, whole: bool = False) -> None:
        more = (Column(translated("Why", "drills")), Column(translated("Clause", "drills"), 190)) if whole else ()
        columns = (
            Column("s", 50, number=True),
            Column(translated("What", "drills")),
            Column(translated("Mark", "drills"), 80),
            *more,
        )
        super().__init__(theme, name, columns, filtered=False)
        self._whole = whole
        self._held: dict[str, DebriefRow] = {}

    def show_rows(self, rows: Sequence[DebriefRow]) -> None:
        """Show these moments."""
        self._held = {str(number): row for number, row in enumerate(rows)}
        self.put([self._line(key, row) for key, row in self._held.items()])
        if not self._whole:
            self.view.scrollToBottom()

    @property
    def row(self) -> DebriefRow | None:
        """The moment that the cursor is on."""
        return self._held.get(self.key)

    def _line(self, key: str, row: DebriefRow) -> Row:
        more = (why_of(row), row.clause) if self._whole else ()
        cells = (
            f"{row.at_s:.0f}",
            words_of(row),
            translated(MARKS[row.verdict], "drills") if row.verdict else "",
            *more,
        )
        tone = _TONES.get(row.verdict)
        return Row(key, cells, ((2, tone),) if tone else ())


def words_of(row: DebriefRow) -> str:
    """What happened, in this desk's language."""
    return translated(row.words, "drills")


def why_of(row: DebriefRow) -> str:
    """What was wrong with it, in this desk's language; empty where nothing was."""
    return translated(row.why, "drills") if row.why else ""
