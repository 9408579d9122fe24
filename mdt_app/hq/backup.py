"""Backups of headquarters: one sealed file with the whole database, its key and a manifest, proved when put back.

Inside the seal stand frames (one letter, four bytes of length, the content): K headquarters' key, D the database piece
by piece (the encrypted file, or PostgreSQL's own custom format), and last M, the manifest: counts, the cars' chain
heads, the size and SHA-256 of the database. It is read through to its end before anything is put back.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import structlog
from sqlalchemy import Connection, inspect, select, text

from mdt_app.domain.errors import BadInput, MdtError
from mdt_app.hq import proving
from mdt_app.hq.pg_tools import run_tool
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.tables import agency
from mdt_app.services.sealed_files import PIECE, Lock, Opener, opened, seal
from mdt_app.sync.wire import Count, Digest, Message, Moment, Name

KIND = "headquarters backup"
_FILE, _POSTGRESQL = "encrypted file", "postgresql"
_HEAD = 5
_REMEDY = "Take another backup; nothing was changed here."

log = structlog.get_logger()


class Manifest(Message):
    """What a backup holds, and what has to be there again once it is put back. `made_at` is UTC."""

    made_at: Moment
    ori: Name
    database: Name
    revision: Name
    counts: dict[str, int]
    heads: dict[str, str]
    size: Count
    sha256: Digest


@dataclass(slots=True)
class _Read:
    """A backup as it is read: what came before its manifest."""

    key: bytes = b""
    manifest: Manifest | None = None
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)


def back_up(store: Store, key: bytes, database: str | None, locks: Sequence[Lock], target: BinaryIO) -> Manifest:
    """Write a backup of the running headquarters to `target`. Raises BadInput for what it rests on, proved beforehand.

    `database` is PostgreSQL's address, None for the encrypted file. Raises MdtError without PostgreSQL's own tools.
    """
    made: list[Manifest] = []
    seal(KIND, locks, _frames(store, key, database, made), target)
    log.info("backup.made", events=made[0].counts["events"], size=made[0].size)
    return made[0]


def examine(source: BinaryIO, opener: Opener) -> tuple[Manifest, bytes]:
    """Read a backup through to its end; return its manifest and headquarters' key. Raises BadInput."""
    read = _Read()
    for _piece in _database(source, opener, read):
        pass
    manifest = read.manifest
    if manifest is None or not read.key or (manifest.size, manifest.sha256) != (read.size, read.digest.hexdigest()):
        raise BadInput("The backup does not hold what its manifest says.", _REMEDY)
    return manifest, read.key


def put_back(source: BinaryIO, opener: Opener, folder: Path, database: str | None) -> Manifest:
    """Put a backup back into an empty headquarters, and prove it there. Raises BadInput; then nothing is left behind.

    The backup was examined before; headquarters' key is the caller's to keep, before anything is opened.
    """
    manifest, key = examine(source, opener)
    wanted = _POSTGRESQL if database else _FILE
    if manifest.database != wanted:
        words = f"This is a backup of {manifest.database}, and here is {wanted}."
        raise BadInput(words, "Give --database with PostgreSQL's address, or leave it out.")
    source.seek(0)
    pieces = _database(source, opener, _Read())
    place = _into_postgresql(database, pieces) if database else _into_file(folder, key, pieces)
    with place as store:
        _prove(store, manifest)
    return manifest


def is_empty(folder: Path, database: str | None) -> bool:
    """Say whether there is no headquarters yet: only such a place takes a backup."""
    if database is None:
        return not any(folder.glob("*.db")) if folder.exists() else True
    with closing(open_store(folder, database=database, key=b"")) as store, store.reading() as connection:
        return not inspect(connection).get_table_names()


def _frames(store: Store, key: bytes, database: str | None, made: list[Manifest]) -> Iterator[bytes]:
    yield _frame(b"K", key)
    digest, size = hashlib.sha256(), 0
    with _postgresql_copy(store, database) if database else _file_copy(store, key) as (about, pieces):
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield _frame(b"D", piece)
    manifest = about.model_copy(update={"size": size, "sha256": digest.hexdigest()})
    made.append(manifest)
    yield _frame(b"M", manifest.model_dump_json().encode())


