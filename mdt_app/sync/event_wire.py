"""Messages about events: batches from a car, the chain behind them, and the receipts for both."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, JsonValue, model_validator

from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import SignedHead
from mdt_app.sync.wire import Count, Digest, Identifier, Message, Moment, Name, Position, canonical_json, values_of

BATCH_MOST = 500
"""Events in one batch, at most."""


def _plain(body: dict[str, JsonValue]) -> dict[str, JsonValue]:
    canonical_json(body)
    return body


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
        link = values_of(chain, ChainLink) if chain else {}
        values: dict[str, Any] = values_of(event, Event)
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
