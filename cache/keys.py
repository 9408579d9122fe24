"""The store's key: kept in the operating system's keyring, from an allow-list of backends, and nowhere else.

Where there is no keyring the start is refused with words that help. The demo alone may keep its throw-away
key in a file of its own folder; its screens say so.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import keyring.backend
import keyring.errors

from mdt_app.domain.errors import BadInput

KEY_BYTES = 32
FILE_BACKEND = "key file"
_SERVICE = "patrol-mdt"
_ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_REMEDY = "Sign in to the desktop so that its keyring is unlocked, or ask IT to install one."


@dataclass(frozen=True, slots=True)
class StoreKey:
    """A raw 32-byte key and the name of the backend that keeps it."""

    raw: bytes = field(repr=False)
    backend: str

    @property
    def in_file(self) -> bool:
        """True when the key is only in a file (demo); the screen has to say so."""
        return self.backend == FILE_BACKEND


def obtain_key(folder: Path, *, allow_file: bool = False) -> StoreKey:
    """Return the key of the store in `folder`, made on first use. The backend is recorded; a change is refused.

    Raises BadInput when no allowed keyring answers and `allow_file` is false, or when the backend has changed,
    or when the recorded key is gone.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    record = folder / "keystore.json"
    backend = _backend()
    name = _name(backend) if backend else FILE_BACKEND
    if backend is None and not allow_file:
        raise BadInput("There is no keyring to keep the store's key in.", _REMEDY)
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() else None
    if known and known["backend"] != name:
        raise BadInput(f"The store's key is kept by {known['backend']}, but now {name} answers.", _REMEDY)
    raw = _fetch(backend, folder)
    if raw is None and known:
        raise BadInput("The store's key is gone.", "Restore it with the recovery key, or ask the Administrator.")
    if raw is None:
        raw = secrets.token_bytes(KEY_BYTES)
        _keep(backend, folder, raw)
        _write_private(record, json.dumps({"backend": name}).encode())
    return StoreKey(raw, name)


def forget_key(folder: Path) -> None:
    """Remove the key of the store in `folder` from its backend; the store can't be read any more."""
    backend = _backend()
    if backend is None:
        (folder / "store.key").unlink(missing_ok=True)
    elif backend.get_password(_SERVICE, str(folder)) is not None:
        backend.delete_password(_SERVICE, str(folder))


def _backend() -> keyring.backend.KeyringBackend | None:
    """The first allowed backend that works. Others are passed by: some would keep the key in plain text."""
    for candidate in keyring.backend.get_all_keyring():
        if _name(candidate) in _ALLOWED and _answers(candidate):
            return candidate
    return None


def _name(backend: keyring.backend.KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__name__}"


def _answers(backend: keyring.backend.KeyringBackend) -> bool:
    try:
        backend.get_password(_SERVICE, "probe")
    except (keyring.errors.KeyringError, OSError, RuntimeError):
        return False
    return True


def _fetch(backend: keyring.backend.KeyringBackend | None, folder: Path) -> bytes | None:
    if backend is None:
        path = folder / "store.key"
        return path.read_bytes() if path.exists() else None
    text = backend.get_password(_SERVICE, str(folder))
    return bytes.fromhex(text) if text else None


def _keep(backend: keyring.backend.KeyringBackend | None, folder: Path, raw: bytes) -> None:
    if backend is None:
        _write_private(folder / "store.key", raw)
    else:
        backend.set_password(_SERVICE, str(folder), raw.hex())


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, atomically."""
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
