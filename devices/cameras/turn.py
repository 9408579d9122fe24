"""Turns at reading: no more cameras read at once than there are cores, so that each reads a fresh picture quickly."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mdt_app.services.file_lock import lock, unlock

WAIT_MOST_S = 2.0
"""A camera that never gives its turn back must not blind the others: then they read without one."""
_LOOK_S = 0.004


class Turn:
    """A place at one of the machine's reading cores, shared by the processes that name the same file; None: no waiting.

    It is a lock on a file, because the system takes such a lock back from a process that is killed.
    """

    def __init__(self, path: Path | None) -> None:
        self._file: IO[bytes] | None = path.open("ab") if path is not None else None
        self.missed = 0
        """Times that the turn did not come and the camera read all the same."""

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, hold it within the block, and give it back."""
        held = self._file is not None and self._take(self._file.fileno())
        try:
            yield
        finally:
            if held and self._file is not None:
                unlock(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _take(self, number: int) -> bool:
        until = time.monotonic() + WAIT_MOST_S
        while not lock(number):
            if time.monotonic() > until:
                self.missed += 1
                return False
            time.sleep(_LOOK_S)
        return True


def turn_files(folder: Path, cores: int | None = None) -> tuple[Path, ...]:
    """Name a file for each core: cameras are spread over them in turn."""
    return tuple(folder / f"reading-turn-{number}" for number in range(cores or os.cpu_count() or 1))
