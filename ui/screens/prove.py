"""A privileged act asks once more who is there; after the proof it goes on where it was (CJIS IA-11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from mdt_app.domain.commands import AskKey, Command, ProveIdentity
from mdt_app.domain.notices import CommandRefused, ProvedAgain, ScreenLocked, SignedOut
from mdt_app.domain.privileged import PRIVILEGED, PROVE_AGAIN
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.credentials import Credentials, Typed, factors_of
from ui.widgets.text import label, panel


class ProveScreen(Screen):
    """Holds the act that was refused. `back` leads to where the person was, with all that was typed there."""

    types = True

    def __init__(self, desk: Desk, back: Callable[[], None]) -> None:
        super().__init__(desk)
        self._back = back
        self._command: Command | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        frame, inside = panel("owed", spacing=8, margin=20)
        inside.addWidget(label(self.tr("Prove that it is you"), "title"))
        self._why = label("", "lead", wrap=True)
        inside.addWidget(self._why)
        self.credentials = Credentials(
            factors_of(desk.context.policy.sign_in), desk.context.keys, self._ask_key, self._given, desk.refresh
        )
        inside.addWidget(self.credentials)
        column.addWidget(frame)
        column.addStretch(1)

    def sent(self, command: Command) -> None:
        """Remember a privileged act that leaves, for the case that it is refused for want of a proof."""
        if type(command) in PRIVILEGED:
            self._command = command

    def wanted(self, notice: object) -> bool:
        """Whether this notice says that the remembered act wants a proof; its words then stand on the screen."""
        held = self._command
        if not isinstance(notice, CommandRefused) or notice.reason != PROVE_AGAIN or held is None:
            return False
        if notice.command != type(held).__name__:
            return False
        self._why.setText(f"{notice.words} {notice.remedy}")
        return True

    def open(self, hit_id: str) -> None:
        """Ask the person who is signed in."""
        super().open(hit_id)
        session = self.desk.model.session
        self.credentials.begin(session.user_id if session else "")
        self.credentials.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, notice: object) -> None:
        """Proved: back, and the act again. Refused: say why."""
        self.credentials.hear(notice)
        if isinstance(notice, ProvedAgain) and self._command is not None:
            command = self._command
            self._leave()
            self.desk.send(command)
        elif isinstance(notice, CommandRefused) and notice.command == "ProveIdentity":
            self.credentials.refused(notice)
        elif isinstance(notice, SignedOut | ScreenLocked):
            self._forget()

    def acts(self) -> tuple[Act, ...]:
        """Prove it by code or key, or leave the act undone."""
        leave = Act("leave-key", self.tr("Without the key"), "Esc", self.credentials.leave_key, "quiet")
        if self.credentials.asking:
            return (leave,)
        back = leave if self.credentials.by_key else Act("back", self.tr("Back"), "Esc", self._leave, "quiet")
        key = (Act("key", self.tr("Security key"), "F8", self.credentials.use_key),)
        main = Act("prove", self.tr("IT IS ME"), "Return", self.credentials.submit, "main", right=True, hint="Enter")
        return (back, *(key if self.credentials.has_keys else ()), main)

    def _ask_key(self, user_id: str) -> None:
        self.desk.send(AskKey(user_id))

    def _given(self, typed: Typed) -> None:
        self.desk.send(ProveIdentity(typed.password, typed.code, typed.key))

    def _leave(self) -> None:
        self._forget()
        self._back()

    def _forget(self) -> None:
        self.credentials.begin()
        self._command = None
