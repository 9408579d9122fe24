"""PostgreSQL's own programs for a dump and its way back: found, run, and their failure said in words."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import make_url

from mdt_app.domain.errors import MdtError, StorageFault

Popen = subprocess.Popen[bytes]

log = structlog.get_logger()


@contextmanager
def run_tool(
    name: str, database: str, *options: str, stdin: int | None = None, stdout: int | None = None
) -> Iterator[Popen]:
    """Run one of PostgreSQL's own tools on a database; the password is in its environment, not on its line."""
    program = shutil.which(name)
    if program is None:
        raise MdtError(f"PostgreSQL's {name} is not installed here.", "Install it (Debian: postgresql-client).")
    url = make_url(database).set(drivername="postgresql")
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    plain = url.set(password=None).render_as_string(hide_password=False)
    command = [program, "--no-password", f"--dbname={plain}", *options]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, found by name
            command, env=environment, stdin=stdin, stdout=stdout, stderr=said
        ) as tool,
    ):
        try:
            yield tool
        except BrokenPipeError:
            pass  # it ended early; its status says why
        except BaseException:
            tool.kill()
            raise
        if tool.wait():
            log.error("backup.tool", tool=name, status=tool.returncode)
            raise StorageFault(f"{name} failed (status {tool.returncode}).", "Check that it is the server's version.")
