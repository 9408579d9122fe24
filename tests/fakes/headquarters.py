"""What the tests of headquarters share: made-up events and lists, and servers that really run."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import os
import shutil
import ssl
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import uuid4

import httpx2
from sqlalchemy import select

from mdt_app.domain.accounts import Role
from mdt_app.domain.confirmation import Urgency
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.hotlist import Entry, Vehicle
from mdt_app.domain.plates import match_key
from mdt_app.domain.records_check import ConfirmationQuery, RecordsQuery
from mdt_app.domain.sync_messages import OutboxRow
from mdt_app.hq.main import initialise, issue_car_token, issue_desk_token, public_key
from mdt_app.hq.serving import serve
from mdt_app.hq.store import Store, open_store
from mdt_app.hq.tables import events, reads
from mdt_app.services.bundles import SignedBundles
from mdt_app.services.policies import load_policy
from mdt_app.services.processes import PROCESSES, load_for_processes
from mdt_app.sync.client import HqClient
from mdt_app.sync.freshness import Freshness
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.list_word import ListWord
from mdt_app.sync.news import NewsBoard
from tests.fakes.desk_people import ProvesWhenAsked, seat
from tests.fakes.postgresql import PostgreSQL, copy_database, host_of

KEY = bytes(range(32))
ORI = "CT0010000"
DEADLINE_S = 20.0
POLICY = load_policy("postc")
TLS = ssl.create_default_context()
"""One for all clients: each would read all authorities' certificates anew."""


BUNDLES = SignedBundles(public_key(KEY))
"""Reads what headquarters with the tests' key has signed."""


def until(condition: Callable[[], object], what: str, within_s: float = DEADLINE_S) -> None:
    """Wait until the condition holds; fail with `what` after the deadline."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def an_event(kind: EventKind = EventKind.READ, subject: str = "", **body: object) -> Event:
    """Return an event with an id of its own."""
    now = datetime.now(UTC)
    return Event(str(uuid4()), kind, now, "system", "officer1", "car-7", subject or str(uuid4()), body)


def a_basis(hit_id: str) -> dict[str, Event]:
    """Return what a car sends of a hit that ends in a stop, in its order: 'hit', 'seen', 'check', 'gate', 'stop'."""
    check_id, decision_id = str(uuid4()), str(uuid4())
    return {
        "hit": an_event(EventKind.HIT, hit_id, match="exact", category="stolen_vehicle"),
        "seen": an_event(EventKind.PLATE_CONFIRMED, hit_id, plate="AB12345", state="CT", agrees=True),
        "check": an_event(EventKind.CHECK_ANSWERED, hit_id, check_id=check_id, answer="active"),
        "gate": an_event(EventKind.GATE_PASSED, hit_id, decision_id=decision_id, unmet=[]),
        "stop": an_event(EventKind.STOP, hit_id, check_id=check_id, decision_id=decision_id, purpose="locate"),
    }


def an_entry(plate: str, state: str = "CT", *, nic: str = "V123456789", list_id: str = "ncic") -> Entry:
    """Return a stolen vehicle's entry."""
    vehicle = Vehicle("2019", "TOYT", "CAM", "4D", "RED/BLK")
    entry_id = f"{list_id}:{nic}:{plate}:{state}"
    category = "stolen_vehicle"
    day = date(2026, 1, 2)
    return Entry(
        entry_id, list_id, category, plate, match_key(plate), state, "2026", "PC", vehicle, nic, "CT0020000", day
    )


def a_query(plate: str, state: str = "CT", *, nic: str = "", ori: str = ORI) -> RecordsQuery:
    """Return a records query with ids of its own."""
    return RecordsQuery(str(uuid4()), str(uuid4()), plate, state, "PC", nic, ori, "officer1")


