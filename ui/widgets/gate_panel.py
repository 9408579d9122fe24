"""The gate's panel: shut, and why, with clause and remedy; or open. Beside it the purpose that the stop would have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from mdt_app.domain.gate import CONDITIONS, Unmet
from ui.widgets.key import Key
from ui.widgets.text import label, set_look
from ui.words import clock, translated

_FEW = 3
"""So few lines stand in larger type."""


class GatePanel(QFrame):
    """Shows what is missing in the order of the gate's table."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(4)
        self._title, self.refused_at = label("", "title"), ""
        self.purpose = Key("", "", "quiet", wrap=True)
        self.purpose.setObjectName("purpose")
        for part in (self._title, self.purpose):
            left.addWidget(part)
        row.addLayout(left, 26)
        right = QVBoxLayout()
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._lines = [(label("", "gate"), label("", "label")) for _ in CONDITIONS]
        for number, (words, clause) in enumerate(self._lines):
            self._grid.addWidget(words, number, 0)
            self._grid.addWidget(clause, number, 1, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        right.addLayout(self._grid)
        right.addStretch(1)
        row.addLayout(right, 74)

    def show_gate(self, unmet: Sequence[Unmet]) -> None:
        """Show every unmet condition; none of them means that the stop may be recorded."""
        set_look(self, role="shut" if unmet else "open")
        shut = self.tr("STOP: refused") if self.refused_at else self.tr("STOP: shut")
        self._title.setText(shut if unmet else self.tr("✓ STOP: open"))
        set_look(self._title, tone="hit" if unmet else "verified")
        words = [(f"■ {translated(u.words, 'gate')} {translated(u.remedy, 'gate')}", u.clause) for u in unmet]
        words = words or [(self.tr("✓ The stop may be recorded. All that the policy asks before it is on record."), "")]
        role = "fact" if len(words) <= _FEW else "gate"
        for number, (line, clause) in enumerate(self._lines):
            set_look(line, role=role)
            shown = number < len(words)
            line.setText(words[number][0] if shown else "")
            clause.setText(words[number][1] if shown else "")
            line.setVisible(shown)
            clause.setVisible(shown)
        self.setAccessibleName(self._title.text() + ". " + " ".join(text for text, _ in words))
        if not unmet:
            self.forget_refusal()

    def show_refusal(self, at: datetime) -> None:
        """Say that a stop was asked for, refused, and that this is on record."""
        self.refused_at = clock(at)

    def forget_refusal(self) -> None:
        """Another hit, or the gate is open now."""
        self.refused_at = ""

    def show_purpose(self, words: str, key: str) -> None:
        """Show the purpose that the stop would have, and the key that changes it."""
        self.purpose.say(words, self.tr("Purpose · %1").replace("%1", key))
