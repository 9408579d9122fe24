"""The real clock: UTC for records, a monotonic one for durations, and ids that rise with time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from uuid6 import uuid7

from mdt_app.domain.reads import ClockSource


class SystemClock:
    """The computer's own clock. Its source is on every record, because a car's clock can be wrong."""

    def now(self) -> datetime:
        """The time of day in UTC."""
        return datetime.now(UTC)

    def source(self) -> ClockSource:
        """Always the system, until a position fix is used for the time."""
        return ClockSource.SYSTEM

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def new_id(self) -> str:
        """A UUID of version 7: unique, rising with time."""
        return str(uuid7())
