"""The hit confirmation's page: at the left the request and its clock, at the right the entering agency's answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mdt_app.domain.alerts import Hit
from mdt_app.domain.confirmation import REQUESTS_MOST, ConfirmationAnswer, HitConfirmation, Urgency
from mdt_app.domain.policy import Policy
from ui.confirmation_words import refusal, request_words, standing_words
from ui.widgets.key import Key
from ui.widgets.text import label, panel, set_look
from ui.words import translated

_LONGEST_MINUTES = 24 * 60


class ConfirmationPage(QWidget):
    """`request` carries the urgency; `reply` who answered, what, and the minutes that it still needs (0: none)."""

    request = Signal(object)
    reply = Signal(str, object, int)
    left = Signal()

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        rules, self._hold = policy.confirmation, timedelta(minutes=policy.stops.answer_minutes.value)
        self._minutes = {Urgency.URGENT: rules.urgent_minutes.value, Urgency.ROUTINE: rules.routine_minutes.value}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._asking(), 1)
        row.addWidget(self._answering(), 1)

    def take_keyboard(self) -> None:
        """What is typed names who answers, once there is a request: it must answer nothing else."""
        if not self._answers.isHidden():
            self.who.setFocus()

    def open(self) -> None:
        """Come to the front with nothing entered."""
        self.who.clear()
        self.minutes.clear()
        self._note.clear()

    def show_hit(self, hit: Hit, now: datetime) -> None:
        """Show where the confirmation stands now; its clock runs."""
        held, entry = hit.verification.confirmation, hit.match.entry
        self._agency.setText(self.tr("NIC %1, entered by %2").replace("%1", entry.nic).replace("%2", entry.ori))
        words, tone = standing_words(held, now)
        self._standing.setText(words.replace(" · ", "\n"))
        set_look(self._standing, tone=tone)
        self._show_requests(held, now)
        asked_now = bool(held.requests) and self._answers.isHidden()
        self._answers.setVisible(bool(held.requests))
        self._nothing.setVisible(not held.requests)
        if asked_now and self.isVisible():
            self.take_keyboard()

    def _show_requests(self, held: HitConfirmation, now: datetime) -> None:
        whys = {urgency: refusal(held, urgency, now, self._hold) for urgency in Urgency}
        for urgency, key in self.requests.items():
            key.setVisible(whys[urgency] is None)
            names = {Urgency.URGENT: self.tr("urgent (%1 min)"), Urgency.ROUTINE: self.tr("routine (%1 min)")}
            name = names[urgency].replace("%1", str(self._minutes[urgency]))
            key.say(f"{request_words(held)}: {name}", {Urgency.URGENT: "F9", Urgency.ROUTINE: "F10"}[urgency])
        why = whys[Urgency.URGENT]
        exhausted = len(held.requests) >= REQUESTS_MOST and not held.final
        told = [translated(words, "refusals") for words in (why.words, why.remedy)] if why else [self._advice(held)]
        self._why.setText(" ".join(told))
        set_look(self._why, tone="owed" if exhausted else "")

    def _advice(self, held: HitConfirmation) -> str:
        if held.requests:
            return self.tr("Ask again, by dispatch (YQ).")
        return self.tr("Urgent: the hit is the only basis of the detention. Dispatch sends the request (YQ).")

    def _asking(self) -> QFrame:
        frame, column = panel()
        column.addWidget(label(self.tr("Hit confirmation"), "head"))
        self._agency, self._standing = label("", "label", wrap=True), label("", "lead", wrap=True)
        self._why = label("", wrap=True)
        self.requests = {urgency: Key("", "") for urgency in Urgency}
        for part in (self._agency, self._standing, *self.requests.values(), self._why):
            column.addWidget(part)
        for urgency, key in self.requests.items():
            key.setObjectName(f"request-{urgency.value}")
            key.setShortcut({Urgency.URGENT: "F9", Urgency.ROUTINE: "F10"}[urgency])
            key.clicked.connect(partial(self._request, urgency))
        column.addStretch(1)
        back = Key(self.tr("Back to the check"), "F11", "quiet")
        back.clicked.connect(self.left)
        column.addWidget(back)
        return frame

    def _answering(self) -> QFrame:
        frame, column = panel()
        column.addWidget(label(self.tr("What does it answer?"), "head"))
        self._nothing = label(self.tr("Request it first: urgent or routine."), wrap=True)
        self._answers = QWidget()
        inside = QVBoxLayout(self._answers)
        inside.setContentsMargins(0, 0, 0, 0)
        self.who = QLineEdit()
        self.who.setPlaceholderText(self.tr("Who answers: name or ORI"))
        self.who.setAccessibleName(self.tr("Who answers"))
        self.minutes = QLineEdit()
        self.minutes.setPlaceholderText(self.tr("In process: minutes"))
        self.minutes.setAccessibleName(self.tr("Minutes that the agency needs"))
        self.minutes.setValidator(QIntValidator(1, _LONGEST_MINUTES, self))
        self.minutes.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._note = label("", "label", wrap=True)
        inside.addWidget(self.who)
        inside.addLayout(self._keys())
        for part in (self.minutes, self._note):
            inside.addWidget(part)
        column.addWidget(self._nothing)
        column.addWidget(self._answers)
        column.addStretch(1)
        return frame

    def _keys(self) -> QGridLayout:
        answers = (
            (ConfirmationAnswer.CONFIRMED, self.tr("Confirmed"), ""),
            (ConfirmationAnswer.NOT_VALID, self.tr("Not valid"), "hit"),
            (ConfirmationAnswer.IN_PROCESS, self.tr("In process"), ""),
            (ConfirmationAnswer.NO_RESPONSE, self.tr("No response"), "quiet"),
        )
        grid = QGridLayout()
        grid.setSpacing(12)
        for number, (answer, words, role) in enumerate(answers):
            key = Key(words, f"Alt+{number + 1}", role)
            key.setObjectName(f"reply-{answer.value}")
            key.setShortcut(f"Alt+{number + 1}")
            key.clicked.connect(partial(self._reply, answer))
            grid.addWidget(key, number // 2, number % 2)
        return grid

    def _request(self, urgency: Urgency, _checked: bool = False) -> None:
        self.request.emit(urgency)

    def _reply(self, answer: ConfirmationAnswer, _checked: bool = False) -> None:
        """Nobody named, or no time for 'in process': the field that lacks says so."""
        minutes = int(self.minutes.text() or 0) if answer is ConfirmationAnswer.IN_PROCESS else 0
        lacks = self.who if not self.who.text().strip() else None
        if lacks is None and answer is ConfirmationAnswer.IN_PROCESS and minutes == 0:
            lacks = self.minutes
        if lacks is None:
            self.reply.emit(self.who.text(), answer, minutes)
            self.open()
            return
        missing = {self.who: self.tr("■ Say who answers."), self.minutes: self.tr("■ Say how many minutes it needs.")}
        self._note.setText(missing[lacks])
        set_look(self._note, tone="owed")
        lacks.setFocus()
