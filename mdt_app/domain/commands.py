"""Commands: all that officers, devices and the sync can ask of the core. Each has one handler."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mdt_app.domain.alerts import Feature, Seen
from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.drafts import KeepDraft
from mdt_app.domain.entry_requests import RequestEntry, TakeEntryNews, TellEntryRequests
from mdt_app.domain.equipment import RecordCheck, RecordRepair, RegisterCameras
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import FalseHit, HotList, ReadyEntries
from mdt_app.domain.list_delivery import BeginDelivery, DropDeliveries, PutDelivery, StageDelivery, SweepLists
from mdt_app.domain.outcomes import Disposition, NoStopReason
from mdt_app.domain.read_search import RecordFound, SearchReads
from mdt_app.domain.reads import Pictures, Position, Read
from mdt_app.domain.records_check import CheckAnswer, ConfirmationResponse, StatusAnswer
from mdt_app.domain.retention import PreserveData, PurgeExpired, ReleaseCase, TellTime
from mdt_app.domain.security_keys import KeyAnswer
from mdt_app.domain.signals import CarSignal
from mdt_app.domain.sound import MuteSound


@dataclass(frozen=True, slots=True)
class SignIn:
    """Sign in with personal credentials (ACC-1): the password, and a code or a security key's answer."""

    user_id: str
    password: str = field(repr=False)
    notice_acknowledged: bool = False
    code: str = field(default="", repr=False)
    key: KeyAnswer | None = None


@dataclass(frozen=True, slots=True)
class AskKey:
    """Have a challenge made that a security key of this person may answer, once."""

    user_id: str


@dataclass(frozen=True, slots=True)
class SignOut:
    """Sign out at the end of the shift. `reason` is set where the program does it."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class LockScreen:
    """Lock the screen: by the person, by time without a touch, or because it is time to sign in again."""

    reason: str = "person"


@dataclass(frozen=True, slots=True)
class UnlockScreen:
    """The signed-in person proves to be there again."""

    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    key: KeyAnswer | None = None


@dataclass(frozen=True, slots=True)
class ProveIdentity:
    """The signed-in person proves who they are for a privileged act (CJIS IA-11)."""

    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    key: KeyAnswer | None = None


@dataclass(frozen=True, slots=True)
class LockCar:
    """Headquarters' order: nobody signs in to this car until it is opened again."""

    locked: bool


@dataclass(frozen=True, slots=True)
class ReleaseAccount:
    """Open a locked account by the code that headquarters gave for the challenge on the screen."""

    user_id: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordRead:
    """Record a read with its pictures, and raise a hit if a list holds its plate."""

    read: Read
    pictures: Pictures


@dataclass(frozen=True, slots=True)
class Redecide:
    """Decide all open hits anew: answers age, lists change. Sent by the core itself."""


@dataclass(frozen=True, slots=True)
class ResumeRequests:
    """The program has started: what was asked of headquarters before is asked again, or shown as unanswered."""


@dataclass(frozen=True, slots=True)
class MatchPastReads:
    """A list has come into force: hold the reads of the last hours against it, a slice after `skip` of them at a time.

    Sent by the core itself.
    """

    skip: int = 0


@dataclass(frozen=True, slots=True)
class MarkSignal:
    """Lights, siren or ignition went on or off: a mark on the record."""

    signal: CarSignal


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """The program found something wrong that headquarters has to know, in words without plates.

    At the start: the store is damaged or was replaced. On the link: another server answers in headquarters' place.
    """

    words: str
    kind: EventKind = EventKind.STORE_FOUND


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
class TakeBackPlate:
    """What was confirmed by eye stands no longer, before the stop: the officer looks again, and the gate is shut."""

    hit_id: str


