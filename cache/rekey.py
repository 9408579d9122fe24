"""Putting a new key in: the store is written anew under it, and takes the old one's place in one rename.

Until all is done the keeper holds both keys. Whatever is killed when, the file is the old store or the new one, and
`settle` finds out which at the next start.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

from cache.db import Database, DriverError, cipher_settings, open_database
from cache.keepers import CURRENT, NEXT, Keeper, sync_folder
from cache.recovery import seal_for_all
from mdt_app.domain.errors import BadInput, StorageFault

_IN_USE = "The store is in use."
_CLOSE = "End the application on this machine, then try again."


def put_new_key(folder: Path, keeper: Keeper, old: bytes, new: bytes) -> None:
    """Write the store in `folder` anew under the key `new`, and let the keeper hold that from then on."""
    path, draft = folder / "store.db", folder / "store.rekey"
    _check(path)
    _clear(draft)
    with closing(open_database(path, old)) as db:
        _take_alone(db)
        keeper.put(NEXT, new)
        seal_for_all(folder, (old, new))
        _copy(db, draft, new)
        if os.name == "nt":  # Windows replaces no open file
            db.close()
        draft.replace(path)
        sync_folder(folder)
    _finish(folder, keeper, new)


def settle(folder: Path, keeper: Keeper, old: bytes, new: bytes) -> bytes:
    """After an interruption: find out which of the two keys the store has, keep that one alone, and return it.

    Raises BadInput when neither opens it, StorageFault when another process is at it; both keys are then still kept.
    """
    path = folder / "store.db"
    if opens(path, new):
        _finish(folder, keeper, new)
        return new
    if path.exists() and not opens(path, old):
        raise BadInput("Neither of the store's two keys opens it.", "Ask IT; nothing was changed.")
    _clear(folder / "store.rekey")
    keeper.remove(NEXT)
    seal_for_all(folder, (old,))
    return old


def opens(path: Path, key: bytes) -> bool:
    """Say whether this key opens the store. Raises StorageFault when it can't be tried now."""
    if not path.exists():
        return False
    try:
        with closing(open_database(path, key)) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BadInput:
        return False
    except DriverError as error:
        raise StorageFault(_IN_USE, _CLOSE) from error
    return True


def _check(path: Path) -> None:
    if not path.exists():
        raise BadInput("There is no store here.", "Give the car's folder.")
    if shutil.disk_usage(path.parent).free < path.stat().st_size * 5 // 4:
        raise StorageFault("The disk has no room for a copy of the store.", "Make room, then try again.")


def _take_alone(db: Database) -> None:
    """Hold the store alone until it is closed, and empty its write-ahead log. Another user of it makes this fail."""
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        mode = db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except DriverError as error:
        raise StorageFault(_IN_USE, _CLOSE) from error
    if mode != "delete":
        raise StorageFault(_IN_USE, _CLOSE)


def _copy(db: Database, draft: Path, new: bytes) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    draft.touch(mode=0o600)
    try:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{new.hex()}'\"", (str(draft),))
        for setting in cipher_settings("fresh"):
            db.execute(setting)
        db.execute("SELECT sqlcipher_export('fresh')").fetchone()
        db.execute(f"PRAGMA fresh.user_version = {version}")
        damage = [row[0] for row in db.execute("PRAGMA fresh.cipher_integrity_check")]
        db.execute("DETACH DATABASE fresh")
    except DriverError as error:
        raise StorageFault("The store could not be written anew.", "It is as it was. Check the disk.") from error
    if damage:
        raise StorageFault("The new copy of the store is damaged.", "The store is as it was. Check the disk.")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def _finish(folder: Path, keeper: Keeper, new: bytes) -> None:
    keeper.put(CURRENT, new)
    keeper.remove(NEXT)
    seal_for_all(folder, (new,))
    _clear(folder / "store.rekey")


def _clear(draft: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        draft.with_name(draft.name + ending).unlink(missing_ok=True)
