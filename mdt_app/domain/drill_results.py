"""A drill's result, as it stands on a person's training record (TRN-1, TRN-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DrillResult:
    """Which drill, in which version of its file, and what it came to.

    `mistakes` are the names of what went wrong, each once, in order. `verify_s`: seconds from the first alert to its
    answer, None: never answered. `at` is UTC.
    """

    drill: str
    version: str
    topics: tuple[str, ...]
    passed: bool
    mistakes: tuple[str, ...]
    verify_s: float | None
    trainer: str
    at: datetime
