"""Headquarters' server: one process, or several workers over one database that know nothing that it does not hold."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog
import uvicorn
from sqlalchemy import select

from mdt_app.domain.errors import BadInput, StorageFault
from mdt_app.domain.policy import Policy
from mdt_app.hq.admission import LANES, Admission, Bounds
from mdt_app.hq.app import ROUTERS, STORE_ROUTERS, HqSettings, create_app
from mdt_app.hq.audits import audits_planned
from mdt_app.hq.authority import Authority
from mdt_app.hq.bundles import BundleMaker
from mdt_app.hq.confirmations import ConfirmationDesk
from mdt_app.hq.dialect import Dialect
from mdt_app.hq.dialect_file import default_dialect
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.hq.gateway import RecordsGateway
from mdt_app.hq.identity import note_refusal
from mdt_app.hq.keeping import kept
from mdt_app.hq.leases import Turn, keep_turning
from mdt_app.hq.listening import ACCEPTED_AT_ONCE, allow_many_connections, is_local, listening, wait_in_line
from mdt_app.hq.mail_settings import MailSettings
from mdt_app.hq.mails import MailDesk
from mdt_app.hq.own_trail import OwnTrail
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.register_feeds import keep_policy
from mdt_app.hq.search_desk import NoReads, OwnReads, ReadsKept
from mdt_app.hq.stopping import stop_signals
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.store_link import StoreLink, in_step
from mdt_app.hq.tables import agency
from mdt_app.hq.tls import CertificateProtocol, OnRefused, server_context
from mdt_app.hq.unused import unused_suspended
from mdt_app.hq.unusual import watched
from mdt_app.hq.usage import usage_counted
from mdt_app.hq.workers import Workers
from mdt_app.services.policy_source import PolicySource
from mdt_app.services.system_notice import READY, STOPPING, Beat, tell_system

_STOP_WITHIN_S = 3
_KEPT_OPEN_S = 30
"""A little longer than a car keeps an idle connection: it pulls again before, and needs no new handshake."""

log = structlog.get_logger()


class Ends(Protocol):
    """What tells a server to end."""

    def is_set(self) -> bool:
        """Whether it is time."""


class Part(StrEnum):
    """What is served: headquarters, or the vendor's store of bulk reads (REC-4)."""

    HEADQUARTERS = "headquarters"
    VENDOR_STORE = "vendor-store"


@dataclass(frozen=True, slots=True)
class Order:
    """What is served, whole: a worker process needs nothing else than this and its socket."""

    folder: Path
    key: bytes
    switch_address: tuple[str, int] | None
    policy: Policy
    source: PolicySource | None
    database: str | None
    plain: bool
    lanes: Mapping[str, Bounds]
    part: Part
    reads_store: str
    mail: MailSettings | None
    dialect: Dialect


