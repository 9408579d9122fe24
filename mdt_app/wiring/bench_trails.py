"""A year's trail, made up, for `mdt bench export`: a car's in its store, or headquarters' own in its database.

Its chain is whole: each row hangs on the one before, with a body as it is written there.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from cache.db import open_database
from cache.migrations import migrate
from cache.secrets import seals_of
from cache.trail import Trail
from mdt_app.domain.audit import GENESIS, Verdict, hashed_plates, link
from mdt_app.domain.events import ChainLink, Event, EventKind
from mdt_app.domain.evidence import Proof, signed_head
from mdt_app.hq.main import initialise
from mdt_app.hq.own_trail import OWN, OwnTrail
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.store import insert_rows, open_store
from mdt_app.hq.tables import events, heads
from mdt_app.services.progress import Progress, watched
from mdt_app.services.signing import derived
from mdt_app.sync.event_wire import EventMessage
from mdt_app.wiring.enrolment import write_trail_of
from mdt_app.wiring.store_tools import write_trail

START = datetime(2026, 1, 1, tzinfo=UTC)
_BLOCK = 5_000
_YEAR_S = 365 * 86_400
_HEAD = "INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?, ?)"
_ADD = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT * FROM audit LEFT JOIN audit_bodies USING (sequence) ORDER BY sequence"
Bodies = Sequence[tuple[EventKind, str]]
"""Kinds of events with their bodies as JSON; %d stands for the row's number."""
_CAR: Bodies = (
    (EventKind.HIT, '{"plate": "4BXR91", "state": "CT", "list": "ncic", "entry": "V%09d", "match": "exact", '
     '"category": "stolen_vehicle", "confidence": 0.97, "camera": "L", "place": [41.7123, -72.6081], '
     '"policy": "postc 1", "list_age_s": 5120}'),
    (EventKind.PLATE_CONFIRMED, '{"plate": "4BXR91", "state": "CT", "matches": true, "read": %d, "policy": "postc 1"}'),
    (EventKind.CHECK_ANSWERED, '{"answer": "active", "source": "NCIC", "nic": "V%09d", "request": 1, '
     '"asked_at": "2026-11-22T21:14:00+00:00", "policy": "postc 1"}'),
    (EventKind.GATE_PASSED, '{"decision": "%032d", "passed": true, "unmet": [], "ways": [], "policy": "postc 1"}'),
    (EventKind.NO_STOP, '{"reason": "no_opportunity", "words": "left the interstate at exit %d", "policy": "postc 1"}'),
)  # fmt: skip
_HEADQUARTERS: Bodies = (
    (EventKind.SEARCHED, '{"parameters": {"since": "2026-11-20T21:14:00+00:00", "until": "2026-11-22T21:14:00+00:00"}, '
     '"plate_data": {"plate": "4BXR9?"}, "purpose": "investigation", "reason": "Vehicle seen at burglary %d", '
     '"offense": "none", "case": "26-1234", "found": {"headquarters": 17}, "policy": "postc 1"}'),
    (EventKind.REGISTER_ACTED, '{"register": "foi", "record": "foi-%06d", "act": "answered", "state": "answered"}'),
    (EventKind.PROVED_AGAIN, '{"act": "export_case", "by": "code", "number": %d}'),
    (EventKind.EXPORTED, '{"register": "deployments", "layout": "csv", "rows": %d}'),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeTrail:
    """A trail to measure: writing it as a file (also in another process), reading the bare rows, and walking it."""

    write: Callable[[Path, Progress | None], Proof]
    read_bare: Callable[[], None]
    verify: Callable[[Progress | None], Verdict]


def car_trail(folder: Path, rows: int, progress: Progress | None) -> MadeTrail:
    """A car's trail in an encrypted store in `folder`, its head signed."""
    key, path = secrets.token_bytes(32), folder / "store.db"
    with closing(open_database(path, key)) as db:
        migrate(db)
        seals = seals_of(db, key)
        previous = GENESIS
        for block in _blocks(_CAR, seals.mac_key, rows, progress, "CAR12"):
            with db.atomic():
                db.conn.executemany(_ADD, (_told(event, made) for event, made in block))
                bodies = ((made.sequence, json.dumps(dict(event.body))) for event, made in block)
                db.conn.executemany("INSERT INTO audit_bodies VALUES (?, ?)", bodies)
            previous = block[-1][1].digest
        head = signed_head(seals.device, rows, previous)
        db.execute(_HEAD, (head.sequence, head.digest, head.signature))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def read_bare() -> None:
        with closing(open_database(path, key)) as db:
            for _ in db.execute(_ALL):
                pass

    def verify(told: Progress | None) -> Verdict:
        with closing(open_database(path, key)) as db:
            return Trail(db, seals).verify(told)

    return MadeTrail(partial(write_trail, folder, key, START, head), read_bare, verify)


def headquarters_trail(folder: Path, rows: int, progress: Progress | None, database: str | None = None) -> MadeTrail:
    """Headquarters' own trail, in its encrypted file in `folder` or in the empty PostgreSQL at `database`."""
    key = secrets.token_bytes(32)
    initialise(folder, database=database, key=key, agency_ori="CT0000000")
    with closing(open_store(folder, database=database, key=key)) as store:
        last = GENESIS
        for block in _blocks(_HEADQUARTERS, derived(key, "own trail"), rows, progress, "desk"):
            with store.writing() as connection:
                insert_rows(connection, events, [_held(event, made) for event, made in block])
            last = block[-1][1].digest
        with store.writing() as connection:
            named = {"car_id": OWN, "generation": 0, "sequence": rows, "digest": last, "public_key": ""}
            connection.execute(insert(heads).values(**named, moved_at=START))
            connection.execute(text("ANALYZE"))

    def read_bare() -> None:
        with closing(open_store(folder, database=database, key=key)) as store, store.reading() as connection:
            mine = select(events.c.content).where(events.c.car_id == OWN).order_by(events.c.position)
            for _ in connection.execute(mine.execution_options(yield_per=_BLOCK)):
                pass

    def verify(_: Progress | None) -> Verdict:
        with closing(open_store(folder, database=database, key=key)) as store, store.reading() as connection:
            return OwnTrail(key).verify(connection)

    head = ReceiptMaker(key).head(rows, last)
    return MadeTrail(partial(write_trail_of, folder, database, key, head), read_bare, verify)


def _blocks(
    bodies: Bodies, mac_key: bytes, rows: int, progress: Progress | None, device: str
) -> Iterator[list[tuple[Event, ChainLink]]]:
    """The rows with their links, block by block."""
    numbers, previous = iter(watched(range(1, rows + 1), rows, progress)), GENESIS
    while numbered := list(islice(numbers, _BLOCK)):
        block = []
        for number in numbered:
            event = hashed_plates(_event(bodies, number, rows, device), mac_key)
            made = link(event, mac_key, number, previous)
            block.append((event, made))
            previous = made.digest
        yield block


def _event(bodies: Bodies, number: int, rows: int, device: str) -> Event:
    kind, template = bodies[number % len(bodies)]
    event_id = f"{number:08x}-0000-7000-8000-{number:012x}"
    subject = f"{number // 5:08x}-1111-7000-8000-{number // 5:012x}"
    at = START + timedelta(seconds=number * _YEAR_S / rows)
    return Event(event_id, kind, at, "gps", "rdoe", device, subject, json.loads(template % number))


def _told(event: Event, made: ChainLink) -> tuple[Any, ...]:
    """A row of a car's trail."""
    about = event.event_id, event.kind, event.at.isoformat(), event.clock, event.actor, event.device, event.subject
    return (made.sequence, *about, made.payload_mac, made.previous, made.digest)


def _held(event: Event, made: ChainLink) -> dict[str, Any]:
    """A row of headquarters' own chain, as it is kept among the events."""
    content = EventMessage.of(event, made).canonical()
    about = {"event_id": event.event_id, "car_id": OWN, "kind": event.kind.value, "subject": event.subject}
    return about | {"at": event.at, "received_at": event.at, "content": content, "content_sha256": made.payload_mac}
