"""Ports: what the core needs from the outside, and what the outside needs from the core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from mdt_app.domain.alerts import Hit
from mdt_app.domain.commands import Command
from mdt_app.domain.drafts import Draft
from mdt_app.domain.entry_requests import AskedEntry
from mdt_app.domain.equipment import EquipmentRecord, Registered
from mdt_app.domain.events import Event
from mdt_app.domain.gate import GateDecision
from mdt_app.domain.hotlist import Entry, FalseHit, HotList
from mdt_app.domain.matching import ListIndex, ListKeeper
from mdt_app.domain.notices import Notice
from mdt_app.domain.reads import ClockSource, Pictures, Read
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery
from mdt_app.domain.retention import RetentionStore
from mdt_app.domain.security_keys import KeyAnswer, KeyProof, SecurityKey
from mdt_app.domain.sign_in import AccountBundle, Attempts
from mdt_app.domain.stop import Stop


class CorePort(Protocol):
    """The one who decides, as screens and devices see it."""

    def submit(self, command: Command) -> Future[None]:
        """Queue a command. The future ends when it is committed, or carries the error. Never blocks."""

    def subscribe(self, listener: Callable[[Notice], None]) -> None:
        """Have `listener` called in the core's thread for every notice. It must not block."""


class Clock(Protocol):
    """Time on record, time for durations, and new ids."""

    def now(self) -> datetime:
        """The time of day in UTC."""

    def source(self) -> ClockSource:
        """Where `now` comes from."""

    def monotonic(self) -> float:
        """Seconds that never jump."""

    def new_id(self) -> str:
        """A new id, unique and rising with time."""


class ReadStore(Protocol):
    """Reads and their pictures."""

    def add(self, read: Read, pictures: Pictures, event: Event) -> None:
        """Keep a read with its pictures, outside the trail, and its event for headquarters, under the read's own id."""

    def add_context(self, read_id: str, context: bytes) -> None:
        """Keep the whole picture of a read that is kept already."""

    def newest(self, most: int, skip: int = 0) -> tuple[Read, ...]:
        """The reads that were kept last, the newest first, so many at most, after `skip` of them."""

    def pictures(self, read_id: str) -> Pictures:
        """The pictures of a read; both empty when there are none."""


class HitStore(Protocol):
    """Hits in their latest state."""

    def put(self, hit: Hit) -> None:
        """Keep a new hit, or a later state of it."""

    def get(self, hit_id: str) -> Hit | None:
        """The hit with this id."""

    def newest(self, key: str) -> Hit | None:
        """The newest hit on this match key."""

    def not_closed(self) -> tuple[Hit, ...]:
        """Hits that still want answers, also after their stop, the oldest first."""


class StopStore(Protocol):
    """The gate's decisions, and the stops that stand on them."""

    def add_decision(self, decision_id: str, decision: GateDecision, at: datetime) -> None:
        """Keep a decision of the gate, passed or not."""

    def add(self, stop: Stop) -> None:
        """Keep a stop. The store itself refuses one without its passed decision on record."""


class DeliveryStore(Protocol):
    """Hot lists on their way in and out."""

    def begin(self, name: str, list_id: str, blocks: int) -> int:
        """Reserve the room of a delivery; return its first block."""

    def add_blocks(self, name: str, at: int, blocks: Iterable[bytes]) -> None:
        """Keep blocks of a delivery, from its block number `at` on."""

    def add_pieces(self, name: str, pieces: Iterable[Any]) -> None:
        """Keep parts of a delivery's arrays."""

    def drop(self, name: str = "") -> None:
        """End a delivery that is not in force yet, or with no name all of them."""

    def sweep(self, most: int) -> bool:
        """Take away so many blocks or pieces of what goes; True while there is more."""


class ListStore(ListKeeper, Protocol):
    """Hot lists."""

    @property
    def deliveries(self) -> DeliveryStore:
        """Lists on their way in and out."""

    def put_brought(self, hotlist: HotList, name: str, tags: Sequence[tuple[str, str]]) -> None:
        """Put a delivery that is there whole in place of the list with the same id."""

    def put_change(self, hotlist: HotList, name: str, tags: Sequence[tuple[str, str]]) -> None:
        """Put a delta that is there whole in force upon its list."""

    def put(self, hotlist: HotList, ready: Any) -> None:
        """Put a list in place of the one with the same id; `ready` is what `services.list_blocks` made of it."""

    def lists(self) -> tuple[HotList, ...]:
        """The lists in force."""

    def put_false_hits(self, plates: Sequence[FalseHit]) -> bool:
        """Put these in place of the known false hits before; False when they are the very same."""

    def false_hit(self, entry: Entry, now: datetime) -> FalseHit | None:
        """What is known of wrong hits on this entry's plate and state, if it is in force at `now` (UTC)."""

    def deltas(self, list_id: str) -> int:
        """How many deltas a list has upon the whole delivery that it began with."""

    def index(self) -> ListIndex:
        """The index of all lists in force, loaded from their packed form."""