@contextmanager
def _file_copy(store: Store, key: bytes) -> Iterator[tuple[Manifest, Iterable[bytes]]]:
    """Copy the encrypted file; the copy is encrypted with the same key, and stands nowhere in the clear."""
    with tempfile.TemporaryDirectory(prefix="mdt-backup-") as name:
        folder = Path(name)
        with closing(open_store(folder, database=None, key=key, create=True)) as copy:
            store.copy_into(copy)
            about = _about(copy, _FILE)
        with next(folder.glob("*.db")).open("rb") as file:
            yield about, iter(lambda: file.read(PIECE), b"")


@contextmanager
def _postgresql_copy(store: Store, database: str) -> Iterator[tuple[Manifest, Iterable[bytes]]]:
    """Have pg_dump write what one snapshot shows, the same that is counted here."""
    with store.reading() as connection:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        about = _manifest(connection, _POSTGRESQL)
        with run_tool("pg_dump", database, "--format=custom", f"--snapshot={snapshot}", stdout=subprocess.PIPE) as tool:
            out = tool.stdout
            if out is not None:
                yield about, iter(lambda: out.read(PIECE), b"")


def _about(store: Store, kind: str) -> Manifest:
    with store.reading() as connection:
        return _manifest(connection, kind)


def _manifest(connection: Connection, kind: str) -> Manifest:
    return Manifest(
        made_at=datetime.now(UTC),
        ori=connection.scalar(select(agency.c.ori)) or "",
        database=kind,
        revision=str(connection.scalar(text("SELECT version_num FROM alembic_version"))),
        counts=proving.counts(connection),
        heads=proving.chain_heads(connection),
        size=0,
        sha256="0" * 64,
    )


def _frame(letter: bytes, content: bytes) -> bytes:
    return letter + len(content).to_bytes(4, "big") + content


def _database(source: BinaryIO, opener: Opener, read: _Read) -> Iterator[bytes]:
    """Give the database's pieces, and note in `read` what else the backup holds."""
    for letter, content in _parsed(opened(KIND, opener, source)):
        match letter:
            case b"K":
                read.key = content
            case b"D" if read.manifest is None:
                read.size += len(content)
                read.digest.update(content)
                yield content
            case b"M":
                read.manifest = _understood(content)
            case _:
                raise BadInput("The backup can't be understood.", _REMEDY)


def _parsed(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    rest = bytearray()
    for piece in pieces:
        rest += piece
        while len(rest) >= _HEAD and len(rest) >= (end := _HEAD + int.from_bytes(rest[1:_HEAD], "big")):
            yield bytes(rest[:1]), bytes(rest[_HEAD:end])
            del rest[:end]
    if rest:
        raise BadInput("The backup can't be understood.", _REMEDY)


def _understood(content: bytes) -> Manifest:
    try:
        return Manifest.model_validate_json(content)
    except ValueError as fault:
        raise BadInput("The backup's manifest can't be understood.", _REMEDY) from fault


@contextmanager
def _into_file(folder: Path, key: bytes, pieces: Iterable[bytes]) -> Iterator[Store]:
    """Write the file under another name; it takes its place only once it is proved."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as name:
        draft = Path(name) / "headquarters.db"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        with closing(open_store(draft.parent, database=None, key=key)) as store:
            yield store
        draft.replace(folder / draft.name)


@contextmanager
def _into_postgresql(database: str, pieces: Iterable[bytes]) -> Iterator[Store]:
    """Have pg_restore do it in one transaction; what does not hold afterwards is taken out again."""
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    with run_tool("pg_restore", database, *options, stdin=subprocess.PIPE) as tool:
        if tool.stdin is not None:
            with tool.stdin as into:
                for piece in pieces:
                    into.write(piece)
    with closing(open_store(Path(), database=database, key=b"")) as store:
        try:
            yield store
        except MdtError:
            with store.writing() as connection:
                schema = inspect(connection).default_schema_name
                connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
                connection.execute(text(f'CREATE SCHEMA "{schema}"'))
            raise


def _prove(store: Store, manifest: Manifest) -> None:
    """Hold what was put back against the manifest, and walk all chains."""
    with store.reading() as connection:
        found = _manifest(connection, manifest.database)
        wrong = [
            name for name in ("ori", "revision", "counts", "heads") if getattr(found, name) != getattr(manifest, name)
        ]
        wrong += proving.faults(connection)
    if wrong:
        raise BadInput(f"What was put back is not what was backed up: {'; '.join(wrong)}.", _REMEDY)
