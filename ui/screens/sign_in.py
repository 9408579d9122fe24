"""Sign-in: the notice, then personal credentials; the way back into a locked screen, and out of a locked account."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from mdt_app.domain.commands import AskKey, ReleaseAccount, SignIn, UnlockScreen
from mdt_app.domain.notices import AccountLocked, CommandRefused, ScreenLocked, ScreenUnlocked, SignedOut
from ui.screens.screen import Desk, Screen
from ui.widgets.acts import Act
from ui.widgets.credentials import Credentials, Typed, factors_of
from ui.widgets.key import Key
from ui.widgets.text import label, panel

_OURS = ("SignIn", "UnlockScreen", "ReleaseAccount")
_HINT_MS = 1000


class SignInScreen(Screen):
    """Nobody gets further without having acknowledged the notice (ACC-6)."""

    types = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._locked_session = False
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._notice(), 1)
        row.addWidget(self._credentials(), 1)
        self._clock = QTimer(self, interval=_HINT_MS)
        self._clock.timeout.connect(self._show_hints)

    def open(self, hit_id: str) -> None:
        """Begin anew; nothing of the last person stays. A locked screen asks for its own person alone."""
        super().open(hit_id)
        session = self.desk.model.session
        self.credentials.begin(session.user_id if self._locked_session and session is not None else "")
        self.release.clear()
        self._release_frame.hide()
        self.acknowledged.setChecked(self._locked_session)
        title = self.tr("Locked. Sign in again") if self._locked_session else self.tr("Sign in")
        self._title.setText(title)
        first = self.password if self._locked_session else self.acknowledged
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_hints()
        self._clock.start()

    @property
    def unattended(self) -> bool:
        """Whether nobody is signed in or about to: nothing typed, no key awaited, no number read to Administrators."""
        begun = any(field.text() for field in (self.user, self.password, self.code, self.release))
        begun = begun or self.credentials.asking or self._release_frame.isVisible()
        return self.isVisible() and self.desk.model.session is None and not begun

    def hear(self, notice: object) -> None:
        """Say why a sign-in was refused, and how a locked account is opened."""
        self.credentials.hear(notice)
        handler = _HEARD.get(type(notice))
        if handler is not None:
            handler(self, notice)

    def acts(self) -> tuple[Act, ...]:
        """Sign in, by the code that was typed or by a security key."""
        words = self.tr("UNLOCK") if self._locked_session else self.tr("SIGN IN")
        main = Act("sign-in", words, "Return", self._sign_in, "main", right=True, hint="Enter")
        leave = Act("leave-key", self.tr("Without the key"), "Esc", self.credentials.leave_key, "quiet")
        key = Act("key", self.tr("Security key"), "F8", self._use_key)
        if self.credentials.asking:
            return (leave,)
        if self.credentials.by_key:
            return (leave, key, main)
        return (key, main) if self.credentials.has_keys else (main,)

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
        self.acknowledged.clicked.connect(self._go_on_typing)
        self._show_tick(False)
        column.addStretch(1)
        column.addWidget(self.acknowledged)
        return frame

    def _credentials(self) -> QFrame:
        frame, column = panel(spacing=8, margin=20)
        self._title = label("", "title")
        column.addWidget(self._title)
        desk = self.desk
        self.credentials = Credentials(
            factors_of(desk.context.policy.sign_in), desk.context.keys, self._ask_key, self._given, desk.refresh
        )
        self.user, self.password, self.code = (
            self.credentials.user,
            self.credentials.password,
            self.credentials.code,
        )
        column.addWidget(self.credentials)
        column.addWidget(self._release_panel())
        column.addStretch(1)
        self._hints = label("", tone="owed", wrap=True)
        column.addWidget(self._hints)
        return frame

    def _release_panel(self) -> QFrame:
        self._release_frame, column = panel("shut", spacing=6, margin=12)
        self._challenge: QLabel = label("", "lead", wrap=True)
        column.addWidget(self._challenge)
        row = QHBoxLayout()
        self.release = QLineEdit()
        self.release.setAccessibleName(self.tr("Release code, 10 digits"))
        self.release.setPlaceholderText(self.tr("Release code, 10 digits"))
        key = Key(self.tr("Release"), "F9")
        key.setShortcut("F9")
        key.clicked.connect(self._release)
        row.addWidget(self.release, 1)
        row.addWidget(key)
        column.addLayout(row)
        self._release_frame.hide()
        return self._release_frame

    def _show_tick(self, ticked: bool) -> None:
        self.acknowledged.setText(
            self.tr("✓  I have read this") if ticked else self.tr("□  I have read this   (Space)")
        )

    def _go_on_typing(self, ticked: bool) -> None:
        """Ticked: what is typed next is the first field that is empty, and never a password where all can read it."""
        if ticked:
            fields = (self.user, self.password, self.code)
            first = next((field for field in fields if field.isVisible() and not field.text()), self.password)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_hints(self) -> None:
        if not self.isVisible() and self._clock.isActive():
            self._clock.stop()
        accounts = self.desk.context.hints()
        head = [self.tr("Demonstration accounts, with the code of this moment:")] if accounts else []
        self._hints.setText("\n".join((*head, *accounts)))

    def _refused(self, notice: CommandRefused) -> None:
        if notice.command not in _OURS:
            return
        self.credentials.refused(notice)
        if notice.command == "ReleaseAccount":
            self.release.setFocus()

    def _account_locked(self, notice: AccountLocked) -> None:
        number = f"{notice.challenge[:4]} {notice.challenge[4:]}"
        locked = self.tr("This account is locked.")
        words = self.tr("Read this number to the Administrator, who gives you a release code: %1")
        self._challenge.setText(f"{locked} {words.replace('%1', number)}")
        self.release.clear()
        self._release_frame.show()

    def _screen_locked(self, _: ScreenLocked) -> None:
        self._locked_session = True

    def _not_locked(self, _: SignedOut | ScreenUnlocked) -> None:
        self._locked_session = False

    def _acknowledged(self) -> bool:
        if not self.acknowledged.isChecked():
            self.credentials.say(self.tr("Read the notice at the left and tick it first."), "owed")
            self.acknowledged.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.acknowledged.isChecked()

    def _sign_in(self) -> None:
        if self._release_frame.isVisible() and self.release.text().strip():
            self._release()
        elif self._acknowledged():
            self.credentials.submit()

    def _use_key(self) -> None:
        if self._acknowledged():
            self.credentials.use_key()

    def _ask_key(self, user_id: str) -> None:
        self.desk.send(AskKey(user_id))

    def _given(self, typed: Typed) -> None:
        if self._locked_session:
            self.desk.send(UnlockScreen(typed.password, typed.code, typed.key))
        else:
            self.desk.send(SignIn(typed.user, typed.password, notice_acknowledged=True, code=typed.code, key=typed.key))

    def _release(self) -> None:
        self.desk.send(ReleaseAccount(self.user.text().strip(), self.release.text().replace(" ", "")))
        self._release_frame.hide()
        self.credentials.say(self.tr("Checked. Sign in again; a wrong code shows a new number."), "owed")


_HEARD: Mapping[type, Callable[..., None]] = {
    CommandRefused: SignInScreen._refused,
    AccountLocked: SignInScreen._account_locked,
    ScreenLocked: SignInScreen._screen_locked,
    ScreenUnlocked: SignInScreen._not_locked,
    SignedOut: SignInScreen._not_locked,
}
