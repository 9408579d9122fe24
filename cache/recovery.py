"""Recovery of the store's key: sealed for people who may open it in need, by public keys alone.

A recipient is an X25519 public key: headquarters' (its escrow), or one whose private part was printed once and lies in
a safe. The store's key is sealed for each (HPKE, RFC 9180) in `recovery.json` beside the store, so that a new store key
can be sealed for all of them without asking anybody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from cache.keepers import write_private
from mdt_app.domain.errors import BadInput

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"patrol-mdt store key 1"
_CHECK_BYTES = 3
_GROUP = 4
FILE = "recovery.json"
"""What lies beside the store."""


def new_recovery_key() -> tuple[str, str]:
    """Make a recovery key: its words to print once (base32 in groups, with a check sum), and its public part in hex."""
    private = X25519PrivateKey.generate()
    raw = private.private_bytes_raw()
    text = base64.b32encode(raw + _check(raw)).decode().rstrip("=")
    groups = "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))
    return groups, private.public_key().public_bytes_raw().hex()


def add_recipient(folder: Path, public_hex: str, store_key: bytes) -> None:
    """Let the holder of this public key's private part recover the store's key. Raises BadInput for no such key."""
    try:
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(public_hex.strip()))
    except ValueError as error:
        raise BadInput("This is no public key.", "Give 64 hexadecimal digits.") from error
    recipients = _read(folder)
    _write(folder, {**recipients, public.public_bytes_raw().hex(): _seal(public, (store_key,))})


def recipients(folder: Path) -> tuple[str, ...]:
    """The public keys, in hex, whose holders can recover the store's key."""
    return tuple(_read(folder))


def seal_for_all(folder: Path, store_keys: Sequence[bytes]) -> None:
    """Seal these keys, instead of the ones before, for all recipients."""
    if known := _read(folder):
        made = {name: _seal(X25519PublicKey.from_public_bytes(bytes.fromhex(name)), store_keys) for name in known}
        _write(folder, made)


def recover(folder: Path, recovery_key: str) -> tuple[bytes, ...]:
    """Open what was sealed for this recovery key: the store's key, and a second one while it is being changed.

    Raises BadInput when the words are mistyped, or when nothing here was sealed for them.
    """
    private = private_of(recovery_key)
    sealed = _read(folder).get(private.public_key().public_bytes_raw().hex(), [])
    try:
        opened = tuple(_SUITE.decrypt(bytes.fromhex(one), private, info=_INFO) for one in sealed)
    except (InvalidTag, ValueError) as error:
        raise BadInput("recovery.json is damaged.", "Take its copy from headquarters.") from error
    if not opened:
        raise BadInput("This recovery key is not this store's.", "Check the car's number on the sheet.")
    return opened


def private_of(words: str) -> X25519PrivateKey:
    """The private key that these printed words stand for. Raises BadInput when they are mistyped."""
    text = "".join(words.split()).replace("-", "").upper()
    try:
        content = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        content = b""
    raw, check = content[:-_CHECK_BYTES], content[-_CHECK_BYTES:]
    if len(raw) != 32 or check != _check(raw):
        raise BadInput("The recovery key is mistyped.", "Compare it group by group.")
    return X25519PrivateKey.from_private_bytes(raw)


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()[:_CHECK_BYTES]


def _seal(public: X25519PublicKey, store_keys: Sequence[bytes]) -> list[str]:
    return [_SUITE.encrypt(key, public, info=_INFO).hex() for key in store_keys]


def _read(folder: Path) -> dict[str, list[str]]:
    path = folder / FILE
    return dict(json.loads(path.read_text(encoding="ascii"))) if path.exists() else {}


def _write(folder: Path, known: dict[str, list[str]]) -> None:
    write_private(folder / FILE, json.dumps(known, indent=1).encode())
