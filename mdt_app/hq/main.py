"""Headquarters' entry points for the command line: make it, give out identities and accounts, serve."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
import uvicorn
from sqlalchemy import insert, select

from mdt_app.domain.accounts import Account, Role
from mdt_app.domain.errors import BadInput, MdtError, StorageFault
from mdt_app.domain.policy import Policy
from mdt_app.hq.accounts import add_account, hash_password, record_training
from mdt_app.hq.app import HqSettings, create_app
from mdt_app.hq.authority import Authority
from mdt_app.hq.bundles import BundleMaker
from mdt_app.hq.confirmations import ConfirmationDesk, close_outstanding
from mdt_app.hq.enrolment import EnrolmentOffice
from mdt_app.hq.gateway import RecordsGateway
from mdt_app.hq.identity import Identity, Kind, issue_token, note_refusal
from mdt_app.hq.keeping import kept, outlook, purge_by_hand
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.stopping import stop_signals
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.tables import agency
from mdt_app.hq.tls import CertificateProtocol, OnRefused, server_context
from mdt_app.sync.keeping_wire import PurgeCounts, RetentionMessage

log = structlog.get_logger()

_STOP_WITHIN_S = 3
FOLDER = "headquarters' folder"
"""Who acts where somebody works on headquarters' folder and key themselves."""

_HOLDER = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class InitResult:
    """What `initialise` made or found: the folder, the database's revision, and the agency's ORI."""

    folder: Path
    revision: str
    agency_ori: str


def initialise(
    folder: Path, *, database: str | None, key: bytes, agency_ori: str, hosts: Iterable[str] = ()
) -> InitResult:
    """Make headquarters' database with its authority and certificate, or bring it up to date.

    `agency_ori` is 9 letters and digits; `hosts` are the names and addresses by which cars and desks will reach it
    (without any, a certificate that is there stays, and a new one is for this machine alone).

    Raises BadInput for another ORI than it was made with or a host that is none, StorageFault when the database can't
    be made.
    """
    if not re.fullmatch(r"[A-Z0-9]{9}", agency_ori):
        raise BadInput("The ORI is not 9 letters and digits.", "Give the agency's own ORI.")
    with contextlib.closing(open_store(folder, database=database, key=key, create=True)) as store:
        revision = store.upgrade()
        with store.writing() as connection:
            known = connection.scalar(select(agency.c.ori))
            if known is None:
                connection.execute(insert(agency).values(ori=agency_ori))
            elif known != agency_ori:
                raise BadInput("This headquarters was made for another ORI.", "Use another folder or database.")
        Authority(store, key).ensure(agency_ori, hosts)
    return InitResult(folder, revision, agency_ori)


def issue_car_token(folder: Path, *, key: bytes, car_id: str, database: str | None = None) -> str:
    """Return a new token for a car; the car's older one ends. Raises BadInput for an id that does not fit."""
    return _issue(folder, key, database, Identity(Kind.CAR, car_id))


def issue_desk_token(folder: Path, *, key: bytes, holder: str, role: Role, database: str | None = None) -> str:
    """Return a new token for a desk with this role; the holder's older one ends."""
    return _issue(folder, key, database, Identity(Kind.DESK, holder, role))


def create_account(
    folder: Path,
    *,
    key: bytes,
    user_id: str,
    name: str,
    role: Role,
    password: str,
    database: str | None = None,
) -> Account:
    """Make a personal account with a second factor. Raises BadInput when the id is taken or the password is short.

    It gives no access before its training is on record (ACC-3).
    """
    account = Account(user_id, name, role, hash_password(password))
    with _opened(folder, key, database) as store:
        return add_account(store, account, FOLDER)


def train_account(
    folder: Path, *, key: bytes, user_id: str, topics: Iterable[str], trainer: str, database: str | None = None
) -> None:
    """Put an account's training on record as complete today. Raises BadInput for an unknown account."""
    with _opened(folder, key, database) as store:
        record_training(store, user_id, topics, trainer, datetime.now(UTC).date(), FOLDER)


