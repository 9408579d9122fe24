"""One program at a time works in a car's folder: the application, or a command that writes into its store."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from mdt_app.domain.errors import MdtError
from mdt_app.services.file_lock import lock

_FILE = "in-use"
_HELD, _KNOCK = b"\n", b"front\n"
"""What stands in the file. A knock comes behind the first byte: that one is locked where the system locks bytes."""
_ANSWER_S, _LOOK_S = 2.0, 0.05


class InUse(MdtError):
    """Another program works in this folder."""


class SoleUse:
    """The folder is this program's until `end`, or until it is gone. Raises InUse when another one works there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / _FILE
        self._file: IO[bytes] = self.path.open("ab", buffering=0)
        if not lock(self._file.fileno()):
            self._file.close()
            words = f"The application is running in {folder}, or another command works there."
            raise InUse(words, "End it, then try again.")
        with suppress(OSError):  # on a full disk the start goes on; only a second one can't knock then
            if self.path.stat().st_size == 0:
                self._file.write(_HELD)
            self._file.truncate(len(_HELD))

    def knocked(self) -> bool:
        """Whether the application was started a second time; asking answers it."""
        knocked = self.path.stat().st_size > len(_HELD)
        if knocked:
            self._file.truncate(len(_HELD))
        return knocked

    def end(self) -> None:
        """Give the folder back."""
        self._file.close()


def knock(folder: Path) -> bool:
    """Ask the application that runs in this folder to come to the front; whether it answered within two seconds."""
    path = folder / _FILE
    with path.open("ab") as file:
        file.write(_KNOCK)
    until = time.monotonic() + _ANSWER_S
    while time.monotonic() < until:
        if path.stat().st_size == len(_HELD):
            return True
        time.sleep(_LOOK_S)
    return False
