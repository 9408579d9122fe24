"""Backups of headquarters for the command line: its folder, its key, and whom the file is sealed for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cache.keys import adopt_key, forget_key
from cache.recovery import private_of
from mdt_app.domain.errors import BadInput
from mdt_app.hq.backup import Manifest, back_up, examine, is_empty, put_back
from mdt_app.services.sealed_files import Lock, Opener, x25519_public
from mdt_app.wiring.enrolment import Headquarters
from mdt_app.wiring.files import new_file, readable

Ask = Callable[[], str] | None
_LEAST = 12
"""Letters of a backup's passphrase: who has the file may try for years."""


def save_backup(at: Headquarters, file: Path, public_keys: Sequence[str], passphrase: Ask) -> Manifest:
    """Write a backup beside the running headquarters; the file is there whole or not at all. Raises MdtError."""
    locks = [Lock(public=x25519_public(text)) for text in public_keys]
    if passphrase is not None:
        locks.append(Lock(passphrase=_long_enough(passphrase())))
    if not locks:
        raise BadInput("It is not said who may open the backup.", "Give --to with a public key, or --passphrase.")
    with new_file(file) as out, at.opened() as store:
        return back_up(store, at.key, at.database, locks, out)


def restore_backup(at: Headquarters, file: Path, words: Ask, passphrase: Ask) -> Manifest:
    """Put a backup back into an empty headquarters, with its key. Raises BadInput, and nothing is left behind then."""
    opener = Opener(private_of(words()) if words else None, passphrase)
    if not is_empty(at.folder, at.database):
        raise BadInput("There is a headquarters here already.", "Give an empty folder or database.")
    with readable(file) as source:
        _, key = examine(source, opener)
        adopt_key(at.folder, key, allow_file=at.key_file)
        source.seek(0)
        try:
            return put_back(source, opener, at.folder, at.database)
        except BaseException:
            forget_key(at.folder)
            (at.folder / "keystore.json").unlink(missing_ok=True)
            raise


def _long_enough(text: str) -> str:
    if len(text) < _LEAST:
        raise BadInput(f"The passphrase is shorter than {_LEAST} letters.", "Choose a longer one, or give --to.")
    return text