def serve(
    folder: Path,
    host: str,
    port: int,
    *,
    key: bytes,
    switch_address: tuple[str, int] | None,
    policy: Policy,
    source: PolicySource | None = None,
    database: str | None = None,
    plain: bool = False,
    workers: int = 1,
    lanes: Mapping[str, Bounds] = LANES,
    part: Part = Part.HEADQUARTERS,
    reads_store: str = "",
    mail: MailSettings | None = None,
    dialect: Dialect | None = None,
    ready: Callable[[int], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Serve over TLS 1.3 and block until `stop` is set, or in the main thread SIGINT or SIGTERM comes.

    `plain` serves without TLS, on this machine's own addresses alone; no car can enrol then, and tokens are enough.
    `source` is the policy's text for the cars; without it each car goes by its own settings.
    `policy` is the agency's: stops are held against it. `port` 0 takes a free one; `ready` is told which once
    requests are answered. With several `workers` each is a process; `lanes` bound what each works on at once. `part`
    is what is served; `reads_store` the address of the vendor's store where the policy keeps bulk reads there;
    `mail` where alerts forwarded by mail are handed to; `dialect` how the switch is spoken to, NCIC's where none is
    given. Raises BadInput for `plain` on another address, MdtError when the address is taken or workers don't start,
    StorageFault when the database can't be opened or used.
    """
    if plain and not is_local(host):
        raise BadInput("Without TLS headquarters serves this machine alone.", "Leave out --plain, or use 127.0.0.1.")
    ended = stop or threading.Event()

    def tell(port: int) -> None:
        tell_system(READY)
        if ready is not None:
            ready(port)

    spoken = dialect or default_dialect()
    order = Order(folder, key, switch_address, policy, source, database, plain, lanes, part, reads_store, mail, spoken)
    with (
        _opened(order) as store,
        _store_in_step(order, store),
        listening(host, port, workers) as listeners,
        stop_signals(ended),
        usage_counted(store),
        kept(store, policy.retention, ReceiptMaker(key)),
        watched(store, policy.unusual_use),
        audits_planned(store, policy),
        unused_suspended(store, policy),
    ):
        keep_policy(store, policy, datetime.now(UTC))
        if workers == 1:
            answer(order, store, listeners[0], ended, tell, Beat())
        else:
            Workers(_work, order, listeners).run(ended, tell, Beat())
        tell_system(STOPPING)


def answer(
    order: Order,
    store: Store,
    listener: socket.socket,
    ended: Ends,
    ready: Callable[[int], None],
    alive: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests that come to this socket, until it is time to end; `alive` is called in each turn of the loop."""
    with store.reading() as connection:
        ori = connection.scalar(select(agency.c.ori))
    served = None if order.plain else Authority(store, order.key).server(datetime.now(UTC))
    office, receipts = EnrolmentOffice(store, order.key), ReceiptMaker(order.key)
    certificate = served.der if served else None
    bundles, trail = BundleMaker(order.key), OwnTrail(order.key)
    where = _reads_kept(order, store)
    rest = where, certificate, order.source, order.folder / "releases"
    settings = HqSettings(ori or "", order.policy, bundles, receipts, office, trail, *rest)
    routers = STORE_ROUTERS if order.part is Part.VENDOR_STORE else ROUTERS
    gateway = RecordsGateway(order.switch_address, order.dialect)
    desk = ConfirmationDesk(store, order.switch_address, order.dialect)
    context = server_context(Authority(store, order.key).root_pem(), served, _noting(store)) if served else None
    allow_many_connections()
    app = create_app(store, gateway, desk, settings, routers)
    config = uvicorn.Config(
        Admission(app, order.lanes),
        log_config=None,
        access_log=False,
        lifespan="off",
        backlog=ACCEPTED_AT_ONCE,
        http=CertificateProtocol,
        timeout_keep_alive=_KEPT_OPEN_S,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
        ssl_context_factory=(lambda *_: context) if context else None,
    )
    mails = MailDesk(store, order.policy, order.mail)
    turns = (desk.turn, partial(gateway.turn, store), mails.turn, app.state.listed.turn)
    with contextlib.closing(where), contextlib.ExitStack() as stack:
        stack.callback(app.state.listed.end)
        _Server(config, ended, ready, turns, desk.end, alive).run(sockets=[listener])


def _reads_kept(order: Order, store: Store) -> ReadsKept:
    """Where bulk reads are: here, or where the policy says so in the vendor's store."""
    if order.policy.retention.bulk_reads_at_headquarters.value:
        return OwnReads(store)
    return StoreLink.open(store, order.key, order.reads_store) if order.reads_store else NoReads()


@contextlib.contextmanager
def _store_in_step(order: Order, store: Store) -> Iterator[None]:
    """While inside, the vendor's store hears which cars bring reads, and what is held."""
    where = _reads_kept(order, store) if order.part is Part.HEADQUARTERS else None
    if not isinstance(where, StoreLink):
        yield
        return
    with contextlib.closing(where), in_step(store, where):
        yield


def _work(order: Order, listener: socket.socket, ended: Ends, ready: Callable[[int], None]) -> None:
    """What a worker process does."""
    with _opened(order) as store:
        answer(order, store, listener, ended, ready)


def _noting(store: Store) -> OnRefused:
    """What puts a refused handshake on record; a database that can't take it now must not stop the server."""

    def note(reason: str) -> None:
        try:
            note_refusal(store, "", reason)
        except StorageFault:
            log.warning("tls.not_noted", reason=reason)

    return note


class _Server(uvicorn.Server):
    """uvicorn's server that ends when it is told to, and leaves the signals to `stop_signals`.

    While it serves, `turns` are given again and again; `at_end` comes after them.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        ended: Ends,
        ready: Callable[[int], None],
        turns: Sequence[Turn],
        at_end: Turn,
        alive: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._alive = alive
        self._ended, self._ready = ended, ready
        self._turns, self._at_end = turns, at_end
        self._turning: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._turning = asyncio.create_task(keep_turning(self._turns))
        for listener in sockets or ():
            wait_in_line(listener)
            port = listener.getsockname()[1]
            log.info("hq.serving", port=port)
            self._ready(port)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        for connection in self.server_state.connections:  # a peer that takes nothing any more keeps its one open
            connection.transport.abort()
        if self._turning is not None:
            self._turning.cancel()
            await asyncio.gather(self._turning, return_exceptions=True)
        try:
            await self._at_end()
        except StorageFault as fault:
            log.warning("end.failed", reason=fault.words)
        await asyncio.sleep(0)  # what was aborted closes

    async def on_tick(self, counter: int) -> bool:
        self._alive()
        return self._ended.is_set() or await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.contextmanager
def _opened(order: Order) -> Iterator[Store]:
    with contextlib.closing(open_store(order.folder, database=order.database, key=order.key)) as store:
        store.require_current()
        yield store