@dataclass(frozen=True, slots=True)
class AnswerVehicle:
    """The officer's answer to one question about the vehicle. It can be changed until the hit ends."""

    hit_id: str
    feature: Feature
    seen: Seen


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Ask CJIS/NCIC electronically for the plate's status; with `unless_asked` not where it was asked before."""

    hit_id: str
    unless_asked: bool = False


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
class RequestConfirmation:
    """Ask the entering agency to confirm the hit (NCIC's YQ): urgent, when it is the only basis of detention."""

    hit_id: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class RecordConfirmation:
    """The entering agency's answer (YR) as `who` gave it; `until_minutes` from now where it needs longer."""

    hit_id: str
    who: str
    answer: ConfirmationAnswer
    until_minutes: int = 0


@dataclass(frozen=True, slots=True)
class TakeConfirmation:
    """The entering agency's answer has come through the message switch."""

    response: ConfirmationResponse


class Ground(StrEnum):
    """A way around steps of the gate, each only where the policy has it, and only with facts in words."""

    SUSPICION = "independent_suspicion"
    EXIGENT = "exigent"
    STATUS_NOT_POSSIBLE = "status_when_practicable"


@dataclass(frozen=True, slots=True)
class StateGround:
    """State the facts for a way around steps (STP-3, STP-4, STP-5)."""

    hit_id: str
    ground: Ground
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RequestStop:
    """Ask for the stop. Refused by name of what is missing, or recorded with its purpose, facts and citation.

    `position`: where the car is as it is asked for, None where that is not known.
    """

    hit_id: str
    purpose: str
    facts: str = field(default="", repr=False)
    citation: str = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class RecordDisposition:
    """What came of the stop. `facts`: on what else an arrest or seizure rests while no person has confirmed the hit."""

    hit_id: str
    disposition: Disposition
    facts: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AskRemoval:
    """Tell the entry's owner that it looks wrong or is done: removal of an agency's own, a notice to another's."""

    hit_id: str


@dataclass(frozen=True, slots=True)
class SetAlertProfile:
    """The categories that are to alert the signed-in person (ACC-7)."""

    categories: tuple[str, ...]


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
    """A complete and verified list has arrived: it replaces the one with the same id.

    `ready` holds its entries as the store takes them, made by `services.list_blocks.prepared` in another thread.
    """

    hotlist: HotList
    ready: ReadyEntries = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApplyListDelta:
    """What changed in the list with the digest `base_sha256`: it is `hotlist` afterwards. It fits that one alone.

    `removed` is what finds the entries that go, `ready` holds those that came, as in ApplyHotList.
    """

    hotlist: HotList
    base_sha256: str
    removed: ReadyEntries = field(repr=False)
    ready: ReadyEntries = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApplyFalseHits:
    """The known false hits in force now; they replace the ones before."""

    plates: tuple[FalseHit, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApplyAccounts:
    """The accounts that headquarters issued for this car, as it signed them; they replace the ones before."""

    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)


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
    | AskKey
    | SignOut
    | LockScreen
    | UnlockScreen
    | ProveIdentity
    | LockCar
    | ReleaseAccount
    | RecordRead
    | Redecide
    | ResumeRequests
    | MatchPastReads
    | MarkSignal
    | RecordFinding
    | ConfirmAlertShown
    | KeepDraft
    | ConfirmPlate
    | TakeBackPlate
    | AnswerVehicle
    | AskStatus
    | RecordStatus
    | AnswerByRadio
    | RequestConfirmation
    | RecordConfirmation
    | TakeConfirmation
    | StateGround
    | RequestStop
    | RecordDisposition
    | AskRemoval
    | SetAlertProfile
    | MuteSound
    | SearchReads
    | RecordFound
    | Follow
    | EndWithoutStop
    | RequestEntry
    | TellEntryRequests
    | TakeEntryNews
    | ApplyHotList
    | ApplyListDelta
    | BeginDelivery
    | StageDelivery
    | PutDelivery
    | DropDeliveries
    | SweepLists
    | ApplyFalseHits
    | ApplyAccounts
    | ConfirmDelivery
    | ParkEvent
    | PurgeExpired
    | TellTime
    | PreserveData
    | ReleaseCase
    | RecordCheck
    | RecordRepair
    | RegisterCameras
)
