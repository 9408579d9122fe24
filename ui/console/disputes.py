"""Disputes: a driver says that a stop was wrong; opened, looked into, decided and lifted (docs/disputes.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import grouped
from mdt_app.sync.desk_wire import DisputeDecision, DisputeOpened, DisputeRecord, HitLine, RecordLines
from ui.console import words as w
from ui.console.dispute_form import DisputeForm
from ui.console.parts import ListScreen, Story, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.widgets.entry_form import end_of_day
from ui.words import translated

_LISTED = timedelta(days=180)
"""How long an upheld plate is proposed to stand on the list of known false hits; a year is the most."""
STANDS: Mapping[str, tuple[str, str]] = {
    "opened": ("■ to decide", "owed"),
    "upheld": ("✓ upheld: known false hit", "verified"),
    "rejected": ("✗ rejected", "text"),
    "lifted": ("○ lifted", "text"),
    "ended": ("○ ended", "text"),
}
_OVERSEERS = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


class DisputesScreen(ListScreen):
    """Above all disputes; beneath the one in hand with the record of its hit, or the form of a new one."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.table = DeskTable(console.theme, self.tr("Disputes"), self._columns())
        self.table.chosen.connect(lambda _: self._chosen())
        self.story = Story(console.theme)
        self.form = DisputeForm(console.codes)
        self._told: dict[str, RecordLines] = {}
        self._asking = ""
        self._beneath = QStackedWidget()
        self._beneath.addWidget(self.story)
        self._beneath.addWidget(self.form)
        self.lay_out(divided((self.table, 3), (self._beneath, 2)))
        self.table.setVisible(self._sees_all)
        self._show_form(not self._sees_all)

    @property
    def owed(self) -> int:
        """How many wait for a decision."""
        return sum(_stands(one, self.console.now()) == "opened" for one in self.console.model.disputes)

    @property
    def dispute(self) -> DisputeRecord | None:
        """The dispute in hand."""
        return next((d for d in self.console.model.disputes if d.dispute_id == self.table.key), None)

    def open(self) -> None:
        """Come to the front, the form or the list in hand."""
        first = self.form.plate if self._opening else self.table.view
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_up(self, subject: object) -> None:
        """Begin a dispute about a hit."""
        if isinstance(subject, HitLine):
            self.form.about(subject)
            self._show_form(True)

    def refresh(self) -> None:
        """Show the disputes as they are now."""
        self.table.put([self._row(one) for one in self.console.model.disputes])
        self._show_story()
        self.console.acts_changed()

    def acts(self) -> tuple[Act, ...]:
        """On the form, to put it on record; else a new one, and what the one in hand wants next."""
        if not self.reason.isHidden():
            return ()
        if self._opening:
            leave = (Act("leave", self.tr("Leave"), "Esc", self._leave, "quiet"),) if self._sees_all else ()
            put = Act("open", self.tr("Put the dispute on record"), "Ctrl+Return", self._open, "main", right=True)
            return (*leave, put)
        if self.console.model.is_one_of(Role.AUDITOR):
            return ()
        return (Act("new", self.tr("New dispute"), "Ctrl+I", lambda: self._show_form(True), "quiet"), *self._deciding())

    @property
    def _sees_all(self) -> bool:
        return self.console.model.is_one_of(*_OVERSEERS)

    @property
    def _opening(self) -> bool:
        return self._beneath.currentWidget() is self.form

    def _deciding(self) -> tuple[Act, ...]:
        one = self.dispute
        match _stands(one, self.console.now()) if one else "":
            case "opened":
                uphold = Act("uphold", self.tr("Uphold"), "Ctrl+Return", self._uphold, "main", right=True)
                return (Act("reject", self.tr("Reject"), "Ctrl+R", self._reject, "hit", right=True), uphold)
            case "upheld":
                return (Act("lift", self.tr("Lift before its time"), "Ctrl+D", self._lift, "hit", right=True),)
        return ()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Opened"), 160),
            Column(self.tr("Plate"), 120, plate=True),
            Column(self.tr("State"), 52),
            Column(self.tr("Stands"), 230),
            Column(self.tr("Listed until"), 160),
            Column(self.tr("What the driver says")),
        )

    def _row(self, one: DisputeRecord) -> Row:
        words, tone = STANDS[_stands(one, self.console.now())]
        first, last = one.acts[0], one.acts[-1]
        cells = (w.moment(first.at), one.plate, one.state, translated(words), w.moment(last.expires_at), first.words)
        return Row(one.dispute_id, cells, ((3, tone),))

    def _chosen(self) -> None:
        """What a decision needs: what stands on record of the hit, and of the dispute itself."""
        one = self.dispute
        if one is not None and one.hit_id and one.hit_id not in self._told and self._asking != one.hit_id:
            hit_id = self._asking = one.hit_id
            self.console.link.call("", lambda desk: desk.history(hit_id), lambda told: self._take_told(hit_id, told))
        self._show_story()
        self.console.acts_changed()

    def _take_told(self, hit_id: str, told: RecordLines) -> None:
        self._told[hit_id], self._asking = told, ""
        self._show_story()

    def _show_story(self) -> None:
        one = self.dispute
        if one is None:
            self.story.put([])
            return
        record = self._told.get(one.hit_id)
        lines = [(x.at, x.kind.replace(".", " "), x.by, x.words) for x in (record.lines if record else ())]
        acts = [(a.at, self.tr("dispute %1").replace("%1", a.act), a.by, a.words) for a in one.acts]
        self.story.tell((w.moment(at), what, who, said) for at, what, who, said in sorted((*lines, *acts)))

    def _show_form(self, opening: bool) -> None:
        self._beneath.setCurrentWidget(self.form if opening else self.story)
        self.console.acts_changed()
        self.open()

    def _leave(self) -> None:
        self.form.clear()
        self._show_form(False)

    def _open(self) -> None:
        try:
            opened = self.form.opened(str(uuid4()))
        except BadInput as fault:
            self.console.tell(w.refusal(fault), "hit")
            return
        self.console.link.call(
            self.tr("The dispute is sent …"), lambda desk: desk.open_dispute(opened), lambda _: self._opened(opened)
        )

    def _opened(self, opened: DisputeOpened) -> None:
        self.form.clear()
        self._show_form(not self._sees_all)
        words = self.tr("✓ The dispute about %1 is on record.").replace("%1", grouped(opened.plate))
        self.console.tell(words, "verified")
        self.console.again()

    def _uphold(self) -> None:
        one, end = self.dispute, self.console.now().astimezone() + _LISTED
        if one is None:
            return

        def until(words: str) -> None:
            question = self.tr("Known false hit until when? A year at most.")
            self.reason.ask(question, lambda day: self._list_until(one, words, day), name=True, given=f"{end:%Y-%m-%d}")

        self.reason.ask(self.tr("Upheld: what was found?"), until)

    def _list_until(self, one: DisputeRecord, words: str, day: str) -> None:
        try:
            end = end_of_day(day)
        except BadInput as fault:
            self.console.tell(w.refusal(fault), "hit")
            return
        self._decide(one, DisputeDecision(upheld=True, words=words, expires_at=end))

    def _reject(self) -> None:
        if (one := self.dispute) is not None:
            question = self.tr("Rejected: why?")
            self.reason.ask(question, lambda words: self._decide(one, DisputeDecision(upheld=False, words=words)))

    def _decide(self, one: DisputeRecord, decision: DisputeDecision) -> None:
        told = self.tr("The decision is sent …")
        self.console.link.call(told, lambda desk: desk.decide_dispute(one.dispute_id, decision), self._done)

    def _lift(self) -> None:
        if (one := self.dispute) is not None:
            told = self.tr("The decision is sent …")
            self.reason.ask(
                self.tr("Why does it leave the list?"),
                lambda words: self.console.link.call(
                    told, lambda desk: desk.lift_dispute(one.dispute_id, words), self._done
                ),
            )

    def _done(self, _: object) -> None:
        self.console.tell(self.tr("✓ On record."), "verified")
        self.console.again()


def _stands(one: DisputeRecord, now: datetime) -> str:
    """The newest act, or that its time on the list is over."""
    last = one.acts[-1]
    return "ended" if last.expires_at is not None and last.expires_at <= now else last.act
