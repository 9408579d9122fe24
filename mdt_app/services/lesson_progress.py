"""A person's progress in the curriculum as a file on this machine; what opens access is the record at headquarters."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from mdt_app.domain.curriculum import LessonProgress, Progress
from mdt_app.domain.errors import BadInput, MdtError

_SHAPE: TypeAdapter[dict[str, LessonProgress]] = TypeAdapter(dict[str, LessonProgress])
_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")


class ProgressFolder:
    """One file a person; replaced as a whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def held(self, user_id: str) -> Progress:
        """Return a person's progress. Raises BadInput for a user id that can't be one, MdtError for a broken file."""
        path = self._path(user_id)
        try:
            return _SHAPE.validate_json(path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as fault:
            words = f"The progress of {user_id} can't be read."
            raise MdtError(words, f"Check {path}; take it away to begin anew.") from fault

    def keep(self, user_id: str, progress: Progress) -> None:
        """Keep a person's progress. Raises MdtError where the place can't be written."""
        path = self._path(user_id)
        beside = path.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with beside.open("wb") as out:
                out.write(_SHAPE.dump_json(dict(progress), indent=1))
                out.flush()
                os.fsync(out.fileno())
            beside.replace(path)
        except OSError as fault:
            raise MdtError("The progress can't be kept.", f"Check the folder {self._folder}.") from fault

    def _path(self, user_id: str) -> Path:
        if not _USER.fullmatch(user_id):
            raise BadInput("This is no user id.", "Use letters, digits, dots, hyphens and underscores.")
        return self._folder / f"{user_id}.json"
