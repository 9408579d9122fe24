"""Panel three of the verification: the electronic records check, dispatch's answer by radio in its place, and how the
hit confirmation stands.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain.alerts import Verification
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from ui.cards import Card
from ui.widgets.key import Key
from ui.widgets.text import label, set_look
from ui.words import ANSWERS, clock, translated

_TONES = {CheckAnswer.ACTIVE: "verified", CheckAnswer.NO_RESPONSE: "owed", CheckAnswer.MALFORMED: "owed"}
_TOLD = ("MKE/", "LIC/", "LIS/", "VMA/", "VCO/", "NIC/")
"""The fields of an answer's text that an officer compares, as many as there is room for beneath a banner."""
_TOLD_BEFORE = ("MKE/", "NIC/")
"""Until the officer has said what stands on the vehicle, the answer must not say it for him."""


def denial_words(card: Card) -> str:
    """The 'no' that stands against the card's entry until an 'active' comes, in words; empty when there is none."""
    if card.hit.match.entry.entry_id not in card.hit.denied:
        return ""
    told, words = card.denial, QCoreApplication.translate("StatusCheck", "NO on record: %1")
    if told is None:
        return words.replace("%1", translated(ANSWERS[CheckAnswer.NO_RECORD]))
    return words.replace("%1", f"{translated(ANSWERS[told.answer])}, {clock(told.answered_at)}")


class StatusCheck(QWidget):
    """Shows the check's way and its answer; `radio` carries who answered and what, `radio_left`: its page was left."""

    ask_again = Signal()
    radio = Signal(str, str)
    radio_left = Signal()
    confirmation = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._check_page())
        self.pages.addWidget(self._radio_page())
        column.addWidget(self.pages)

    def show_check(self, verification: Verification, denied: str = "") -> None:
        """Show the check as it stands on record; `denied` is the 'no' that stands against the entry, in words."""
        status = verification.status
        if status is None:
            self._show_waiting(verification)
        else:
            self._state.setText(translated(ANSWERS[status.answer]))
            set_look(self._state, tone=_TONES.get(status.answer, "hit"))
            self._detail.setText(self._source(status, _TOLD if verification.plate_seen else _TOLD_BEFORE))
        if denied:
            self._state.setText(f"✗ {denied}")
            set_look(self._state, tone="hit", role="lead")
        else:
            set_look(self._state, role="head")

    def show_confirmation(self, words: str, tone: str) -> None:
        """Show how the hit confirmation stands; its clock runs here, too."""
        self._standing.setText(words.replace(" · ", "\n"))
        set_look(self._standing, tone=tone)
        self.confirm.look("owed" if tone == "owed" else "")

    def show_query(self) -> None:
        """Come back from the radio's page."""
        self.who.clear()
        self.pages.setCurrentIndex(0)

    @property
    def by_radio(self) -> bool:
        """Whether the radio's page is in front."""
        return self.pages.currentIndex() == 1

    def toggle_radio(self) -> None:
        """Change between the check and the radio's answer."""
        radio = self.pages.currentIndex() == 0
        self.pages.setCurrentIndex(int(radio))
        if radio:
            self.who.setFocus()
        else:
            self.radio_left.emit()

    def _show_waiting(self, verification: Verification) -> None:
        waiting = verification.asked_at is not None
        self._state.setText(self.tr("Waiting for NCIC") if waiting else self.tr("Not asked yet"))
        set_look(self._state, tone="owed")
        asked = clock(verification.asked_at) if verification.asked_at else ""
        self._detail.setText(self.tr("NCIC query sent %1").replace("%1", asked) if waiting else "")

    def _source(self, status: StatusAnswer, fields: tuple[str, ...]) -> str:
        words = self.tr("%1\nanswered %2 to %3")
        if status.source == "radio":
            words = self.tr("By %1, %2, from %3")
        line = words.replace("%1", status.source).replace("%2", clock(status.answered_at)).replace("%3", status.by)
        told = [part for part in status.text.splitlines() if part.startswith(fields)][: len(fields)]
        return "\n".join([line, *told] if told else [line, *status.text.splitlines()[-1:]])

    def _check_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._state, self._detail = label("", "head", wrap=True), label("", "label", wrap=True)
        column.addWidget(self._state)
        column.addWidget(self._detail)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.again = Key(self.tr("Ask again"), "F8")
        self.again.clicked.connect(self.ask_again)
        by_radio = Key(self.tr("By radio ..."), "F7")
        by_radio.clicked.connect(self.toggle_radio)
        for button in (self.again, by_radio):
            row.addWidget(button, 1)
        column.addLayout(row)
        self._standing = label("", "label", wrap=True)
        self.confirm = Key(self.tr("Hit confirmation ..."), "F11")
        self.confirm.clicked.connect(self.confirmation)
        for part in (self._standing, self.confirm):
            column.addWidget(part)
        return page

    def _radio_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Who answers by radio?"), "label"))
        self.who = QLineEdit()
        self.who.setAccessibleName(self.tr("Who answers by radio"))
        column.addWidget(self.who)
        answers = (
            (CheckAnswer.ACTIVE, self.tr("Active: still wanted"), "F9"),
            (CheckAnswer.NO_RECORD, self.tr("Not active any more"), "F10"),
        )
        for answer, words, key in answers:
            button = Key(words, key)
            button.setObjectName(f"radio-{answer.value}")
            button.setShortcut(key)
            button.clicked.connect(lambda _=False, given=answer: self._answer(given))
            column.addWidget(button)
        column.addStretch(1)
        back = Key(self.tr("Back to the query"), "F7", "quiet")
        back.clicked.connect(self.toggle_radio)
        column.addWidget(back)
        return page

    def _answer(self, answer: CheckAnswer) -> None:
        if self.who.text().strip():
            self.radio.emit(self.who.text(), answer.value)
            self.show_query()
            self.radio_left.emit()
        else:
            self.who.setPlaceholderText(self.tr("Say who answers"))
            self.who.setFocus()
