"""A real PostgreSQL server for the tests, in a folder of its own, where Debian's package is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

_USER = "mdt"


class PostgreSQL:
    """A running server that makes a database for each headquarters."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"hq_{uuid4().hex}"
        _order(str(self._folder), f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://{_USER}@/{name}?host={self._folder}"


def host_of(database: str) -> str:
    """The folder of the server that a database is on."""
    return str(make_url(database).query["host"])


def copy_database(source: str, target: str) -> None:
    """Put a copy of one database, which nobody uses, in the place of an empty one on the same server."""
    name = make_url(target).database
    _order(host_of(target), f"DROP DATABASE {name}", f"CREATE DATABASE {name} TEMPLATE {make_url(source).database}")


def _order(host: str, *words: str) -> None:
    with psycopg.connect(host=host, user=_USER, dbname="postgres", autocommit=True) as connection:
        for word in words:
            connection.execute(word.encode())


def _programs() -> Path:
    """Where initdb and postgres are; the test is skipped where they are not."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
    found = [place for place in places if (place / "initdb").exists()]
    if found:
        return found[-1]
    if known := shutil.which("initdb"):
        return Path(known).parent
    pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql).")


def _as_nobody_special(folder: Path) -> list[str]:
    """The words before a command that keep it from running as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    tool = shutil.which("setpriv")
    users = [user for user in ("postgres", "nobody") if user in {entry.pw_name for entry in pwd.getpwall()}]
    if not tool or not users:
        pytest.skip("PostgreSQL refuses to run as root, and there is no setpriv or no other user here.")
    entry = pwd.getpwnam(users[0])
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return [tool, f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Run a server on a Unix socket in a folder of its own; skip where there is none."""
    programs = _programs()
    # The path of a Unix socket is short, and pytest's own folders are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="mdt-pg-"))
    try:
        words = _as_nobody_special(folder)
        data = folder / "data"
        made = [*words, str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8"]
        subprocess.run([*made, "--no-sync", "--locale=C"], check=True, capture_output=True, cwd=folder)
        control = [*words, str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, cwd=folder)
        try:
            yield PostgreSQL(folder)
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