class AccountStore(Protocol):
    """The accounts as headquarters signed them, and what happened at sign-ins."""

    def put_bundle(self, content: bytes, signature: bytes, issued_at: datetime) -> None:
        """Put these accounts in place of all. The latest time seen starts anew with the time of their issue."""

    def bundle(self) -> tuple[bytes, bytes] | None:
        """The accounts' content and signature, None before the first came."""

    def latest(self, now: datetime) -> datetime:
        """The latest time seen since the accounts came; `now` counts as seen."""

    def attempts(self, user_id: str) -> Attempts:
        """What is on record of sign-ins to an account."""

    def put_attempts(self, user_id: str, attempts: Attempts) -> None:
        """Keep what is on record of sign-ins to an account."""


class ProfileStore(Protocol):
    """What each person wants to be alerted of."""

    def get(self, user_id: str) -> tuple[str, ...] | None:
        """The categories of a person's profile, None when there is none."""

    def put(self, user_id: str, categories: tuple[str, ...]) -> None:
        """Keep a person's profile."""


class EquipmentStore(Protocol):
    """Checks and repairs of equipment."""

    def add(self, record: EquipmentRecord) -> None:
        """Keep a check or a repair."""

    def records(self) -> tuple[EquipmentRecord, ...]:
        """Every record, the oldest first."""


class CameraStore(Protocol):
    """What the agency's books said of this car's cameras."""

    def add(self, record: Registered) -> None:
        """Keep what they say from now on."""

    def records(self) -> tuple[Registered, ...]:
        """Every record, the oldest first."""


class DraftStore(Protocol):
    """What was typed for hits and not sent."""

    def put(self, hit_id: str, user_id: str, draft: Draft, at: datetime) -> None:
        """Keep a person's draft for a hit, in place of the one before."""

    def get(self, hit_id: str, user_id: str) -> tuple[Draft, datetime] | None:
        """A person's draft for a hit and when it was typed (UTC), None when there is none."""


class EntryRequestStore(Protocol):
    """What officers of this car asked to be entered."""

    def put(self, asked: AskedEntry) -> None:
        """Keep a request, or a later state of it."""

    def requests(self) -> tuple[AskedEntry, ...]:
        """Every request, the oldest first."""

    def remove(self, entry_ids: Iterable[str]) -> None:
        """Let these go."""


class OutboxStore(Protocol):
    """What headquarters has not confirmed yet."""

    def confirm(self, event_ids: Iterable[str]) -> None:
        """Remove exactly these rows."""

    def park(self, event_id: str, reason: str) -> None:
        """Set a refused row aside, with the reason."""


class Transaction(Protocol):
    """All that one command reads and writes. Everything in it is committed together, or nothing."""

    @property
    def reads(self) -> ReadStore:
        """Reads."""

    @property
    def hits(self) -> HitStore:
        """Hits."""

    @property
    def stops(self) -> StopStore:
        """Gate decisions and stops."""

    @property
    def lists(self) -> ListStore:
        """Hot lists."""

    @property
    def accounts(self) -> AccountStore:
        """Accounts."""

    @property
    def profiles(self) -> ProfileStore:
        """Alert profiles."""

    @property
    def equipment(self) -> EquipmentStore:
        """Checks and repairs of equipment."""

    @property
    def cameras(self) -> CameraStore:
        """This car's cameras by the agency's books."""

    @property
    def drafts(self) -> DraftStore:
        """Drafts."""

    @property
    def entries(self) -> EntryRequestStore:
        """Requests for entries."""

    @property
    def outbox(self) -> OutboxStore:
        """The outbox."""

    @property
    def retention(self) -> RetentionStore:
        """What expires, and what is kept for a case."""

    def record(self, event: Event) -> None:
        """Append the event to the audit chain and to the outbox."""


class Store(Protocol):
    """The store as the core sees it."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction; leaving it commits, an exception rolls all of it back. Raises StorageFault."""

    def close(self) -> None:
        """Close for good."""


class RecordsCheck(Protocol):
    """Sends queries on their way; answers come back to the core as RecordStatus and TakeConfirmation commands."""

    def ask(self, query: RecordsQuery) -> None:
        """Send the query. Never blocks, never raises for network trouble."""

    def confirm(self, query: ConfirmationQuery) -> None:
        """Send the hit confirmation request. Never blocks, never raises for network trouble."""


class Bundles(Protocol):
    """Reads accounts that headquarters signed."""

    def read(self, content: bytes, signature: bytes) -> AccountBundle:
        """The accounts. Raises BadInput when the signature is not headquarters' or the content is none."""


class SecondFactor(Protocol):
    """Checks time-based codes and release codes."""

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step that this code belongs to, the present one or a neighbour; None when it is wrong."""

    def challenge(self) -> str:
        """A new challenge, for a release code to answer."""

    def releases(self, secret: bytes, user_id: str, challenge: str, code: str) -> bool:
        """True when headquarters made this code for this user's challenge."""


class SecurityKeys(Protocol):
    """Checks what security keys answer."""

    def proof(self, keys: Sequence[SecurityKey], challenge: bytes, answer: KeyAnswer) -> KeyProof | None:
        """What the answer proves: one of these keys signed this very challenge, for this program, with a person there.

        None when it does not. Whether the counter rose is for the caller to say.
        """


class Passwords(Protocol):
    """Checks a password against its Argon2id hash."""

    def matches(self, password_hash: str, password: str) -> bool:
        """True when the password is the right one. Takes as long for an unknown account."""
