"""Who hears the core's notices, and what each hit's decision was when they last heard it."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import structlog

from mdt_app.domain.gate import GateDecision
from mdt_app.domain.notices import HitChanged, HitRaised, Notice, SignedOut

_log = structlog.get_logger()


class Listeners:
    """Passes notices on, in the order of subscription. A listener's defect stops neither the others nor the core."""

    def __init__(self, uncounted: Counter[str]) -> None:
        """`uncounted`: a listener's failures are counted there."""
        self._listeners: list[Callable[[Notice], None]] = []
        self._told: dict[str, GateDecision] = {}
        self._uncounted = uncounted

    def add(self, listener: Callable[[Notice], None]) -> None:
        """Have `listener` called with each notice from now on."""
        self._listeners.append(listener)

    def publish(self, notice: Notice) -> None:
        """Tell all of them."""
        if isinstance(notice, HitRaised | HitChanged):
            self._told[notice.hit.hit_id] = notice.decision
        elif isinstance(notice, SignedOut):
            self._told.clear()
        for listener in self._listeners:
            try:
                listener(notice)
            except Exception as error:  # noqa: BLE001 - see the class
                self._uncounted["listener"] += 1
                _log.error(
                    "listener failed", notice=type(notice).__name__, error=type(error).__name__, at=place_of(error)
                )

    def know(self, notice: Notice) -> bool:
        """Whether they have heard this very decision of the hit already."""
        return isinstance(notice, HitChanged) and self._told.get(notice.hit.hit_id) == notice.decision


def place_of(error: BaseException) -> str:
    """Where an error arose, as file and line: a traceback's values could hold a plate."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
