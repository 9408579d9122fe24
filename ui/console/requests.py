"""Requests to approve: what waits at the left, all that the decision needs at the right, decided by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import PENDING, EntryState
from mdt_app.sync.entry_wire import EntryDecision, EntryDetail, EntryRecord
from ui.console.entry_view import EntryView
from ui.console.parts import ListScreen, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.words import ENTRY_STATES, translated


class RequestsScreen(ListScreen):
    """What waits for a check or a decision."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        columns = (
            Column(self.tr("Plate"), 120, plate=True),
            Column(self.tr("State"), 52),
            Column(self.tr("Offense")),
            Column(self.tr("By"), 100),
            Column(self.tr("Stands"), 130),
        )
        self.table = DeskTable(console.theme, self.tr("Requests to approve"), columns)
        self.table.chosen.connect(self._chosen)
        self.view = EntryView(console)
        self.lay_out(divided((self.table, 5), (self.view, 6), side=Qt.Orientation.Horizontal))

    @property
    def waiting(self) -> tuple[EntryRecord, ...]:
        """The oldest request first."""
        return tuple(e for e in reversed(self.console.model.entries) if e.state in PENDING)

    @property
    def owed(self) -> int:
        """How many wait."""
        return len(self.waiting)

    @property
    def record(self) -> EntryRecord | None:
        """The request in hand."""
        return next((e for e in self.waiting if e.entry_id == self.table.key), None)

    def open(self) -> None:
        """Come to the front, the list in hand."""
        super().open()
        self._chosen(self.table.key)

    def refresh(self) -> None:
        """Show what waits now."""
        self.table.put([self._row(record) for record in self.waiting])
        self._show()

    def acts(self) -> tuple[Act, ...]:
        """Check, refuse and approve. What is shut says why in its own words."""
        record = self.record
        if record is None or not self.reason.isHidden() or not self.console.model.is_one_of(Role.SUPERVISOR):
            return ()
        why = self._shut(record)
        approve = Act("approve", self.tr("Approve"), "Ctrl+Return", self._approve, "go", right=True)
        shut = Act("approve", self.tr("Approve: shut"), "Ctrl+Return", self._approve, "shut", right=True, hint=why)
        return (
            Act("refuse", self.tr("Refuse"), "Ctrl+R", self._refuse, "hit"),
            Act("check", self.tr("Check CJIS/NCIC"), "Ctrl+K", self._check, "main" if why else ""),
            shut if why else approve,
        )

    def _shut(self, record: EntryRecord) -> str:
        """Why it can't be approved here now; headquarters has the last word."""
        if record.state is not EntryState.VERIFIED:
            return self.tr("Plate not verified by CJIS/NCIC")
        detail, info = self.console.model.details.get(record.entry_id), self.console.model.info
        if detail is None or detail.record != record:
            return self.tr("Headquarters is still asked about it")
        authors = {version.by for version in detail.versions}
        if info and info.approval_needed and self.console.model.holder in authors:
            return self.tr("Your own request: another supervisor decides")
        return ""

    def _row(self, record: EntryRecord) -> Row:
        stands = translated(ENTRY_STATES[record.state])
        cells = (record.draft.plate, record.draft.state, record.draft.offense, record.asked_by, stands)
        return Row(record.entry_id, cells, ((4, "owed"),))

    def _chosen(self, _entry_id: str) -> None:
        self._show()

    def _show(self) -> None:
        record = self.record
        self.view.show_entry(record, self.detail_of(record))
        self.console.acts_changed()

    def _check(self) -> None:
        record = self.record
        if record is not None:
            entry_id = record.entry_id
            words = self.tr("CJIS/NCIC is asked …")
            self.console.link.call(words, lambda desk: desk.check(entry_id), self.changed_entry)

    def _approve(self) -> None:
        record = self.record
        if record is None:
            return
        if why := self._shut(record):
            self.console.tell(f"✗ {why}.", "hit")
            return
        self._decide(record, EntryDecision(version=record.version, approve=True))

    def _refuse(self) -> None:
        record = self.record
        if record is not None:
            question = self.tr("Why is %1 refused?").replace("%1", record.draft.plate)
            self.reason.ask(question, lambda words: self._decide(record, _refusal(record, words)))

    def _decide(self, record: EntryRecord, decision: EntryDecision) -> None:
        words = self.tr("The decision is sent …")
        self.console.link.call(words, lambda desk: desk.decide(record.entry_id, decision), self._decided)

    def _decided(self, detail: EntryDetail) -> None:
        self.changed_entry(detail)
        words = self.tr("%1 is on record: %2.").replace("%1", detail.record.draft.plate)
        self.console.tell(words.replace("%2", translated(ENTRY_STATES[detail.record.state])), "verified")


def _refusal(record: EntryRecord, words: str) -> EntryDecision:
    return EntryDecision(version=record.version, approve=False, words=words)
