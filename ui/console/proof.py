"""The console's proof of identity: it signs in here, and a privileged act asks once more and then goes on (IA-11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.errors import MdtError, Refused
from mdt_app.sync.key_wire import DeskProof, KeyAnswerMessage, KeyQuestionMessage, ProofHeld
from ui.console.screen import Console, DeskScreen
from ui.widgets.acts import Act
from ui.widgets.credentials import Credentials, Typed
from ui.widgets.text import label, panel


class ProofScreen(DeskScreen):
    """Asks for password and second factor. `back` leads to where the person was; without a session there is no way
    back but the proof, which `proved` is told of."""

    def __init__(self, console: Console, back: Callable[[], None], proved: Callable[[], None]) -> None:
        super().__init__(console)
        self._back, self._told_of = back, proved
        self._must = False
        self._again: Callable[[], None] | None = None
        info = console.model.info
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        frame, inside = panel("owed", spacing=8, margin=20)
        frame.setMaximumWidth(640)
        self._title = label("", "title")
        inside.addWidget(self._title)
        self._why = label("", "lead", wrap=True)
        inside.addWidget(self._why)
        self.credentials = Credentials(
            info.factors if info else (), console.keys, self._ask_key, self._given, console.acts_changed
        )
        inside.addWidget(self.credentials)
        column.addWidget(frame)
        column.addStretch(1)

    def ask(self, why: str, again: Callable[[], None] | None, *, must: bool = False) -> None:
        """Ask who sits here; `again` makes the call that was refused. `must`: nothing else is shown before."""
        self._again, self._must = again or (self._again if must else None), must
        self._title.setText(self.tr("Sign in") if must else self.tr("Prove that it is you"))
        self._why.setText(why)
        self.credentials.begin(self.console.model.holder)

    def open(self) -> None:
        """The cursor waits in the password."""
        self.credentials.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Act, ...]:
        """Prove it by code or key, or leave the act undone."""
        leave = Act("leave-key", self.tr("Without the key"), "Esc", self.credentials.leave_key)
        if self.credentials.asking:
            return (leave,)
        back = (leave,) if self.credentials.by_key else () if self._must else (self._way_back(),)
        key = (Act("key", self.tr("Security key"), "F8", self.credentials.use_key),)
        main = Act("prove", self.tr("It is me"), "Return", self.credentials.submit, "main", right=True, hint="Enter")
        return (*back, *(key if self.credentials.has_keys else ()), main)

    def _way_back(self) -> Act:
        return Act("back", self.tr("Back"), "Esc", self._leave)

    def _ask_key(self, _user_id: str) -> None:
        self.console.link.call("", lambda desk: desk.question(), self._put, self._refused)

    def _put(self, question: KeyQuestionMessage) -> None:
        self.credentials.put_to_key(question.to_question())

    def _given(self, typed: Typed) -> None:
        key = KeyAnswerMessage.of(typed.key) if typed.key else None
        proof = DeskProof(password=typed.password, code=typed.code, key=key)
        self.console.link.call("", lambda desk: desk.prove(proof), self._proved, self._refused)

    def _proved(self, _: ProofHeld) -> None:
        again, self._must = self._again, False
        self._told_of()
        self._leave()
        if again is not None:
            again()

    def _refused(self, fault: MdtError) -> None:
        refused = fault if isinstance(fault, Refused) else Refused("no_answer", fault.words, fault.remedy)
        self.credentials.refused(refused)

    def _leave(self) -> None:
        self._again = None
        self.credentials.begin()
        self._back()
