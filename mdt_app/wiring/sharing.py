"""Data for another agency on the command line: a request's package as a file, and what is in one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cache.recovery import private_of
from mdt_app.domain.errors import BadInput
from mdt_app.hq.sharing import KIND
from mdt_app.services.sealed_files import Opener, opened
from mdt_app.wiring.desk import Desk
from mdt_app.wiring.files import new_file, readable

Ask = Callable[[], str] | None


def save_package(desk: Desk, record_id: str, file: Path, passphrase: str) -> str:
    """Answer a request with a package in this new file; return the record of what was shared. Raises BadInput."""
    if file.exists() or not file.absolute().parent.is_dir():
        raise BadInput("The package can't be written there.", "Name a new file in a folder that is there.")
    share_id, content = desk.share(record_id, passphrase)
    with new_file(file) as out:
        out.write(content)
    return share_id


def read_package(file: Path, words: Ask, passphrase: Ask) -> str:
    """Return what a package holds (JSON), once it is proved whole. Raises BadInput where it can't be opened."""
    opener = Opener(private_of(words()) if words else None, passphrase)
    with readable(file) as source:
        return b"".join(opened(KIND, opener, source)).decode()
