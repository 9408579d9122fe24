"""Searching past reads at the console: the same form as in the car, the results beside it, page by page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget
from uuid6 import uuid7

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.sync.search_wire import (
    COUNTED_MOST,
    BasisMessage,
    CaseAsked,
    CaseFile,
    FoundLine,
    SearchAnswer,
    SearchAsked,
    TermsMessage,
)
from ui.console import words as w
from ui.console.parts import ListScreen, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.searched_words import SOURCES
from ui.widgets.acts import Act
from ui.widgets.search_form import SearchForm
from ui.widgets.text import label, panel
from ui.words import translated

_WORDS_PX = 54


class SearchScreen(ListScreen):
    """The form at the left, what was found at the right. Headquarters puts it on record before it answers."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._search_id, self._after, self._source = "", "", ""
        self._lines: list[FoundLine] = []
        self.form = SearchForm(console.codes, console.now)
        for words in (self.form.reason, self.form.facts):
            words.setFixedHeight(_WORDS_PX)
        columns = (
            Column(self.tr("When"), 155, whole=True),
            Column(self.tr("Plate"), 110, plate=True),
            Column(self.tr("State"), 52),
            Column(self.tr("Kept at"), 110),
            Column(self.tr("Car"), 70),
            Column(self.tr("Camera"), 70),
            Column(self.tr("Vehicle"), 110),
            Column(self.tr("Place")),
        )
        self.table = DeskTable(console.theme, self.tr("Leads, not hits: verify before acting"), columns)
        self.lay_out(divided((self._asking(), 9), (self.table, 11), side=Qt.Orientation.Horizontal))
        self.table.chosen.connect(lambda _key: console.acts_changed())

    def open(self) -> None:
        """Come to the front, at the plate."""
        self.refresh()
        self.form.begin()

    def refresh(self) -> None:
        """The purposes are the policy's; what it refuses stands among them by name."""
        info = self.console.model.info
        if info is None:
            return
        self.form.offer_purposes([(one.key, w.purpose(one)) for one in info.purposes])
        self.console.acts_changed()

    def acts(self) -> tuple[Act, ...]:
        """Clear, farther back, more of what was found, and the search."""
        if not self.reason.isHidden():
            return ()
        case = (Act("case", self.tr("Into a case"), "Ctrl+K", self._into_case),) if self.table.key else ()
        more = (Act("more", self.tr("More results"), "Ctrl+M", self._more),) if self._after else ()
        return (
            Act("clear", self.tr("Clear"), "Ctrl+L", self._clear, "quiet"),
            Act("span", self.tr("Farther back"), "Ctrl+T", self.form.next_span, "quiet"),
            *more,
            *case,
            Act("search", self.tr("Search"), "Ctrl+Return", self._search, "main", right=True),
        )

    def _asking(self) -> QFrame:
        frame, column = panel(spacing=4, margin=12)
        column.addWidget(label(self.tr("Search past reads"), "lead"))
        inside = QWidget()
        inside.setProperty("role", "inside")
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 8, 0)
        parts.setSpacing(8)
        for part in self.form.parts:
            parts.addWidget(part)
        words = self.tr("Who searches, for what and why, is on record before the first result.")
        parts.addWidget(label(words, "body", "dim", wrap=True))
        parts.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        column.addWidget(area, 1)
        return frame

    def _search(self) -> None:
        try:
            terms, basis = TermsMessage.of(self.form.terms()), BasisMessage.of(self.form.basis())
        except BadInput as fault:
            self.console.tell(w.refusal(fault), "hit")
            return
        self._search_id = str(uuid7())
        self._show([], "")
        asked = SearchAsked(search_id=self._search_id, terms=terms, basis=basis)
        words = self.tr("It goes on record, and is looked for …")
        self.console.link.call(
            words, lambda desk: desk.search(asked), partial(self._found, self._search_id), self._fault
        )

    def _more(self) -> None:
        search_id, after = self._search_id, self._after
        words = self.tr("More is fetched …")
        self.console.link.call(
            words, lambda desk: desk.further_reads(search_id, after), partial(self._found, search_id), self._fault
        )

    def _into_case(self) -> None:
        """The read in hand goes into a case of this search's number: held, on record, and saved signed."""
        event_id, search_id = self.table.key, self._search_id
        number = self.form.basis().case_number
        question = self.tr("Why does case %1 need this read?").replace("%1", number)
        words = self.tr("The read is held for the case …")

        def send(reason: str) -> None:
            asked = CaseAsked(case_number=number, reason=reason, event_ids=(event_id,))
            self.console.link.call(words, lambda desk: desk.into_case(search_id, asked), self._save)

        if number:
            self.reason.ask(question, send)
        else:
            self.console.tell(self.tr("✗ The case number is missing."), "hit")

    def _save(self, made: CaseFile) -> None:
        """The reads are held by now; where the file goes, the person says."""
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Case file"), "case.json", "JSON (*.json)")
        if not name:
            self.console.tell(self.tr("✓ Held for the case, on record. No file was written."), "owed")
            return
        try:
            Path(name).write_text(made.model_dump_json(indent=1), encoding="utf-8")
        except OSError:
            self.console.tell(self.tr("✗ The file can't be written there. The read is held; export it again."), "hit")
            return
        self.console.tell(
            self.tr("✓ Held for the case, on record, and saved with headquarters' signature."), "verified"
        )

    def _found(self, search_id: str, answer: SearchAnswer) -> None:
        """A page has come; one of a search that is over is not shown."""
        if search_id != self._search_id:
            return
        self._source = answer.source
        self._show([*self._lines, *answer.page.lines], answer.page.after)
        if answer.page.count is None:
            return
        count = self.tr("more than %1") if answer.page.count > COUNTED_MOST else "%1"
        said = count.replace("%1", str(min(answer.page.count, COUNTED_MOST)))
        words = self.tr("✓ On record. %1: found %2.").replace(
            "%1", translated(SOURCES.get(answer.source, answer.source))
        )
        self.console.tell(words.replace("%2", said), "verified")

    def _fault(self, fault: MdtError) -> None:
        self.console.tell(w.refusal(fault), "hit")

    def _show(self, lines: list[FoundLine], after: str) -> None:
        self._lines, self._after = lines, after
        self.table.put([self._row(line) for line in lines])
        self.console.acts_changed()

    def _row(self, line: FoundLine) -> Row:
        vehicle = " ".join(filter(None, (line.color, line.make, line.body)))
        place = f"{line.lat:.4f}, {line.lon:.4f}" if line.lat is not None and line.lon is not None else ""
        kept = translated(SOURCES.get(self._source, self._source))
        cells = (w.moment(line.at), line.plate, line.state, kept, line.car_id, line.camera, vehicle, place)
        return Row(line.event_id, cells)

    def _clear(self) -> None:
        self._search_id = ""
        self.form.clear()
        self._show([], "")
        self.form.begin()
