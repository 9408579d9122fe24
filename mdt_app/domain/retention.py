"""Retention: how old a record is by time that nobody can turn, and what a purge took.

The rule. A record's age is counted in trusted seconds, and only two things make trusted seconds: the program's own
running time (a monotonic clock), and the time between two words of headquarters about the time of day. The car's
clock on the wall is never asked: set forward it purges nothing early, set back it keeps nothing longer. Time that
the car stood switched off counts with headquarters' next word, all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """Trusted seconds since the store was made, and what they rest on.

    `run` names the run of the program that `monotonic_s` belongs to. `told_at` is headquarters' last word in UTC,
    `told_s` the trusted seconds of that moment; both None before the first word.
    """

    elapsed_s: float = 0.0
    run: str = ""
    monotonic_s: float = 0.0
    told_at: datetime | None = None
    told_s: float | None = None


def ran_on(time: TrustedTime, run: str, monotonic_s: float) -> TrustedTime:
    """Count the seconds that this run of the program went on since the last count. A new run starts at none."""
    gone = monotonic_s - time.monotonic_s if run == time.run else 0.0
    return replace(time, elapsed_s=time.elapsed_s + max(0.0, gone), run=run, monotonic_s=monotonic_s)


def told(time: TrustedTime, at: datetime) -> TrustedTime:
    """Take headquarters' word that it is `at` (UTC). It moves trusted time forward or not at all."""
    if time.told_at is None or time.told_s is None:
        return replace(time, told_at=at, told_s=time.elapsed_s)
    if at <= time.told_at:
        return time
    elapsed = max(time.elapsed_s, time.told_s + (at - time.told_at).total_seconds())
    return replace(time, elapsed_s=elapsed, told_at=at, told_s=elapsed)


@dataclass(frozen=True, slots=True)
class Purged:
    """What went, counted; no content. `more` is true while something expired is left. Of searches the plate goes."""

    reads: int = 0
    pictures: int = 0
    hits: int = 0
    bodies: int = 0
    outbox: int = 0
    more: bool = False
    searches: int = 0

    def plus(self, other: Purged) -> Purged:
        """Both together; `more` is the later one's."""
        return Purged(
            self.reads + other.reads,
            self.pictures + other.pictures,
            self.hits + other.hits,
            self.bodies + other.bodies,
            self.outbox + other.outbox,
            other.more,
            self.searches + other.searches,
        )

    @property
    def counts(self) -> dict[str, int]:
        """The counts by name, as they stand on record."""
        return {
            "reads": self.reads,
            "pictures": self.pictures,
            "hits": self.hits,
            "bodies": self.bodies,
            "outbox": self.outbox,
            "searches": self.searches,
        }


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a purge would take now, what stays past its time, and the age of the oldest record that can go, in days.

    `preserved` counts what cases hold, and hits whose stop still owes steps.
    """

    would_go: Purged
    preserved: int
    oldest_days: float | None


@dataclass(frozen=True, slots=True)
class Preserved:
    """Data taken into a case: kept until the case's final disposition (REC-2).

    `subjects` are the ids of the hit and of its reads, or of a read alone.
    """

    case_number: str
    taken_by: str
    reason: str
    at: datetime
    subjects: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PurgeExpired:
    """Count trusted time, and remove a slice of what has expired. Sent every few seconds by the program itself."""


@dataclass(frozen=True, slots=True)
class TellTime:
    """Headquarters' word for what time it is (UTC), over its authenticated link."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PreserveData:
    """Take a hit with its reads, or a read, into a case: `subject` is its id, `reason` the person's own words."""

    subject: str
    case_number: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReleaseCase:
    """The case has its final disposition: what it held is under retention again."""

    case_number: str
    disposition: str


class RetentionStore(Protocol):
    """What expires and what is kept, inside one transaction."""

    def time(self) -> TrustedTime:
        """Trusted time as it was last counted."""

    def count(self, time: TrustedTime) -> None:
        """Keep trusted time. It can't be set back."""

    def purge(self, kept_s: float, limit: int) -> Purged:
        """Remove at most `limit` reads and hits that are `kept_s` trusted seconds old, with all that shows a plate."""

    def outlook(self, kept_s: float) -> Outlook:
        """What `purge` without a limit would remove now."""

    def preserve(self, subject: str, case_number: str, taken_by: str, reason: str, at: datetime) -> Preserved:
        """Take a hit with its reads, or a read, into a case. Raises Refused when there is no such hit or read."""

    def release(self, case_number: str, released_by: str, disposition: str, at: datetime) -> int:
        """End a case's hold after its final disposition, and return how many subjects it held."""

    def cases(self) -> Sequence[Preserved]:
        """The cases that hold data now."""
