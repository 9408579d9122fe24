"""Asking a security key from a screen: its news come from the key's thread into Qt's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from mdt_app.domain.security_keys import KeyNews, KeyQuestion, KeyReader, KeyTrouble, KeyWaits, KeyWish

WAITS: Mapping[KeyWaits, str] = {
    KeyWaits.INSERT: "Plug in your security key …",
    KeyWaits.TOUCH: "Touch your security key: it blinks.",
}
TROUBLES: Mapping[KeyTrouble, str] = {
    KeyTrouble.ABSENT: "✗ No security key was found. Plug it in, and press F8 again.",
    KeyTrouble.WRONG: "✗ This security key is not registered for this account. Take your own.",
    KeyTrouble.KNOWN: "✗ This security key is registered for this account already.",
    KeyTrouble.TIMEOUT: "✗ The security key was not touched in time. Press F8 again.",
    KeyTrouble.CANCELLED: "The security key is not asked any more.",
    KeyTrouble.PIN_NEEDED: "This security key wants its PIN. Type it, and press F8.",
    KeyTrouble.PIN_WRONG: "✗ The PIN is wrong. The security key blocks itself after 8 wrong ones.",
    KeyTrouble.PIN_BLOCKED: "✗ This security key is blocked. Hand it to the Administrator.",
    KeyTrouble.FAILED: "✗ The security key failed. Plug it in again, and press F8.",
}
"""What is said while a key is asked, and of why none answered."""


class KeyTouch(QObject):
    """One question to the keys at a time. `news` is each piece of news of the question that was asked last."""

    news = Signal(object)
    _heard = Signal(int, object)

    def __init__(self, reader: KeyReader) -> None:
        super().__init__()
        self._reader, self._number = reader, 0
        self._cancel: Callable[[], None] | None = None
        self._heard.connect(self._take)

    @property
    def busy(self) -> bool:
        """A key is being asked."""
        return self._cancel is not None

    def ask(self, asked: KeyQuestion | KeyWish, pin: str) -> None:
        """Put a question to the keys; the one before it ends unheard."""
        self.leave()
        self._cancel = self._reader.ask(asked, pin, partial(self._heard.emit, self._number))

    def cancel(self) -> None:
        """End the question; its CANCELLED is still told."""
        if self._cancel is not None:
            self._cancel()

    def leave(self) -> None:
        """End the question; nothing more is told of it."""
        self.cancel()
        self._number, self._cancel = self._number + 1, None

    def _take(self, number: int, news: KeyNews) -> None:
        if number != self._number:
            return
        if not isinstance(news, KeyWaits):
            self._cancel = None
        self.news.emit(news)
