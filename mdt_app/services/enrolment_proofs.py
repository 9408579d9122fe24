"""What both ends of an enrolment compute from its one-time code; `mdt_app.sync.enrol` tells the protocol."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from mdt_app.domain.errors import BadInput

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: none that is taken for another."""
_LENGTH, _GROUP = 16, 4
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """A code of 16 characters in groups of four: 80 random bits, so that nothing made of it can be guessed back."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


class Code:
    """A code as somebody typed it. Raises BadInput when it can't be one."""

    def __init__(self, text: str) -> None:
        plain = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
        if len(plain) != _LENGTH or not set(plain) <= set(_LETTERS):
            raise BadInput("This is no enrolment code.", "Type the 16 characters that 'mdt hq enrol' printed.")
        self.secret = hmac.digest(plain.encode(), b"patrol-mdt enrolment secret", hashlib.sha256)
        """What the proofs are made with; headquarters keeps it, sealed, in the place of the code."""
        self.code_id = hmac.digest(plain.encode(), b"patrol-mdt enrolment name", hashlib.sha256).hex()
        """By which headquarters finds the code; it tells nothing of the secret."""


def headquarters_proof(secret: bytes, nonce: str, authority: bytes, server: bytes) -> str:
    """What only headquarters can say to this car: its authority, and the very certificate that it serves with (DER)."""
    return _proof(secret, "headquarters", nonce.encode(), authority, server)


def car_proof(secret: bytes, nonce: str, request: bytes, audit_key: str) -> str:
    """What only the car can say to headquarters: its certificate signing request (DER) and its trail's public key."""
    return _proof(secret, "car", nonce.encode(), request, audit_key.encode())


def same(one: str, other: str) -> bool:
    """Compare two proofs without telling by the time it takes."""
    return hmac.compare_digest(one.encode(), other.encode())


def _proof(secret: bytes, who: str, *parts: bytes) -> str:
    # Each part by its digest, so that no two lists of parts are the same bytes.
    content = who.encode() + b"".join(hashlib.sha256(part).digest() for part in parts)
    return hmac.digest(secret, content, hashlib.sha256).hex()
