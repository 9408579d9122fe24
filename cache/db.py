"""Opening the encrypted store: the only place that knows SQLCipher and binds sqlite-utils to it."""

from __future__ import annotations

import sys
from pathlib import Path

import sqlcipher3
import sqlcipher3.dbapi2

# sqlite-utils catches the driver's own error classes: it has to find SQLCipher's before it is imported.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

import sqlite_utils  # noqa: E402 - after the line above, on purpose

from mdt_app.domain.errors import BadInput, StorageFault  # noqa: E402 - imports stay below the binding

DriverError = sqlcipher3.dbapi2.Error
Database = sqlite_utils.Database
_PLAIN = b"SQLite format 3"
_CACHE_KIB = 32_768
"""SQLCipher decrypts each page it reads: a small cache costs six times."""


def open_database(path: Path, key: bytes) -> Database:
    """Open (or create) the encrypted database at `path` with a raw 32-byte key, checked to be encrypted.

    Raises BadInput when the key is wrong or the file is not ours, StorageFault when it can't be opened at all.
    The file is never deleted or made anew on an error.
    """
    if _is_plain(path):
        raise BadInput("The store is not encrypted; it is not ours.", "Ask IT; the file was left as it is.")
    try:
        connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=10.0)
        _prepare(connection, key)
    except DriverError as error:
        if "not a database" in str(error):
            words = "The store can't be read with this key, or it is damaged."
            raise BadInput(words, "Ask IT; the file was left as it is.") from error
        raise StorageFault("The store can't be opened.", "Check the disk, then start again.") from error
    return Database(connection)


def _is_plain(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def _prepare(connection: sqlcipher3.Connection, key: bytes) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise BadInput("The database driver can't encrypt.", "Install the program again; nothing was written.")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON").fetchone()
    connection.execute("PRAGMA temp_store = MEMORY")
