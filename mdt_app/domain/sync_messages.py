"""What the sync thread and the core say to each other: messages upward, and the outbox as the thread sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.hotlist import EntryLine, FalseHit, HotList, RemovedEntry
from mdt_app.domain.records_check import ConfirmationResponse, StatusAnswer


@dataclass(frozen=True, slots=True)
class LinkState:
    """How the link to headquarters is. `pending` counts events that headquarters has not confirmed yet.

    `last_contact_at` is the UTC time of the last answer, None before the first. `detail` is fit for the screen.
    """

    connected: bool
    pending: int
    last_contact_at: datetime | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ServerRefused:
    """Another server answered in headquarters' place since the last contact. `words` say so, for the record."""

    words: str


@dataclass(frozen=True, slots=True)
class ListArrived:
    """A hot list came. `entries` are read once; they end only if their count and digest are those of `hotlist`.

    Else they raise BadInput, and nothing of them may be used.
    """

    hotlist: HotList
    entries: Iterable[EntryLine]


@dataclass(frozen=True, slots=True)
class ListChanged:
    """What changed in the list with the digest `base_sha256`, signed by headquarters: it is `hotlist` afterwards.

    A changed entry is removed and added.
    """

    hotlist: HotList
    base_sha256: str
    removed: tuple[RemovedEntry, ...]
    added: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class FalseHitsArrived:
    """The known false hits in force now; they replace the ones before."""

    plates: tuple[FalseHit, ...]


@dataclass(frozen=True, slots=True)
class AccountsArrived:
    """The accounts for this car as headquarters signed them now; they replace the ones in the car."""

    content: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class CheckAnswered:
    """A records check of this hit has its answer; NO_RESPONSE where none came."""

    hit_id: str
    answer: StatusAnswer


@dataclass(frozen=True, slots=True)
class ConfirmationArrived:
    """The entering agency has answered a hit confirmation, or nobody could be asked."""

    response: ConfirmationResponse


SyncMessage = (
    LinkState
    | ServerRefused
    | ListArrived
    | ListChanged
    | FalseHitsArrived
    | AccountsArrived
    | CheckAnswered
    | ConfirmationArrived
)


class Share(StrEnum):
    """What of the outbox goes over a link: all; or records here and bulk reads to a store of their own (REC-4)."""

    ALL = "all"
    RECORDS = "records"
    READS = "reads"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An event that waits for headquarters. Positions never fall: a bulk read has that of the event before it."""

    position: int
    event: Event
    chain: ChainLink | None = None


class OutboxPort(Protocol):
    """The outbox as the sync thread uses it, from a thread of its own."""

    def pending(self, limit: int) -> Sequence[OutboxRow]:
        """Return the oldest rows that are neither confirmed nor parked, in order, at most `limit`."""

    def confirm(self, event_ids: Iterable[str]) -> None:
        """Take the rows of these events out: headquarters named each of them as kept."""

    def park(self, event_id: str, reason: str) -> None:
        """Set the row of a refused event aside with its reason; it is kept and shown, not sent again."""

    def count(self) -> int:
        """Return how many rows are pending."""

    def close(self) -> None:
        """Let go of what the thread holds; called in the sync thread as its last act."""
