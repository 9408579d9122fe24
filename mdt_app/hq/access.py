"""What stands before every route: the caller's identity, the bound on the body, and the message in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.accounts import Role
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.hq.desk_proofs import DeskProofs
from mdt_app.hq.desk_sessions import DeskSessions
from mdt_app.hq.identity import Device, Identity, Kind, identify, note_refusal, token_hash
from mdt_app.hq.plate_routes import GIVEN
from mdt_app.hq.privileged import PRIVILEGED
from mdt_app.hq.renewal import put_in_force
from mdt_app.hq.store import Store
from mdt_app.hq.tls import shown_certificate
from mdt_app.hq.vendors import without_contract
from mdt_app.services.device_keys import SIGNATURE_HEADER, holds, signed_text
from mdt_app.sync.key_wire import QUIET_HEADER, SESSION_HEADER
from mdt_app.sync.packing import unpacked
from mdt_app.sync.wire import Message

MessageT = TypeVar("MessageT", bound=Message)

_BY_KIND = frozenset({Kind.READER, Kind.AGENCY})
_WITH_DEVICE = frozenset({Kind.CAR, Kind.AGENCY})
_BODILESS = frozenset({"GET", "HEAD"})

CAR = None
"""Stands for a car in an access list, where desks stand by their role."""

READER = Kind.READER
"""Stands for a fixed or portable reader."""

AGENCY = Kind.AGENCY
"""Stands for the agency's headquarters, at the vendor's store."""

Admitted = frozenset[Role | Kind | None]

ADMITTED: dict[object, Admitted] = {}
"""Whom each check of `admit` lets in: what the table of access is made of."""

MESSAGES: dict[object, type[Message] | None] = {}
"""Which message each reader of a body takes; None for a body that is a file."""


class Rejected(Exception):
    """A request that is turned away: the status, a short reason, and words for whoever sees them."""

    def __init__(self, status: int, reason: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.reason = reason
        self.words = words


def store_of(request: Request) -> Store:
    """Return the store of the application that serves this request."""
    store: Store = request.app.state.store
    return store


def proofs_of(request: Request) -> DeskProofs:
    """Return the proofs of identity at the headquarters that serves this request."""
    return DeskProofs(store_of(request), request.app.state.settings.policy)


def sessions_of(request: Request) -> DeskSessions:
    """Return the sessions at the headquarters that serves this request."""
    return DeskSessions(store_of(request), request.app.state.settings.policy)


def admit(*who: Role | Kind | None, even_revoked: bool = False) -> Callable[[Request], Awaitable[Identity]]:
    """Return the check that lets these callers in: 401 without identity, 403 for the wrong one; each is on record.

    A desk's privileged act wants a fresh proof of identity, what answers with plates a session. A car is let in only at
    its own address, over TLS only with the certificate that was issued for it, and once it was revoked only where
    `even_revoked` says so.
    """
    admitted: Admitted = frozenset(who)

    async def check(request: Request) -> Identity:
        if any("\0" in value for value in (*map(str, request.path_params.values()), *request.query_params.values())):
            raise Rejected(422, "malformed", "The address can't be understood.")  # PostgreSQL's texts hold no NUL
        caller = await run_in_threadpool(identify, store_of(request), _token(request))
        if caller is None:
            raise await _turned_away(request, "", "no_identity")
        if caller.suspended:
            raise await _turned_away(request, caller.holder, "suspended")
        if (caller.kind if caller.kind in _BY_KIND else caller.role) not in admitted:
            raise await _turned_away(request, caller.holder, "wrong_identity")
        caller = await _with_next_certificate(request, caller)
        wants_contract = caller.kind not in _WITH_DEVICE
        if wants_contract and await run_in_threadpool(without_contract, store_of(request), caller.holder):
            raise await _turned_away(request, caller.holder, "no_contract")
        if caller.kind in _WITH_DEVICE and (reason := _car_lacks(request, caller, even_revoked)):
            raise await _turned_away(request, caller.holder, reason)
        if caller.kind is Kind.DESK:
            caller = await _signed_in(request, caller)
        request.state.caller = caller
        return caller

    ADMITTED[check] = admitted
    return check


def body_of(most: int) -> Callable[[Request], Awaitable[bytes]]:
    """Return the reader of a body of at most `most` bytes; a longer one is turned away (413) unread.

    It stands behind `admit`: of an enrolled car the body has to carry the device's signature.
    """

    async def read(request: Request) -> bytes:
        caller: Identity = request.state.caller
        body = await _bounded(request, most)
        if caller.device and not _signed(request, caller.device, body):
            raise await _turned_away(request, caller.holder, "bad_signature")
        return body

    MESSAGES[read] = None
    return read


def message_of(kind: type[MessageT], most: int) -> Callable[[bytes], MessageT]:
    """Return the reader of a body that is one message of this kind; anything else is turned away (422)."""

    # As a default: an annotation's text could not name `most`, and the body would be taken for a query parameter.
    def parse(body: bytes = Depends(body_of(most))) -> MessageT:
        return _parsed(kind, body)

    MESSAGES[parse] = kind
    return parse


def packed_message_of(kind: type[MessageT], most: int) -> Callable[[Request, bytes], MessageT]:
    """Return the reader of a body that may be packed; packed and unpacked it has at most `most` bytes."""

    def parse(request: Request, body: bytes = Depends(body_of(most))) -> MessageT:
        try:
            content = unpacked(body, request.headers.get("content-encoding", ""), most)
        except BadInput as fault:
            raise Rejected(422, "malformed", "The message can't be unpacked.") from fault
        if content is None:
            raise _too_large(most)
        return _parsed(kind, content)

    MESSAGES[parse] = kind
    return parse


def open_message_of(kind: type[MessageT], most: int) -> Callable[[Request], Awaitable[MessageT]]:
    """Return the reader of a message on a route that is open to all."""

    async def parse(request: Request) -> MessageT:
        return _parsed(kind, await _bounded(request, most))

    MESSAGES[parse] = kind
    return parse


def stream_of(most: int) -> Callable[[Request], AsyncIterator[bytes]]:
    """Return the reader of a long body, chunk by chunk: for desks, which sign no bodies."""

    def read(request: Request) -> AsyncIterator[bytes]:
        return _chunks(request, most)

    MESSAGES[read] = None
    return read


async def _bounded(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in _chunks(request, most):
        body += chunk
    return bytes(body)


async def _chunks(request: Request, most: int) -> AsyncIterator[bytes]:
    """Give a body's chunks; one that is longer than `most` bytes is turned away (413)."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise _too_large(most)
        yield chunk