def a_confirmation(plate: str, **changes: object) -> ConfirmationQuery:
    """Return a hit confirmation request with ids of its own, due in ten minutes."""
    values: dict[str, object] = {
        "request_id": str(uuid4()),
        "hit_id": str(uuid4()),
        "number": 1,
        "urgency": Urgency.URGENT,
        "plate": plate,
        "state": "CT",
        "nic": "V123456789",
        "owner": "CT0020000",
        "ori": ORI,
        "user_id": "officer1",
        "due_at": datetime.now(UTC) + timedelta(minutes=10),
    }
    return ConfirmationQuery(**(values | changes))


@dataclass
class MemoryOutbox:
    """The car's outbox in memory, for the tests of the worker alone; the car's real one is in the encrypted store."""

    rows: list[OutboxRow] = field(default_factory=list)
    parked: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, event: Event, chain: ChainLink | None = None) -> None:
        """Add an event at the end."""
        with self.lock:
            self.rows.append(OutboxRow(len(self.rows), event, chain))

    def pending(self, limit: int) -> list[OutboxRow]:
        """As OutboxPort says."""
        with self.lock:
            return self.rows[:limit]

    def confirm(self, event_ids: Iterable[str]) -> None:
        """As OutboxPort says."""
        named = set(event_ids)
        with self.lock:
            self.rows = [row for row in self.rows if row.event.event_id not in named]

    def park(self, event_id: str, reason: str) -> None:
        """As OutboxPort says."""
        self.confirm([event_id])
        self.parked[event_id] = reason

    def count(self) -> int:
        """As OutboxPort says."""
        with self.lock:
            return len(self.rows)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Headquarters:
    """A headquarters that serves on loopback, with the tokens of two cars and of a desk for each role."""

    folder: Path
    url: str
    cars: Mapping[str, str]
    desks: Mapping[Role, str]
    database: str | None = None

    def client(self, car: str = "car-7", **timeouts: float) -> HqClient:
        """Return the client of a car."""
        return HqClient(self.url, car, self.cars[car], **timeouts)

    def http(self, token: str = "", auth: httpx2.Auth | None = None) -> httpx2.Client:
        """Return a bare HTTP client."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx2.Client(
            base_url=self.url, headers=headers, auth=auth, timeout=DEADLINE_S, trust_env=False, verify=TLS
        )

    def desk(self, role: Role = Role.ADMINISTRATOR) -> httpx2.Client:
        """Return the HTTP client of a desk, whose person proves who they are when asked."""
        return self.http(auth=ProvesWhenAsked(role.value, self.desks[role]))

    def desk_of(self, user_id: str, role: Role) -> httpx2.Client:
        """Return the HTTP client of somebody else's desk."""
        with contextlib.closing(self.store()) as store:
            seat(store, user_id, role)
        token = issue_desk_token(self.folder, key=KEY, holder=user_id, role=role, database=self.database)
        return self.http(auth=ProvesWhenAsked(user_id, token))

    def store(self) -> Store:
        """Open the database beside the server."""
        return open_store(self.folder, database=self.database, key=KEY)

    def on_record(self) -> list[str]:
        """Return the ids of all events and bulk reads on record."""
        with contextlib.closing(self.store()) as store, store.reading() as connection:
            return [*connection.scalars(select(events.c.event_id)), *connection.scalars(select(reads.c.event_id))]


def a_word(car: str = "car-7") -> ListWord:
    """Return what a car checks headquarters' word on the lists with."""
    return ListWord(car, public_key(KEY))


def a_board(client: HqClient, car: str = "car-7") -> NewsBoard:
    """Return what a car knows of headquarters' news."""
    fresh = Freshness("The news", "What is in force stays.")
    return NewsBoard(client, car, public_key(KEY), fresh)


def lists_of(client: HqClient, car: str = "car-7") -> dict[str, HotListManifest]:
    """Return the lists in force, by id, as a car believes them."""
    return {manifest.list_id: manifest for manifest in a_word(car).read(client.fetch_lists()).hotlists}


