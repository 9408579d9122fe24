"""Hot list requests that an officer makes in the car: sent when there is a link, and followed to their end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mdt_app.domain.entries import PENDING, EntryDraft, EntryState, expires_soon

OVER = frozenset({EntryState.REFUSED, EntryState.REMOVED, EntryState.EXPIRED})
"""Nothing more comes of a request in one of these, unless its owner renews it."""


@dataclass(frozen=True, slots=True)
class AskedEntry:
    """A request in its owner's name, as the car knows it.

    `state` is headquarters' word on it, None while headquarters has not heard of it. `words` say why it was refused or
    removed, `by` who did so. `told_at` is when the car last learned something new of it (UTC).
    """

    entry_id: str
    user_id: str
    draft: EntryDraft = field(repr=False)
    asked_at: datetime
    state: EntryState | None = None
    words: str = ""
    by: str = ""
    told_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self.state is None or self.state in PENDING

    def ends_soon(self, now: datetime) -> bool:
        """Whether it is in force and about to expire: its owner is shown that (HOT-5)."""
        return self.state is EntryState.ACTIVE and expires_soon(self.draft, now)

    def outlived(self, now: datetime, kept: timedelta) -> bool:
        """Whether it ended so long ago that the car need not keep it."""
        return self.state in OVER and now - (self.told_at or self.asked_at) > kept


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """The signed-in person asks for an entry. The id is made by the screen and makes a repeat harmless."""

    entry_id: str
    draft: EntryDraft = field(repr=False)


@dataclass(frozen=True, slots=True)
class TellEntryRequests:
    """Have all requests told as they stand; whoever sends them asks this at the start."""


@dataclass(frozen=True, slots=True)
class TakeEntryNews:
    """What headquarters says of requests; each stands for the one with its id that the car holds, or joins them."""

    news: tuple[AskedEntry, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class EntryRequestsChanged:
    """All requests that this car holds, of every person, the oldest first."""

    requests: tuple[AskedEntry, ...] = field(repr=False)
