"""A line for a reason in the person's own words, beneath the work; Enter sends it, Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from mdt_app.domain.statements import LEAST_WORDS, says_enough
from ui.widgets.text import label, set_look


class ReasonLine(QFrame):
    """Hidden until it asks. `turned` is told when it opens and closes: meanwhile the screen has no other acts."""

    def __init__(self, turned: Callable[[bool], None]) -> None:
        super().__init__()
        self.setProperty("role", "owed")
        self._turned = turned
        self._then: Callable[[str], None] = _nothing
        self._short = False
        self._question = label("", "lead")
        self.line = QLineEdit()
        self.line.returnPressed.connect(self._send)
        self._hint = label(self.tr("Enter sends · Esc leaves"), "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._question)
        row.addWidget(self.line, 1)
        row.addWidget(self._hint)
        self.hide()

    def ask(
        self, question: str, then: Callable[[str], None], *, name: bool = False, secret: bool = False, given: str = ""
    ) -> None:
        """Ask for words, and hand them on. A `name` or a `secret` is as short as it likes; a secret is not shown.

        `given` stands there to be taken or changed.
        """
        self._then, self._short = then, name or secret
        self.line.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
        self._hint.setText(self.tr("Enter sends · Esc leaves"))
        self._question.setText(question)
        self.line.setAccessibleName(question)
        self.line.setText(given)
        self.line.selectAll()
        set_look(self.line, tone="")
        self.show()
        self._turned(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close without sending."""
        self.hide()
        self._turned(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        words = self.line.text().strip()
        if not (words if self._short else says_enough(words)):
            set_look(self.line, tone="hit")
            self._hint.setText(self.tr("✗ %1 words or more.").replace("%1", "1" if self._short else str(LEAST_WORDS)))
            return
        self.leave()
        self._then(words)


def _nothing(_words: str) -> None:
    """Before anything was asked."""
