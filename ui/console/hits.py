"""Hits of all cars and how they ended, and how reliable each list and entering agency is, in numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.accounts import Role
from mdt_app.domain.alert_table import ALERTS
from mdt_app.sync.desk_wire import HitLine, Reliability
from ui.console import words as w
from ui.console.parts import divided
from ui.console.screen import Console, DeskScreen
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.words import translated

_WRONG = ("misread", "wrong_state", "stale")
_COUNTS = ("hits", "stops", *_WRONG, "other", "open")
COUNTED = ("Hits", "Stops", "Misread", "Other state", "Stale", "Other end", "Open")
"""The same in words."""


class HitsScreen(DeskScreen):
    """Above the newest hits, below the numbers."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.hits = DeskTable(console.theme, self.tr("Hits of all cars"), self._hit_columns())
        self.lists = DeskTable(
            console.theme, self.tr("Reliability of lists and entering agencies"), self._list_columns(), filtered=False
        )
        self.hits.chosen.connect(lambda _: console.acts_changed())
        split = divided((self.hits, 3), (self.lists, 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(split, 1)

    def open(self) -> None:
        """Come to the front, the hits in hand."""
        self.hits.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """A driver says that the stop of the hit in hand was wrong."""
        hit = self._in_hand()
        if hit is None or not self.console.model.is_one_of(Role.SUPERVISOR, Role.ADMINISTRATOR):
            return ()
        return (
            Act("dispute", self.tr("Dispute about it"), "Ctrl+I", lambda: self.console.hand("disputes", hit), "quiet"),
        )

    def _in_hand(self) -> HitLine | None:
        return next((hit for hit in self.console.model.hits if hit.hit_id == self.hits.key), None)

    def refresh(self) -> None:
        """Show what headquarters said last."""
        self.hits.put([self._hit(hit) for hit in self.console.model.hits])
        self.lists.put([self._line(line) for line in self.console.model.reliability])

    def _hit_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("When"), 160),
            Column(self.tr("Car"), 80),
            Column(self.tr("Listed"), 120, plate=True),
            Column(self.tr("Read"), 120, plate=True),
            Column(self.tr("State"), 52),
            Column(self.tr("Category"), 160),
            Column(self.tr("List"), 90),
            Column(self.tr("Match"), 100),
            Column(self.tr("End")),
            Column(self.tr("By"), 90),
        )

    def _list_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("List"), 150),
            Column(self.tr("Entering agency")),
            *(Column(translated(words), 98, number=True) for words in COUNTED),
            Column(self.tr("Wrong of ended"), 140, number=True),
        )

    def _hit(self, hit: HitLine) -> Row:
        category = translated(ALERTS[hit.category].words, "alerts") if hit.category in ALERTS else hit.category
        cells = (
            w.moment(hit.at),
            hit.car_id,
            hit.plate,
            hit.read_plate,
            hit.state,
            category,
            hit.list_id,
            hit.match,
            translated(w.ENDS.get(hit.outcome, hit.outcome)),
            hit.by,
        )
        tone = {"open": "owed", "stopped": "verified"}.get(hit.outcome, "text")
        return Row(hit.hit_id, cells, ((3, "hit" if hit.read_plate != hit.plate else "text"), (8, tone)))

    def _line(self, line: Reliability) -> Row:
        ended = line.hits - line.open
        wrong = sum(getattr(line, name) for name in _WRONG)
        share = f"{wrong} / {ended}  {wrong / ended:4.0%}" if ended else "–"
        cells = (line.list_id, line.ori or self.tr("not said by the car"))
        counts = tuple(str(getattr(line, name)) for name in _COUNTS)
        tone = "hit" if ended and wrong * 5 >= ended else "text"
        return Row(f"{line.list_id} {line.ori}", (*cells, *counts, share), ((9, tone),))
