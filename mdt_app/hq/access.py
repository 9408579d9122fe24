"""What stands before every route: the caller's identity, the bound on the body, and the message in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.accounts import Role
from mdt_app.hq.identity import Identity, Kind, identify
from mdt_app.hq.store import Store
from mdt_app.sync.wire import Message

MessageT = TypeVar("MessageT", bound=Message)

CAR = None
"""Stands for a car in an access list, where desks stand by their role."""

Admitted = frozenset[Role | None]


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


def admit(*who: Role | None) -> Callable[[Request], Awaitable[Identity]]:
    """Return the check that lets these callers in: 401 without identity, 403 for the wrong one.

    A car is let in only at its own address.
    """
    admitted: Admitted = frozenset(who)

    async def check(request: Request) -> Identity:
        caller = await run_in_threadpool(identify, store_of(request), _token(request))
        if caller is None:
            raise Rejected(401, "no_identity", "Headquarters does not know this token.")
        if caller.role not in admitted:
            raise Rejected(403, "wrong_identity", "This identity may not do this.")
        if caller.kind is Kind.CAR and request.path_params.get("car_id", caller.holder) != caller.holder:
            raise Rejected(403, "other_car", "This token belongs to another car.")
        return caller

    return check


def body_of(most: int) -> Callable[[Request], Awaitable[bytes]]:
    """Return the reader of a body of at most `most` bytes; a longer one is turned away (413) unread."""

    async def read(request: Request) -> bytes:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise Rejected(413, "too_large", f"The message is longer than {most} bytes.")
        return bytes(body)

    return read


def message_of(kind: type[MessageT], most: int) -> Callable[[bytes], MessageT]:
    """Return the reader of a body that is one message of this kind; anything else is turned away (422)."""

    # As a default: an annotation's text could not name `most`, and the body would be taken for a query parameter.
    def parse(body: bytes = Depends(body_of(most))) -> MessageT:
        try:
            return kind.model_validate_json(body)
        except ValueError as fault:
            # The message's own words are left out: they hold what was sent.
            raise Rejected(422, "malformed", "The message can't be understood.") from fault

    return parse


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
