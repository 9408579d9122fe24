"""Verification: what the officer sees, whether it is the vehicle, whether it is still active; and the stop.

After a stop that went before its steps the same screen takes the answers that are still owed; STOP is not on it then.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain import commands as c
from mdt_app.domain.alerts import Feature, Seen
from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.gate import Unmet
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.purposes import Use
from mdt_app.domain.records_check import CheckAnswer
from ui.cards import Card
from ui.confirmation_words import standing_words
from ui.gate_view import Refusal, fault_view, gate_view, still_missing, stop_key
from ui.purposes import purpose_key, ready_suggestion
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.confirmation_page import ConfirmationPage
from ui.widgets.gate_panel import GatePanel
from ui.widgets.plate_entry import KeyPad
from ui.widgets.see_panel import SeePanel
from ui.widgets.status_check import StatusCheck, denial_words
from ui.widgets.text import label, panel, set_look
from ui.widgets.vehicle_panel import VehiclePanel
from ui.words import clock

_ANSWER_KEYS = dict(zip("123", Seen, strict=True))
_BY_EYE = {"plate_confirmed", "state_confirmed"}
_PAGES = ("questions", "keys", "confirmation")
_OFF_RECORD = ("storage", "defect")
"""Refusals for these reasons could not be put on record."""


class VerifyScreen(Screen):
    """Three questions side by side, the gate beneath, the stop at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._refusal: Refusal | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._see_panel(), 13)
        self._right = QStackedWidget()
        for page in (self._questions(), self._key_page(), self._confirmation_page()):
            self._right.addWidget(page)
        row.addWidget(self._right, 21)
        column.addLayout(row, 1)
        self.gate = GatePanel()
        self.gate.purpose.clicked.connect(self._name_purpose)
        column.addWidget(self.gate)
        keys = (
            ("F6", self._name_purpose),
            ("F7", self.check.toggle_radio),
            ("F8", self._ask),
            ("F11", self._toggle_confirmation),
        )
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def open(self, hit_id: str) -> None:
        """Take up a hit: its draft comes back, and the records check is asked if nobody has."""
        card = self.desk.model.cards.get(hit_id)
        if hit_id != self.hit_id or card is None or card.hit.verification.plate_seen is None:
            draft = self.desk.model.draft(hit_id)
            self.hit_id = hit_id
            self.see.load(draft.plate, draft.state)
        self.turn_to("questions")
        self.check.show_query()
        self._refusal = None
        super().open(hit_id)
        if card is not None and card.hit.verification.asked_at is None and not card.hit.closed:
            self.desk.send(c.AskStatus(hit_id, unless_asked=True))  # what is shown may be older than a query under way
        self._place_focus()

    @property
    def types(self) -> bool:
        """Who answers is typed on two pages; plate and state have big keys beside them."""
        page = _PAGES[self._right.currentIndex()]
        return page == "confirmation" or (page == "questions" and self.check.by_radio)

    def turn_to(self, page: str) -> None:
        """Show the questions, the big keys, or the hit confirmation at the right."""
        self._right.setCurrentIndex(_PAGES.index(page))
        if page == "confirmation":
            self.confirmation.open()

    def refresh(self) -> None:
        """Show the hit as it is on record."""
        if self.card is not None:
            self._show_seen(self.card)
            self._show_answers(self.card)
            self._show_gate(self.card)

    def hear(self, notice: object) -> None:
        """A refused stop says so at the gate, until the officer does something else; another refusal says why."""
        card = self.card
        if not isinstance(notice, CommandRefused) or notice.hit_id != self.hit_id or card is None:
            return
        if notice.command == "AnswerVehicle":
            self.vehicle.refused(card.hit)
        if notice.command == "RequestStop" and notice.reason not in _OFF_RECORD:
            unmet = notice.unmet or (Unmet(notice.reason, notice.words, notice.remedy, ""),)
            self._refusal = Refusal(clock(self.desk.context.now()), unmet, card.decision)
        else:
            self.see.say(f"{notice.words} {notice.remedy}", "hit")

    def acts(self) -> tuple[Act, ...]:
        """Before a stop: no stop, follow, another way, and STOP, which says what it lacks. After it: the outcome."""
        keys = () if self.types else (Act("keys", self.tr("Big keys"), "F2", lambda: self._toggle("keys"), "quiet"),)
        if self.card is not None and self.card.hit.ended:
            return self._acts_after(*keys)
        by_steps = self.card is None or not self.card.decision.excuses
        role, state = stop_key(self._missing(), self._refusal, bool(self.desk.model.shutting()), by_steps=by_steps)
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("alert", self.hit_id), "quiet"),
            Act("no-stop", self.tr("No stop ..."), "F4", lambda: self.desk.go("reasons", self.hit_id)),
            Act("follow", self.tr("Can't see: follow"), "F5", self._follow),
            Act("ways", self.tr("Other way ..."), "F3", lambda: self.desk.go("ways", self.hit_id)),
            *keys,
            Act("stop", self.tr("STOP"), "F12", self._stop, role, right=True, hint=state),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Until plate and state are confirmed what is typed is theirs, wherever the keyboard was left by a touch.

        After that, and on the vehicle's questions, 1, 2 and 3 answer the next open one; a held key answers one.
        """
        sign, answer = event.text(), _ANSWER_KEYS.get(event.text())
        asked = answer is not None and (self.plate.locked or self._on_questions())
        if self.plate.locked and event.key() == Qt.Key.Key_Backspace and not event.isAutoRepeat():
            self.plate.type("⌫")
        elif not asked and not self.plate.locked and sign.isascii() and sign.isalnum():
            self.see.type(sign.upper())
        elif answer is None or self.card is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.vehicle.answer_next(answer)

    def _acts_after(self, *keys: Act) -> tuple[Act, ...]:
        outcome = self.tr("OUTCOME ...")
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),
            *keys,
            Act("outcome", outcome, "F12", lambda: self.desk.go("outcome", self.hit_id), "main", right=True),
        )

    def _see_panel(self) -> QFrame:
        frame, column = panel()
        self._see_title = label("", "head")
        self.see = SeePanel(self.desk.theme, self.desk.context)
        self.plate, self.state, self.compare = self.see.plate, self.see.state, self.see.compare
        self.see.typed.connect(self._typed)
        self.see.taken_back.connect(lambda: self._do(c.TakeBackPlate(self.hit_id)))
        self.see.confirmed.connect(lambda plate, state: self._do(c.ConfirmPlate(self.hit_id, plate, state)))
        column.addWidget(self._see_title)
        column.addWidget(self.see, 1)
        return frame

    def _questions(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        frame, column = panel()
        self._vehicle_title = label("", "head")
        self.vehicle = VehiclePanel(self.desk.context.codes)
        self.vehicle.answered.connect(self._answer)
        column.addWidget(self._vehicle_title)
        column.addWidget(self.vehicle)
        column.addStretch(1)
        row.addWidget(frame, 12)
        frame, column = panel()
        self._active_title = label("", "head")
        column.addWidget(self._active_title)
        self.check = StatusCheck()
        self.check.ask_again.connect(self._ask)
        self.check.radio.connect(self._by_radio)
        self.check.radio_left.connect(self._place_focus)
        self.check.confirmation.connect(self._toggle_confirmation)
        column.addWidget(self.check, 1)
        row.addWidget(frame, 9)
        return page

    def _key_page(self) -> QWidget:
        frame, column = panel()
        keys = KeyPad()
        keys.pressed.connect(self.see.type)
        column.addWidget(keys)
        column.addStretch(1)
        return frame

    def _confirmation_page(self) -> QWidget:
        self.confirmation = ConfirmationPage(self.desk.context.policy)
        self.confirmation.request.connect(self._request_confirmation)
        self.confirmation.reply.connect(self._record_confirmation)
        self.confirmation.left.connect(self._toggle_confirmation)
        return self.confirmation

    def _typed(self) -> None:
        if self.hit_id:
            self.desk.model.redraft(self.hit_id, plate=self.plate.text, state=self.state.code)

    def _on_questions(self) -> bool:
        held = self.focusWidget()
        return held is not None and self.vehicle.isAncestorOf(held)

    def _place_focus(self) -> None:
        where = self if self.plate.locked else self.plate
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_seen(self, card: Card) -> None:
        """What was seen stands until the gate, or what is owed, asks for it anew."""
        seen, stop = card.hit.verification, card.hit.stop
        wanted = {*(u.name for u in card.decision.unmet), *card.decision.owed} if stop is None else set(stop.owed)
        done = seen.plate_seen is not None and seen.state_seen is not None and not wanted & _BY_EYE
        fell = stop is not None and bool(_BY_EYE & set(stop.fell))
        self._title(self._see_title, done, self.tr("1 · What do you see?"), fell)
        if self.see.show_seen(card.hit, done):
            if done:
                self.turn_to("questions")  # the big keys are done with
            self._place_focus()

    def _show_answers(self, card: Card) -> None:
        seen, now = card.hit.verification, self.desk.context.now()
        self._title(self._vehicle_title, self.vehicle.show_hit(card.hit), self.tr("2 · Is it the vehicle?"))
        active, denied = seen.status is not None and seen.status.answer is CheckAnswer.ACTIVE, denial_words(card)
        self._title(self._active_title, active, self.tr("3 · Is it still active?"), bool(denied))
        self.check.show_check(seen, denied)
        words, tone = standing_words(seen.confirmation, now)
        self.check.show_confirmation(self.tr("Hit confirmation: %1").replace("%1", words), tone)
        self.confirmation.show_hit(card.hit, now)

    def _show_gate(self, card: Card) -> None:
        faults = self.desk.model.shutting() if card.hit.stop is None else ()
        self.gate.show_gate(fault_view(faults) if faults else gate_view(card, self._missing(), self._refusal))
        named = purpose_key(card.hit, self.desk.context.policy, self._use())
        self.gate.show_purpose(*(("", "", "quiet") if faults else named))

    def _missing(self) -> tuple[Unmet, ...]:
        if self.card is None:
            return ()
        return still_missing(self.card.decision, self.desk.context.policy, self._use(), self._refusal)

    def _use(self) -> Use:
        """What the officer named; the hit's category only suggests (STP-1)."""
        return self.desk.model.draft(self.hit_id).use

    def _do(self, command: c.Command) -> None:
        """Send what the officer does; what was refused before need not stand any longer."""
        self._refusal = None
        self.see.say("")
        self.desk.send(command)

    def _title(self, where: QLabel, done: bool, words: str, wrong: bool = False) -> None:
        where.setText(f"{'✗' if wrong else '✓' if done else '■'} {words}")
        set_look(where, tone="hit" if wrong else "verified" if done else "")

    def _answer(self, feature: Feature, seen: Seen) -> None:
        self._do(c.AnswerVehicle(self.hit_id, feature, seen))

    def _ask(self) -> None:
        self._do(c.AskStatus(self.hit_id))

    def _by_radio(self, who: str, answer: str) -> None:
        self._do(c.AnswerByRadio(self.hit_id, who, CheckAnswer(answer)))

    def _request_confirmation(self, urgency: Urgency) -> None:
        self._do(c.RequestConfirmation(self.hit_id, urgency))

    def _record_confirmation(self, who: str, answer: ConfirmationAnswer, minutes: int) -> None:
        self._do(c.RecordConfirmation(self.hit_id, who, answer, minutes))

    def _name_purpose(self) -> None:
        """Take what is suggested where that needs no facts; else, and once one is named, choose among all."""
        if self.card is None or self.card.hit.ended:
            return
        suggested = ready_suggestion(self.card.hit, self.desk.context.policy)
        if suggested is None or self._use().purpose:
            self.desk.go("purpose", self.hit_id)
            return
        self._refusal = None
        self.desk.model.redraft(self.hit_id, use=suggested)
        self.desk.refresh()

    def _toggle(self, page: str) -> None:
        self.turn_to("questions" if _PAGES[self._right.currentIndex()] == page else page)
        self._place_focus()

    def _toggle_confirmation(self) -> None:
        self._toggle("confirmation")
        if _PAGES[self._right.currentIndex()] == "confirmation":
            self.confirmation.take_keyboard()

    def _follow(self) -> None:
        self._do(c.Follow(self.hit_id))
        self.desk.go("patrol", "")

    def _stop(self) -> None:
        """Always sent: a stop that is asked for too early is refused on record, by name of what is missing."""
        use = self._use()
        here = self.desk.model.last_fix.position(time.monotonic())
        self._do(c.RequestStop(self.hit_id, use.purpose, use.facts, use.citation, here))
