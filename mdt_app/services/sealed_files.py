"""Files that travel or lie about: sealed for public keys or by a passphrase, proved whole to their last byte.

The first line is a header (JSON): what the file is, and its own random key, sealed for each lock. A public key is
X25519 or P-256 (HPKE, RFC 9180); a passphrase goes through Argon2id (RFC 9106). Then come pieces of 64 KiB under
AES-256-GCM, each by its number, the last one marked, all bound to the header: a bit that flips, a piece that is
missing, swapped or added, and a file that is cut off are all refused at that piece (as the age format does it).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO

from argon2.low_level import Type, hash_secret_raw
from argon2.profiles import RFC_9106_LOW_MEMORY as COST
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mdt_app.domain.errors import BadInput

PIECE = 64 << 10
_FORMAT = "patrol-mdt sealed 1"
_HEADER_MOST = 64 << 10
_LOCKS_MOST = 40
_TAG, _SALT, _NONCE, _KEY = 16, 16, 12, 32
_X25519 = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_P256 = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_WHOLE = "Copy it again, or take another one; nothing of this one was used."

PublicKey = X25519PublicKey | EllipticCurvePublicKey
PrivateKey = X25519PrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Lock:
    """One way to open a file: the holder of this public key's private part, or whoever knows this passphrase."""

    public: PublicKey | None = None
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens a file; a passphrase is asked for only where the file has such a lock."""

    private: PrivateKey | None = None
    passphrase: Callable[[], str] | None = None


def seal(kind: str, locks: Sequence[Lock], content: Iterable[bytes], target: BinaryIO) -> None:
    """Write `content` to `target`, sealed as a file of this kind for each of the locks."""
    key = secrets.token_bytes(_KEY)
    header = json.dumps({"format": _FORMAT, "kind": kind, "locks": [_locked(kind, lock, key) for lock in locks]})
    line = header.encode() + b"\n"
    target.write(line)
    cipher, bound = AESGCM(key), hashlib.sha256(line).digest()
    for number, (piece, last) in enumerate(_pieces(content)):
        target.write(cipher.encrypt(_nonce(number, last), piece, bound))


def opened(kind: str, opener: Opener, source: BinaryIO) -> Iterator[bytes]:
    """Give a sealed file's content piece by piece; each one is proved, and the file only once the iterator has ended.

    Raises BadInput for a file of another kind, without a lock for this opener, damaged, cut off or added to.
    """
    line = source.readline(_HEADER_MOST)
    cipher, bound = AESGCM(_unlocked(kind, opener, _header(kind, line))), hashlib.sha256(line).digest()
    number, piece, ahead = 0, source.read(PIECE + _TAG), b""
    while True:
        ahead = source.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not ahead), piece, bound)
        except InvalidTag:
            raise BadInput("The file is damaged, cut off or was changed.", _WHOLE) from None
        if not ahead:
            return
        number, piece = number + 1, ahead


def x25519_public(text: str) -> X25519PublicKey:
    """Read a public key from its 64 hexadecimal digits. Raises BadInput."""
    try:
        return X25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
    except ValueError as fault:
        raise BadInput("This is no public key.", "Give 64 hexadecimal digits.") from fault


def _pieces(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Give pieces of full size, each with whether it is the last; there is always one."""
    rest = bytearray()
    for part in content:
        rest += part
        while len(rest) > PIECE:
            yield bytes(rest[:PIECE]), False
            del rest[:PIECE]
    yield bytes(rest), True


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _info(kind: str) -> bytes:
    return f"{_FORMAT}\n{kind}".encode()


def _suite(key: PublicKey | PrivateKey) -> Suite:
    return _X25519 if isinstance(key, X25519PublicKey | X25519PrivateKey) else _P256


def _locked(kind: str, lock: Lock, key: bytes) -> dict[str, str]:
    if lock.public is not None:
        return {"sealed": _suite(lock.public).encrypt(key, lock.public, info=_info(kind)).hex()}
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    sealed = AESGCM(_stretched(lock.passphrase, salt)).encrypt(nonce, key, _info(kind))
    return {"salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}


def _header(kind: str, line: bytes) -> list[dict[str, Any]]:
    locks: list[dict[str, Any]] = []
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        header = json.loads(line)
        if (header["format"], header["kind"]) == (_FORMAT, kind):
            locks = [dict(lock) for lock in header["locks"][:_LOCKS_MOST]]
    if not locks:
        raise BadInput(f"This is no file of the kind '{kind}'.", "Check which file it is.")
    return locks


def _unlocked(kind: str, opener: Opener, locks: Sequence[dict[str, Any]]) -> bytes:
    """Return the file's key from the first lock that opens. Raises BadInput when none does."""
    secret = cache(opener.passphrase) if opener.passphrase else None
    for lock in locks:
        try:
            if "salt" in lock and secret:
                wrapped = AESGCM(_stretched(secret(), bytes.fromhex(lock["salt"])))
                return wrapped.decrypt(bytes.fromhex(lock["nonce"]), bytes.fromhex(lock["sealed"]), _info(kind))
            if "salt" not in lock and opener.private is not None:
                suite = _suite(opener.private)
                return suite.decrypt(bytes.fromhex(lock["sealed"]), opener.private, info=_info(kind))
        except (InvalidTag, ValueError, KeyError, TypeError):
            continue  # this lock is somebody else's, or not whole
    raise BadInput("This key or passphrase does not open the file.", "Check whom it was made for.")


def _stretched(passphrase: str, salt: bytes) -> bytes:
    secret = passphrase.encode()
    return hash_secret_raw(secret, salt, COST.time_cost, COST.memory_cost, COST.parallelism, _KEY, Type.ID)
