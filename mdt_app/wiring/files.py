"""Files that the commands read and write: whole or not at all, and what fails said in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cache.keepers import sync_folder
from mdt_app.domain.errors import BadInput, MdtError

_BINARY = getattr(os, "O_BINARY", 0)


@contextmanager
def readable(file: Path) -> Iterator[BinaryIO]:
    """Give a file to read. Raises MdtError where the medium fails."""
    try:
        with file.open("rb") as source:
            yield source
    except OSError as fault:
        raise MdtError(f"{file.name} can't be read.", "Check the medium.") from fault


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """Give a file to write that is there whole or not at all, and for its owner alone. Raises BadInput, MdtError."""
    if file.exists():
        raise BadInput("There is a file of this name already.", "Choose another name.")
    draft = file.with_name(f"{file.name}.draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
        sync_folder(file.absolute().parent)
    except OSError as fault:
        raise MdtError(f"{file.name} can't be written.", "Check the medium and its room.") from fault
    finally:
        draft.unlink(missing_ok=True)
