"""The listener's door: who may come in, how much and how fast, and what is answered. An ASGI application."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog

from devices.feeds.intake import Intake, Taken
from devices.feeds.order import FeedSource, ListenerOrder, address
from devices.feeds.outcomes import FeedRead, Reason, Rejected
from devices.feeds.refusal_log import RefusalLog
from devices.feeds.tables import load_feed
from mdt_app.domain.devices import CameraRead
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.reads import Read

BODY_MOST = 8 * 1024 * 1024
BODY_S = 10.0
"""A payload has to be there within so long."""
RATE_HZ, BURST = 20.0, 60.0
"""Payloads a second that a reader may send, and how many at once."""
CLOCK_NOTE_S = 60.0
"""A reader's clock that is off by more is said on the screen."""
_PREFIX = "/feed/"
_STATUS: Mapping[Reason, int] = {
    Reason.ADDRESS: 403,
    Reason.SECRET: 403,
    Reason.PATH: 403,
    Reason.METHOD: 405,
    Reason.TOO_LARGE: 413,
    Reason.RATE: 429,
    Reason.SLOW: 408,
    Reason.CUT: 400,
    Reason.UNKEPT: 503,
    Reason.UNFORESEEN: 500,
}
"""The HTTP answer by reason; what could not be understood is a 422."""

_log = structlog.get_logger()


class Reader:
    """One reader that may send: its intake, its rate, when it last spoke (monotonic seconds), and what it was
    refused.
    """

    def __init__(self, source: FeedSource) -> None:
        self.source = source
        self.intake = Intake(load_feed(source.kind), source.source_id)
        self.addresses = frozenset(address(one) for one in source.addresses)
        self.heard_s = self._filled_s = time.monotonic()
        self.heard = False
        self.refused = RefusalLog(source.source_id, self.intake.refusals)
        self.clock_offset_s: float | None = None
        self._room = BURST

    def admits(self) -> bool:
        """Take one from the bucket; False when it is empty."""
        now = time.monotonic()
        self._room = min(BURST, self._room + (now - self._filled_s) * RATE_HZ)
        self._filled_s = now
        if self._room < 1:
            return False
        self._room -= 1
        return True


