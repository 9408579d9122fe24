"""Security keys (FIDO2): what is asked of one, what it answers, and what can go wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

RP_ID = "patrol-mdt.internal"
"""The relying party that keys of this program are bound to. It is a name of no network: nothing is looked up."""
ORIGIN = f"https://{RP_ID}"

CHALLENGE_BYTES = 32
CHALLENGE_S = 120.0
"""So long a challenge can be answered, by the monotonic clock of the run that made it."""


@dataclass(frozen=True, slots=True)
class SecurityKey:
    """A key of an account as headquarters registered it: the credential's id and its public key (COSE), both in hex.

    `name` is what people call it. `verifies`: it asked for its PIN or a finger at registration, and has to each time.
    `counter` is its count of signatures at registration.
    """

    credential_id: str
    public_key: str
    name: str
    verifies: bool = False
    counter: int = 0


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """What is put to a key at sign-in: a challenge that counts once, for one of these credentials (ids in hex)."""

    challenge: bytes = field(repr=False)
    credential_ids: tuple[str, ...]
    verify: bool = False


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """A key's answer: which credential, what the client says was signed, the key's own data, and its signature."""

    credential_id: str
    client_data: bytes = field(repr=False)
    authenticator_data: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyProof:
    """An answer that holds: which credential signed, and its counter."""

    credential_id: str
    counter: int


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What is put to a key at registration: for whom, a challenge, and the credentials that it must not hold yet."""

    challenge: bytes = field(repr=False)
    user_id: str
    name: str
    known_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key's answer to registration: what the client says, and the attestation object (CBOR) with the public key."""

    client_data: bytes = field(repr=False)
    attestation: bytes = field(repr=False)


class KeyTrouble(StrEnum):
    """Why no key answered. None of these is a wrong answer: no failure is counted."""

    ABSENT = "absent"
    WRONG = "wrong"
    KNOWN = "known"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    PIN_NEEDED = "pin_needed"
    PIN_WRONG = "pin_wrong"
    PIN_BLOCKED = "pin_blocked"
    FAILED = "failed"


class KeyWaits(StrEnum):
    """What a key waits for while it is asked."""

    INSERT = "insert"
    TOUCH = "touch"


KeyNews = KeyAnswer | NewKey | KeyTrouble | KeyWaits
"""What is told while a key is asked: any number of KeyWaits, then one of the others."""


class KeyReader(Protocol):
    """Asks the keys that are plugged in. Nothing blocks: news come from another thread."""

    def ask(self, asked: KeyQuestion | KeyWish, pin: str, told: Callable[[KeyNews], None]) -> Callable[[], None]:
        """Put a question to the keys; `told` hears what comes of it. Returns what ends it early (CANCELLED)."""
