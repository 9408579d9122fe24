"""Fixed and portable readers: their credentials, their reads held against the lists, and hits passed on to cars.

A reader's read is put on record as a car's is: bulk reads as the policy has them, a hit as an event, and whoever is
designated is told. The hit then waits for the cars of its area and duties to ask. A car matches the read once more with
its own lists, and its officer has to look for themselves: nothing that was seen here opens a gate there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import structlog
from sqlalchemy import Connection, delete, insert, select, update

from mdt_app.domain.alerts import Hit
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.matching import Match
from mdt_app.domain.policy import Policy
from mdt_app.domain.reads import Read
from mdt_app.hq import ingest
from mdt_app.hq.entries import HEADQUARTERS
from mdt_app.hq.identity import Identity, Kind, issue_token
from mdt_app.hq.keeping import record_act
from mdt_app.hq.listed import Matching
from mdt_app.hq.receipts import ReceiptMaker
from mdt_app.hq.register_feeds import note_reader
from mdt_app.hq.registers import Desk
from mdt_app.hq.search_desk import ReadsKept
from mdt_app.hq.store import Store, in_order
from mdt_app.hq.tables import car_duties, reader_hits, readers, tokens
from mdt_app.services.on_reads import hit_body, read_body
from mdt_app.sync.event_wire import EventBatch, EventMessage
from mdt_app.sync.field_wire import (
    CarDuty,
    NewReader,
    ReaderAnswer,
    ReaderHit,
    ReaderHits,
    ReaderIssued,
    ReaderLine,
    ReaderLines,
    ReaderRead,
)

FRESH = timedelta(minutes=10)
"""A hit is passed on for so long after it was read; what is older helps no patrol."""
_MOST = 50

log = structlog.get_logger()


def add_reader(store: Store, new: NewReader, by: str, policy: Policy) -> ReaderIssued:
    """Put a reader on the books, or change it, with a new credential; an older one ends."""
    now = datetime.now(UTC)
    row = {"kind": new.kind, "area": new.area, "duties": json.dumps(new.duties), "by": by}
    with store.writing() as connection:
        connection.execute(delete(readers).where(readers.c.reader_id == new.reader_id))
        connection.execute(insert(readers).values(row | {"reader_id": new.reader_id, "added_at": now}))
        record_act(connection, "reader_added", new.reader_id, by, new.area)
        note_reader(connection, new.reader_id, new.kind, new.area, Desk(HEADQUARTERS, policy, now))
    return ReaderIssued(reader_id=new.reader_id, token=issue_token(store, Identity(Kind.READER, new.reader_id)))


def end_reader(store: Store, reader_id: str, by: str) -> None:
    """End a reader's credential. Raises BadInput when there is no such reader."""
    with store.writing() as connection:
        if not connection.execute(delete(readers).where(readers.c.reader_id == reader_id)).rowcount:
            raise BadInput("There is no such reader.", "Look at the list again.")
        connection.execute(delete(tokens).where(tokens.c.kind == Kind.READER.value, tokens.c.holder == reader_id))
        record_act(connection, "reader_ended", reader_id, by, "")


def all_readers(store: Store) -> ReaderLines:
    """Return the readers, by id."""
    with store.reading() as connection:
        rows = connection.execute(select(readers).order_by(readers.c.reader_id)).mappings().all()
    return ReaderLines(readers=tuple(ReaderLine(**dict(row) | {"duties": json.loads(row["duties"])}) for row in rows))


def place_car(store: Store, car_id: str, duty: CarDuty, by: str) -> None:
    """Say where a car works and as what; it hears of the readers there."""
    row = {"areas": json.dumps(duty.areas), "duty": duty.duty, "by": by, "at": datetime.now(UTC)}
    with store.writing() as connection:
        connection.execute(delete(car_duties).where(car_duties.c.car_id == car_id))
        connection.execute(insert(car_duties).values(row | {"car_id": car_id}))


