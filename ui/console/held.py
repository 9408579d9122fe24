"""Entries and their state: a filter over all, what is about to expire, removal and renewal with the reason."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from mdt_app.domain.accounts import Role
from mdt_app.domain.entries import ALLOWED, Step, expires_soon
from mdt_app.domain.errors import BadInput
from mdt_app.sync.entry_wire import EntryRecord, EntryRenewal
from ui.console import words as w
from ui.console.entry_view import EntryView
from ui.console.parts import ListScreen, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.widgets.entry_form import end_of_day
from ui.words import ENTRY_STATES, ENTRY_TONES, age, translated

RENEWAL = timedelta(days=30)
"""How much later a renewed entry ends."""


class EntriesScreen(ListScreen):
    """All entries that this desk may see; with F7 only those about to expire."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        columns = (
            Column(self.tr("Plate"), 120, plate=True),
            Column(self.tr("State"), 52),
            Column(self.tr("Stands"), 130),
            Column(self.tr("Expires"), 160, whole=True),
            Column(self.tr("Offense")),
            Column(self.tr("By"), 100),
        )
        self._soon = False
        self.table = DeskTable(console.theme, self.tr("Entries and their state"), columns)
        self.table.chosen.connect(lambda _: self._show())
        self.view = EntryView(console)
        self.lay_out(divided((self.table, 32), (self.view, 25), side=Qt.Orientation.Horizontal))

    @property
    def owed(self) -> int:
        """How many are about to expire."""
        return sum(map(self._ends_soon, self.console.model.entries))

    @property
    def record(self) -> EntryRecord | None:
        """The entry in hand."""
        return next((e for e in self.console.model.entries if e.entry_id == self.table.key), None)

    def open(self) -> None:
        """Come to the front, the list in hand."""
        super().open()
        self._show()

    def refresh(self) -> None:
        """Show the entries as they are now."""
        shown = [e for e in self.console.model.entries if not self._soon or self._ends_soon(e)]
        if self._soon:
            shown.sort(key=lambda e: e.draft.expires_at or self.console.now())
        self.table.put([self._row(record) for record in shown])
        self._show()

    def acts(self) -> tuple[Act, ...]:
        """The expiring ones alone, renewal, removal."""
        if not self.reason.isHidden():
            return ()
        words = self.tr("Show all") if self._soon else self.tr("About to expire: %1").replace("%1", str(self.owed))
        acts = [Act("soon", words, "F7", self._turn, "owed" if self.owed and not self._soon else "quiet")]
        record = self.record
        if record is None or self.console.model.is_one_of(Role.AUDITOR):
            return tuple(acts)
        if record.state in ALLOWED[Step.UPDATED]:
            acts.append(Act("change", self.tr("Change"), "Ctrl+G", self._change, right=True))
        if record.state in ALLOWED[Step.RENEWED]:
            acts.append(Act("renew", self.tr("Renew"), "Ctrl+E", self._renew, right=True))
        if record.state in ALLOWED[Step.REMOVED]:
            acts.append(Act("remove", self.tr("Remove from every car"), "Ctrl+D", self._remove, "hit", right=True))
        return tuple(acts)

    def _ends_soon(self, record: EntryRecord) -> bool:
        return bool(record.active) and expires_soon(record.draft.to_draft(), self.console.now())

    def _row(self, record: EntryRecord) -> Row:
        draft = record.draft
        until, soon = w.moment(draft.expires_at), self._ends_soon(record)
        if soon and draft.expires_at is not None:
            until = self.tr("▲ in %1").replace("%1", age(draft.expires_at - self.console.now()))
        cells = (
            draft.plate,
            draft.state,
            translated(ENTRY_STATES[record.state]),
            until,
            draft.offense,
            record.asked_by,
        )
        tones = ((2, ENTRY_TONES.get(record.state, "dim")), (3, "owed" if soon else "text"))
        return Row(record.entry_id, cells, tones)

    def _show(self) -> None:
        record = self.record
        self.view.show_entry(record, self.detail_of(record))
        self.console.acts_changed()

    def _turn(self) -> None:
        self._soon = not self._soon
        self.refresh()

    def _remove(self) -> None:
        record = self.record
        if record is not None:
            question = self.tr("Why is %1 removed?").replace("%1", record.draft.plate)
            told = self.tr("The removal is sent …")
            self.reason.ask(
                question,
                lambda words: self.console.link.call(
                    told, lambda desk: desk.remove(record.entry_id, words), self.changed_entry
                ),
            )

    def _change(self) -> None:
        """A new version, on the form; the ones before are kept."""
        if (record := self.record) is not None:
            self.console.hand("new", record)

    def _renew(self) -> None:
        """A later end is a new version: it is checked anew and decided anew."""
        record = self.record
        if record is None:
            return
        end = max(record.draft.expires_at or self.console.now(), self.console.now()) + RENEWAL
        question = self.tr("%1: renewed until when?").replace("%1", record.draft.plate)
        day = f"{end.astimezone():%Y-%m-%d}"
        self.reason.ask(question, lambda said: self._renew_until(record, said), name=True, given=day)

    def _renew_until(self, record: EntryRecord, day: str) -> None:
        try:
            end = end_of_day(day)
        except BadInput as fault:
            self.console.tell(w.refusal(fault), "hit")
            return
        if end is not None:
            renewal = EntryRenewal(version=record.version, expires_at=end)
            words = self.tr("Renewal to %1 is asked …").replace("%1", day)
            self.console.link.call(words, lambda desk: desk.renew(record.entry_id, renewal), self.changed_entry)
