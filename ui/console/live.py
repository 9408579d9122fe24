"""The live view: every car, when it last spoke, what it owes, how old its lists are, what is wrong; and the notices."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.entries import LIST_ID
from mdt_app.sync.field_wire import AlertNotice, CarLine, CarState
from ui.console import words as w
from ui.console.parts import divided
from ui.console.screen import Console, DeskScreen
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.words import age, translated

SILENT = timedelta(minutes=3)
"""A car that said nothing for so long is shown as silent: it speaks at least once a minute."""
_OLD_LIST = timedelta(hours=24)
_ENDS_SOON = timedelta(days=30)


class LiveScreen(DeskScreen):
    """Above the cars, below the hits that this desk is told of."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.table = DeskTable(console.theme, self.tr("Cars"), self._car_columns())
        self.notices = DeskTable(console.theme, self.tr("Told to designated people"), self._notice_columns())
        split = divided((self.table, 3), (self.notices, 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(split, 1)
        self.notices.chosen.connect(lambda _key: console.acts_changed())

    @property
    def owed(self) -> int:
        """The notices for this very desk that nobody has seen yet."""
        model = self.console.model
        return sum(n.seen_at is None and n.address == model.holder for n in model.notices)

    def open(self) -> None:
        """Come to the front, the cars in hand."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what headquarters said last; ages count on meanwhile."""
        now = self.console.now()
        self.table.put([self._car(line, now) for line in self.console.model.cars])
        self.notices.put([self._notice(notice) for notice in self.console.model.notices])

    def acts(self) -> tuple[Act, ...]:
        """Say that the chosen notice was seen."""
        chosen = self._chosen()
        return (
            (Act("seen", self.tr("Seen"), "Ctrl+Return", self._seen, right=True),)
            if chosen and chosen.seen_at is None
            else ()
        )

    def _chosen(self) -> AlertNotice | None:
        key = self.notices.key
        return next((n for n in self.console.model.notices if str(n.position) == key), None)

    def _seen(self) -> None:
        if (notice := self._chosen()) is not None:
            asked = self.tr("Headquarters is told …")
            self.console.link.call(asked, lambda desk: desk.notice_seen(notice.position), self._told)

    def _told(self, _done: object) -> None:
        self.console.tell("", "dim")
        self.console.again()

    def _car_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Car"), 130),
            Column(self.tr("Last contact"), 150),
            Column(self.tr("Person"), 100),
            Column(self.tr("Waits"), 80, number=True),
            Column(self.tr("Refused"), 80, number=True),
            Column(self.tr("Oldest list"), 130),
            Column(self.tr("Open hits"), 80, number=True),
            Column(self.tr("Exigent"), 80, number=True),
            Column(self.tr("Certificate"), 130),
            Column(self.tr("Faults")),
        )

    def _notice_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("When"), 160),
            Column(self.tr("For"), 200),
            Column(self.tr("Category"), 200),
            Column(self.tr("Car"), 160),
            Column(self.tr("Seen")),
        )

    def _car(self, line: CarLine, now: datetime) -> Row:
        state, spoke = line.state, line.received_at
        silent = spoke is None or now - spoke > SILENT
        contact = self.tr("never") if spoke is None else self.tr("%1 ago").replace("%1", age(now - spoke))
        oldest = _oldest(state, now)
        faults = " · ".join(state.faults) if state else ""
        cells = (
            line.car_id,
            f"{'▲ ' if silent else ''}{contact}",
            (self.tr("signed in") if state.signed_in else self.tr("nobody")) if state else "",
            *((str(n) for n in (state.pending, state.parked)) if state else ("", "")),
            self.tr("no list") if state and oldest is None else age(oldest) if oldest is not None else "",
            str(state.open_hits) if state else "",
            str(line.exigent),
            self._certificate(line, now),
            faults,
        )
        ends = line.revoked or (line.expires_at is not None and line.expires_at - now < _ENDS_SOON)
        tones = (
            (1, "hit" if silent else "text"),
            (4, "hit" if state and state.parked else "text"),
            (5, "owed" if state and (oldest is None or oldest > _OLD_LIST) else "text"),
            (7, "owed" if line.exigent else "text"),
            (8, "hit" if ends else "text"),
            (9, "hit"),
        )
        return Row(line.car_id, cells, tones)

    def _certificate(self, line: CarLine, now: datetime) -> str:
        if line.revoked:
            return self.tr("✗ revoked")
        return self.tr("%1 left").replace("%1", age(line.expires_at - now)) if line.expires_at else ""

    def _notice(self, notice: AlertNotice) -> Row:
        known = ALERTS.get(notice.category)
        words = translated(known.words, "alerts") if known else notice.category
        seen = w.moment(notice.seen_at) if notice.seen_at else self.tr("■ not yet")
        cells = (w.moment(notice.at), notice.address, words, notice.car_id, seen)
        return Row(str(notice.position), cells, ((4, "text" if notice.seen_at else "owed"),))


def _oldest(state: CarState | None, now: datetime) -> timedelta | None:
    """How old the oldest extract in the car is; None without any list. The agency's own list has no extract."""
    lists = state.lists if state else ()
    ages = [timedelta() if known.list_id == LIST_ID else now - known.extracted_at for known in lists]
    return max(ages, default=None)
