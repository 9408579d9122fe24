"""Accounts at the console: who has which, their security keys, release and suspension (ACC-1, ACC-4)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mdt_app.domain.accounts import Role
from mdt_app.domain.security_keys import KeyNews, KeyTrouble, KeyWaits, NewKey
from mdt_app.sync.account_wire import AccountLine
from mdt_app.sync.key_wire import KeyRegistration, KeyWishMessage, KeyWithdrawal, SecurityKeyMessage
from ui.console import words as w
from ui.console.parts import ListScreen, divided
from ui.console.screen import Console
from ui.console.table import Column, DeskTable, Row
from ui.key_touch import TROUBLES, WAITS, KeyTouch
from ui.widgets.acts import Act
from ui.words import translated


class AccountsScreen(ListScreen):
    """Every account above, the chosen one's keys below. Nobody acts on their own."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        columns = (
            Column(self.tr("User"), 160),
            Column(self.tr("Name")),
            Column(self.tr("Role"), 150),
            Column(self.tr("Stands"), 130),
            Column(self.tr("Training"), 150),
            Column(self.tr("Keys"), 60, number=True),
        )
        self.table = DeskTable(console.theme, self.tr("Accounts"), columns)
        self.table.chosen.connect(lambda _: self._show())
        held = (Column(self.tr("Security key")), Column(self.tr("Proves by"), 220), Column(self.tr("Credential"), 220))
        self.keys = DeskTable(console.theme, self.tr("Its security keys"), held, filtered=False)
        self.keys.chosen.connect(lambda _: console.acts_changed())
        self._touch = KeyTouch(console.keys) if console.keys else None
        if self._touch is not None:
            self._touch.news.connect(self._heard)
        self._wish: tuple[str, str, KeyWishMessage | None] = ("", "", None)
        self.lay_out(divided((self.table, 3), (self.keys, 1)))

    @property
    def account(self) -> AccountLine | None:
        """The account in hand."""
        return next((a for a in self.console.model.accounts if a.user_id == self.table.key), None)

    def refresh(self) -> None:
        """Show the accounts as they are now."""
        self.table.put([self._row(account) for account in self.console.model.accounts])
        self._show()

    def acts(self) -> tuple[Act, ...]:
        """Register and withdraw keys, release, suspend, certify; none on one's own account."""
        account = self.account
        if self._touch is not None and self._touch.busy:
            return (Act("leave-key", self.tr("Without the key"), "Esc", self._touch.cancel),)
        if account is None or not self.reason.isHidden() or not self.console.model.is_one_of(Role.ADMINISTRATOR):
            return ()
        if account.user_id == self.console.model.holder:
            hint = self.tr("Your own account: another Administrator does it")
            return (Act("own", self.tr("Acts: shut"), "Ctrl+K", self._own, "shut", right=True, hint=hint),)
        state = self.tr("Suspend") if account.active else self.tr("Restore")
        withdraw = (Act("withdraw", self.tr("Withdraw key"), "Ctrl+D", self._withdraw, "hit"),)
        register = (Act("register", self.tr("Register a key"), "Ctrl+K", self._register, "main", right=True),)
        certificate = (Act("certificate", self.tr("Certificate"), "Ctrl+R", self._certify),)
        return (
            Act("state", state, "Ctrl+U", self._turn, "hit" if account.active else ""),
            Act("release", self.tr("Release lock"), "Ctrl+L", self._release),
            *(certificate if set(self.console.model.topics) <= set(account.training) else ()),
            *(withdraw if self._key is not None else ()),
            *(register if self._touch is not None else ()),
        )

    @property
    def _key(self) -> SecurityKeyMessage | None:
        keys = self.account.security_keys if self.account else ()
        return next((key for key in keys if key.credential_id == self.keys.key), None)

    def _row(self, account: AccountLine) -> Row:
        stands = self.tr("✓ in force") if account.active else self.tr("✗ suspended")
        missing = len(set(self.console.model.topics) - set(account.training))
        training = self.tr("■ %1 missing").replace("%1", str(missing)) if missing else self.tr("✓ complete")
        role = translated(w.ROLES.get(account.role, account.role))
        cells = (account.user_id, account.name, role, stands, training, str(len(account.security_keys)))
        tones = ((3, "verified" if account.active else "hit"), (4, "owed" if missing else "verified"))
        return Row(account.user_id, cells, tones)

    def _show(self) -> None:
        keys = self.account.security_keys if self.account else ()
        self.keys.put([Row(key.credential_id, self._key_cells(key)) for key in keys])
        self.console.acts_changed()

    def _key_cells(self, key: SecurityKeyMessage) -> tuple[str, ...]:
        proves = self.tr("touch, and its PIN or a finger") if key.verifies else self.tr("touch")
        return key.name, proves, f"{key.credential_id[:16]} …"

    def _own(self) -> None:
        self.console.tell(self.tr("✗ Nobody acts on their own account."), "hit")

    def _register(self) -> None:
        account = self.account
        if account is not None:
            question = self.tr("What is the new key of %1 called?").replace("%1", account.user_id)
            self.reason.ask(question, lambda name: self._ask_wish(account.user_id, name), name=True)

    def _ask_wish(self, user_id: str, name: str, pin: str = "") -> None:
        def put(wish: KeyWishMessage) -> None:
            if self._touch is not None:
                self._wish = (user_id, name, wish)
                self._touch.ask(wish.to_wish(), pin)
                self.console.acts_changed()

        self.console.link.call(self.tr("Headquarters is asked …"), lambda desk: desk.ask_new_key(user_id), put)

    def _heard(self, news: KeyNews) -> None:
        user_id, name, _ = self._wish
        match news:
            case KeyWaits():
                self.console.tell(translated(WAITS[news], "keys"), "owed")
            case KeyTrouble.PIN_NEEDED | KeyTrouble.PIN_WRONG:
                self.console.tell(translated(TROUBLES[news], "keys"), "owed")
                self.reason.ask(
                    self.tr("PIN of the security key"), lambda pin: self._ask_wish(user_id, name, pin), secret=True
                )
            case KeyTrouble():
                self.console.tell(translated(TROUBLES[news], "keys"), "hit")
            case NewKey():
                data, attestation = news.client_data.hex(), news.attestation.hex()
                made = KeyRegistration(name=name, client_data=data, attestation=attestation)
                words = self.tr("The key is registered …")
                self.console.link.call(words, lambda desk: desk.register_key(user_id, made), self._registered)
        self.console.acts_changed()

    def _registered(self, key: SecurityKeyMessage) -> None:
        self._done(self.tr("✓ %1 is registered; cars know it at their next sync.").replace("%1", key.name))

    def _withdraw(self) -> None:
        account, key = self.account, self._key
        if account is None or key is None:
            return
        user_id, credential_id = account.user_id, key.credential_id

        def send(reason: str) -> None:
            withdrawal = KeyWithdrawal(credential_id=credential_id, reason=reason)
            words = self.tr("✓ The key is withdrawn; cars know it at their next sync.")
            self.console.link.call(
                self.tr("It is sent …"),
                lambda desk: desk.withdraw_key(user_id, withdrawal),
                lambda _: self._done(words),
            )

        self.reason.ask(self.tr("Why is %1 withdrawn?").replace("%1", key.name), send)

    def _release(self) -> None:
        account = self.account
        if account is not None:
            user_id, words = account.user_id, self.tr("✓ Released; cars know it at their next sync.")
            self.console.link.call(
                self.tr("It is sent …"), lambda desk: desk.release(user_id), lambda _: self._done(words)
            )

    def _turn(self) -> None:
        account = self.account
        if account is None:
            return
        user_id, active = account.user_id, not account.active
        question = self.tr("Why is %1 restored?") if active else self.tr("Why is %1 suspended?")

        def send(reason: str) -> None:
            words = self.tr("✓ On record; cars know it at their next sync.")
            self.console.link.call(
                self.tr("It is sent …"),
                lambda desk: desk.set_state(user_id, active, reason),
                lambda _: self._done(words),
            )

        self.reason.ask(question.replace("%1", user_id), send)

    def _certify(self) -> None:
        """The certificate of the training, as headquarters makes and signs it."""
        account = self.account
        if account is None:
            return
        user_id = account.user_id

        def save(name: str) -> None:
            path = Path(name).expanduser()
            if path.suffix != ".pdf":
                self.console.tell(self.tr("✗ Let the name end in %1.").replace("%1", ".pdf"), "hit")
                return
            kept = partial(w.save_file, self.console.tell, path)
            self.console.link.call(self.tr("The file is made …"), lambda desk: desk.certificate(user_id), kept)

        self.reason.ask(self.tr("Save to which file (%1)?").replace("%1", ".pdf"), save, name=True)

    def _done(self, words: str) -> None:
        self.console.again()
        self.console.tell(words, "verified")
