"""Version 1 of the messages on a car's identity: enrolment, orders, and what a desk sees of the devices."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mdt_app.domain.orders import OrderKind, OrderState
from mdt_app.sync.wire import Count, Digest, Identifier, Message, Moment, Name, Ori, SignedMessage

CarId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")]
Hex = Annotated[str, Field(min_length=2, max_length=8192, pattern=r"^([0-9a-f]{2})+$")]
Pem = Annotated[str, Field(max_length=8192, pattern=r"^[\x0a\x0d\x20-\x7e]+$")]
AuditKey = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class EnrolmentHello(Message):
    """The car's first word: which code, and a nonce of its own."""

    code_id: Digest
    nonce: Digest


class EnrolmentAnswer(Message):
    """The agency's authority, and the proof that it and the server's certificate are headquarters'."""

    authority: Pem
    proof: Digest


class EnrolmentClaim(Message):
    """The car's request for a certificate (DER, hex), its trail's public key, and the proof that it knows the code."""

    code_id: Digest
    nonce: Digest
    request: Hex
    audit_key: AuditKey = ""
    proof: Digest


class EnrolmentDone(Message):
    """Whose identity it has become: certificate, token, and the key by which headquarters' signatures are checked."""

    car_id: CarId
    ori: Ori
    certificate: Pem
    token: Identifier
    headquarters_key: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
    package_key: AuditKey = ""


class RenewalClaim(Message):
    """A car's request (DER, hex) for its next certificate, with a new key."""

    request: Hex


class RenewalDone(Message):
    """The next certificate. The present one holds until the next one is first shown."""

    certificate: Pem
    package_key: AuditKey = ""


class NewEnrolment(Message):
    """A one-time code for a car, told this once."""

    car_id: CarId
    code: Identifier
    expires_at: Moment


class OrderMessage(Message):
    """An order as headquarters signs it."""

    number: Count
    car_id: CarId
    kind: OrderKind
    issued_at: Moment
    by: Name


class SignedOrders(Message):
    """The orders that a car has not confirmed yet, oldest first."""

    orders: tuple[SignedMessage, ...]


class OrderReport(Message):
    """How far the car is with an order."""

    state: OrderState
    words: Name = ""


class NewOrder(Message):
    """A desk's order for a car."""

    kind: OrderKind
    reason: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Revocation(Message):
    """Why a car's identity ends."""

    reason: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class OrderView(Message):
    """An order as a desk sees it."""

    number: int
    kind: OrderKind
    by: Name
    issued_at: Moment
    state: OrderState | None = None
    told_at: Moment | None = None
    words: Name = ""


class DeviceView(Message):
    """A car's identity as a desk sees it."""

    car_id: CarId
    enrolled_at: Moment
    expires_at: Moment
    revoked_at: Moment | None = None
    audit_key: AuditKey = ""
    orders: tuple[OrderView, ...] = ()


class RefusalView(Message):
    """Identities that were turned away on one day (UTC), counted by holder and reason."""

    day: str
    holder: Name
    reason: Name
    times: int
    last_at: Moment


class Devices(Message):
    """Every enrolled car, and every kind of identity that was turned away, newest first."""

    devices: tuple[DeviceView, ...]
    refusals: tuple[RefusalView, ...] = ()
