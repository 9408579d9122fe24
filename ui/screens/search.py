"""Searching the car's own reads: plate, hours, purpose and reason; the results come once the search is on record."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout
from uuid6 import uuid7

from mdt_app.domain.notices import CommandRefused, ReadSeen
from mdt_app.domain.read_search import SearchBasis, SearchFound, SearchReads, SearchTerms
from ui.screens.screen import Desk, Screen
from ui.searched_words import is_whole, searched_words
from ui.widgets.acts import Act
from ui.widgets.key import Key
from ui.widgets.reel import Reel
from ui.widgets.text import label, panel, set_look
from ui.words import translated

_HOURS = (1, 4, 12, 24, 72)


class SearchScreen(Screen):
    """At the left what is asked, at the right what was found. Nothing stays when somebody else signs in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._search_id, self._hours, self._purpose = "", 2, 0
        self._purposes = list(desk.context.policy.purposes)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._asking(), 1)
        frame, inside = panel(margin=8)
        self.found = Reel(desk.theme, desk.context.codes, counted=False)
        inside.addWidget(self.found)
        row.addWidget(frame, 1)
        for key, do in (("F6", self._next_purpose), ("F7", self._next_hours)):
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def open(self, hit_id: str) -> None:
        """Begin anew."""
        super().open(hit_id)
        self._search_id = ""
        for field in (self.plate, self.offense, self.case_number, self.reason):
            field.clear()
        self.found.clear()
        self._say(self.tr("Who searches, for what and why, is on record before the first result."), "dim")
        self.plate.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what is chosen."""
        purpose = self.desk.context.policy.purposes[self._purposes[self._purpose]]
        self._purpose_key.say(translated(purpose.words, "policy"), self.tr("Purpose · F6"))
        words = self.tr("the last %1 h").replace("%1", str(_HOURS[self._hours]))
        self._hours_key.say(words, self.tr("Time · F7"))

    def hear(self, notice: object) -> None:
        """Show what was found, or why nothing was looked for."""
        if isinstance(notice, SearchFound) and notice.search_id == self._search_id:
            self._show_found(notice)
        elif isinstance(notice, CommandRefused) and notice.command == "SearchReads":
            self._say(f"{notice.words} {notice.remedy}", "hit")

    def acts(self) -> tuple[Act, ...]:
        """Back, or search."""
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),
            Act("search", self.tr("SEARCH"), "Return", self._search, "main", right=True, hint="Enter"),
        )

    def _asking(self) -> QFrame:
        frame, column = panel(margin=16)
        column.addWidget(label(self.tr("Search this car's reads"), "title", wrap=True))
        self.plate = self._field(column, self.tr("Plate or part of it: ? one character, * any"))
        self._hours_key, self._purpose_key = Key("", ""), Key("", "", wrap=True)
        self._hours_key.clicked.connect(self._next_hours)
        self._purpose_key.clicked.connect(self._next_purpose)
        for key in (self._hours_key, self._purpose_key):
            column.addWidget(key)
        self.offense = self._field(column, self.tr("Offense type"))
        self.case_number = self._field(column, self.tr("Case or other number"))
        self.reason = self._field(column, self.tr("Reason, in your own words"))
        self._answer = label("", "lead", wrap=True)
        column.addWidget(self._answer)
        column.addStretch(1)
        return frame

    def _field(self, column: QVBoxLayout, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(words)
        column.addWidget(label(words, "label", wrap=True))
        column.addWidget(field)
        return field

    def _show_found(self, found: SearchFound) -> None:
        self.found.show_all([ReadSeen(one.read, one.crop) for one in found.reads])
        self._say("\n".join(searched_words(found)), "verified" if is_whole(found) else "owed")

    def _search(self) -> None:
        self._search_id = str(uuid7())
        self._say(self.tr("Goes on record ..."), "dim")
        until = self.desk.context.now()
        terms = SearchTerms(until - timedelta(hours=_HOURS[self._hours]), until, self.plate.text())
        said = (self.reason.text(), self.offense.text(), self.case_number.text())
        basis = SearchBasis(self._purposes[self._purpose], *said)
        self.desk.send(SearchReads(self._search_id, terms, basis))

    def _next_purpose(self) -> None:
        self._purpose = (self._purpose + 1) % len(self._purposes)
        self.refresh()

    def _next_hours(self) -> None:
        self._hours = (self._hours + 1) % len(_HOURS)
        self.refresh()

    def _say(self, words: str, tone: str) -> None:
        self._answer.setText(words)
        set_look(self._answer, tone=tone)
