"""The reserve: real disk blocks kept back beside the store, given up when the disk is full: records still fit then."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import structlog

_log = structlog.get_logger()
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Room:
    """How much is kept back, and below how much free room the disk counts as full, in bytes.

    The reserve comes back once the disk has room for it and `low` twice over, so that it does not come and go.
    """

    reserve: int = 16 * _MIB
    low: int = 8 * _MIB


class Reserve:
    """The reserve of the store in `folder`."""

    def __init__(self, folder: Path, room: Room) -> None:
        self._path, self._room = folder / "store.reserve", room
        self.kept = self._path.exists()
        """Whether the reserve is there."""

    def short(self) -> bool:
        """Say whether the disk counts as full now. Not knowing is not short: a failing write will tell."""
        try:
            return shutil.disk_usage(self._path.parent).free < self._room.low
        except OSError:
            return False

    def release(self) -> bool:
        """Give the reserve up; True when there was one."""
        try:
            self._path.unlink()
        except OSError:
            self.kept = False
            return False
        self.kept = False
        _log.warning("reserve released", bytes=self._room.reserve)
        return True

    def keep(self) -> bool:
        """Have the reserve there, made anew where there is room for it. Returns whether it is there."""
        try:
            if not self.kept and shutil.disk_usage(self._path.parent).free >= self._room.reserve + 2 * self._room.low:
                self._make()
                self.kept = True
        except OSError as error:
            self._path.with_suffix(".draft").unlink(missing_ok=True)
            _log.warning("no reserve", error=type(error).__name__, errno=error.errno)
        return self.kept

    def _make(self) -> None:
        """Blocks have to be taken, not promised: a hole in a sparse file would keep nothing back."""
        draft = self._path.with_suffix(".draft")
        with draft.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, self._room.reserve)
            else:
                for _ in range(self._room.reserve // _MIB):
                    file.write(os.urandom(_MIB))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
