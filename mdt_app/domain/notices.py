"""Notices: what the core tells the screens after a commit, and the heartbeat that proves it alive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mdt_app.domain.accounts import Session
from mdt_app.domain.alerts import Hit
from mdt_app.domain.devices import DeviceHealth
from mdt_app.domain.drafts import Draft
from mdt_app.domain.elsewhere import ElsewhereTold
from mdt_app.domain.entry_requests import EntryRequestsChanged
from mdt_app.domain.equipment import CamerasRegistered, EquipmentChanged, EquipmentMeasured, LoudnessTold
from mdt_app.domain.gate import GateDecision, Unmet
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.position import PositionTold
from mdt_app.domain.read_search import SearchFound, SearchRecorded
from mdt_app.domain.reads import Pictures, Read
from mdt_app.domain.security_keys import KeyQuestion
from mdt_app.domain.sound import SoundMuted
from mdt_app.domain.stop import Stop


@dataclass(frozen=True, slots=True)
class SignedIn:
    """This person's session has begun."""

    session: Session


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """The signed-in person's alert profile is set."""

    session: Session


@dataclass(frozen=True, slots=True)
class ScreenLocked:
    """The screen is locked: only the person of this session gets back in. Alerts still sound."""

    session: Session
    reason: str


@dataclass(frozen=True, slots=True)
class ScreenUnlocked:
    """The person is back."""

    session: Session


@dataclass(frozen=True, slots=True)
class ProvedAgain:
    """The person has proved who they are: privileged acts go on for the policy's minutes."""

    session: Session


@dataclass(frozen=True, slots=True)
class KeyAsked:
    """A challenge is there for a security key of this person."""

    user_id: str
    question: KeyQuestion


@dataclass(frozen=True, slots=True)
class AccountLocked:
    """An account is locked after too many failures; a release code answers this challenge."""

    user_id: str
    challenge: str


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The session has ended; the sign-in screen comes back."""


@dataclass(frozen=True, slots=True)
class ReadSeen:
    """A read is on record. `hit_id` is set when it belongs to a hit."""

    read: Read
    crop: bytes = field(repr=False)
    hit_id: str = ""


@dataclass(frozen=True, slots=True)
class HitComing:
    """A new hit whose record is being written: sight and sound of the alert need not wait for the disk.

    HitRaised of the same hit follows at once, and says whether it is on record. Nothing else is told before it is.
    """

    hit: Hit
    decision: GateDecision
    pictures: Pictures = field(repr=False)


@dataclass(frozen=True, slots=True)
class HitRaised:
    """A hit: the alert takes the screen. `decision` says what the gate still wants.

    `recorded` is false when the store could not commit: the alert is shown all the same, and the gate stays shut.
    `draft`: what this person had typed for it before, and not sent.
    """

    hit: Hit
    decision: GateDecision
    pictures: Pictures = field(repr=False)
    recorded: bool = True
    draft: Draft = field(default=Draft(), repr=False)


@dataclass(frozen=True, slots=True)
class HitChanged:
    """A hit was seen again, answered or ended."""

    hit: Hit
    decision: GateDecision


@dataclass(frozen=True, slots=True)
class StopRecorded:
    """The stop is committed: only now may the screen say so. `event_id` is its record's, for `Delivered`."""

    hit: Hit
    stop: Stop
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Parked:
    """Headquarters refuses this record for good: it is kept here, set aside, and a person has to look at it."""

    event_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """Headquarters has confirmed these very records."""

    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """A hit with its reads is held for a case: retention spares it."""

    hit_id: str
    case_number: str


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command was refused. `unmet` names the gate's missing conditions where it was the gate."""

    command: str
    reason: str
    words: str
    remedy: str
    hit_id: str = ""
    unmet: tuple[Unmet, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """A device's health."""

    health: DeviceHealth


@dataclass(frozen=True, slots=True)
class ListsChanged:
    """The hot lists now in force, with what the policy calls stale."""

    lists: tuple[HotList, ...]
    warn_hours: int


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The link to headquarters: connected or not, and how many records are still owed to it."""

    connected: bool
    pending: int
    last_contact_at: datetime | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FaultChanged:
    """A fault of the program itself (storage, key kept in a file), or its end when `words` is empty.

    An urgent one stands as a red bar above every screen, the others in the status bar.
    """

    name: str
    words: str
    remedy: str = ""
    urgent: bool = True


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The core is alive. `at` is its monotonic clock in seconds."""

    at: float


Notice = (
    SignedIn
    | SignedOut
    | ScreenLocked
    | ScreenUnlocked
    | ProvedAgain
    | KeyAsked
    | AccountLocked
    | ProfileChanged
    | ReadSeen
    | HitComing
    | HitRaised
    | HitChanged
    | StopRecorded
    | Delivered
    | Parked
    | CaseHeld
    | PositionTold
    | ElsewhereTold
    | SoundMuted
    | SearchRecorded
    | SearchFound
    | EntryRequestsChanged
    | CommandRefused
    | HealthChanged
    | ListsChanged
    | LinkChanged
    | FaultChanged
    | CamerasRegistered
    | EquipmentChanged
    | EquipmentMeasured
    | LoudnessTold
    | Heartbeat
)
