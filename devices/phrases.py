"""Where a phrase's sound stands while it is spoken: a folder of the voice's process alone, which goes with it.

eSpeak's driver writes each phrase as a file, has `aplay` play it, and takes it away. A process that is killed between
would leave a spoken plate on the disk. SAPI, on Windows, plays without a file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mdt_app.services.file_lock import lock

_PREFIX = "mdt-voice-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is made for this process alone


def keep_phrases_apart() -> None:
    """Have this process write its temporary files into a folder of its own, in memory where there is such a place.

    Who holds the folder's lock has it: the system takes it back from a process that dies. Raises OSError.
    """
    if sys.platform == "win32" or Path(tempfile.tempdir or "").name.startswith(_PREFIX):
        return
    clear_phrases()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_places()[0]))
        if _taken(folder) is not None and folder.is_dir():  # else it was cleared before it was taken
            tempfile.tempdir = str(folder)
            return


def clear_phrases() -> None:
    """Take away what processes left that are gone."""
    for folder in _folders():
        number = _taken(folder)
        if number is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(number)


def _taken(folder: Path) -> int | None:
    """The folder's open handle with its lock, None when another process has it or it is somebody else's."""
    try:
        number = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    except OSError:
        return None
    if lock(number):
        return number
    os.close(number)
    return None


def _folders() -> Iterator[Path]:
    if sys.platform != "win32":
        for place in _places():
            yield from place.glob(f"{_PREFIX}*")


def _places() -> tuple[Path, ...]:
    """Where such folders may stand, the best first."""
    own = Path(tempfile.gettempdir())
    return (_MEMORY, own) if os.access(_MEMORY, os.W_OK) else (own,)
