"""Ed25519 signatures: headquarters signs what cars rely on, and cars check it with its public key alone.

The one place that knows which library does it.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mdt_app.domain.errors import BadInput


class Signer:
    """A private key of 32 bytes that signs. `public` is what others check with, in base64."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public = base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, content: bytes) -> bytes:
        """The signature of 64 bytes."""
        return self._key.sign(content)


class Verifier:
    """A public key that checks. Raises BadInput when the text is no key."""

    def __init__(self, public: str) -> None:
        try:
            self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        except (ValueError, binascii.Error) as error:
            raise BadInput("Headquarters' key is not one.", "Copy it again from 'mdt hq car'.") from error

    def holds(self, content: bytes, signature: bytes) -> bool:
        """True when the signature was made of this very content by the private key."""
        try:
            self._key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


def derived(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from a key of headquarters."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
