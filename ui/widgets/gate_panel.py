"""The gate's panel: shut, and why, with clause and remedy; or open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from mdt_app.domain.gate import Unmet
from ui.widgets.text import label, set_look
from ui.words import translated

_SHOWN = 4
"""Lines that fit; what is beyond is counted."""


class GatePanel(QFrame):
    """Shows what is missing in the order of the gate's table, and the purpose that the stop would have."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(20)
        self._title = label("", "title")
        row.addWidget(self._title)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._lines = [label("", "body", wrap=False) for _ in range(_SHOWN)]
        for line in self._lines:
            self._column.addWidget(line)
        row.addLayout(self._column, 1)
        self.purpose = QPushButton()
        self.purpose.setProperty("role", "quiet")
        row.addWidget(self.purpose)

    def show_gate(self, unmet: Sequence[Unmet]) -> None:
        """Show the unmet conditions; none of them means that the stop may be recorded."""
        set_look(self, role="shut" if unmet else "open")
        self._title.setText(self.tr("STOP: shut") if unmet else self.tr("STOP may be recorded"))
        set_look(self._title, tone="hit" if unmet else "verified")
        words = [f"■ {translated(u.words, 'gate')} {translated(u.remedy, 'gate')}  [{u.clause}]" for u in unmet]
        if len(words) > _SHOWN:
            more = self.tr("and %1 more").replace("%1", str(len(words) - _SHOWN + 1))
            words = [*words[: _SHOWN - 1], more]
        for number, line in enumerate(self._lines):
            line.setText(words[number] if number < len(words) else "")
            line.setVisible(number < len(words))
        self.setAccessibleName(self._title.text() + ". " + " ".join(words))
