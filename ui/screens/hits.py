"""This shift's hits: what is owed on top, then the newest first; each can be taken up where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mdt_app.domain.alerts import HitStatus
from mdt_app.domain.outcomes import OUTCOMES
from ui.cards import Card
from ui.owed_words import owed_by_stop, place_of
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.hit_row import HitRow, HitWords
from ui.widgets.text import label
from ui.widgets.touch_scroll import drag_to_scroll
from ui.words import clock, translated


class HitsScreen(Screen):
    """Each hit with its state; unanswered ones stay countable."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        self._title = label("", "title")
        column.addWidget(self._title)
        area = QScrollArea()
        area.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("role", "page")
        self._rows = QVBoxLayout(inside)
        self._rows.setSpacing(12)
        area.setWidget(inside)
        drag_to_scroll(area)
        column.addWidget(area, 1)

    def refresh(self) -> None:
        """Show all hits of the shift."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        owed = self.desk.model.unsettled()
        cards = [*owed, *(c for c in reversed(self.desk.model.cards.values()) if c not in owed)]
        self._title.setText(self.tr("Hits of this shift: %1").replace("%1", str(len(cards))))
        for card in cards:
            row = self._row(card)
            self._rows.addWidget(row)
            row.show()
        self._rows.addStretch(1)

    def acts(self) -> tuple[Act, ...]:
        """The way back."""
        return (Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),)

    def _row(self, card: Card) -> HitRow:
        hit = card.hit
        owed = owed_by_stop(hit)
        fell = hit.stop is not None and bool(hit.stop.fell) and bool(owed)
        owing = "hit" if fell else "owed" if owed else ""
        status, tone, end = self._status(card)
        words = HitWords(
            plate=hit.match.entry.plate,
            what=translated(hit.row.words, "alerts"),
            where_when=f"{self.desk.context.codes.state_name(hit.match.entry.state)} · {clock(hit.raised_at)}",
            status=status,
            tone=owing or tone,
            end=end,
            owed=owed,
        )
        row = HitRow(self.desk.theme, words, owing or "row")
        row.clicked.connect(lambda: self.desk.go(place_of(hit), hit.hit_id))
        return row

    def _status(self, card: Card) -> tuple[str, str, str]:
        """How the hit stands, the tone of that, and how it ended."""
        names = {
            HitStatus.OPEN: (self.tr("■ to verify"), "owed"),
            HitStatus.FOLLOWING: (self.tr("■ following"), "owed"),
            HitStatus.STOPPED: (self.tr("✓ stop recorded"), "verified"),
            HitStatus.NO_STOP: (self.tr("✗ no stop"), ""),
        }
        if not card.recorded:
            return self.tr("▲ not recorded, dismissed") if card.dismissed else self.tr("▲ not recorded"), "hit", ""
        end = card.hit.stop.disposition if card.hit.stop is not None else card.hit.reason
        return *names[card.hit.status], translated(OUTCOMES[end].words) if end else ""