def take_reads(
    store: Store,
    listed: Matching,
    reader_id: str,
    reads: Iterable[ReaderRead],
    policy: Policy,
    receipts: ReceiptMaker,
    kept: ReadsKept,
) -> ReaderAnswer:
    """Take a reader's reads in, and pass on what is on a list. A repeat has no second effect.

    Raises Refused where the policy keeps bulk reads in the vendor's store, and that is out of reach.
    """
    now = datetime.now(UTC)
    known = [read.to_read(reader_id) for read in reads]
    found = [(read, *listed.find(read)) for read in known]
    hits = [(read, matches, hotlist) for read, matches, hotlist in found if matches and hotlist]
    _forget(store, now)
    # The hits first: what is cut off in the middle is passed on all the same when it is sent again.
    with store.writing() as connection:
        reader = connection.execute(select(readers).where(readers.c.reader_id == reader_id)).one()
        connection.execute(update(readers).where(readers.c.reader_id == reader_id).values(heard_at=now))
        for read, _, _ in hits:
            _pass_on(connection, reader.area, reader.duties, read, now)
    bulk = tuple(map(_read_event, known))
    messages = [*bulk, *(_hit_event(*hit) for hit in hits)]
    if bulk:
        kept.bring(f"reader:{reader_id}", EventBatch(events=bulk))
    if messages:
        ingest.take_in(store, f"reader:{reader_id}", EventBatch(events=tuple(messages)), policy, receipts)
    log.info("reader.heard", reader=reader_id, reads=len(known), hits=len(hits))
    return ReaderAnswer(reads=len(known), hits=len(hits))


def hits_for(store: Store, car_id: str, after: int) -> ReaderHits:
    """Return the fresh hits of other cameras in a car's areas that its duty hears of, after a position."""
    now = datetime.now(UTC)
    _forget(store, now)
    query = select(reader_hits).where(reader_hits.c.position > after, reader_hits.c.received_at >= now - FRESH)
    with store.reading() as connection:
        place = connection.execute(select(car_duties).where(car_duties.c.car_id == car_id)).one_or_none()
        if place is None:
            return ReaderHits(hits=())
        query = query.where(reader_hits.c.area.in_(json.loads(place.areas)))
        rows = connection.execute(query.order_by(reader_hits.c.position).limit(_MOST)).all()
    meant = [row for row in rows if place.duty in (json.loads(row.duties) or (place.duty,))]
    return ReaderHits(hits=tuple(_hit(row, now) for row in meant))


def _forget(store: Store, now: datetime) -> None:
    """Plates that nobody is to hear of any more do not stay in the queue."""
    old = reader_hits.c.received_at < now - FRESH
    with store.reading() as connection:
        some = connection.execute(select(reader_hits.c.position).where(old).limit(1)).first()
    if some:
        with store.writing() as connection:
            connection.execute(delete(reader_hits).where(old))


def _hit(row: Any, now: datetime) -> ReaderHit:
    read = ReaderRead.model_validate_json(row.content)
    age_s = max(0.0, (now - read.captured_at).total_seconds())
    return ReaderHit(position=row.position, reader_id=row.reader_id, area=row.area, age_s=age_s, read=read)


def _pass_on(connection: Connection, area: str, duties: str, read: Read, now: datetime) -> None:
    if connection.execute(select(reader_hits.c.position).where(reader_hits.c.read_id == read.read_id)).first():
        return
    in_order(connection, reader_hits)
    row = {"read_id": read.read_id, "reader_id": read.source_id, "area": area, "duties": duties, "received_at": now}
    connection.execute(insert(reader_hits).values(row | {"content": ReaderRead.of(read).model_dump_json()}))


def _read_event(read: Read) -> EventMessage:
    return _event(read.read_id, EventKind.READ, read, read.read_id, read_body(read))


def _hit_event(read: Read, matches: tuple[Match, ...], hotlist: HotList) -> EventMessage:
    hit_id = str(uuid5(NAMESPACE_OID, f"hit {read.read_id}"))
    about = (hit_id, read, matches[0], read.captured_at, hotlist.name, hotlist.extracted_at)
    return _event(hit_id, EventKind.HIT, read, hit_id, hit_body(Hit(*about, others=matches[1:])))


def _event(event_id: str, kind: EventKind, read: Read, subject: str, body: Mapping[str, Any]) -> EventMessage:
    content: dict[str, object] = {"event_id": event_id, "kind": kind.value, "subject": subject, "body": dict(body)}
    about = {"at": read.captured_at, "clock": read.clock.value, "actor": "reader", "device": read.source_id}
    return EventMessage.model_validate(content | about)
