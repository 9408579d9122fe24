"""A drill's time line as a table: when, what, right or wrong, and by which clause."""

from __future__ import annotations

from collections.abc import Sequence

from mdt_app.domain.debrief import DebriefRow
from ui.console.table import Column, DeskTable, Row
from ui.theme import Theme

_MARKS = {"right": "✓ right", "wrong": "✗ wrong", "": ""}
_TONES = {"right": "verified", "wrong": "hit"}


class DrillLines(DeskTable):
    """The newest last; `row` is what the cursor is on. `whole` shows why and the clause as well."""

    def __init__(self, theme: Theme, name: str, *, whole: bool = False) -> None:
        more = (Column("Why"), Column("Clause", 190)) if whole else ()
        columns = (Column("s", 50, number=True), Column("What"), Column("Mark", 80), *more)
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
        more = (row.why, row.clause) if self._whole else ()
        cells = (f"{row.at_s:.0f}", row.words, _MARKS[row.verdict], *more)
        tone = _TONES.get(row.verdict)
        return Row(key, cells, ((2, tone),) if tone else ())