class Door:
    """The ASGI application. `post` takes each read in the server's thread; StorageFault: it could not keep it."""

    def __init__(self, order: ListenerOrder, post: Callable[[CameraRead], None]) -> None:
        self.readers = {source.source_id: Reader(source) for source in order.sources}
        self._addresses = frozenset().union(*(reader.addresses for reader in self.readers.values()))
        self._post = post
        self.refusals: Counter[Reason] = Counter()
        """Refusals of those who are no known reader; a known one's are in its intake."""
        self._strangers = RefusalLog("", self.refusals)
        self._faults: set[tuple[str, str]] = set()

    def knows_address(self, host: str) -> bool:
        """True when any reader may send from there."""
        return address(host) in self._addresses

    def refuse(self, reason: Reason, reader: Reader | None = None) -> None:
        """Count a refusal."""
        counts = reader.intake.refusals if reader else self.refusals
        counts[reason] += 1
        (reader.refused if reader else self._strangers).hear(reason)

    def log_refusals(self, *, rest: bool = False) -> None:
        """Have the log say what is due of refusals; with `rest` all that it has not said."""
        for log in (self._strangers, *(reader.refused for reader in self.readers.values())):
            log.say(rest=rest)

    async def __call__(self, scope: Mapping[str, Any], receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began, reader = time.monotonic(), None
        try:
            reader = self._admit(scope)
            body = await _body(scope, receive)
            taken = reader.intake.take(body, _header(scope, b"content-type"))
            self._deliver(reader, taken, began)
        except Exception as error:  # noqa: BLE001 - what nobody foresaw is a refusal with a reason, too
            reason = error.reason if isinstance(error, Rejected) else self._failed(error)
            self.refuse(reason, reader or self._named(scope))
            await _answer(send, _STATUS[reason], {"refused": [reason.value]})
            return
        await _answer(send, 422 if taken.refused and not taken.reads else 200, _summary(taken))

    def _failed(self, error: Exception) -> Reason:
        """Log an error once a kind: where it came up, nothing of what was sent."""
        where = extract_tb(error.__traceback__)[-1]
        fault = (type(error).__name__, f"{Path(where.filename).name}:{where.lineno}")
        if fault not in self._faults:
            self._faults.add(fault)
            _log.error("feed failed", error=fault[0], at=fault[1])
        return Reason.UNFORESEEN

    def _named(self, scope: Mapping[str, Any]) -> Reader | None:
        return self.readers.get(_path(scope)[0])

    def _admit(self, scope: Mapping[str, Any]) -> Reader:
        """Return the reader that sends this. Raises Rejected before a byte of its body is read."""
        name, in_path = _path(scope)
        reader, client = self.readers.get(name), scope.get("client") or ("", 0)
        if reader is None:
            raise Rejected(Reason.PATH)
        if address(client[0]) not in reader.addresses:
            raise Rejected(Reason.ADDRESS)
        if not reader.admits():
            raise Rejected(Reason.RATE)
        if not reader.source.knows(in_path or _secret(_header(scope, b"authorization"))):
            raise Rejected(Reason.SECRET)
        if scope["method"] not in ("POST", "PUT"):
            raise Rejected(Reason.METHOD)
        return reader

    def _deliver(self, reader: Reader, taken: Taken, began_s: float) -> None:
        """Hand the reads on. Raises Rejected from the first on that could not be kept: the reader tells them again."""
        if taken.reads or taken.repeats or taken.beats:
            reader.heard, reader.heard_s = True, time.monotonic()
        for place, one in enumerate(taken.reads):
            reader.clock_offset_s = (one.read.captured_at - datetime.now(UTC)).total_seconds()
            try:
                self._post(CameraRead(_own(one, reader.source), one.pictures, time.monotonic() - began_s))
            except Exception as fault:
                reader.intake.unkept(taken.reads[place:])
                if isinstance(fault, StorageFault):
                    raise Rejected(Reason.UNKEPT) from fault
                raise
        for refusal in taken.refused:
            reader.refused.hear(refusal.reason)


def _own(one: FeedRead, source: FeedSource) -> Read:
    return replace(one.read, camera_id=source.camera_id or one.read.camera_id or source.source_id)


def _path(scope: Mapping[str, Any]) -> tuple[str, str]:
    """The reader's name and, for readers that can't send headers, its secret."""
    path: str = scope["path"]
    if not path.startswith(_PREFIX):
        return "", ""
    name, _, secret = path.removeprefix(_PREFIX).partition("/")
    return name, secret.rstrip("/")


def _secret(header: str) -> str:
    """The secret of 'Bearer SECRET', or of 'Basic', where it is the password."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return value.strip() if scheme.lower() == "bearer" else ""
    try:
        return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _header(scope: Mapping[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


async def _body(scope: Mapping[str, Any], receive: Callable[[], Any]) -> bytes:
    """Read the payload. Raises Rejected when it is too large, too slow, or cut off."""
    said = _header(scope, b"content-length")
    if said.isdigit() and int(said) > BODY_MOST:
        raise Rejected(Reason.TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Rejected(Reason.CUT)
                body += message.get("body", b"")
                if len(body) > BODY_MOST:
                    raise Rejected(Reason.TOO_LARGE)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise Rejected(Reason.SLOW) from None


def _summary(taken: Taken) -> dict[str, object]:
    refused = list(dict.fromkeys(refusal.reason.value for refusal in taken.refused))
    return {"reads": len(taken.reads), "repeats": taken.repeats, "beats": taken.beats, "refused": refused}


async def _answer(send: Callable[[Any], Any], status: int, content: Mapping[str, object]) -> None:
    body = json.dumps(content).encode("ascii")
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode("ascii"))]
    if status >= 400:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
