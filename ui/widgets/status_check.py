"""Panel three of the verification: the electronic records check, and dispatch's answer by radio in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain.alerts import Verification
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from ui.widgets.text import label, panel, set_look
from ui.words import ANSWERS, clock, translated

_TONES = {CheckAnswer.ACTIVE: "verified", CheckAnswer.NO_RESPONSE: "owed", CheckAnswer.MALFORMED: "owed"}


class StatusCheck(QWidget):
    """Shows the check's way and its answer; `radio` carries who answered and what."""

    ask_again = Signal()
    radio = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._check_page())
        self.pages.addWidget(self._radio_page())
        column.addWidget(self.pages)

    def show_check(self, verification: Verification) -> None:
        """Show the check as it stands on record."""
        status = verification.status
        if status is None:
            waiting = verification.asked_at is not None
            self._state.setText(self.tr("Waiting for the answer") if waiting else self.tr("Not asked yet"))
            set_look(self._state, tone="owed")
            asked = clock(verification.asked_at) if verification.asked_at else ""
            self._detail.setText(self.tr("NCIC query sent %1").replace("%1", asked) if waiting else "")
            return
        self._state.setText(translated(ANSWERS[status.answer]))
        set_look(self._state, tone=_TONES.get(status.answer, "hit"))
        self._detail.setText(self._source(status))

    def toggle_radio(self) -> None:
        """Change between the check and the radio's answer."""
        radio = self.pages.currentIndex() == 0
        self.pages.setCurrentIndex(int(radio))
        if radio:
            self.who.setFocus()

    def _source(self, status: StatusAnswer) -> str:
        words = self.tr("%1, answered %2, by %3")
        line = words.replace("%1", status.source).replace("%2", clock(status.answered_at)).replace("%3", status.by)
        return f"{line}\n{status.text.splitlines()[0][:60]}" if status.text else line

    def _check_page(self) -> QWidget:
        frame, column = panel()
        column.addWidget(label(self.tr("NCIC status"), "label"))
        self._state, self._detail = label("", "head", wrap=True), label("", "label", wrap=True)
        column.addWidget(self._state)
        column.addWidget(self._detail)
        column.addStretch(1)
        self.again = QPushButton(self.tr("Ask again\nF8"))
        self.again.clicked.connect(self.ask_again)
        by_radio = QPushButton(self.tr("Answer by radio ...\nF7"))
        by_radio.clicked.connect(self.toggle_radio)
        for button in (self.again, by_radio):
            column.addWidget(button)
        return frame

    def _radio_page(self) -> QWidget:
        frame, column = panel()
        column.addWidget(label(self.tr("Who answered by radio?"), "label"))
        self.who = QLineEdit()
        self.who.setAccessibleName(self.tr("Who answered by radio"))
        column.addWidget(self.who)
        for answer, words in (
            (CheckAnswer.ACTIVE, self.tr("Active: still wanted")),
            (CheckAnswer.NO_RECORD, self.tr("Not active any more")),
        ):
            button = QPushButton(words)
            button.setObjectName(f"radio-{answer.value}")
            button.clicked.connect(lambda _=False, given=answer: self._answer(given))
            column.addWidget(button)
        column.addStretch(1)
        back = QPushButton(self.tr("Back to the query\nF7"))
        back.setProperty("role", "quiet")
        back.clicked.connect(self.toggle_radio)
        column.addWidget(back)
        return frame

    def _answer(self, answer: CheckAnswer) -> None:
        self.radio.emit(self.who.text(), answer.value)
        if self.who.text().strip():
            self.who.clear()
            self.pages.setCurrentIndex(0)
