"""Version 1 of the messages that cars and headquarters exchange, and their way from and to the domain."""

from __future__ import annotations

import json
from datetime import UTC, date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, model_validator

from mdt_app.domain.accounts import Account, AlertException, Role
from mdt_app.domain.confirmation import ConfirmationAnswer, Urgency
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import SignedHead
from mdt_app.domain.hotlist import Entry, HotList, Vehicle
from mdt_app.domain.records_check import (
    CheckAnswer,
    ConfirmationQuery,
    ConfirmationResponse,
    RecordsQuery,
    StatusAnswer,
)
from mdt_app.domain.sign_in import AccountBundle

PREFIX = "/v1"
BATCH_MOST = 500
"""Events in one batch, at most."""

# Identifiers and codes stay printable ASCII without blanks: they stand in addresses, logs and switch messages.
Identifier = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
ListId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Code = Annotated[str, Field(max_length=20, pattern=r"^[\x20-\x7e]*$")]
Plate = Annotated[str, Field(min_length=1, max_length=10, pattern=r"^[A-Z0-9]+$")]
State = Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")]
Ori = Annotated[str, Field(pattern=r"^[A-Z0-9]{9}$")]
Text = Annotated[str, Field(max_length=16_000, pattern=r"^[^\x00]*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
SealedKey = Annotated[str, Field(max_length=1000, pattern=r"^([0-9a-f]{2})+$")]
Code32 = Annotated[str, Field(max_length=200, pattern=r"^[A-Z2-7]*$")]
Count = Annotated[int, Field(ge=0, le=2**53)]
Position = Annotated[int, Field(ge=1, le=2**53)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


def canonical_json(value: JsonValue) -> str:
    """Return the one JSON text of a value: sorted names, no blanks. Raises ValueError for NaN and broken text."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    text.encode()
    return text


def _plain(body: dict[str, JsonValue]) -> dict[str, JsonValue]:
    canonical_json(body)
    return body


class Message(BaseModel):
    """The base of all messages: unknown fields are refused, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EventMessage(Message):
    """One event. The chain's four fields come together or not at all (bulk reads stand outside the chain).

    `kind` is open here, so that one event of a newer car is refused alone and not with its whole batch.
    """

    event_id: Identifier
    kind: Identifier
    at: Moment
    clock: Identifier
    actor: Name
    device: Name
    subject: Name
    body: Annotated[dict[str, JsonValue], AfterValidator(_plain)]
    sequence: Count | None = None
    payload_mac: Identifier | None = None
    previous: Name | None = None
    digest: Identifier | None = None

    @model_validator(mode="after")
    def _whole_chain(self) -> Self:
        if len({getattr(self, name) is None for name in ChainLink.__slots__}) > 1:
            raise ValueError("a part of the chain's fields is missing")
        return self

    @classmethod
    def of(cls, event: Event, chain: ChainLink | None = None) -> Self:
        """Make the message from an event and its place in the chain. Raises BadInput where it can't be sent."""
        link = {name: getattr(chain, name) for name in ChainLink.__slots__} if chain else {}
        values: dict[str, Any] = {name: getattr(event, name) for name in Event.__slots__}
        try:
            return cls(**(values | link | {"kind": event.kind.value, "body": dict(event.body)}))
        except ValueError as fault:
            raise BadInput("An event can't be sent: it does not fit the message.", "Report it to support.") from fault

    def to_event(self) -> tuple[Event, ChainLink | None]:
        """Return the event and its place in the chain. Raises BadInput for a kind that this version does not know."""
        try:
            kind = EventKind(self.kind)
        except ValueError as fault:
            raise BadInput(
                "An event is of a kind that is not known here.", "Bring the older side up to date."
            ) from fault
        event = Event(self.event_id, kind, self.at, self.clock, self.actor, self.device, self.subject, dict(self.body))
        return event, self.link()

    def canonical(self) -> str:
        """Return the text that tells whether a repeat is the same event."""
        return canonical_json(self.model_dump(mode="json", exclude_none=True))

    def link(self) -> ChainLink | None:
        """Return the event's place in the chain, None for what stands outside it."""
        if self.sequence is None or self.payload_mac is None or self.previous is None or self.digest is None:
            return None
        return ChainLink(self.sequence, self.payload_mac, self.previous, self.digest)


class HeadMessage(Message):
    """Where the car's chain stood when it sent, signed with the device's Ed25519 key; its public half comes along."""

    sequence: Position
    digest: Digest
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
    public_key: Digest

    @classmethod
    def of(cls, head: SignedHead, public_key: str) -> Self:
        """Make the message from a signed head and the device's public key, 64 hexadecimal digits."""
        return cls(sequence=head.sequence, digest=head.digest, signature=head.signature, public_key=public_key)

    def to_head(self) -> SignedHead:
        """Return the signed head."""
        return SignedHead(self.sequence, self.digest, self.signature)


class LinkMessage(Message):
    """The link of a chained event that itself can't be sent: the car has parked it, and its chain goes on."""

    sequence: Position
    previous: Digest
    digest: Digest

    @classmethod
    def of(cls, link: ChainLink) -> Self:
        """Make the message from a link. Raises BadInput where it does not fit."""
        try:
            return cls(sequence=link.sequence, previous=link.previous, digest=link.digest)
        except ValueError as fault:
            raise BadInput("A link of the trail can't be sent.", "Report it to support.") from fault


class EventBatch(Message):
    """Events in the order in which they happened; headquarters takes them in one transaction.

    `head` is the car's signed head, at least as far as the batch's last link. `withheld` are links whose events can't
    be sent; a batch may consist of these alone.
    """

    events: tuple[EventMessage, ...] = Field(max_length=BATCH_MOST)
    head: HeadMessage | None = None
    withheld: tuple[LinkMessage, ...] = Field(default=(), max_length=BATCH_MOST)

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.events and not self.withheld:
            raise ValueError("the batch is empty")
        return self


class Refusal(Message):
    """An event that headquarters does not keep, with a short reason and the status that it would have alone."""

    event_id: str
    reason: str
    status: int = 422


class HeadReceipt(Message):
    """Headquarters' word, with its Ed25519 signature (hex), how far it held the car's chain at a time (UTC)."""

    car_id: Identifier
    sequence: Position
    digest: Digest
    at: Moment
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        at = self.at.isoformat(timespec="microseconds")
        return f"patrol-mdt receipt 1\n{self.car_id}\n{self.sequence}\n{self.digest}\n{at}".encode()


class HeadState(Message):
    """How far headquarters holds a car's chain. `forked_at` (UTC): since then its chained events go to the alarms."""

    car_id: str
    generation: int
    sequence: int
    digest: str
    public_key: str
    forked_at: Moment | None
    moved_at: Moment


class HeadStates(Message):
    """The chains of all cars."""

    cars: tuple[HeadState, ...]


class BatchReceipt(Message):
    """What became of each event of a batch. `accepted` names new events and ones that were there already.

    `not_kept` counts the accepted bulk reads that headquarters, under its policy, has only counted (REC-4): they belong
    in the vendor's store. `head` is the signed receipt for the chain, None while no link of this car is held.
    """

    accepted: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    not_kept: int = 0
    head: HeadReceipt | None = None


class RecordedEvent(Message):
    """An event as it stands on record at headquarters, with the car that sent it and when it came in (UTC)."""

    event: EventMessage
    car_id: str
    position: int
    received_at: Moment


class RecordedEvents(Message):
    """Events on record, newest first."""

    events: tuple[RecordedEvent, ...]


class Summary(Message):
    """What headquarters holds, counted: `by_kind` events, `by_reason` alarms of refused events."""

    events: int
    by_kind: dict[str, int]
    stops: int
    alarms: int
    by_reason: dict[str, int]
    checks: int


class EntryMessage(Message):
    """One hot list entry. Its canonical line leaves fields out that have their default."""

    entry_id: Identifier
    category: Identifier
    plate: Plate
    key: Plate
    state: Code = ""
    plate_year: Code = ""
    plate_type: Code = ""
    year: Code = ""
    make: Code = ""
    model: Code = ""
    style: Code = ""
    color: Code = ""
    nic: Code = ""
    ori: Code = ""
    entered_on: date | None = None
    expires_at: Moment | None = None
    cautions: tuple[Code, ...] = ()
    pattern: Code = ""
    words: Name = ""

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Make the message from an entry. Raises BadInput where a field does not fit."""
        values = {name: getattr(entry, name) for name in _ENTRY_FIELDS}
        try:
            return cls(**values, **{name: getattr(entry.vehicle, name) for name in Vehicle.__slots__})
        except ValueError as fault:
            raise BadInput("An entry of the list can't be sent.", "Import the list again.") from fault

    def to_entry(self, list_id: str) -> Entry:
        """Return the entry as one of this list."""
        vehicle = Vehicle(self.year, self.make, self.model, self.style, self.color)
        return Entry(list_id=list_id, vehicle=vehicle, **{name: getattr(self, name) for name in _ENTRY_FIELDS})

    def line(self) -> bytes:
        """Return the canonical line, which the list's digest is made of, with its line end."""
        return self.model_dump_json(exclude_defaults=True).encode() + b"\n"


_ENTRY_FIELDS = tuple(name for name in Entry.__slots__ if name not in ("list_id", "vehicle"))


class HotListManifest(Message):
    """What proves a list complete: the count of its entries, and the SHA-256 of their canonical lines."""

    list_id: ListId
    name: Name
    source: Name
    extracted_at: Moment
    count: Count
    sha256: Digest
    version: Count = 1

    @classmethod
    def of(cls, hotlist: HotList) -> Self:
        """Make the manifest from a list. Raises BadInput where a field does not fit."""
        try:
            return cls(**{name: getattr(hotlist, name) for name in HotList.__slots__})
        except ValueError as fault:
            raise BadInput("The list's description can't be sent.", "Give it a plain identifier.") from fault

    def to_hotlist(self) -> HotList:
        """Return the list that it describes."""
        return HotList(**{name: getattr(self, name) for name in HotList.__slots__})


class HotListManifests(Message):
    """All lists that headquarters holds, by list id."""

    hotlists: tuple[HotListManifest, ...]


class AlertExceptionMessage(Message):
    """An exception from the alert schedule, as AlertException has it."""

    categories: tuple[Identifier, ...] = Field(min_length=1, max_length=40)
    reason: Name = Field(min_length=1)
    until: Moment
    by: Identifier


class ExceptionGrant(Message):
    """What the Administrator grants a user."""

    categories: tuple[Identifier, ...] = Field(min_length=1, max_length=40)
    reason: Name = Field(min_length=1)
    until: Moment


class FlagReview(Message):
    """What a supervisor found on looking at a flag."""

    words: Name = Field(min_length=1)


class FlagMessage(Message):
    """Something that a supervisor has to look at: which act of whom, and what became of it."""

    position: int
    event_id: str
    reason: str
    car_id: str
    actor: str
    subject: str
    raised_at: Moment
    closed_at: Moment | None = None
    closed_by: str | None = None
    closed_words: str | None = None


class Flags(Message):
    """Flags, oldest first."""

    flags: tuple[FlagMessage, ...]


class AccountMessage(Message):
    """One account as headquarters issued it."""

    user_id: Identifier
    name: Name
    role: Role
    password_hash: Text = Field(repr=False)
    active: bool = True
    exceptions: tuple[AlertExceptionMessage, ...] = ()
    totp_secret: Code32 = Field(default="", repr=False)
    training: tuple[Identifier, ...] = ()
    releases: Count = 0

    @classmethod
    def of(cls, account: Account) -> Self:
        """Make the message from an account."""
        values = {name: getattr(account, name) for name in _ACCOUNT_FIELDS}
        held = (
            AlertExceptionMessage(**{name: getattr(e, name) for name in AlertException.__slots__})
            for e in account.exceptions
        )
        return cls(**values, exceptions=tuple(held), training=tuple(sorted(account.training)))

    def to_account(self) -> Account:
        """Return the account."""
        values = {name: getattr(self, name) for name in _ACCOUNT_FIELDS}
        held = (
            AlertException(**{name: getattr(e, name) for name in AlertException.__slots__}) for e in self.exceptions
        )
        return Account(**values, exceptions=tuple(held), training=frozenset(self.training))


_ACCOUNT_FIELDS = tuple(name for name in Account.__slots__ if name not in ("exceptions", "training"))


class AccountBundleMessage(Message):
    """The accounts for one car; its JSON is what headquarters signs."""

    car_id: Identifier
    issued_at: Moment
    accounts: tuple[AccountMessage, ...]
    release_secret: Digest = Field(repr=False)

    @classmethod
    def of(cls, bundle: AccountBundle) -> Self:
        """Make the message from the accounts."""
        accounts = tuple(map(AccountMessage.of, bundle.accounts))
        secret = bundle.release_secret.hex()
        return cls(car_id=bundle.car_id, issued_at=bundle.issued_at, accounts=accounts, release_secret=secret)

    def to_bundle(self) -> AccountBundle:
        """Return the accounts."""
        accounts = tuple(message.to_account() for message in self.accounts)
        return AccountBundle(self.car_id, self.issued_at, accounts, bytes.fromhex(self.release_secret))


class SignedMessage(Message):
    """Content as it was signed, and the Ed25519 signature over its UTF-8 bytes (hex)."""

    content: Annotated[str, Field(max_length=64_000_000)]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


class NewAccount(Message):
    """An account that the Administrator issues."""

    user_id: Identifier
    name: Name = Field(min_length=1)
    role: Role
    password: Text = Field(repr=False)


class AccountIssued(Message):
    """A new account's second factor, told once: the secret in base32, and the address for an authenticator."""

    user_id: Identifier
    totp_secret: Code32 = Field(repr=False)
    enrolment: Text = Field(repr=False)


class AccountState(Message):
    """Whether an account is in force, and why that changes."""

    active: bool
    reason: Name = Field(min_length=1)


class ReleaseRequest(Message):
    """The challenge that a locked car shows."""

    car_id: Identifier
    challenge: Annotated[str, Field(pattern=r"^[0-9]{8}$")]


class ReleaseCode(Message):
    """The code that opens the account in that car."""

    code: str = Field(repr=False)


class TrainingRecord(Message):
    """Topics of the standardized training that a person has completed."""

    topics: tuple[Identifier, ...] = Field(min_length=1, max_length=40)
    trainer: Name = Field(min_length=1)
    completed_on: date


class Done(Message):
    """It is done, and on record."""

    done: bool = True


class Reason(Message):
    """Why somebody does what goes on record, in their own words."""

    words: Name = Field(min_length=1)


class RecoveryBlob(Message):
    """A car's recovery.json: the store's key, sealed (HPKE, hex) for each recipient's public key (X25519, hex)."""

    recipients: dict[Digest, tuple[SealedKey, ...]] = Field(min_length=1, max_length=20)


class PurgeCounts(Message):
    """What a purge took or would take, counted. `preserved` rows are old enough and held for a case."""

    reads: int = 0
    records: int = 0
    checks: int = 0
    confirmations: int = 0
    alarms: int = 0
    flags: int = 0
    preserved: int = 0


class PurgeMessage(Message):
    """A slice of a purge as it stands on record: the signed text (JSON) and its Ed25519 signature (hex)."""

    content: str
    signature: str


class RetentionMessage(Message):
    """Retention at headquarters: what is older than `before` (UTC) goes. `would_go` now, and the newest purges."""

    days: int
    clause: str
    before: Moment
    would_go: PurgeCounts
    purges: tuple[PurgeMessage, ...] = ()


class RecordsCheckRequest(Message):
    """A QV inquiry by plate that a car asks headquarters to make; ORI and user stand on each (CJIS IA-0)."""

    check_id: Identifier
    hit_id: Identifier
    plate: Plate
    state: State
    plate_type: Code
    nic: Code
    ori: Ori
    user_id: Identifier

    @classmethod
    def of(cls, query: RecordsQuery) -> Self:
        """Make the request from a query. Raises BadInput where a field does not fit."""
        try:
            return cls(**{name: getattr(query, name) for name in RecordsQuery.__slots__})
        except ValueError as fault:
            words = "The records check can't be sent: plate, state, ORI or user is not complete."
            raise BadInput(words, "Confirm plate and state, or ask dispatch by voice.") from fault

    def to_query(self) -> RecordsQuery:
        """Return the query."""
        return RecordsQuery(**{name: getattr(self, name) for name in RecordsQuery.__slots__})


class ConfirmationAsked(Message):
    """A hit confirmation request (YQ) that a car asks headquarters to send; ORI and user stand on each."""

    request_id: Identifier
    hit_id: Identifier
    number: Annotated[int, Field(ge=1, le=3)]
    urgency: Urgency
    plate: Plate
    state: State
    nic: Code
    owner: Ori
    ori: Ori
    user_id: Identifier
    due_at: Moment

    @classmethod
    def of(cls, query: ConfirmationQuery) -> Self:
        """Make the message from a query. Raises BadInput where a field does not fit."""
        try:
            return cls(**{name: getattr(query, name) for name in ConfirmationQuery.__slots__})
        except ValueError as fault:
            words = "The hit confirmation can't be sent: entering agency, plate or state is not complete."
            raise BadInput(words, "Ask dispatch by voice.") from fault

    def to_query(self) -> ConfirmationQuery:
        """Return the query."""
        return ConfirmationQuery(**{name: getattr(self, name) for name in ConfirmationQuery.__slots__})


class ConfirmationReplied(Message):
    """What came back on a request (YR), numbered in the order in which answers came."""

    position: int
    reply_id: Identifier
    request_id: Identifier
    hit_id: Identifier
    answer: ConfirmationAnswer
    who: Name
    at: Moment
    until_minutes: Annotated[int, Field(ge=0, le=1440)] = 0

    def to_response(self) -> ConfirmationResponse:
        """Return the response."""
        return ConfirmationResponse(**{name: getattr(self, name) for name in ConfirmationResponse.__slots__})


class ConfirmationReplies(Message):
    """Answers for one car, oldest first."""

    replies: tuple[ConfirmationReplied, ...]


class RecordsCheckReply(Message):
    """The answer to a records check, as StatusAnswer has it."""

    check_id: Identifier
    source: Name
    answer: CheckAnswer
    asked_at: Moment
    answered_at: Moment
    by: Name
    text: Text = ""

    @classmethod
    def of(cls, answer: StatusAnswer) -> Self:
        """Make the reply from an answer."""
        return cls(**{name: getattr(answer, name) for name in StatusAnswer.__slots__})

    def to_answer(self) -> StatusAnswer:
        """Return the answer."""
        return StatusAnswer(**{name: getattr(self, name) for name in StatusAnswer.__slots__})
