"""The queries of an audit at the console: one after the other, all that is on record of it, and the judgement."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.sync.audit_wire import AuditedQueries, AuditedQuery, QueryJudgement
from mdt_app.sync.proved_file import ProvedFile
from mdt_app.sync.register_wire import RegisterRecord
from ui.console import words as w
from ui.console.parts import divided
from ui.console.reason import ReasonLine
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.widgets.acts import Act
from ui.widgets.text import label
from ui.words import translated

JUDGING = "judging"


class AuditPage(QWidget):
    """Above the queries, what is not judged first in hand; below the one in hand in full. `leave` brings back."""

    def __init__(self, console: Console, reason: ReasonLine, leave: Callable[[], None]) -> None:
        super().__init__()
        self.console, self._reason, self._leave = console, reason, leave
        self._queries: tuple[AuditedQuery, ...] = ()
        self._record: RegisterRecord | None = None
        self.head = label("", "lead")
        columns = (
            Column(self.tr("No."), 56, number=True),
            Column(self.tr("Judged"), 170),
            Column(self.tr("Who"), 130),
            Column(self.tr("Purpose"), 130),
            Column(self.tr("Reason")),
            Column(self.tr("Lacking"), 190),
        )
        self.table = DeskTable(console.theme, self.tr("Queries"), columns)
        self.table.chosen.connect(lambda _: self._show())
        self.detail = DeskTable(
            console.theme, self.tr("On record of it"), (Column(self.tr("What"), 180), Column("")), filtered=False
        )
        split = divided((self.table, 1), (self.detail, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(split, 1)

    @property
    def query(self) -> AuditedQuery | None:
        """The query in hand."""
        return next((q for q in self._queries if q.event_id == self.table.key), None)

    def show_audit(self, record: RegisterRecord, told: AuditedQueries) -> None:
        """The queries of an audit as they are judged now."""
        self._record, self._queries = record, told.queries
        waiting = [query for query in told.queries if query.judgement is None]
        counted = self.tr("%1 · %2 of %3 judged").replace("%1", record.values.get("period", ""))
        judged = len(told.queries) - len(waiting)
        self.head.setText(counted.replace("%2", str(judged)).replace("%3", str(len(told.queries))))
        self.table.put([_row(query) for query in told.queries])
        if waiting and (self.query is None or self.query.judgement is not None):
            self.table.choose(waiting[0].event_id)
        self._show()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Judge the query in hand while the audit is open to that; the report at any time."""
        back = Act("back", self.tr("Back"), "Esc", self._leave)
        report = Act("report", self.tr("Report (PDF)"), "Ctrl+P", self._ask_report)
        if self._record is None or self._record.state != JUDGING or self.query is None:
            return (back, report)
        return (
            back,
            report,
            Act("unauthorized", self.tr("Not authorized"), "Ctrl+1", partial(self._ask, False, True), "hit"),
            Act("incomplete", self.tr("Not complete"), "Ctrl+2", partial(self._ask, True, False), "hit"),
            Act("neither", self.tr("Neither"), "Ctrl+3", partial(self._ask, False, False), "hit"),
            Act("fine", self.tr("Authorized, complete"), "Ctrl+Return", self._fine, "main", right=True),
        )

    def _show(self) -> None:
        query = self.query
        self.detail.put(_detail(query) if query else [])
        self.console.acts_changed()

    def _fine(self) -> None:
        self._send(QueryJudgement(authorized=True, complete=True))

    def _ask(self, authorized: bool, complete: bool) -> None:
        def send(words: str) -> None:
            self._send(QueryJudgement(authorized=authorized, complete=complete, words=words))

        self._reason.ask(self.tr("What is wrong with it?"), send)

    def _send(self, said: QueryJudgement) -> None:
        record, query = self._record, self.query
        if record is None or query is None:
            return

        def job_then(_done: object) -> None:
            self.console.tell(self.tr("✓ Judged: number %1.").replace("%1", str(query.number)), "verified")
            self._ask_again(record)

        words = self.tr("It is sent …")
        self.console.link.call(words, lambda desk: desk.judge(record.record_id, query.event_id, said), job_then)

    def _ask_again(self, record: RegisterRecord) -> None:
        self.console.link.call("", lambda desk: desk.audited(record.record_id), partial(self.show_audit, record))

    def _ask_report(self) -> None:
        self._reason.ask(self.tr("Save the report to which file (.pdf)?"), self._report, name=True)

    def _report(self, name: str) -> None:
        record, path = self._record, Path(name).expanduser()
        if record is not None:
            self.console.link.call(
                self.tr("The report is made …"),
                lambda desk: desk.audit_report(record.record_id),
                partial(self._save, path),
            )

    def _save(self, path: Path, file: ProvedFile) -> None:
        w.save_file(self.console.tell, path, file)


def _row(query: AuditedQuery) -> Row:
    judged = query.judgement
    if judged is None:
        stands, tone = translated("■ to be judged"), "owed"
    elif judged.authorized and judged.complete:
        stands, tone = translated("✓ in order"), "verified"
    else:
        wrong = [
            words
            for words, fine in (
                (translated("not authorized"), judged.authorized),
                (translated("not complete"), judged.complete),
            )
            if not fine
        ]
        stands, tone = f"✗ {', '.join(wrong)}", "hit"
    lacking = ", ".join(query.lacking)
    reason = query.reason.replace("\n", " ")
    cells = (str(query.number), stands, query.by, query.purpose, reason, f"▲ {lacking}" if lacking else "")
    return Row(query.event_id, cells, ((1, tone), (5, "hit")))


def _detail(query: AuditedQuery) -> list[Row]:
    judged = query.judgement
    said = (
        (translated("When"), w.moment(query.at)),
        (translated("Who, where"), f"{query.by}, {query.place}"),
        (translated("Parameters"), query.parameters),
        (translated("Results"), query.results),
        (translated("Purpose"), query.purpose),
        (translated("Offense type"), query.offense),
        (translated("Case number"), query.case_number),
        (translated("Reason"), query.reason),
        (translated("Facts"), query.facts),
        (translated("Judged"), f"{judged.words} ({query.judged_by})" if judged else ""),
    )
    return [Row(name, (name, text.replace("\n", " ") or "-")) for name, text in said]
