"""A car's health kept up: the table for the doctor, and the alarm for a camera that reads less and less."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import structlog

from mdt_app.domain.notices import FaultChanged, HealthChanged, Notice, ReadSeen, SignedIn
from mdt_app.domain.read_rates import Drop, ReadRates
from mdt_app.services.health_table import EVERY_S, FILE, HealthTable

_LOOK_S = 10.0

_log = structlog.get_logger()


class CarHealth:
    """Hears the core's notices; the file is written in a thread of its own. `now` gives monotonic seconds."""

    def __init__(
        self,
        folder: Path,
        rates: Mapping[str, float],
        tell: Callable[[Notice], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._table, self._tell = HealthTable(folder / FILE, rates), tell
        self._reads = ReadRates()
        self._dropped: frozenset[str] = frozenset()
        self._written_s = self._looked_s = 0.0
        self._writer = ThreadPoolExecutor(1, "health")

    def hear(self, notice: Notice) -> None:
        """Called in the core's thread; never blocks."""
        now = self._now()
        if isinstance(notice, ReadSeen):
            self._reads.count(notice.read.camera_id, now)
        elif isinstance(notice, SignedIn):
            self._reads.forget()
        elif isinstance(notice, HealthChanged):
            self._table.hear(notice.health, datetime.now(UTC))
            if now - self._written_s > EVERY_S:
                self._written_s = now
                self._writer.submit(self._write)
        if now - self._looked_s > _LOOK_S:
            self._looked_s = now
            self._look(now)

    def stop(self) -> None:
        """End the thread, with the table as it is now."""
        self._writer.submit(self._write)
        self._writer.shutdown()

    def _look(self, now_s: float) -> None:
        """Tell each fall of a camera's reads once, and its end."""
        drops = {drop.camera_id: drop for drop in self._reads.drops(now_s)}
        for camera_id in drops.keys() - self._dropped:
            self._tell(_alarm(drops[camera_id]))
        for camera_id in self._dropped - drops.keys():
            self._tell(FaultChanged(f"reads {camera_id}", "", urgent=False))
        self._dropped = frozenset(drops)

    def _write(self) -> None:
        try:
            self._table.write(datetime.now(UTC))
        except OSError as error:
            _log.warning("health table not written", error=type(error).__name__)


def _alarm(drop: Drop) -> FaultChanged:
    words = f"Camera {drop.camera_id}: reads fell from {drop.before:.0f} to {drop.now:.1f} a minute"
    return FaultChanged(f"reads {drop.camera_id}", words, "clean it, and check it", urgent=False)
