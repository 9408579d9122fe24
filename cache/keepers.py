"""Keepers of the store's key: the operating system's keyring, a file sealed by a passphrase, and the demo's plain file.

A keeper has two slots: the key in force, and the next one while a new key is being put in.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import keyring.backend
import keyring.errors
from argon2.low_level import Type, hash_secret_raw
from argon2.profiles import RFC_9106_LOW_MEMORY as COST
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mdt_app.domain.errors import BadInput

CURRENT, NEXT = "", "-next"
FILE_BACKEND, SEALED_BACKEND = "key file", "sealed key file"
_SERVICE = "patrol-mdt"
_ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_WRITING = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
"""Windows would turn a line feed inside a key into two bytes without O_BINARY."""
_SALT, _NONCE, _KEY = 16, 12, 32


class Keeper(Protocol):
    """Keeps raw keys by slot."""

    @property
    def name(self) -> str:
        """What is recorded beside the store."""

    def get(self, slot: str) -> bytes | None:
        """The key in this slot."""

    def put(self, slot: str, raw: bytes) -> None:
        """Keep a key in this slot, for good once this returns."""

    def remove(self, slot: str) -> None:
        """Empty the slot."""


@dataclass(frozen=True, slots=True)
class KeyringKeeper:
    """Keys in one of the allowed keyrings."""

    backend: keyring.backend.KeyringBackend
    folder: Path

    @property
    def name(self) -> str:
        """The backend's full name."""
        return name_of(self.backend)

    def get(self, slot: str) -> bytes | None:
        """The key in this slot."""
        try:
            text = self.backend.get_password(_SERVICE, f"{self.folder}{slot}")
        except keyring.errors.KeyringError as error:
            raise BadInput("The keyring does not answer any more.", "Unlock it, then try again.") from error
        return bytes.fromhex(text) if text else None

    def put(self, slot: str, raw: bytes) -> None:
        """Keep a key."""
        try:
            self.backend.set_password(_SERVICE, f"{self.folder}{slot}", raw.hex())
        except keyring.errors.KeyringError as error:
            raise BadInput("The keyring did not take the key.", "Unlock it, then try again.") from error

    def remove(self, slot: str) -> None:
        """Empty the slot."""
        if self.get(slot) is not None:
            self.backend.delete_password(_SERVICE, f"{self.folder}{slot}")


@dataclass(frozen=True, slots=True)
class FileKeeper:
    """Keys as they are, in files that only their owner can read. For demonstrations."""

    folder: Path

    @property
    def name(self) -> str:
        """The fixed name of this kind."""
        return FILE_BACKEND

    def get(self, slot: str) -> bytes | None:
        """The key in this slot."""
        path = self._path(slot)
        return path.read_bytes() if path.exists() else None

    def put(self, slot: str, raw: bytes) -> None:
        """Keep a key."""
        write_private(self._path(slot), raw)

    def remove(self, slot: str) -> None:
        """Empty the slot."""
        _remove(self._path(slot))

    def _path(self, slot: str) -> Path:
        return self.folder / f"store{slot}.key"


@dataclass(frozen=True, slots=True)
class SealedKeeper:
    """Keys in files sealed by a passphrase: Argon2id makes a key of it, AES-256-GCM seals (RFC 9106, SP 800-38D).

    `passphrase` is asked for each time; nothing of it is kept.
    """

    folder: Path
    passphrase: Callable[[], str]

    @property
    def name(self) -> str:
        """The fixed name of this kind."""
        return SEALED_BACKEND

    def get(self, slot: str) -> bytes | None:
        """The key in this slot. Raises BadInput for a wrong passphrase or a damaged file."""
        path = self._path(slot)
        if not path.exists():
            return None
        try:
            salt, nonce, content = (bytes.fromhex(json.loads(path.read_bytes())[n]) for n in ("salt", "nonce", "key"))
            return AESGCM(self._derived(salt)).decrypt(nonce, content, slot.encode())
        except (InvalidTag, ValueError, KeyError) as error:
            raise BadInput(
                "The passphrase is wrong, or the key file is damaged.", "Try again, or recover it."
            ) from error

    def put(self, slot: str, raw: bytes) -> None:
        """Keep a key, sealed with a salt and a nonce of its own."""
        salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
        content = AESGCM(self._derived(salt)).encrypt(nonce, raw, slot.encode())
        text = json.dumps({"salt": salt.hex(), "nonce": nonce.hex(), "key": content.hex()})
        write_private(self._path(slot), text.encode())

    def remove(self, slot: str) -> None:
        """Empty the slot."""
        _remove(self._path(slot))

    def _path(self, slot: str) -> Path:
        return self.folder / f"store{slot}.sealed"

    def _derived(self, salt: bytes) -> bytes:
        secret = self.passphrase().encode()
        return hash_secret_raw(secret, salt, COST.time_cost, COST.memory_cost, COST.parallelism, _KEY, Type.ID)


def find_keyring(folder: Path) -> tuple[KeyringKeeper | None, str]:
    """Return the first allowed keyring that answers, else why there is none. Others would keep keys in plain text."""
    why = "There is no keyring to keep the store's key in."
    for backend in keyring.backend.get_all_keyring():
        if name_of(backend) not in _ALLOWED:
            continue
        try:
            backend.get_password(_SERVICE, "probe")
        except keyring.errors.KeyringLocked:
            why = "The keyring is locked."
        except (keyring.errors.KeyringError, OSError, RuntimeError):
            why = "The keyring does not answer."
        else:
            return KeyringKeeper(backend, folder), ""
    return None, why


def name_of(backend: keyring.backend.KeyringBackend) -> str:
    """A keyring backend's full name."""
    return f"{type(backend).__module__}.{type(backend).__name__}"


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _draft(path).unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    return path.with_suffix(f"{path.suffix}.draft")


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, atomically and for good."""
    draft = _draft(path)
    with os.fdopen(os.open(draft, _WRITING | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last over a power cut, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
