"""Reports at the console: usage to the Chief, the public page, the training roster; each a file with its proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout

from mdt_app.domain.query_audit import last_period
from mdt_app.sync.desk import DeskClient
from mdt_app.sync.proved_file import ProvedFile
from ui.console import words as w
from ui.console.reason import ReasonLine
from ui.console.screen import Console, DeskScreen
from ui.widgets.acts import Act
from ui.widgets.text import label, panel

_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "usage": (".pdf",),
    "public": (".html",),
    "roster": (".csv", ".json", ".pdf"),
}
"""How the file of each report may end."""


class ReportsScreen(DeskScreen):
    """A period and what the agency is called; then one key a report."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.period, self.agency = QLineEdit(), QLineEdit()
        self.period.setText(self._last_quarter())
        self.period.setPlaceholderText(self.tr("2026, 2026-Q3 or 2026-11"))
        self.agency.setPlaceholderText(self.tr("as the public page shall call the agency"))
        self.reason = ReasonLine(self._reason_turned)
        frame, column = panel(margin=16)
        column.addWidget(label(self.tr("Reports"), "lead"))
        form = QFormLayout()
        form.setSpacing(10)
        for words, field in ((self.tr("Period"), self.period), (self.tr("Agency"), self.agency)):
            field.setAccessibleName(words)
            form.addRow(label(words, "part"), field)
        column.addLayout(form)
        for words in self._about():
            column.addWidget(label(words, "body", wrap=True))
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 8)
        page.addWidget(frame, 1)
        page.addWidget(self.reason)

    def open(self) -> None:
        """Come to the front, the period in hand."""
        self.period.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """One key a report."""
        if not self.reason.isHidden():
            return ()
        usage = partial(self._ask, "usage", self._usage)
        return (
            Act("roster", self.tr("Training roster"), "Ctrl+R", partial(self._ask, "roster", self._roster)),
            Act("public", self.tr("Public page"), "Ctrl+B", partial(self._ask, "public", self._public), right=True),
            Act("usage", self.tr("Usage report"), "Ctrl+P", usage, "main", right=True),
        )

    def _about(self) -> tuple[str, ...]:
        return (
            self.tr("Usage report: a month, a quarter or a year in exact numbers, for the Chief (PDF)."),
            self.tr("Public page: a period that is over, without any plate or person; small counts are hidden (HTML)."),
            self.tr("Training roster: who is trained in what, by whom and when (CSV, JSON, PDF)."),
            self.tr("A signed proof is saved beside each file; that it was made is on record."),
        )

    def _last_quarter(self) -> str:
        first = last_period(self.console.now().date(), 3).first
        return f"{first.year}-Q{first.month // 3 + 1}"

    def _ask(self, report: str, make: Callable[[DeskClient, Path], ProvedFile]) -> None:
        question = self.tr("Save to which file (%1)?").replace("%1", ", ".join(_ENDINGS[report]))
        self.reason.ask(question, partial(self._make, report, make), name=True)

    def _make(self, report: str, make: Callable[[DeskClient, Path], ProvedFile], name: str) -> None:
        path = Path(name).expanduser()
        if path.suffix not in _ENDINGS[report]:
            wanted = self.tr("✗ Let the name end in %1.").replace("%1", ", ".join(_ENDINGS[report]))
            self.console.tell(wanted, "hit")
            return
        save = partial(w.save_file, self.console.tell, path)
        self.console.link.call(self.tr("The file is made …"), lambda desk: make(desk, path), save)

    def _usage(self, desk: DeskClient, _: Path) -> ProvedFile:
        return desk.usage_report(self.period.text().strip())

    def _public(self, desk: DeskClient, _: Path) -> ProvedFile:
        return desk.public_page(self.period.text().strip(), self.agency.text().strip())

    def _roster(self, desk: DeskClient, path: Path) -> ProvedFile:
        return desk.roster(path.suffix[1:])

    def _reason_turned(self, opened: bool) -> None:
        self.console.acts_changed()
        if not opened:
            self.open()
