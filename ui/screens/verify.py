"""Verification: what the officer sees, whether it is the vehicle, whether it is still active; and the stop."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mdt_app.domain.alerts import Feature, Seen, asked_features
from mdt_app.domain.commands import AnswerByRadio, AnswerVehicle, AskStatus, ConfirmPlate, Follow, RequestStop
from mdt_app.domain.gate import Unmet
from mdt_app.domain.notices import CommandRefused, SignedOut
from mdt_app.domain.plates import grouped
from mdt_app.domain.records_check import CheckAnswer
from ui.model import Card
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.compare import Compare
from ui.widgets.gate_panel import GatePanel
from ui.widgets.key import Key
from ui.widgets.plate_entry import KeyPad, PlateEntry
from ui.widgets.state_entry import StateEntry
from ui.widgets.status_check import StatusCheck
from ui.widgets.text import label, panel, set_look
from ui.widgets.vehicle_panel import VehiclePanel

_ANSWER_KEYS = dict(zip("123", Seen, strict=True))


@dataclass(slots=True)
class Draft:
    """What was typed for a hit and not sent yet; it stays while the officer looks elsewhere."""

    plate: str = ""
    state: str = ""
    purpose: str = ""


class VerifyScreen(Screen):
    """Three questions side by side, the gate beneath, the stop at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._drafts: dict[str, Draft] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._see_panel(), 13)
        self._right = QStackedWidget()
        self._right.addWidget(self._vehicle_and_status())
        self._right.addWidget(self._key_page())
        row.addWidget(self._right, 21)
        column.addLayout(row, 1)
        self.gate = GatePanel()
        self.gate.purpose.clicked.connect(self._choose_purpose)
        column.addWidget(self.gate)

    def open(self, hit_id: str) -> None:
        """Take up a hit: its draft comes back, and the records check is asked if nobody has."""
        card = self.desk.model.cards.get(hit_id)
        if hit_id != self.hit_id or card is None or card.hit.verification.plate_seen is None:
            self._load_draft(hit_id)
        super().open(hit_id)
        self._right.setCurrentIndex(0)
        self.check.show_query()
        self.gate.forget_refusal()
        if card is not None and card.hit.verification.asked_at is None and not card.hit.ended:
            self.desk.send(AskStatus(hit_id))
        self._place_focus()

    def choose_purpose(self, hit_id: str, purpose: str) -> None:
        """Take the purpose that the stop would have."""
        self._draft(hit_id).purpose = purpose

    def refresh(self) -> None:
        """Show the hit as it is on record."""
        card = self.card
        if card is None:
            return
        self._show_seen(card)
        self._show_answers(card)
        self._show_gate(card.decision.unmet)

    def hear(self, notice: object) -> None:
        """A refused stop says so at the gate; another refusal says why; a sign-out takes all drafts with it."""
        if isinstance(notice, SignedOut):
            self._drafts.clear()
        if not isinstance(notice, CommandRefused) or notice.hit_id != self.hit_id:
            return
        if notice.command == "RequestStop":
            self.gate.show_refusal(self.desk.context.now())
        else:
            self._say(f"{notice.words} {notice.remedy}", "hit")

    def acts(self) -> tuple[Act, ...]:
        """Back, no stop, follow; and the stop, which says what it lacks."""
        missing = self._unmet(self.card.decision.unmet) if self.card else ()
        words = self.tr("shut: %1 missing").replace("%1", str(len(missing)))
        if self.gate.refused_at:
            words = self.tr("refused %1, on record").replace("%1", self.gate.refused_at)
        role, state = ("shut", f"F12 · {words}") if missing else ("go", "F12")
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("alert", self.hit_id), "quiet"),
            Act("no-stop", self.tr("No stop ..."), "F4", lambda: self.desk.go("reasons", self.hit_id)),
            Act("follow", self.tr("Follow"), "F5", self._follow),
            Act("keys", self.tr("Big keys"), "F2", self._toggle_keys, "quiet"),
            Act("stop", self.tr("STOP"), "F12", self._stop, role, right=True, hint=state),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Once plate and state are confirmed, 1, 2 and 3 answer the next open question about the vehicle."""
        answer = _ANSWER_KEYS.get(event.text())
        card = self.card
        if answer is None or card is None:
            super().keyPressEvent(event)
            return
        still_open = [f for f in asked_features(card.hit) if f not in card.hit.verification.features]
        if still_open:
            self._answer(still_open[0], answer)

    def _see_panel(self) -> QFrame:
        frame, column = panel()
        self._see_title = label("", "head")
        column.addWidget(self._see_title)
        self.plate = PlateEntry(self.desk.theme)
        self.plate.changed.connect(self._typed)
        self.plate.entered.connect(self._plate_entered)
        column.addWidget(self.plate)
        context = self.desk.context
        self.state = StateEntry(context.codes.states, context.near_states)
        self.state.changed.connect(self._typed)
        self.state.entered.connect(self._confirm)
        self.confirm = Key("", "Enter", "main")
        self.confirm.clicked.connect(self._confirm)
        self.compare = Compare(self.desk.theme)
        self._note = label("", "label", wrap=True)
        for part in (self.state, self.confirm, self.compare, self._note):
            column.addWidget(part)
        column.addStretch(1)
        return frame

    def _vehicle_and_status(self) -> QWidget:
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
        column.addWidget(self.check, 1)
        row.addWidget(frame, 9)
        for key, do in (("F7", self.check.toggle_radio), ("F8", self._ask), ("F6", self._choose_purpose)):
            QShortcut(QKeySequence(key), self).activated.connect(do)
        return page

    def _key_page(self) -> QWidget:
        frame, column = panel()
        keys = KeyPad()
        keys.pressed.connect(self.plate.type)
        column.addWidget(keys)
        column.addStretch(1)
        return frame

    def _draft(self, hit_id: str) -> Draft:
        return self._drafts.setdefault(hit_id, Draft())

    def _load_draft(self, hit_id: str) -> None:
        """What was typed for this hit comes back; what was typed for another does not stay."""
        draft = self._draft(hit_id)
        plate, state = draft.plate, draft.state
        self.hit_id = hit_id
        self.plate.clear()
        self.state.clear()
        self.plate.text = plate
        if state:
            self.state.put(state)
        self._typed()
        self._say("")

    def _typed(self) -> None:
        if not self.hit_id or self.plate.locked:
            return
        draft = self._draft(self.hit_id)
        draft.plate, draft.state = self.plate.text, self.state.code
        words = self.tr("Confirm plate and state")
        if draft.plate and draft.state:
            name = self.desk.context.codes.state_name(draft.state)
            words = self.tr("Confirm %1, %2").replace("%1", grouped(draft.plate)).replace("%2", name)
        self.confirm.say(words, "Enter")

    def _place_focus(self) -> None:
        if self.plate.locked:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.plate.setFocus(Qt.FocusReason.OtherFocusReason)

    def _plate_entered(self) -> None:
        if self.state.code:
            self._confirm()
        else:
            self.state.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if not self.plate.text:
            self._ask_for(self.tr("Type the characters that you see."), self.plate)
        elif not self.state.code:
            self._ask_for(self.tr("Choose the issuing state that you see."), self.state.field)
        elif not self.plate.locked:
            self.desk.send(ConfirmPlate(self.hit_id, self.plate.text, self.state.code))

    def _ask_for(self, words: str, where: QWidget) -> None:
        self._say(words, "owed")
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, tone: str = "") -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
        set_look(self._note, tone=tone)

    def _show_seen(self, card: Card) -> None:
        seen = card.hit.verification
        confirmed = seen.plate_seen is not None and seen.state_seen is not None
        self._title(self._see_title, confirmed, self.tr("1 · What do you see?"))
        self.state.setVisible(not confirmed)
        self.confirm.setVisible(not confirmed)
        self.compare.setVisible(confirmed)
        if not confirmed:
            return
        self.compare.show_hit(card.hit, self.desk.context.codes)
        if not self.plate.locked:
            self.plate.lock(seen.plate_seen or "")
            self._say("")
            self._place_focus()

    def _show_answers(self, card: Card) -> None:
        self._title(self._vehicle_title, self.vehicle.show_hit(card.hit), self.tr("2 · Is it the vehicle?"))
        status = card.hit.verification.status
        active = status is not None and status.answer is CheckAnswer.ACTIVE
        self._title(self._active_title, active, self.tr("3 · Is it still active?"))
        self.check.show_check(card.hit.verification)

    def _show_gate(self, unmet: tuple[Unmet, ...]) -> None:
        self.gate.show_gate(self._unmet(unmet))
        purpose = self.desk.context.policy.purposes.get(self._purpose())
        self.gate.show_purpose(purpose.words if purpose else self.tr("none chosen"), "F6")

    def _unmet(self, unmet: tuple[Unmet, ...]) -> tuple[Unmet, ...]:
        """What is missing before the stop itself; the purpose goes out with it, so it counts once it is chosen."""
        named = self._purpose() in self.desk.context.policy.purposes
        return tuple(u for u in unmet if not (named and u.name == "purpose_named"))

    def _purpose(self) -> str:
        draft = self._draft(self.hit_id)
        return draft.purpose or (self.card.hit.row.purpose if self.card else "")

    def _title(self, where: QWidget, done: bool, words: str) -> None:
        text = f"{'✓' if done else '■'} {words}"
        where.setProperty("text", text)
        set_look(where, tone="verified" if done else "")

    def _answer(self, feature: Feature, seen: Seen) -> None:
        self.desk.send(AnswerVehicle(self.hit_id, feature, seen))

    def _ask(self) -> None:
        self.desk.send(AskStatus(self.hit_id))

    def _by_radio(self, who: str, answer: str) -> None:
        self.desk.send(AnswerByRadio(self.hit_id, who, CheckAnswer(answer)))

    def _choose_purpose(self) -> None:
        self.desk.go("purpose", self.hit_id)

    def _toggle_keys(self) -> None:
        self._right.setCurrentIndex(1 - self._right.currentIndex())
        self._place_focus()

    def _follow(self) -> None:
        self.desk.send(Follow(self.hit_id))
        self.desk.go("patrol", "")

    def _stop(self) -> None:
        """Always sent: a stop that is asked for too early is refused on record, by name of what is missing."""
        self.desk.send(RequestStop(self.hit_id, self._purpose()))
