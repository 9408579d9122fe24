"""The store's own secrets, kept inside it: the key of the bodies' hashes and the device's signing key.

They stand in the store, not beside it, so that a new store key leaves them as they are.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cache.db import Database
from mdt_app.domain.evidence import signed_head

_ADD = "INSERT INTO secrets VALUES (?, ?)"
_HEAD = "SELECT sequence, digest FROM audit ORDER BY sequence DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Seals:
    """What the trail is made with: a key for the bodies' hashes, and the device's Ed25519 key."""

    mac_key: bytes = field(repr=False)
    device: Ed25519PrivateKey = field(repr=False)

    @property
    def public_key(self) -> str:
        """The device's public key as 64 hexadecimal digits: with it anyone can check what the car exported."""
        return self.device.public_key().public_bytes_raw().hex()


def seals_of(db: Database, store_key: bytes) -> Seals:
    """Return the store's seals, made on first use in one transaction; a trail that stood before gets its first head."""
    return _kept(db) or _made(db, store_key)


@contextmanager
def _alone(db: Database) -> Iterator[None]:
    """A transaction that holds the store's one writer's place from its beginning."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.execute("COMMIT")


def _kept(db: Database) -> Seals | None:
    found = dict(db.execute("SELECT name, value FROM secrets").fetchall())
    if not {"audit body", "device"} <= found.keys():
        return None
    return Seals(found["audit body"], Ed25519PrivateKey.from_private_bytes(found["device"]))


def _made(db: Database, store_key: bytes) -> Seals:
    """Make them, unless another process did so in the meantime."""
    mac_key = hmac.new(store_key, b"patrol-mdt audit body", hashlib.sha256).digest()
    made = Seals(mac_key, Ed25519PrivateKey.generate())
    with _alone(db):
        if others := _kept(db):
            return others
        db.execute(_ADD, ("audit body", mac_key))
        db.execute(_ADD, ("device", made.device.private_bytes_raw()))
        if last := db.execute(_HEAD).fetchone():
            head = signed_head(made.device, *last)
            db.execute("INSERT INTO audit_head VALUES (1, ?, ?, ?)", (head.sequence, head.digest, head.signature))
    return made
