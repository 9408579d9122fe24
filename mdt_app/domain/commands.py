"""Commands: all that officers, devices and the sync can ask of the core. Each has one handler."""

from __future__ import annotations

from dataclasses import dataclass, field

from mdt_app.domain.accounts import Account
from mdt_app.domain.alerts import Feature, NoStopReason, Seen
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.reads import Pictures, Read
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer


@dataclass(frozen=True, slots=True)
class SignIn:
    """Sign in with personal credentials (ACC-1)."""

    user_id: str
    password: str = field(repr=False)
    notice_acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class SignOut:
    """Sign out at the end of the shift."""


@dataclass(frozen=True, slots=True)
class RecordRead:
    """Record a read with its pictures, and raise a hit if a list holds its plate."""

    read: Read
    pictures: Pictures


@dataclass(frozen=True, slots=True)
class ConfirmAlertShown:
    """The alert stands on the screen. `delay_s` from the read's capture to the picture (monotonic where possible)."""

    hit_id: str
    delay_s: float


@dataclass(frozen=True, slots=True)
class ConfirmPlate:
    """What the officer sees on the vehicle: characters and issuing state (NCIC code). A mismatch ends the hit."""

    hit_id: str
    plate_seen: str
    state_seen: str


@dataclass(frozen=True, slots=True)
class AnswerVehicle:
    """The officer's answer to one question about the vehicle. It can be changed until the hit ends."""

    hit_id: str
    feature: Feature
    seen: Seen


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Ask CJIS/NCIC electronically for the plate's status."""

    hit_id: str


@dataclass(frozen=True, slots=True)
class RecordStatus:
    """The electronic answer has arrived."""

    hit_id: str
    answer: StatusAnswer


@dataclass(frozen=True, slots=True)
class AnswerByRadio:
    """Dispatch answered by radio: who, and what."""

    hit_id: str
    who: str
    answer: CheckAnswer


@dataclass(frozen=True, slots=True)
class RequestStop:
    """Ask for the stop. Refused by name of what is missing, or recorded with its purpose."""

    hit_id: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow the vehicle: it can't be verified yet. The hit stays open, the gate stays shut."""

    hit_id: str


@dataclass(frozen=True, slots=True)
class EndWithoutStop:
    """End the hit without a stop, with the reason."""

    hit_id: str
    reason: NoStopReason


@dataclass(frozen=True, slots=True)
class ApplyHotList:
    """A complete and verified list has arrived: it replaces the one with the same id."""

    hotlist: HotList
    entries: tuple[Entry, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApplyAccounts:
    """The accounts that headquarters issued; they replace the car's."""

    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class ConfirmDelivery:
    """Headquarters has confirmed these very events: their outbox rows may go."""

    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParkEvent:
    """Headquarters refuses this event for good: it is set aside and shown, so that the others flow."""

    event_id: str
    reason: str


Command = (
    SignIn
    | SignOut
    | RecordRead
    | ConfirmAlertShown
    | ConfirmPlate
    | AnswerVehicle
    | AskStatus
    | RecordStatus
    | AnswerByRadio
    | RequestStop
    | Follow
    | EndWithoutStop
    | ApplyHotList
    | ApplyAccounts
    | ConfirmDelivery
    | ParkEvent
)
