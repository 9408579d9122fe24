"""The listener's process: serves the door, posts reads, and says how it and each reader is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from functools import partial

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from devices.feeds.door import CLOCK_NOTE_S, Door, Reader
from devices.feeds.order import ListenerOrder, check_order
from devices.feeds.outcomes import WORDS, Reason
from devices.hosting import HostedProcess, Send, launch
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.errors import BadInput

RATE_HZ = 1.0
"""How often the listener promises to say how it is."""
CONNECTIONS_MOST = 32
HEAD_S = 5.0
"""A connection has to bring its first request within so long."""
_KEEP_ALIVE_S = 30
_WORD_S = 0.4
_RETRY_S = 1.0
_NOTE_S = 60.0


def launch_listener(order: ListenerOrder) -> HostedProcess:
    """Start the listener's process. Raises BadInput for an order that may not be (see check_order)."""
    check_order(order)
    return launch(f"feeds {order.device_id}", partial(run_listener, order))


def run_listener(order: ListenerOrder, send: Send, ending: threading.Event) -> None:
    """Serve until `ending`; an address that is taken is a fault, and is tried again."""
    fault = DeviceHealth(order.device_id, DeviceKind.FEED, DeviceState.FAULT)
    while not ending.is_set():
        try:
            listener = _bound(order)
        except BadInput as error:
            send(DeviceHealth(order.device_id, fault.kind, fault.state, str(error)))
            ending.wait(_RETRY_S)
            continue
        with listener:
            door = Door(order, send)
            _Server(door, Health(order, door), send, ending).run(sockets=[listener])
            door.log_refusals(rest=True)
        return


def _bound(order: ListenerOrder) -> socket.socket:
    family = socket.AF_INET6 if ":" in order.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let another process take the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((order.host, order.port))
    except (OSError, OverflowError):
        listener.close()
        raise BadInput("The feeds' address is taken or not this machine's.", "Change it in the settings.") from None
    return listener


def _config(door: Door) -> uvicorn.Config:
    return uvicorn.Config(
        door,
        http=_guarded(door),
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=1,
    )


def _guarded(door: Door) -> type[H11Protocol]:
    """A protocol that hangs up on strangers before they have said a word, and on those who say none."""

    class Guarded(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own type
            super().connection_made(transport)
            if self.client is None:  # gone again before it was taken
                self._hang_up(Reason.CUT)
            elif not door.knows_address(self.client[0]):
                self._hang_up(Reason.ADDRESS)
            elif len(self.connections) > CONNECTIONS_MOST:
                self._hang_up(Reason.BUSY)
            else:
                self.loop.call_later(HEAD_S, self._expect_request)

        def _expect_request(self) -> None:
            if getattr(self, "cycle", None) is None and not self.transport.is_closing():
                self._hang_up(Reason.SLOW)

        def _hang_up(self, reason: Reason) -> None:
            door.refuse(reason)
            self.transport.abort()

    return Guarded


class Health:
    """Derives the listener's health from its readers'."""

    def __init__(self, order: ListenerOrder, door: Door) -> None:
        self._order, self._door = order, door
        self._rates: deque[tuple[float, int]] = deque(maxlen=10)

    def now(self) -> DeviceHealth:
        """Return how the listener is: a reader that broke its promise to speak is a fault."""
        readers = self._door.readers.values()
        silent = [words for reader in readers if (words := _silence(reader))]
        notes = [words for reader in readers if (words := _note(reader))]
        refused = sum(self._door.refusals.values()) + sum(sum(r.intake.refusals.values()) for r in readers)
        payloads = sum(reader.intake.payloads for reader in readers)
        return DeviceHealth(
            self._order.device_id,
            DeviceKind.FEED,
            DeviceState.FAULT if silent else DeviceState.OK,
            "; ".join(silent or notes),
            frames=payloads,
            read=sum(reader.intake.reads for reader in readers),
            skipped=sum(reader.intake.repeats for reader in readers),
            unreadable=refused,
            rate_hz=self._rate(payloads),
        )

    def _rate(self, payloads: int) -> float:
        self._rates.append((time.monotonic(), payloads))
        (since, before), (until, after) = self._rates[0], self._rates[-1]
        return (after - before) / (until - since) if until > since else 0.0


def _silence(reader: Reader) -> str:
    allowed, quiet = reader.source.silent_after_s, time.monotonic() - reader.heard_s
    return f"Reader {reader.source.source_id}: no word for {quiet:.0f} s" if allowed and quiet > allowed else ""


def _note(reader: Reader) -> str:
    """What else the screen should say: what it refused of late, silence from the start, a wrong clock."""
    name, latest = reader.source.source_id, reader.refused.latest
    if latest is not None and time.monotonic() - reader.refused.latest_s < _NOTE_S:
        return f"Reader {name}: {reader.intake.refusals[latest]} refused ({WORDS[latest].lower()})"
    if not reader.heard:
        return f"Reader {name}: no word yet"
    offset = reader.clock_offset_s
    if offset is not None and abs(offset) > CLOCK_NOTE_S:
        return f"Reader {name}: its clock is off by {offset:.0f} s"
    return ""


class _Server(uvicorn.Server):
    """uvicorn's server that ends with an event and says how it is."""

    def __init__(self, door: Door, health: Health, send: Send, ending: threading.Event) -> None:
        super().__init__(_config(door))
        self._door, self._health, self._send, self._ending = door, health, send, ending
        self._said_s = 0.0

    async def on_tick(self, counter: int) -> bool:
        now = time.monotonic()
        if now - self._said_s >= _WORD_S:
            self._said_s = now
            self._send(self._health.now())
            self._door.log_refusals()
        return self._ending.is_set() or await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # the parent ends this process, not a signal