def made(folder: Path, database: str | None = None) -> Headquarters:
    """Make a headquarters in a folder, not serving yet, unless it is there.

    Each is a copy of one that was made by the real commands, once a process and server: hundreds of tests want their
    own.
    """
    if any(folder.glob("headquarters.db*")):
        return made_anew(folder, database)
    model = _model(host_of(database) if database else None)
    shutil.copytree(model.folder, folder, dirs_exist_ok=True)
    if database and model.database:
        copy_database(model.database, database)
    cars, desks = dict(model.cars), dict(model.desks)  # some tests hand out new tokens
    return replace(model, folder=folder, database=database, cars=cars, desks=desks)


@cache
def _model(host: str | None) -> Headquarters:
    folder = Path(tempfile.mkdtemp(prefix="mdt-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return made_anew(folder, PostgreSQL(Path(host)).database() if host else None)


def made_anew(folder: Path, database: str | None = None) -> Headquarters:
    """Make a headquarters with an authority of its own, or open what is there."""
    initialise(folder, database=database, key=KEY, agency_ori=ORI)
    at = {"key": KEY, "database": database}
    cars = {car: issue_car_token(folder, car_id=car, **at) for car in ("car-7", "car-8")}
    desks = {role: issue_desk_token(folder, holder=role.value, role=role, **at) for role in Role}
    with contextlib.closing(open_store(folder, database=database, key=KEY)) as store:
        for role in Role:
            seat(store, role.value, role)
    return Headquarters(folder, "", cars, desks, database)


class Serving:
    """Something that blocks with `ready` and `stop`, in a thread of this process; `port` is the one it got."""

    def __init__(self, run: Callable[..., None], *arguments: object, **named: object) -> None:
        self._stop = threading.Event()
        self._known = threading.Event()
        self.port = 0

        def ready(port: int) -> None:
            self.port = port
            self._known.set()

        named |= {"ready": ready, "stop": self._stop}
        self._thread = threading.Thread(target=run, args=arguments, kwargs=named)

    def __enter__(self) -> Serving:
        self._thread.start()
        assert self._known.wait(DEADLINE_S), "not ready in time"
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(DEADLINE_S)
        if self._thread.is_alive():
            faulthandler.dump_traceback(file=sys.__stderr__, all_threads=True)
        assert not self._thread.is_alive()


def serving(
    folder: Path, switch: tuple[str, int] | None = None, *, plain: bool = True, database: str | None = None
) -> Serving:
    """Return headquarters of a folder, to be served within a `with`."""
    named = {"key": KEY, "switch_address": switch, "policy": POLICY, "plain": plain, "database": database}
    return Serving(serve, folder, "127.0.0.1", 0, **named)


class ServerProcess:
    """Headquarters in a process of its own, so that it can be killed."""

    @staticmethod
    def altered() -> None:
        """What is changed in the process before it serves: nothing."""

    def __init__(self, folder: Path, port: int = 0, *, plain: bool = True) -> None:
        load_for_processes("tests.fakes.headquarters")
        self._said = folder / f"said-{uuid4()}"
        known, tell = PROCESSES.Pipe(duplex=False)
        arguments = (self.altered, folder, port, plain, self._said, tell)
        self.process = PROCESSES.Process(target=_serve_alone, args=arguments)
        self.process.start()
        assert known.poll(DEADLINE_S), "not ready in time"
        self.port = known.recv()
        self.url = f"{'http' if plain else 'https'}://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """Kill it as kill -9 does."""
        self.process.kill()
        self.end()

    def end(self) -> str:
        """Wait for its end and return all that it said."""
        self.process.join(DEADLINE_S)
        assert not self.process.is_alive()
        return self._said.read_text(encoding="utf-8")


def _serve_alone(
    altered: Callable[[], None], folder: Path, port: int, plain: bool, said: Path, tell: Connection
) -> None:
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    altered()
    serve(folder, "127.0.0.1", port, key=KEY, switch_address=None, policy=POLICY, plain=plain, ready=tell.send)
