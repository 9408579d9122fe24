"""The store's key: obtained from its keeper at the start, made on first use, replaced and recovered.

The keeper's name is recorded beside the store and a change is refused. A service is given its key. Where no allowed
keyring answers the start is refused with words that help, unless the settings allow a key file sealed by a passphrase.
The demo alone may keep its throw-away key in a plain file of its own folder; its screens say so.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cache.credentials import CREDENTIAL_BACKEND, credential_keeper
from cache.keepers import (
    CURRENT,
    FILE_BACKEND,
    NEXT,
    SEALED_BACKEND,
    FileKeeper,
    Keeper,
    SealedKeeper,
    find_keyring,
    write_private,
)
from cache.rekey import opens, put_new_key, settle
from mdt_app.domain.errors import BadInput

KEY_BYTES = 32
_REMEDY = "Sign in to the desktop so that its keyring is unlocked, or ask IT to install one."
_GONE = "Put it back with the recovery key ('mdt store recover'), or ask the Administrator."


@dataclass(frozen=True, slots=True)
class StoreKey:
    """A raw 32-byte key and the name of the backend that keeps it."""

    raw: bytes = field(repr=False)
    backend: str

    @property
    def in_file(self) -> bool:
        """True when the key is only in a file (demo); the screen has to say so."""
        return self.backend == FILE_BACKEND


def obtain_key(folder: Path, *, allow_file: bool = False, passphrase: Callable[[], str] | None = None) -> StoreKey:
    """Return the key of the store in `folder`, made on first use. The backend is recorded; a change is refused.

    `passphrase` is given where the settings allow a sealed key file; it is asked only if that is what is used.
    Raises BadInput when no allowed keeper answers, when the keeper has changed, or when the recorded key is gone.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keeper = _keeper(folder, allow_file, passphrase)
    raw, known = keeper.get(CURRENT), _recorded(folder)
    if raw is None and (known or any(folder.glob("*.db"))):
        raise BadInput("The store's key is gone.", _GONE)
    if raw is None:
        raw = secrets.token_bytes(KEY_BYTES)
        keeper.put(CURRENT, raw)
    if known is None:
        _record(folder, keeper)
    if coming := keeper.get(NEXT):
        raw = settle(folder, keeper, raw, coming)
    else:
        keeper.remove(NEXT)  # a draft of it, from a kill before it was kept
    return StoreKey(raw, keeper.name)


def forget_key(folder: Path) -> None:
    """Remove the key of the store in `folder` from its keeper; the store can't be read any more."""
    keeper, _ = find_keyring(folder)
    for one in (keeper, FileKeeper(folder), SealedKeeper(folder, str)):
        if one is not None:
            one.remove(CURRENT)
            one.remove(NEXT)


def replace_key(folder: Path, *, allow_file: bool = False, passphrase: Callable[[], str] | None = None) -> None:
    """Put a new key in the place of the store's. Killed at any moment, the store opens with the key that then holds.

    Raises BadInput as `obtain_key` does, StorageFault when the store is in use or the disk has no room for a copy.
    """
    current = obtain_key(folder, allow_file=allow_file, passphrase=passphrase)
    put_new_key(folder, _keeper(folder, allow_file, passphrase), current.raw, secrets.token_bytes(KEY_BYTES))


def restore_key(
    folder: Path, raw: bytes, *, allow_file: bool = False, passphrase: Callable[[], str] | None = None
) -> StoreKey:
    """Keep a recovered key in the keeper that answers now, which is recorded anew.

    Raises BadInput when the key does not open the store in `folder`.
    """
    if not opens(folder / "store.db", raw):
        raise BadInput("This key does not open the store.", "Check that it is this car's recovery.")
    keeper = _first_keeper(folder, allow_file, passphrase)
    keeper.put(CURRENT, raw)
    keeper.remove(NEXT)
    _record(folder, keeper)
    return StoreKey(raw, keeper.name)


def adopt_key(folder: Path, raw: bytes, *, allow_file: bool = False) -> StoreKey:
    """Keep a key that a backup brought, where there is none yet. Raises BadInput when a key is kept here already."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keeper = _first_keeper(folder, allow_file, None)
    if _recorded(folder) is not None or keeper.get(CURRENT) is not None:
        raise BadInput("There is a key in this folder already.", "Give an empty folder.")
    keeper.put(CURRENT, raw)
    _record(folder, keeper)
    return StoreKey(raw, keeper.name)


def _keeper(folder: Path, allow_file: bool, passphrase: Callable[[], str] | None) -> Keeper:
    """The recorded keeper, or the first that answers when none is recorded yet."""
    known = _recorded(folder)
    given = credential_keeper()
    if given and known in (None, CREDENTIAL_BACKEND):
        return given
    if known == SEALED_BACKEND and passphrase:
        return SealedKeeper(folder, passphrase)
    if known == FILE_BACKEND and allow_file:
        return FileKeeper(folder)
    keyring, why = find_keyring(folder)
    if known and (keyring is None or keyring.name != known):
        answers = keyring.name if keyring else f"only a {FILE_BACKEND}" if allow_file else "none"
        raise BadInput(f"The store's key is kept by {known}, but now {answers} answers. {why}".rstrip(), _REMEDY)
    return keyring or _first_keeper(folder, allow_file, passphrase)


def _first_keeper(folder: Path, allow_file: bool, passphrase: Callable[[], str] | None) -> Keeper:
    keyring, why = find_keyring(folder)
    if keyring:
        return keyring
    if passphrase:
        return SealedKeeper(folder, passphrase)
    if allow_file:
        return FileKeeper(folder)
    raise BadInput(why, _REMEDY)


def _recorded(folder: Path) -> str | None:
    record = folder / "keystore.json"
    return str(json.loads(record.read_text(encoding="utf-8"))["backend"]) if record.exists() else None


def _record(folder: Path, keeper: Keeper) -> None:
    write_private(folder / "keystore.json", json.dumps({"backend": keeper.name}).encode())
