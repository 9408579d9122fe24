"""One program at a time works in a car's folder: the application, or a command that writes into its store."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from mdt_app.domain.errors import MdtError
from mdt_app.services.file_lock import lock

_FILE = "in-use"


class SoleUse:
    """The folder is this program's until `end`, or until it is gone. Raises MdtError when another one works there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file: IO[bytes] = (folder / _FILE).open("ab")
        if not lock(self._file.fileno()):
            self._file.close()
            words = f"The application is running in {folder}, or another command works there."
            raise MdtError(words, "End it, then try again.")

    def end(self) -> None:
        """Give the folder back."""
        self._file.close()