def _too_large(most: int) -> Rejected:
    return Rejected(413, "too_large", f"The message is longer than {most} bytes.")


def _parsed(kind: type[MessageT], body: bytes) -> MessageT:
    try:
        return kind.model_validate_json(body)
    except ValueError as fault:
        # The message's own words are left out: they hold what was sent.
        raise Rejected(422, "malformed", "The message can't be understood.") from fault


def _car_lacks(request: Request, car: Identity, even_revoked: bool) -> str:
    """Return what keeps a car out, an empty text when nothing does."""
    over_tls = request.app.state.settings.server_certificate is not None
    if request.path_params.get("car_id", car.holder) != car.holder:
        return "other_car"
    if car.device is None:
        return "not_enrolled" if over_tls else ""
    if over_tls and shown_certificate(request) != car.device.fingerprint:
        return "wrong_certificate"
    # A request with a body is checked where its body is read.
    if request.method in _BODILESS and not _signed(request, car.device, b""):
        return "bad_signature"
    return "revoked" if car.device.revoked and not even_revoked else ""


async def _with_next_certificate(request: Request, caller: Identity) -> Identity:
    """A car that shows the certificate that was issued to follow its present one has that one from now on."""
    shown = shown_certificate(request)
    if caller.device is None or not shown or caller.device.coming != shown:
        return caller
    await run_in_threadpool(put_in_force, store_of(request), caller.holder, shown)
    return await run_in_threadpool(identify, store_of(request), _token(request)) or caller


def _signed(request: Request, device: Device, body: bytes) -> bool:
    target = request.scope["raw_path"].decode("latin-1")
    if query := request.scope["query_string"]:
        target += "?" + query.decode("latin-1")
    signature = request.headers.get(SIGNATURE_HEADER, "")
    return holds(device.public_key, signed_text(request.method, target, body), signature)


async def _signed_in(request: Request, desk: Identity) -> Identity:
    """Return the desk with the session that it shows; a session or a fresh proof is there where the route wants it."""
    shown = request.headers.get(SESSION_HEADER, "")
    desk = replace(desk, session=token_hash(shown) if shown else "")
    route = request.method, request.scope["route"].path
    try:
        if act := PRIVILEGED.get(route):
            await run_in_threadpool(proofs_of(request).require, desk, act)
        elif route in GIVEN:
            active = QUIET_HEADER not in request.headers
            await run_in_threadpool(sessions_of(request).require, desk, active=active)
    except Refused as fault:
        await run_in_threadpool(note_refusal, store_of(request), desk.holder, fault.reason)
        raise Rejected(403, fault.reason, str(fault)) from fault
    return desk


async def _turned_away(request: Request, holder: str, reason: str) -> Rejected:
    await run_in_threadpool(note_refusal, store_of(request), holder, reason)
    status, words = _TURNED_AWAY[reason]
    return Rejected(status, reason, words)


_TURNED_AWAY = {
    "no_identity": (401, "Headquarters does not know this token."),
    "not_enrolled": (401, "This car has no certificate yet."),
    "wrong_certificate": (401, "The certificate shown is not this car's."),
    "bad_signature": (401, "The message does not carry this car's signature."),
    "suspended": (403, "This account is suspended."),
    "wrong_identity": (403, "This identity may not do this."),
    "no_contract": (403, "No contract with this vendor is in force."),
    "other_car": (403, "This token belongs to another car."),
    "revoked": (403, "This car's identity was revoked."),
}


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
