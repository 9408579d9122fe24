"""The registers at the console: which there are, and the records of the one in hand, what is due first.

Everything here is drawn from what headquarters says of a register; no register has a page of its own.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.sync.audit_wire import AuditedQueries
from mdt_app.sync.proved_file import ProvedFile
from mdt_app.sync.register_wire import RecordHistory, RegisterRecord, RegisterRecords, RegisterShape
from ui.console import words as w
from ui.console.audit_page import AuditPage
from ui.console.places_map import PlacesMap, place_field
from ui.console.reason import ReasonLine
from ui.console.register_page import RecordPage
from ui.console.register_words import value_said
from ui.console.screen import Console, DeskScreen
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.widgets.text import label

_LIST_PX, _SHORT = 340, 9
_ENDINGS = (".csv", ".json", ".pdf")


class RegistersScreen(DeskScreen):
    """Left the registers, right the records of the one in hand, or one of them."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._records: dict[str, tuple[RegisterRecord, ...]] = {}
        self._shown = ""
        self._counts: list[Row] = []
        columns = (
            Column(self.tr("Register")),
            Column(self.tr("Open"), 56, number=True),
            Column(self.tr("Late"), 60, number=True),
        )
        self.list = DeskTable(console.theme, self.tr("Registers"), columns, filtered=False)
        self.list.setFixedWidth(_LIST_PX)
        self.list.chosen.connect(lambda _: self._turned_to())
        self.table = DeskTable(console.theme, self.tr("Records"), self._columns(None))
        self.about = label("", "label", "dim", wrap=True)
        self.reason = ReasonLine(self._reason_turned)
        self.page = RecordPage(console, self.reason, self._leave, self._done)
        self.audit = AuditPage(console, self.reason, self._leave)
        self.map = PlacesMap(console, self._leave, self._work_on)
        self.page.judge = self._judge
        self._build()

    @property
    def owed(self) -> int:
        """How many records of all registers are overdue."""
        return sum(shape.overdue for shape in self.console.model.registers)

    @property
    def shape(self) -> RegisterShape | None:
        """The register in hand."""
        return next((s for s in self.console.model.registers if s.register_id == self.list.key), None)

    @property
    def record(self) -> RegisterRecord | None:
        """The record in hand."""
        return next((r for r in self._records.get(self._shown, ()) if r.record_id == self.table.key), None)

    def open(self) -> None:
        """Come to the front, the list in hand."""
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show what headquarters said last; where a count has changed, the records are asked anew."""
        rows = [_register_row(shape) for shape in self.console.model.registers]
        if rows != self._counts:
            self._counts = rows
            self._ask()
        self.list.put(rows)
        self.console.acts_changed()

    def acts(self) -> tuple[Act, ...]:
        """What can be done with the register, or with the record on the form."""
        shape = self.shape
        if shape is None or not self.reason.isHidden():
            return ()
        front = self._stack.currentWidget()
        if isinstance(front, RecordPage | AuditPage | PlacesMap):
            return front.acts()
        new = Act("new", self.tr("New record"), "Ctrl+D", self._new, "main", right=True)
        export = Act("export", self.tr("Export"), "Ctrl+E", self._ask_export)
        work = Act("work", self.tr("Open record"), "Return", self._work, right=True)
        where = Act("map", self.tr("Map"), "Ctrl+M", self._show_map)
        placed = (where,) if place_field(shape) else ()
        return (export, *placed, *((work,) if self.record else ()), *((new,) if shape.may_open else ()))

    def _build(self) -> None:
        self._list_page = QWidget()
        self._listed = QVBoxLayout(self._list_page)
        self._listed.setContentsMargins(0, 0, 0, 0)
        self._listed.addWidget(self.about)
        self._listed.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list_page)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.audit)
        self._stack.addWidget(self.map)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addLayout(row, 1)
        whole.addWidget(self.reason)

    def _turned_to(self) -> None:
        """Another register is in hand: its own columns, and its records asked for."""
        shape = self.shape
        if shape is None or shape.register_id == self._shown:
            return
        self._shown = shape.register_id
        self._stack.setCurrentWidget(self._list_page)
        self._listed.removeWidget(self.table)
        self.table.deleteLater()
        self.table = DeskTable(self.console.theme, shape.name, self._columns(shape))
        self.table.chosen.connect(lambda _: self.console.acts_changed())
        self._listed.addWidget(self.table, 1)
        self.about.setText(f"{shape.about} ({', '.join(shape.clauses)})")
        self._put_records()
        self._ask()

    def _ask(self) -> None:
        register_id = self._shown
        if register_id:
            self.console.link.call("", lambda desk: desk.records(register_id), partial(self._take_records, register_id))

    def _take_records(self, register_id: str, told: RegisterRecords) -> None:
        self._records[register_id] = told.records
        if register_id == self._shown:
            self._put_records()

    def _put_records(self) -> None:
        shape = self.shape
        if shape is not None:
            self.table.put([_record_row(shape, record) for record in self._records.get(self._shown, ())])
        self.console.acts_changed()

    def _new(self) -> None:
        if (shape := self.shape) is not None:
            self._stack.setCurrentWidget(self.page)
            self.page.show_new(shape)
            self.console.acts_changed()

    def _work(self) -> None:
        if (record := self.record) is not None:
            self._work_on(record.record_id)

    def _work_on(self, record_id: str) -> None:
        asked, register_id = self.tr("Headquarters is asked …"), self._shown
        self.console.link.call(asked, lambda desk: desk.record(register_id, record_id), self._show_history)

    def _show_map(self) -> None:
        if (shape := self.shape) is not None:
            self._stack.setCurrentWidget(self.map)
            self.map.show_records(shape, self._records.get(self._shown, ()), self.table.key)
            self.map.setFocus(Qt.FocusReason.OtherFocusReason)
            self.console.acts_changed()

    def _show_history(self, history: RecordHistory) -> None:
        if (shape := self.shape) is not None:
            self._stack.setCurrentWidget(self.page)
            self.page.show_history(shape, history)
            self.console.acts_changed()

    def _judge(self, record: RegisterRecord) -> None:
        def show(told: AuditedQueries) -> None:
            self._stack.setCurrentWidget(self.audit)
            self.audit.show_audit(record, told)

        asked = self.tr("Headquarters is asked …")
        self.console.link.call(asked, lambda desk: desk.audited(record.record_id), show)

    def _leave(self) -> None:
        self._stack.setCurrentWidget(self._list_page)
        self.console.acts_changed()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self) -> None:
        self._leave()
        self._ask()
        self.console.again()
        self.console.tell(self.tr("✓ On record."), "verified")

    def _ask_export(self) -> None:
        self.reason.ask(self.tr("Export to which file (.csv, .json, .pdf)?"), self._export, name=True)

    def _export(self, name: str) -> None:
        path, register_id = Path(name).expanduser(), self._shown
        if path.suffix not in _ENDINGS:
            self.console.tell(self.tr("✗ Let the name end in .csv, .json or .pdf."), "hit")
            return
        ending, save = path.suffix[1:], partial(self._save_file, path)
        self.console.link.call(
            self.tr("The file is made …"), lambda desk: desk.export_register(register_id, ending), save
        )

    def _save_file(self, path: Path, file: ProvedFile) -> None:
        w.save_file(self.console.tell, path, file)

    def _columns(self, shape: RegisterShape | None) -> tuple[Column, ...]:
        words = {field.name: field.words for field in shape.fields} if shape else {}
        named = shape.columns if shape else ()
        own = (Column(_in_two(words[name]), 0 if shape and name == shape.title else 125) for name in named)
        return (Column(self.tr("Stands"), 230, whole=True), Column(self.tr("Due"), 115, whole=True), *own)

    def _reason_turned(self, opened: bool) -> None:
        self.console.acts_changed()
        if not opened:
            fronts: dict[QWidget | None, QWidget] = {self.page: self.page.form, self.audit: self.audit.table.view}
            front = fronts.get(self._stack.currentWidget(), self.table.view)
            front.setFocus(Qt.FocusReason.OtherFocusReason)


def _in_two(words: str) -> str:
    """A heading in two lines, where it is long: parted at the space nearest to its middle."""
    gaps = [place for place, sign in enumerate(words) if sign == " "]
    if len(words) <= _SHORT or not gaps:
        return words
    gap = min(gaps, key=lambda place: abs(place - len(words) / 2))
    return f"{words[:gap]}\n{words[gap + 1 :]}"


def _register_row(shape: RegisterShape) -> Row:
    late = f"▲ {shape.overdue}" if shape.overdue else ""
    return Row(shape.register_id, (shape.name, str(shape.open), late), ((2, "hit"),))


def _record_row(shape: RegisterShape, record: RegisterRecord) -> Row:
    state = next(state for state in shape.states if state.name == record.state)
    due = f"{'▲ ' if record.overdue else ''}{record.due}" if record.due else ""
    said = (value_said(shape, name, record.values.get(name, "")).replace("\n", " ") for name in shape.columns)
    tones = ((0, "owed" if state.open else "dim"), (1, "hit" if record.overdue else "text"))
    return Row(record.record_id, (f"{'■' if state.open else '○'} {state.words}", due, *said), tones)
