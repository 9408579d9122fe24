"""What is carried by hand between a car without a link and headquarters: two messages, packed, signed and sealed.

A package is a sealed file (`services/sealed_files`). Inside: a line with the maker's signature (base64), a line with
the content's length, the content (gzip over JSON), and behind it the lists' files that it names. The signature is over
the content and the package's kind.
"""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from pydantic import Field

from mdt_app.domain.errors import BadInput
from mdt_app.services.sealed_files import Lock, Opener, opened, seal
from mdt_app.sync.check_wire import ConfirmationReplied
from mdt_app.sync.desk_wire import KnownFalseHit
from mdt_app.sync.entry_wire import CarriedEntry, EntryAsked
from mdt_app.sync.event_wire import BatchReceipt, EventBatch
from mdt_app.sync.field_wire import CarState
from mdt_app.sync.identity_wire import CarId, OrderReport
from mdt_app.sync.keeping_wire import RecoveryBlob
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.packing import ENCODING, packed, unpacked
from mdt_app.sync.wire import Count, Digest, ListId, Message, Moment, Name, Position, SignedMessage

MessageT = TypeVar("MessageT", bound=Message)

OUTWARD, RETURN = "car package", "return package"
CONTENT_MOST = 128 << 20
"""Bytes of a package's content once it is unpacked."""
FILE_MOST = 1 << 30
_REMEDY = "Copy it again, or have another one made; nothing of it was used."


class CarriedReport(Message):
    """How far the car is with an order of an earlier package."""

    number: Count
    report: OrderReport


class CarPackage(Message):
    """What a car hands out: its events from the oldest on, how it is, and what it has. `number` rises by the package.

    `lists` are the digests of those that changes alone will do for, `answered_to` the position of the last answer to a
    hit confirmation request that it took. `entries` are officers' requests of which headquarters has not heard yet,
    `followed` the people who want to know what became of theirs.
    """

    car_id: CarId
    number: Position
    made_at: Moment
    batches: tuple[EventBatch, ...] = ()
    answered_to: Count = 0
    state: CarState | None = None
    recovery: RecoveryBlob | None = None
    lists: dict[ListId, Digest] = Field(default={}, max_length=1000)
    reports: tuple[CarriedReport, ...] = ()
    entries: tuple[EntryAsked, ...] = ()
    followed: tuple[Name, ...] = Field(default=(), max_length=1000)


class CarriedList(Message):
    """A list whose file of `size` bytes stands behind the content, in this order: whole, or what changed in `base`."""

    manifest: HotListManifest
    size: Count
    sha256: Digest
    base: Digest | None = None


class ReturnPackage(Message):
    """What headquarters hands back: a receipt for each batch of the package `answers`, and what the car would pull."""

    car_id: CarId
    answers: Position
    made_at: Moment
    receipts: tuple[BatchReceipt, ...]
    accounts: SignedMessage
    orders: tuple[SignedMessage, ...]
    lists: tuple[CarriedList, ...] = ()
    policy: SignedMessage | None = None
    false_hits: tuple[KnownFalseHit, ...] = ()
    confirmations: tuple[ConfirmationReplied, ...] = ()
    entries: tuple[CarriedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package whose seal was whole; its signature is not checked yet. `behind` are the files behind the content."""

    kind: str
    content: bytes
    signature: bytes
    behind: bytes

    def signed(self) -> bytes:
        """What the signature is over."""
        return signed_bytes(self.kind, self.content)

    def message(self, of: type[MessageT]) -> MessageT:
        """The content as this message. Raises BadInput."""
        try:
            return of.model_validate_json(_inflated(self.content))
        except ValueError as fault:
            raise BadInput("The package's content can't be understood.", "Bring the older side up to date.") from fault


def pack(
    kind: str, sign: Callable[[bytes], bytes], lock: Lock, message: Message, behind: Iterable[bytes], target: BinaryIO
) -> None:
    """Write a package, signed by whoever makes it, for the one who holds the lock's key."""
    content = packed(message.model_dump_json().encode())
    head = base64.b64encode(sign(signed_bytes(kind, content))) + f"\n{len(content)}\n".encode()
    seal(kind, [lock], (head, content, *behind), target)


def unpack(kind: str, opener: Opener, source: BinaryIO) -> Unpacked:
    """Open a package whole. Raises BadInput for another's, a damaged or cut one, and one without end."""
    plain = io.BytesIO()
    for piece in opened(kind, opener, source):
        if plain.write(piece) and plain.tell() > FILE_MOST:
            raise BadInput("The package is too large.", _REMEDY)
    plain.seek(0)
    try:
        signature = base64.b64decode(plain.readline(2000).strip(), validate=True)
        size = int(plain.readline(20))
    except (ValueError, binascii.Error) as fault:
        raise BadInput("The package can't be understood.", _REMEDY) from fault
    content = plain.read(size) if 0 < size <= FILE_MOST else b""
    if len(content) != size:
        raise BadInput("The package can't be understood.", _REMEDY)
    return Unpacked(kind, content, signature, plain.read())


def signed_bytes(kind: str, content: bytes) -> bytes:
    """What a package's signature is over."""
    return f"patrol-mdt {kind} 1\n".encode() + content


def _inflated(content: bytes) -> bytes:
    """Unpack at most CONTENT_MOST bytes: a small file must not fill the memory."""
    plain = unpacked(content, ENCODING, CONTENT_MOST)
    if plain is None:
        raise BadInput("The package's content is too large.", _REMEDY)
    return plain
