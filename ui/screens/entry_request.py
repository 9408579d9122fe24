"""Hot list requests in the car: those of the signed-in person and where each stands, and the form for a new one."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain.entry_requests import AskedEntry, EntryRequestsChanged, RequestEntry
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import CommandRefused, SignedOut
from mdt_app.domain.plates import grouped
from mdt_app.domain.purposes import prohibited_uses
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.entry_form import EntryForm
from ui.widgets.text import label, panel, set_look
from ui.widgets.touch_scroll import drag_to_scroll
from ui.words import ENTRY_STATES, ENTRY_TONES, translated

_LIST, _LAST = 0, 3
_SPANS = {"F6": 7, "F7": 30, "F8": 90}


class EntryRequestScreen(Screen):
    """Page 0 is the list, 1 to 3 are the form's parts. What was typed stays while a hit takes the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entry_id, self._page = str(uuid4()), _LIST
        self.form = EntryForm(desk.context.codes, desk.context.now, goes_on=True)
        self.form.facts.entered.connect(self._next)
        self.form.offer_purposes(self._purposes())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        self._title = label("", "title", wrap=True)
        column.addWidget(self._title)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list())
        for part in self.form.parts:
            self._pages.addWidget(_raised(part))
        column.addWidget(self._pages, 1)
        self._answer = label("", "lead", wrap=True)
        self._answer.hide()
        column.addWidget(self._answer)

    def open(self, hit_id: str) -> None:
        """Come to the front where it was left."""
        super().open(hit_id)
        session = self.desk.model.session
        self.form.sign(session.name if session else "")
        self._turn(self._page)

    @property
    def types(self) -> bool:
        """Where there is no field there are no big keys."""
        return self._page != _LIST

    def refresh(self) -> None:
        """Show the requests as they are now."""
        self._title.setText(self._heading())
        if self._page == _LIST and self.isVisible():
            self._fill()
            self.desk.model.see_requests(self.desk.context.now())

    def hear(self, notice: object) -> None:
        """The request is on record, or refused in words; nothing stays for the next person."""
        if isinstance(notice, SignedOut):
            self._begin_anew()
        elif isinstance(notice, EntryRequestsChanged) and any(a.entry_id == self._entry_id for a in notice.requests):
            self._begin_anew()
            self._say(self.tr("✓ On record. It goes to headquarters by itself; a supervisor decides."), "verified")
        elif isinstance(notice, CommandRefused) and notice.command == "RequestEntry":
            before = self._answer.text().splitlines() if self._answer.property("tone") == "hit" else []
            words, remedy = (translated(said, "gate") for said in (notice.words, notice.remedy))
            self._say("\n".join((*before, f"✗ {words} {remedy}")), "hit")

    def acts(self) -> tuple[Act, ...]:
        """On the list: a new one. On the form: its parts one after the other, then the request."""
        if self._page == _LIST:
            new = Act("new", self.tr("NEW REQUEST"), "N", partial(self._turn, 1), "main", right=True)
            return (Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"), new)
        back = Act("back", self.tr("Back"), "Esc", partial(self._turn, self._page - 1), "quiet")
        if self._page < _LAST:
            return (back, Act("next", self.tr("NEXT"), "Return", self._next, "main", right=True, hint="Enter"))
        words = self.tr("%1 days")
        spans = (
            Act(f"span-{days}", words.replace("%1", str(days)), key, partial(self.form.ends_in, days), "quiet")
            for key, days in _SPANS.items()
        )
        send = Act("send", self._sending(), "Return", self._send, "main", right=True, hint="Enter")
        return (back, *spans, send)

    def _purposes(self) -> list[tuple[str, str]]:
        policy, cited = self.desk.context.policy, self.tr(" (with a citation)")
        lifted = {key: p for key, p in prohibited_uses(policy).items() if p.unless}
        permitted = [(key, translated(p.words, "policy")) for key, p in policy.purposes.items()]
        return [*permitted, *((key, translated(p.words, "policy") + cited) for key, p in lifted.items())]

    def _sending(self) -> str:
        session, rules = self.desk.model.session, self.desk.context.policy.manual_entry
        enters = session is not None and session.role in rules.entered_by.value
        return self.tr("REQUEST ENTRY") if enters else self.tr("ASK A SUPERVISOR TO ENTER IT")

    def _heading(self) -> str:
        if self._page == _LIST:
            return self.tr("My hot list requests: %1").replace("%1", str(len(self.desk.model.own_requests())))
        parts = (self.tr("plate and vehicle"), self.tr("purpose and facts"), self.tr("until when, where, for whom"))
        words = self.tr("Request %1 of 3: %2").replace("%1", str(self._page))
        return words.replace("%2", parts[self._page - 1])

    def _list(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("My hot list requests"))
        inside = QWidget()
        inside.setProperty("role", "page")
        self._rows = QVBoxLayout(inside)
        self._rows.setSpacing(8)
        self._area.setWidget(inside)
        drag_to_scroll(self._area)
        return self._area

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for asked in self.desk.model.own_requests():
            self._add(self._row(asked))
        if not self.desk.model.own_requests():
            nothing = self.tr("Nothing is requested. A request is kept here without a link, and sent later.")
            self._add(label(nothing, "fact", wrap=True))
        self._rows.addStretch(1)

    def _add(self, row: QWidget) -> None:
        self._rows.addWidget(row)
        row.show()

    def _row(self, asked: AskedEntry) -> QFrame:
        draft, soon = asked.draft, asked.ends_soon(self.desk.context.now())
        frame, column = panel(spacing=2, margin=10)
        head = QHBoxLayout()
        named = f"{grouped(draft.plate)}  ·  {self.desk.context.codes.state_name(draft.state)}  ·  {draft.offense}"
        head.addWidget(label(named, "lead", wrap=True), 1)
        words = self.tr("▲ about to expire") if soon else translated(ENTRY_STATES[asked.state])
        head.addWidget(label(words, "lead", "owed" if soon else ENTRY_TONES.get(asked.state, "dim")))
        column.addLayout(head)
        column.addWidget(label(self._beneath(asked), "body", wrap=True))
        return frame

    def _beneath(self, asked: AskedEntry) -> str:
        """When it was asked and ends, and who said what to it."""
        day = "%Y-%m-%d %H:%M"
        ends = asked.draft.expires_at
        words = self.tr("Requested %1 · ends %2").replace("%1", asked.asked_at.astimezone().strftime(day))
        line = words.replace("%2", ends.astimezone().strftime(day) if ends else "–")
        return f"{line}\n{asked.by}: {asked.words}" if asked.words else line

    def _turn(self, page: int) -> None:
        self._page = page
        if page != _LIST:
            self._say("", "")
        self._pages.setCurrentIndex(page)
        self.desk.refresh()
        if page == _LIST:
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.begin(page - 1)

    def _next(self) -> None:
        self._turn(self._page + 1)

    def _send(self) -> None:
        self._say("", "")
        try:
            draft = self.form.draft()
        except BadInput as fault:
            self._say(f"✗ {translated(fault.words, 'refusals')} {translated(fault.remedy, 'refusals')}", "hit")
            return
        self.desk.send(RequestEntry(self._entry_id, draft))

    def _begin_anew(self) -> None:
        self._entry_id, self._page = str(uuid4()), _LIST
        self.form.clear()
        self._say("", "")
        self._pages.setCurrentIndex(_LIST)
        if self.isVisible():
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, tone: str) -> None:
        self._answer.setText(words)
        self._answer.setVisible(bool(words))
        set_look(self._answer, tone=tone)


def _raised(part: QWidget) -> QFrame:
    frame, column = panel(margin=16)
    column.addWidget(part)
    column.addStretch(1)
    return frame
