"""A new entry: everything that the policy asks for on one page; what is missing is told by headquarters in words."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mdt_app.domain.errors import BadInput
from mdt_app.sync.entry_wire import EntryAsked, EntryChange, EntryDetail, EntryDraftMessage, EntryRecord
from ui.console import words as w
from ui.console.screen import Console, DeskScreen
from ui.widgets.acts import Act
from ui.widgets.entry_form import EntryForm
from ui.widgets.text import label, panel

_FACTS_PX = 54
SPANS = {"Ctrl+1": 7, "Ctrl+2": 30, "Ctrl+3": 90}
"""Ends that are often used: key and days."""


class NewEntryScreen(DeskScreen):
    """The form, for a new entry or for a new version of one. What headquarters refuses keeps what was typed."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._entry_id = str(uuid4())
        self._changed: EntryRecord | None = None
        self.form = EntryForm(console.codes, console.now)
        self.form.facts.setFixedHeight(_FACTS_PX)
        self._title = label("", "lead")
        frame, column = panel(spacing=4, margin=12)
        column.addWidget(self._title)
        inside = QWidget()
        inside.setProperty("role", "inside")
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(4)
        for part in self.form.parts:
            parts.addWidget(part)
        parts.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        column.addWidget(area, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 8)
        page.addWidget(frame)
        self._show_title()

    def open(self) -> None:
        """Come to the front, at the plate."""
        self.refresh()
        self.form.begin()

    def refresh(self) -> None:
        """The purposes are the policy's."""
        info = self.console.model.info
        if info is None:
            return
        self.form.offer_purposes([(one.key, w.purpose(one)) for one in info.purposes])
        self.console.acts_changed()

    def take_up(self, subject: object) -> None:
        """Begin a new version of an entry: its newest one, to be changed."""
        if isinstance(subject, EntryRecord):
            self._change(subject)

    def _change(self, record: EntryRecord) -> None:
        self.refresh()
        self._changed = record
        self.form.put(record.draft.to_draft())
        self._show_title()

    def acts(self) -> tuple[Act, ...]:
        """Clear, ends that are often used, and the request."""
        info = self.console.model.info
        words = self.tr("Request entry") if info and info.may_enter else self.tr("Ask a supervisor to enter it")
        words = self.tr("Request the new version") if self._changed else words
        spans = (
            Act(
                f"span-{days}",
                self.tr("Ends in %1 days").replace("%1", str(days)),
                key,
                partial(self.form.ends_in, days),
                "quiet",
            )
            for key, days in SPANS.items()
        )
        clear = Act("clear", self.tr("Clear"), "Ctrl+L", self.clear, "quiet")
        return (clear, *spans, Act("request", words, "Ctrl+Return", self._request, "main", right=True))

    def clear(self) -> None:
        """Begin anew."""
        self._entry_id, self._changed = str(uuid4()), None
        self.form.clear()
        self.form.begin()
        self._show_title()
        self.console.acts_changed()

    def _request(self) -> None:
        try:
            draft = EntryDraftMessage.of(self.form.draft())
        except BadInput as fault:
            self.console.tell(w.refusal(fault), "hit")
            return
        words, changed = self.tr("The request is sent …"), self._changed
        if changed is None:
            asked = EntryAsked(entry_id=self._entry_id, draft=draft)
            self.console.link.call(words, lambda desk: desk.request(asked), self._on_record)
        else:
            change = EntryChange(version=changed.version, draft=draft)
            self.console.link.call(words, lambda desk: desk.change(changed.entry_id, change), self._on_record)

    def _on_record(self, detail: EntryDetail) -> None:
        self.clear()
        self.changed_entry(detail)
        words = self.tr("✓ The request for %1 is on record. It is checked and decided under Requests.")
        self.console.tell(words.replace("%1", detail.record.draft.plate), "verified")

    def _show_title(self) -> None:
        if self._changed is None:
            self._title.setText(self.tr("New entry"))
            return
        words = self.tr("Change %1: version %2, which is checked and decided anew. The earlier ones are kept.")
        version = str(self._changed.version + 1)
        self._title.setText(words.replace("%1", self._changed.draft.plate).replace("%2", version))
