"""Opening the encrypted store: the only place that knows SQLCipher and binds sqlite-utils to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3
import sqlcipher3.dbapi2

# sqlite-utils catches the driver's own error classes: it has to find SQLCipher's before it is imported.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

import sqlite_utils  # noqa: E402 - after the line above, on purpose

from mdt_app.domain.errors import BadInput, StorageFault  # noqa: E402 - imports stay below the binding

_Connection = TypeVar("_Connection", bound=Any)
DriverError = sqlcipher3.dbapi2.Error
Database = sqlite_utils.Database
_PLAIN = b"SQLite format 3"
BUSY_MS, PAGE = 10_000, 2048
_CACHE_KIB = 32_768
"""SQLCipher decrypts each page it reads: a small cache costs six times."""


def open_database(path: Path, key: bytes) -> Database:
    """Open (or create) the encrypted database at `path` with a raw 32-byte key, checked to be encrypted.

    Raises BadInput when the key is wrong or the file is not ours, StorageFault when it can't be opened at all.
    The file is never deleted or made anew on an error.
    """
    connection = None
    try:
        if _is_plain(path):
            raise BadInput("The store is not encrypted; it is not ours.", "Ask IT; the file was left as it is.")
        _own(path)
        connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=BUSY_MS / 1000)
        _prepare(connection, key)
    except OSError as error:
        raise StorageFault("The store can't be opened.", "Check the disk, then start again.") from error
    except DriverError as error:
        if connection is not None:
            connection.close()
        if "not a database" in str(error):
            words = "The store can't be read with this key, or it is damaged."
            raise BadInput(words, "Ask IT; the file was left as it is.") from error
        raise StorageFault("The store can't be opened.", "Check the disk, then start again.") from error
    return Database(connection)


def cipher_settings(schema: str) -> tuple[str, ...]:
    """How a store's file is laid out: each page that a commit touches is encrypted and signed, so pages are small."""
    return (f"PRAGMA {schema}.cipher_page_size = {PAGE}", f"PRAGMA {schema}.cipher_hmac_algorithm = HMAC_SHA256")


def _is_plain(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def _own(path: Path) -> None:
    """A new store is its owner's alone; what the driver makes beside it takes the same rights."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _prepare(connection: sqlcipher3.Connection, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for setting in cipher_settings("main"):
        connection.execute(setting)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise BadInput("The database driver can't encrypt.", "Install the program again; nothing was written.")
    prepare_plain(connection)


def prepare_plain(connection: _Connection) -> _Connection:
    """Set all that has nothing to do with encryption; the measurements set up plain SQLite with the same."""
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON").fetchone()
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
