"""Messages between headquarters and the vendor's store of bulk reads (REC-4), version 1.

The store is a second endpoint of the same protocol: a car sends its reads there as it sends its records to
headquarters, with the same certificate, token and signature. Headquarters tells it which cars those are and what cases
hold, and asks it for reads; nobody else does.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mdt_app.sync.event_wire import EventBatch
from mdt_app.sync.search_wire import TermsMessage
from mdt_app.sync.wire import Digest, Identifier, Message, Moment, Name, Ori

Pem = Annotated[str, Field(max_length=8000)]
Hex = Annotated[str, Field(max_length=2000, pattern=r"^([0-9a-f]{2})+$")]


class StoreRequest(Message):
    """What a vendor's store asks headquarters for: a certificate for its key (a signing request, DER in hex)."""

    request: Hex
    hosts: tuple[Name, ...] = Field(min_length=1, max_length=20)


class StoreGrant(Message):
    """What headquarters answers: whom the store trusts, its certificate, and how it knows headquarters again.

    `fingerprint` (SHA-256) and `public_key` (DER, hex) are of headquarters' own certificate as a caller.
    """

    ori: Ori
    authority: Pem
    certificate: Pem
    token_sha256: Digest
    fingerprint: Digest
    public_key: Hex


class TrustedCar(Message):
    """A car that may bring its reads: its token's hash, its certificate's SHA-256 and its public key (DER, hex).

    Without a certificate (plain loopback) the last two are empty.
    """

    car_id: Identifier
    token_sha256: Digest
    fingerprint: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    public_key: Annotated[str, Field(max_length=2000, pattern=r"^([0-9a-f]{2})*$")] = ""
    revoked: bool = False


class HeldSubject(Message):
    """Something that a case holds: a read, or a hit with its reads (REC-2)."""

    car_id: Identifier
    case_number: Name
    subject: Name
    taken_by: Name
    at: Moment


class StoreOrders(Message):
    """Which cars bring their reads, and what is held for cases; it replaces what was said before."""

    cars: tuple[TrustedCar, ...] = Field(max_length=20_000)
    holds: tuple[HeldSubject, ...] = Field(default=(), max_length=200_000)


class StoreSearch(Message):
    """A search that headquarters has put on record, or will before it passes anything on."""

    search_id: Identifier
    terms: TermsMessage
    after: Name = ""
    most: Annotated[int, Field(ge=1, le=100)] = 100


class ReaderBatch(Message):
    """Bulk reads of a fixed or portable reader, which itself knows headquarters alone."""

    reader_id: Identifier
    batch: EventBatch