def retention_outlook(folder: Path, *, key: bytes, policy: Policy, database: str | None = None) -> RetentionMessage:
    """Return what retention would take at headquarters now; nothing is changed."""
    with _opened(folder, key, database) as store:
        return outlook(store, policy.retention, datetime.now(UTC))


def purge_now(folder: Path, *, key: bytes, policy: Policy, words: str, database: str | None = None) -> PurgeCounts:
    """Take what is due at headquarters, and return what went. `words` say why by hand, on record."""
    with _opened(folder, key, database) as store:
        return purge_by_hand(store, policy.retention, ReceiptMaker(key), datetime.now(UTC), FOLDER, words)


def public_key(key: bytes) -> str:
    """The key by which cars know what headquarters has signed, in base64."""
    return BundleMaker(key).public


def serve(
    folder: Path,
    host: str,
    port: int,
    *,
    key: bytes,
    switch_address: tuple[str, int] | None,
    policy: Policy,
    database: str | None = None,
    plain: bool = False,
    ready: Callable[[int], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Serve over TLS 1.3 and block until `stop` is set, or in the main thread SIGINT or SIGTERM comes.

    `plain` serves without TLS, on this machine's own addresses alone; no car can enrol then, and tokens are enough.
    `policy` is the agency's: stops are held against it. `port` 0 takes a free one; `ready` is told which once
    requests are answered. Raises BadInput for `plain` on another address, MdtError when the address is taken,
    StorageFault when the database can't be opened or is not this version's.
    """
    if plain and not _is_local(host):
        raise BadInput("Without TLS headquarters serves this machine alone.", "Leave out --plain, or use 127.0.0.1.")
    ended = stop or threading.Event()
    with _opened(folder, key, database) as store, _listening(host, port) as listener, stop_signals(ended):
        with store.reading() as connection:
            ori = connection.scalar(select(agency.c.ori))
        close_outstanding(store)
        served = None if plain else Authority(store, key).server(datetime.now(UTC))
        office = EnrolmentOffice(store, key)
        receipts = ReceiptMaker(key)
        settings = HqSettings(ori or "", policy, BundleMaker(key), receipts, office, served.der if served else None)
        app = create_app(store, RecordsGateway(switch_address), ConfirmationDesk(switch_address), settings)
        context = server_context(Authority(store, key).root(), served, _noting(store)) if served else None
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            http=CertificateProtocol,
            timeout_graceful_shutdown=_STOP_WITHIN_S,
            ssl_context_factory=(lambda *_: context) if context else None,
        )
        with kept(store, policy.retention, receipts):
            _Server(config, ended, ready).run(sockets=[listener])


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _noting(store: Store) -> OnRefused:
    """What puts a refused handshake on record; a database that can't take it now must not stop the server."""

    def note(reason: str) -> None:
        try:
            note_refusal(store, "", reason)
        except StorageFault:
            log.warning("tls.not_noted", reason=reason)

    return note


class _Server(uvicorn.Server):
    """uvicorn's server that ends when an event is set, and leaves the signals to `stop_signals`."""

    def __init__(self, config: uvicorn.Config, ended: threading.Event, ready: Callable[[int], None] | None) -> None:
        super().__init__(config)
        self._ended = ended
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            port = listener.getsockname()[1]
            log.info("hq.serving", port=port)
            if self._ready:
                self._ready(port)

    async def on_tick(self, counter: int) -> bool:
        return self._ended.is_set() or await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.contextmanager
def _opened(folder: Path, key: bytes, database: str | None) -> Iterator[Store]:
    with contextlib.closing(open_store(folder, database=database, key=key)) as store:
        store.require_current()
        yield store


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle's delay off; else each answer waits 40 ms for the car's ACK.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        if os.name == "posix":  # on Windows it would let another process take the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as fault:
            raise MdtError("Headquarters can't have this address and port.", "Choose another port.") from fault
        yield listener


def _issue(folder: Path, key: bytes, database: str | None, identity: Identity) -> str:
    if not _HOLDER.fullmatch(identity.holder):
        raise BadInput("The token's holder is not 1 to 100 letters, digits, dots and hyphens.", "Choose another name.")
    with _opened(folder, key, database) as store:
        return issue_token(store, identity)
