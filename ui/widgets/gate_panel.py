"""The gate's panel: shut, and why, with clause and remedy; or open. Beside it the purpose that the stop would have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from mdt_app.domain.commands import Ground
from mdt_app.domain.gate import CONDITIONS
from ui.gate_view import GateView, Line
from ui.widgets.key import Key
from ui.widgets.text import label, set_look

_FEW = 3
"""So few lines stand in larger type."""


class GatePanel(QFrame):
    """Shows the lines in the order in which they come."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(4)
        self._title = label("", "title")
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
        most = len(CONDITIONS) + len(Ground) + 1  # what is missing, what was stated, and a refusal
        self._lines = [(label("", "gate", wrap=True), label("", "label")) for _ in range(most)]
        for number, (words, clause) in enumerate(self._lines):
            self._grid.addWidget(words, number, 0)
            self._grid.addWidget(clause, number, 1, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        right.addLayout(self._grid)
        right.addStretch(1)
        row.addLayout(right, 74)

    def show_gate(self, view: GateView) -> None:
        """Show how the gate stands."""
        set_look(self, role=view.role)
        self._title.setText(view.title)
        set_look(self._title, tone=view.tone)
        self._show_lines(view.lines)
        self.setAccessibleName(". ".join([view.title, *(line.words for line in view.lines)]))

    def show_purpose(self, words: str, beneath: str, role: str) -> None:
        """Show the purpose that the stop would have, and what the key does. No words: there is none to name."""
        self.purpose.setVisible(bool(words))
        self.purpose.say(words, beneath)
        self.purpose.look(role)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        usual = "fact" if len(lines) <= _FEW else "gate"
        for number, (words, clause) in enumerate(self._lines):
            shown = number < len(lines)
            line = lines[number] if shown else Line("")
            set_look(words, role=line.role or usual, tone=line.tone)
            words.setText(line.words)
            clause.setText(line.clause)
            words.setVisible(shown)
            clause.setVisible(shown)
