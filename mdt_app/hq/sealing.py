"""Small secrets in headquarters' database, sealed by its own key; and the key that cars seal their packages for."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mdt_app.domain.errors import StorageFault
from mdt_app.services.signing import derived

_NONCE = 12


class Seal:
    """Seals and opens for one purpose; what was sealed under a name opens under that name alone."""

    def __init__(self, key: bytes, purpose: str) -> None:
        self._cipher = AESGCM(derived(key, purpose))

    def closed(self, name: str, content: bytes) -> bytes:
        """The content, sealed."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, name.encode())

    def opened(self, name: str, sealed: bytes) -> bytes:
        """The content again. Raises StorageFault when another key sealed it, or it was changed."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        except InvalidTag as fault:
            words = "A secret in headquarters' database was sealed by another key."
            raise StorageFault(words, "Give the key that headquarters was made with.") from fault


def package_private(key: bytes) -> X25519PrivateKey:
    """The key that opens cars' packages, from headquarters' own."""
    return X25519PrivateKey.from_private_bytes(derived(key, "packages"))


def package_public(key: bytes) -> str:
    """The public key (X25519, hex) that cars seal their packages for."""
    return package_private(key).public_key().public_bytes_raw().hex()
