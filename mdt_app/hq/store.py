"""The one place at headquarters that opens the database: encrypted SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnClause,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Table,
    Text,
    any_,
    bindparam,
    cast,
    column,
    create_engine,
    event,
    func,
    insert,
    literal,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from mdt_app.domain.errors import StorageFault

T = TypeVar("T")

KEY_BYTES = 32
PLAIN_HEADER = b"SQLite format 3\x00"
_FILE_NAME = "headquarters.db"
_BUSY_MS = 10_000
_CACHE_KIB = 64 * 1024
_COLLIDED = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for transactions that ran into each other: serialization failure, deadlock."""

log = structlog.get_logger()


class Overtaken(StorageFault):
    """Others, at the same moment, put on record what contradicts this transaction; nothing of it was kept.

    Done again it sees what they did.
    """


class Store:
    """The database with its two doors: `reading()` and `writing()`, each one transaction.

    A transaction that fails is undone whole and raises StorageFault; other errors pass after the undoing. The embedded
    file has one writer at a time. Those of this process wait at a lock, which wakes one as soon as it is free (SQLite's
    own waiting sleeps); it promises no order, and whoever waited too long is told so.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = threading.Lock() if self.embedded else None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with _told(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are committed together at the end, or not at all."""
        with (
            _told(),
            _turn_of(self._writer),
            self._engine.connect().execution_options(mdt_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def upgrade(self) -> str:
        """Bring the tables to this version's state in one transaction, and return the revision."""
        config = _migrations()
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return MigrationContext.configure(connection).get_current_revision() or ""

    def require_current(self) -> None:
        """Raise StorageFault when the tables are not in this version's state."""
        with self.reading() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
        if revision != _head():
            raise StorageFault("Headquarters' database is not of this version.", "Run 'mdt hq init' first.")

    @property
    def embedded(self) -> bool:
        """Whether this is the encrypted file, and not PostgreSQL."""
        return self._engine.dialect.name == "sqlite"

    def copy_into(self, other: Store) -> None:
        """Copy the encrypted file as it stands now into another one; cars and desks go on writing meanwhile."""
        with _told(), self._engine.connect() as here, other._engine.connect() as there:
            source, target = here.connection.driver_connection, there.connection.driver_connection
            if source is None or target is None:
                raise StorageFault("Headquarters' database is busy.", "Try again.")
            source.backup(target)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


@cache
def _head() -> str | None:
    """The newest revision; all migrations are read for it."""
    return ScriptDirectory.from_config(_migrations()).get_current_head()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", "mdt_app.hq:migrations")
    return config


def in_order(connection: Connection, table: Table) -> None:
    """Have the table's next rows come to light in the order of their numbers: who asks for all after one misses none.

    Without it PostgreSQL may commit number 8 before number 7. It holds until the end of the transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(zlib.crc32(table.name.encode()))))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of the same columns in their order: on PostgreSQL in one statement, whatever their number."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    named = [table.c[name] for name in rows[0]]
    sent = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    given = sent.table_valued(*(column(one.name, one.type) for one in named)).render_derived(with_types=True)
    statement = insert(table).from_select([one.name for one in named], select(*given.c))
    connection.execute(statement, {"rows": _as_json(connection.dialect, named, rows)})


def _as_json(dialect: Dialect, named: Sequence[ColumnClause[Any]], rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as the database takes their values; one text is far cheaper to send than an array a column."""
    made = {one.name: one.type.dialect_impl(dialect).bind_processor(dialect) for one in named}
    plain = [{name: to(row[name]) if to else row[name] for name, to in made.items()} for row in rows]
    return json.dumps(plain, default=str, ensure_ascii=False)


def one_of(connection: Connection, its: ColumnElement[T], values: Collection[T]) -> ColumnElement[bool]:
    """Whether a column has one of these values: on PostgreSQL as one parameter, so that it is planned once."""
    if connection.dialect.name == "postgresql":
        return its == any_(literal(list(values), ARRAY(its.type)))
    return its.in_(values)


def open_store(folder: Path, *, database: str | None, key: bytes, create: bool = False) -> Store:
    """Open headquarters' database: `database` is a PostgreSQL address, None the encrypted file in `folder`.

    `key` is the file's raw key of 32 bytes; PostgreSQL does without it. Only `create` makes a new file. Raises
    StorageFault when it can't be opened, with a wrong key too; the file is then left as it is.
    """
    if database is not None:
        return Store(_postgresql(database))
    path = folder / _FILE_NAME
    if len(key) != KEY_BYTES:
        raise StorageFault("The database key is not 32 bytes long.", "Give the key that headquarters was made with.")
    if not create and not path.is_file():
        raise StorageFault("There is no headquarters database in this folder.", "Run 'mdt hq init' first.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_plain(path)
    store = Store(_sqlite(path, key, create))
    with store.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    _refuse_plain(path)
    return store


def _postgresql(database: str) -> Engine:
    try:
        url = make_url(database)
        if url.get_backend_name() != "postgresql":
            raise StorageFault("Headquarters keeps its records in PostgreSQL or in its own file.", "Use postgresql://.")
        # psycopg 3 is the driver that is installed, whatever the address says.
        # The connection used last is taken first: it knows the partitions of the reads, which takes a new one 60 ms.
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=10,
            max_overflow=30,
            pool_pre_ping=True,
            pool_use_lifo=True,
        )
    except (ArgumentError, NoSuchModuleError) as fault:
        raise StorageFault("The database's address can't be understood.", "Use postgresql://host/name.") from fault


def _sqlite(path: Path, key: bytes, create: bool) -> Engine:
    def connect() -> Any:
        return _connect(path, key, create)

    # A file address gives a pool of one connection a thread; a queue bounds what many requests open.
    engine = create_engine(
        "sqlite+pysqlite:///file", module=sqlcipher, creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=32
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path, key: bytes, create: bool) -> Any:
    mode = "rwc" if create else "rw"
    if create and not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        # What goes wrong is raised; the library's own lines to the error stream would only repeat it.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _refuse_no_cipher(connection)
        for pragma in (
            f"busy_timeout = {_BUSY_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"cache_size = -{_CACHE_KIB}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_no_cipher(connection: Any) -> None:
    # Plain SQLite takes PRAGMA key without a word and writes plain text (reliability, trap 1).
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StorageFault("The database library can't encrypt.", "Install the application again.")


def _begin(connection: Connection) -> None:
    # The driver is in autocommit, so the transaction's kind is chosen here: a writer takes its lock at once.
    writes = connection.get_execution_options().get("mdt_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_plain(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise StorageFault("The database file is not encrypted.", "Move it away, and run 'mdt hq init'.")


@contextlib.contextmanager
def _turn_of(writer: threading.Lock | None) -> Iterator[None]:
    """Wait for this process's one writer, no longer than for another process's."""
    if writer and not writer.acquire(timeout=_BUSY_MS / 1000):
        raise StorageFault("Headquarters' database is busy.", "Try again.")
    try:
        yield
    finally:
        if writer:
            writer.release()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        if isinstance(fault, IntegrityError) or getattr(fault.orig, "sqlstate", "") in _COLLIDED:
            raise Overtaken("Another request was quicker.", "Try again.") from fault
        log.error("store.failed", error=type(fault.orig).__name__)  # noqa: TRY400 - the driver's words may hold plates
        words = "Headquarters' database could not do this."
        raise StorageFault(words, "Check its key, its disk and its server; nothing was changed.") from fault
    except SQLAlchemyError as fault:
        log.error("store.failed", error=type(fault).__name__)  # noqa: TRY400 - its words may hold plates
        raise StorageFault("Headquarters' database is busy.", "Try again.") from fault
