"""Passwords are weighed beside the core: that takes long on purpose, and neither heart nor hits may wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from mdt_app.domain.accounts import Session
from mdt_app.domain.commands import Command, ProveIdentity, SignIn, UnlockScreen
from mdt_app.domain.ports import Bundles, Passwords, Store
from mdt_app.domain.privileged import ActOnStore
from mdt_app.services.proving import NO_ACCOUNT


@dataclass(frozen=True, slots=True)
class Weighed:
    """A command that comes back to the core with what its password is worth: held against which hash, and right?

    None: it could not be weighed; the handler tries once more, and what is wrong is told as any defect.
    """

    command: Command
    future: Future[None]
    password_hash: str
    right: bool | None


class Weighing:
    """Weighs one password after the other in a thread of its own, and is the `Passwords` of the handlers.

    `back` takes what was weighed, from that thread. Handlers hear it for the very hash and password that were
    weighed; should the account have changed meanwhile, theirs is checked where it is asked.
    """

    def __init__(self, passwords: Passwords, back: Callable[[Weighed], None]) -> None:
        self._passwords, self._back = passwords, back
        self._scales = ThreadPoolExecutor(1, "passwords")
        self._known: dict[tuple[str, str], bool | None] = {}

    def begin(self, command: Command, future: Future[None], password_hash: str) -> None:
        """Weigh the password of a command that carries one."""
        self._scales.submit(self._weigh, command, future, password_hash)

    def _weigh(self, command: Command, future: Future[None], password_hash: str) -> None:
        try:
            right = self._passwords.matches(password_hash, password_of(command) or "")
        except Exception:  # noqa: BLE001 - the command goes on, and the core tells what is wrong
            right = None
        self._back(Weighed(command, future, password_hash, right))

    def end(self) -> None:
        """Weigh what has begun, then no more."""
        self._scales.shutdown()

    @contextmanager
    def known(self, weighed: Weighed) -> Iterator[None]:
        """While its command is in hand, what was weighed is known."""
        self._known = {(weighed.password_hash, password_of(weighed.command) or ""): weighed.right}
        try:
            yield
        finally:
            self._known = {}

    def matches(self, password_hash: str, password: str) -> bool:
        """Whether the password is the right one."""
        known = self._known.get((password_hash, password))
        return self._passwords.matches(password_hash, password) if known is None else known


def password_of(command: Command) -> str | None:
    """The password that a command carries; None: it carries none."""
    return command.password if isinstance(command, SignIn | UnlockScreen | ProveIdentity | ActOnStore) else None


def hash_for(command: Command, session: Session | None, store: Store, bundles: Bundles) -> str | None:
    """The hash to hold a command's password against, one that nothing matches for an unknown account.

    None where nothing can be weighed: no password, nobody there, no readable accounts. The handler says so in words.
    """
    if password_of(command) is None:
        return None
    user_id = getattr(command, "user_id", "") or (session.user_id if session else "")
    try:
        with store.transaction() as tx:
            held = tx.accounts.bundle()
        accounts = bundles.read(*held).accounts if held and user_id else None
    except Exception:  # noqa: BLE001 - the handler meets the same in the command's turn, where the core tells of it
        return None
    if accounts is None:
        return None
    return next((account.password_hash for account in accounts if account.user_id == user_id), NO_ACCOUNT)
