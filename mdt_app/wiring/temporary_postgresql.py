"""A PostgreSQL server of one's own for a measurement: made, started, and removed again."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mdt_app.domain.errors import MdtError

_USER = "mdt"
_NEEDED = "Install it (Debian: apt-get install postgresql), or give --database."


@contextmanager
def temporary_postgresql(*settings: str) -> Iterator[str]:
    """Run a server with its own defaults on a Unix socket, commits durable; give its database's address.

    `settings` stand over its defaults ('max_wal_size=4GB').

    Raises MdtError where PostgreSQL is not installed or does not start.
    """
    programs = _programs()
    # The path of a Unix socket has to be short.
    folder = Path(tempfile.mkdtemp(prefix="mdt-pg-"))
    try:
        words = _as_nobody_special(folder)
        control = [*words, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")]
        made = ("-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C")
        _run([*words, str(programs / "initdb"), "-D", str(folder / "data"), *made], folder)
        said = " ".join(f"-c {one}" for one in ("listen_addresses=''", "max_connections=200", *settings))
        _run([*control, "-o", f"-k {folder} {said}", "start"], folder)
        try:
            yield f"postgresql+psycopg://{_USER}@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    places = [place for place in Path("/usr/lib/postgresql").glob("*/bin") if (place / "initdb").exists()]
    if places:
        return max(places, key=lambda place: int(place.parent.name))
    if known := shutil.which("initdb"):
        return Path(known).parent
    raise MdtError("PostgreSQL is not installed here.", _NEEDED)


def _as_nobody_special(folder: Path) -> list[str]:
    """The words before a command that keep it from running as root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known.get("nobody")
    tool = shutil.which("setpriv")
    if user is None or tool is None:
        raise MdtError("PostgreSQL refuses to run as root, and there is no other user here.", _NEEDED)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [tool, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, capture_output=True, cwd=folder, check=False)  # noqa: S603 - PostgreSQL's own programs
    if done.returncode:
        raise MdtError("PostgreSQL does not start here.", _NEEDED)
