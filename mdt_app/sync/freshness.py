"""How old headquarters' word may be: older than the last (a rollback) or kept back for long (a freeze) is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mdt_app.domain.errors import BadInput

OLD = timedelta(hours=1)
"""Headquarters signs anew at each question: an older word was kept back, or the car's clock is wrong."""


class Freshness:
    """When the last word of one kind was issued; used by one thread, the sync's.

    `newest` is what is known from before, `keep` makes that of a newer one durable. `what` names it to the officer,
    `remedy` says what to do.
    """

    def __init__(
        self, what: str, remedy: str, newest: datetime | None = None, keep: Callable[[datetime], None] | None = None
    ) -> None:
        self._what, self._remedy = what, remedy
        self._newest, self._keep = newest, keep or (lambda _issued_at: None)

    def take(self, issued_at: datetime) -> None:
        """Count this word as the newest. Raises BadInput for one that is not to be believed."""
        if self._newest and issued_at < self._newest:
            raise BadInput(f"{self._what} is older than the one before.", self._remedy)
        if datetime.now(UTC) - issued_at > OLD:
            words = f"{self._what} was issued at {issued_at:%Y-%m-%d %H:%M} UTC and kept back."
            raise BadInput(words, f"Check the computer's clock. {self._remedy}")
        if self._newest is None or issued_at - self._newest > OLD / 2:
            self._keep(issued_at)  # not at each question: it is a write on the disk
        self._newest = issued_at
