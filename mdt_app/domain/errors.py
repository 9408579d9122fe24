"""The error tree. Each error carries what went wrong and, for the officer, what to do next.

MdtError
├── Refused            a command that the rules do not allow now
│   └── GateShut       a stop was asked for while the gate is shut
├── NotSignedIn        a command that needs a signed-in person
├── BadInput           bytes from outside that can't be understood
└── StorageFault       the store did not commit; nothing of the command happened
"""

from __future__ import annotations


class MdtError(Exception):
    """Something that a person has to be told about.

    `words` says what is wrong, `remedy` what to do next; both are fit for the screen and free of plates and names.
    """

    def __init__(self, words: str, remedy: str = "") -> None:
        super().__init__(f"{words} {remedy}".strip())
        self.words = words
        self.remedy = remedy


class Refused(MdtError):
    """The rules do not allow this command now. `reason` is a short name that is counted and kept on record."""

    def __init__(self, reason: str, words: str, remedy: str = "") -> None:
        super().__init__(words, remedy)
        self.reason = reason


class NotSignedIn(Refused):
    """Only a signed-in person can do this (ACC-5)."""

    def __init__(self) -> None:
        super().__init__("not_signed_in", "Nobody is signed in.", "Sign in first.")


class BadInput(MdtError):
    """Bytes from outside that can't be understood: a list, a picture, a feed, a message."""


class StorageFault(MdtError):
    """The store did not commit. The command had no effect, and the gate stays shut."""
