"""Sign-in: the notice, then personal credentials."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from mdt_app.domain.commands import SignIn
from mdt_app.domain.notices import CommandRefused
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.text import label, panel, set_look


class SignInScreen(Screen):
    """Nobody gets further without having acknowledged the notice (ACC-6)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._notice(), 1)
        row.addWidget(self._credentials(), 1)

    def open(self, hit_id: str) -> None:
        """Begin anew; nothing of the last person stays."""
        super().open(hit_id)
        for field in (self.user, self.password):
            field.clear()
        self.acknowledged.setChecked(False)
        self._answer.clear()
        self.acknowledged.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, notice: object) -> None:
        """Say why a sign-in was refused."""
        if isinstance(notice, CommandRefused) and notice.command == "SignIn":
            self._answer.setText(f"{notice.words} {notice.remedy}")
            set_look(self._answer, tone="hit")
            self.password.clear()
            self.password.setFocus()

    def acts(self) -> tuple[Act, ...]:
        """One thing can be done."""
        return (Act("sign-in", self.tr("SIGN IN"), "Return", self._sign_in, "main", right=True, hint="Enter"),)

    def _notice(self) -> QFrame:
        frame, column = panel("owed", spacing=14, margin=20)
        column.addWidget(label(self.tr("Official use only"), "title"))
        for line in (
            self.tr("This is a restricted police system. Use it for official business alone."),
            self.tr("Everything you do here is recorded, monitored and audited, under your name."),
            self.tr("Misuse can lead to discipline up to dismissal, and to civil and criminal penalties."),
            self.tr("By going on you consent to this."),
        ):
            column.addWidget(label(line, "lead", wrap=True))
        self.acknowledged = QPushButton()
        self.acknowledged.setProperty("role", "tick")
        self.acknowledged.setCheckable(True)
        self.acknowledged.setAccessibleName(self.tr("I have read the notice"))
        self.acknowledged.toggled.connect(self._show_tick)
        self._show_tick(False)
        column.addStretch(1)
        column.addWidget(self.acknowledged)
        return frame

    def _credentials(self) -> QFrame:
        frame, column = panel(spacing=10, margin=20)
        column.addWidget(label(self.tr("Sign in"), "title"))
        column.addWidget(label(self.tr("User"), "label"))
        self.user = QLineEdit()
        self.user.setAccessibleName(self.tr("User"))
        column.addWidget(self.user)
        column.addWidget(label(self.tr("Password"), "label"))
        self.password = QLineEdit()
        self.password.setAccessibleName(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(self.password)
        self._answer = label("", "lead", wrap=True)
        column.addWidget(self._answer)
        column.addStretch(1)
        self._hints(column)
        return frame

    def _show_tick(self, ticked: bool) -> None:
        self.acknowledged.setText(
            self.tr("✓  I have read this") if ticked else self.tr("□  I have read this   (Space)")
        )

    def _hints(self, column: QVBoxLayout) -> None:
        for hint in self.desk.context.hints:
            column.addWidget(label(hint, tone="owed", wrap=True))

    def _sign_in(self) -> None:
        if not self.acknowledged.isChecked():
            self._answer.setText(self.tr("Read the notice at the left and tick it first."))
            set_look(self._answer, tone="owed")
            self.acknowledged.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._answer.setText(self.tr("Checking ..."))
        set_look(self._answer, tone="dim")
        self.desk.send(SignIn(self.user.text().strip(), self.password.text(), notice_acknowledged=True))
