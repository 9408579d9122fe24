"""What proves a person: user, password, and a code or a security key; shared by sign-in and the privileged acts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from mdt_app.domain.errors import Refused
from mdt_app.domain.notices import CommandRefused, KeyAsked
from mdt_app.domain.policy import Factor, SignInRules
from mdt_app.domain.security_keys import KeyAnswer, KeyNews, KeyQuestion, KeyReader, KeyTrouble, KeyWaits
from ui.key_touch import TROUBLES, WAITS, KeyTouch
from ui.widgets.text import label, set_look
from ui.words import translated

_WITH_PIN = (KeyTrouble.PIN_NEEDED, KeyTrouble.PIN_WRONG)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the person gave."""

    user: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    key: KeyAnswer | None = None


def factors_of(rules: SignInRules) -> tuple[Factor, ...]:
    """The second factors that a policy asks for."""
    return rules.factors.value if rules.second_factor.value else ()


class Credentials(QWidget):
    """The fields, and the key that is asked by F8.

    `ask_key` has a question made for a person's key, `given` takes what is complete, `turned` hears when the acts
    change.
    """

    def __init__(
        self,
        factors: Collection[Factor],
        reader: KeyReader | None,
        ask_key: Callable[[str], None],
        given: Callable[[Typed], None],
        turned: Callable[[], None],
    ) -> None:
        super().__init__()
        self._ask_key, self._given, self._turned = ask_key, given, turned
        self._by_code = Factor.TOTP in factors
        self._touch = KeyTouch(reader) if reader and Factor.SECURITY_KEY in factors else None
        self._labels: dict[QLineEdit, QLabel] = {}
        self._awaited = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.user = self._field(column, self.tr("User"))
        self.password = self._field(column, self.tr("Password"), hidden=True)
        self.code = self._field(column, self.tr("Code from your authenticator, 6 digits"))
        self.pin = self._field(column, self.tr("PIN of the security key"), hidden=True)
        for each in (self.code, self.pin):
            each.setInputMethodHints(each.inputMethodHints() | Qt.InputMethodHint.ImhPreferNumbers)
        self._answer = label("", "lead", wrap=True)
        column.addWidget(self._answer)
        if self._touch is not None:
            self._touch.news.connect(self._hear_key)
        self._show_second(False)

    @property
    def has_keys(self) -> bool:
        """Whether a security key can be used here."""
        return self._touch is not None

    @property
    def by_key(self) -> bool:
        """A security key is in hand: asked, or its PIN wanted."""
        return self.asking or not self.pin.isHidden()

    @property
    def asking(self) -> bool:
        """A security key is being asked."""
        return bool(self._awaited) or (self._touch is not None and self._touch.busy)

    def begin(self, user: str = "") -> None:
        """Begin anew; nothing of the last person stays. With `user` it is this person's alone."""
        self.leave_key()
        for each in (self.user, self.password, self.code, self.pin):
            each.clear()
        self.user.setText(user)
        self.user.setReadOnly(bool(user))
        self._answer.clear()
        self._show_second(False)

    def submit(self) -> None:
        """Hand on what was typed, or say what is empty."""
        if self.asking:
            return
        if not self.pin.isHidden():
            self.use_key()
            return
        needed = [self.user, self.password, *([self.code] if self._by_code else ())]
        if self._complete(needed):
            if not self._by_code and self._touch is not None:
                self.use_key()
                return
            self.say(self.tr("Checking ..."), "dim")
            self._given(Typed(self.user.text().strip(), self.password.text(), self.code.text().replace(" ", "")))

    def use_key(self) -> None:
        """Have the core ask for the person's security key. The password is typed before, since a touch ends it all."""
        needed = [self.user, self.password, *([self.pin] if not self.pin.isHidden() else ())]
        if self._touch is None or self.asking or not self._complete(needed):
            return
        self._awaited = self.user.text().strip()
        self.say(translated(WAITS[KeyWaits.INSERT], "keys"), "owed")
        self._ask_key(self._awaited)
        self._turned()

    def leave_key(self) -> None:
        """Ask the security key no more."""
        was, self._awaited = self.by_key, ""
        if self._touch is not None:
            self._touch.leave()
        if was:
            self.pin.clear()
            self._show_second(False)
            self.say(translated(TROUBLES[KeyTrouble.CANCELLED], "keys"), "dim")
            self._turned()

    def hear(self, notice: object) -> None:
        """The core's question goes to the key; a refusal of the question is said."""
        if isinstance(notice, KeyAsked) and notice.user_id == self._awaited:
            self.put_to_key(notice.question)
        elif isinstance(notice, CommandRefused) and notice.command == "AskKey" and self._awaited:
            self.refused(notice)

    def put_to_key(self, question: KeyQuestion) -> None:
        """Put the question to the keys, if it is still awaited."""
        if self._touch is not None and self._awaited:
            self._awaited = ""
            self._touch.ask(question, self.pin.text())

    def refused(self, notice: CommandRefused | Refused) -> None:
        """Say why, and clear what was wrong; the cursor waits where the next try begins."""
        self._awaited = ""
        self.say(f"{notice.words} {notice.remedy}".rstrip(), "hit")
        used = notice.reason == "code_used"  # all but the code was right
        for each in (self.code,) if used else (self.password, self.code, self.pin):
            each.clear()
        self._show_second(False)
        (self.code if used else self.password).setFocus()
        self._turned()

    def say(self, words: str, tone: str) -> None:
        """Say it beneath the fields."""
        self._answer.setText(words)
        set_look(self._answer, tone=tone)

    def _hear_key(self, news: KeyNews) -> None:
        match news:
            case KeyWaits():
                self.say(translated(WAITS[news], "keys"), "owed")
            case KeyTrouble():
                self.say(translated(TROUBLES[news], "keys"), "owed" if news is KeyTrouble.PIN_NEEDED else "hit")
                self.pin.clear()
                self._show_second(news in _WITH_PIN)
                self._turned()
            case KeyAnswer():
                self.say(self.tr("Checking ..."), "dim")
                self._turned()
                self._given(Typed(self.user.text().strip(), self.password.text(), key=news))

    def _show_second(self, by_pin: bool) -> None:
        """The code's field, or the PIN's in its place."""
        for each, shown in ((self.code, self._by_code and not by_pin), (self.pin, by_pin)):
            each.setVisible(shown)
            self._labels[each].setVisible(shown)
        if by_pin:
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complete(self, needed: list[QLineEdit]) -> bool:
        empty = next((each for each in needed if not each.text().strip()), None)
        if empty is None:
            return True
        words = self.tr("Still empty: %1").replace("%1", empty.accessibleName())
        if empty is self.code and self.has_keys:
            words += ". " + self.tr("Or press F8 for your security key.")
        self.say(words, "owed")
        empty.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _field(self, column: QVBoxLayout, words: str, *, hidden: bool = False) -> QLineEdit:
        made = QLineEdit()
        self._labels[made] = label(words, "label")
        column.addWidget(self._labels[made])
        made.setAccessibleName(words)
        if hidden:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(made)
        return made
