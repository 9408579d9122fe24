"""The witness: headquarters follows each car's audit chain and refuses what contradicts it (AUD-1).

The rule. A row hangs on the row before it that is held here, and no number is given twice. What fits is taken in, in
whatever order it comes. What does not is refused, kept among the alarms with its content, and flagged:

- rows missing before it: it alone is refused; what hangs on it flows again, and the missing ones can still come;
- its content is not what its digest says: it alone is refused;
- another row of its number, or of the one it hangs on, is held here (a fork, a rewrite, an older store put back), and
  the car's own key has signed for it: from here on all of the car's chained events go to the alarms, until an
  Administrator who has looked into it begins the chain anew. The car works on: its reads, checks and lists flow.

The key that a car named at its enrolment is the one its heads are signed with; of a car without a certificate (plain
loopback) it is the first one that it signs with. From then on chained events need a head signed with it, so
a stolen token alone can neither add to a chain nor stop one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from mdt_app.domain.audit import GENESIS
from mdt_app.domain.audit import digest as digest_of
from mdt_app.domain.errors import BadInput
from mdt_app.domain.events import ChainLink, EventKind
from mdt_app.domain.evidence import head_holds, public_key
from mdt_app.hq.keeping import record_act
from mdt_app.hq.store import Store, insert_rows
from mdt_app.hq.tables import devices, heads, links
from mdt_app.sync.event_wire import EventBatch, EventMessage, HeadMessage, HeadState, HeadStates, LinkMessage

_KINDS = frozenset(kind.value for kind in EventKind)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a chain. `previous` is empty while it is known from a signed head alone."""

    previous: str
    digest: str


_BEFORE_ALL = _Row("nothing", GENESIS)


class Chain:
    """A car's chain while one batch of it is taken in, its place at headquarters held against other batches."""

    def __init__(self, connection: Connection, car_id: str, batch: EventBatch, now: datetime) -> None:
        self._connection, self._car, self._head, self._now = connection, car_id, batch.head, now
        row = connection.execute(select(heads).where(heads.c.car_id == car_id).with_for_update()).one_or_none()
        self._known_car, self._generation = row is not None, row.generation if row else 0
        self.sequence: int = row.sequence if row else 0
        self.digest: str = row.digest if row else ""
        self._key: str = (row.public_key if row else "") or _enrolled_key(connection, car_id)
        self._forked_at: datetime | None = row.forked_at if row else None
        self._before = self._state()
        self._head_fault = _head_fault(self._head, self._key)
        if self._head and not self._head_fault:
            self._key = self._head.public_key
        self._held = self._load(_numbers(batch))
        self._new: dict[int, _Row] = {}

    def fault(self, message: EventMessage) -> str:
        """Take in an event's link; '' or why the event is refused."""
        link = message.link()
        if link is None:
            outside = message.kind == EventKind.READ.value or not (self.sequence or self._key)
            return "" if outside else "chain_missing"
        if link.sequence < 1 or (message.kind in _KINDS and not _digest_holds(message, link)):
            return self._head_fault or "chain_altered"
        return self._taken(link.sequence, _Row(link.previous, link.digest))

    def withheld(self, link: LinkMessage) -> str:
        """Take in the link of an event that can't be sent; why it is refused, else that it was withheld."""
        known = self._row(link.sequence)
        repeated = known is not None and bool(known.previous)
        reason = self._taken(link.sequence, _Row(link.previous, link.digest))
        return reason or ("" if repeated else "event_withheld")

    def head_fault(self, fresh: bool) -> str:
        """Hold the signed head against the rows, once all are in; `fresh`: the batch had something new to tell.

        A head behind the rows is an older store put back, unless the batch is an old one that comes late.
        """
        if self._head is None or self._head_fault:
            return self._head_fault if self._head else ""
        held = self._row(self._head.sequence)
        if held and held.digest != self._head.digest:
            return self._forked("head_forked")
        if held and self._head.sequence < self.sequence and fresh:
            return self._forked("head_smaller")
        if held is None and self._head.sequence > self.sequence:
            self._new[self._head.sequence] = _Row("", self._head.digest)
        return ""

    def save(self) -> None:
        """Put on record how far the chain is held now."""
        if self._state() == self._before and not self._new:
            return
        place = {"car_id": self._car, "generation": self._generation}
        for number, row in self._new.items():
            values = {"previous": row.previous, "digest": row.digest}
            if number in self._held:
                self._connection.execute(update(links).where(*_at(place, number)).values(values))
        added = [(number, row) for number, row in self._new.items() if number not in self._held]
        if added:
            rows = [{**place, "sequence": n, "previous": row.previous, "digest": row.digest} for n, row in added]
            insert_rows(self._connection, links, rows)
        state = self._state() | {"moved_at": self._now}
        if self._known_car:
            self._connection.execute(update(heads).where(heads.c.car_id == self._car).values(state))
        elif self.sequence or self._key:
            self._connection.execute(insert(heads).values(place | state))

    def _state(self) -> dict[str, Any]:
        """What is on record of the head, by the table's names."""
        state = {"sequence": self.sequence, "digest": self.digest, "public_key": self._key}
        return state | {"forked_at": self._forked_at}

    def _taken(self, number: int, row: _Row) -> str:
        if self._head_fault or self._forked_at:
            return self._head_fault or "chain_forked"
        if self._head and number > self._head.sequence:
            return "head_smaller"
        here, before, after = self._row(number), self._row(number - 1), self._row(number + 1)
        if here and here.digest != row.digest:
            return self._forked("chain_forked")
        if here and here.previous:
            return ""
        if (before and before.digest != row.previous) or (after and after.previous not in ("", row.digest)):
            return self._forked("chain_forked")
        self._new[number] = row
        if number > self.sequence:
            self.sequence, self.digest = number, row.digest
        return "" if before and before.previous else "chain_gap"

    def _forked(self, reason: str) -> str:
        """Only what the car's own key has signed for ends its chain."""
        if self._head and not self._head_fault:
            self._forked_at = self._now
        return reason

    def _row(self, number: int) -> _Row | None:
        return _BEFORE_ALL if number == 0 else self._new.get(number) or self._held.get(number)

    def _load(self, numbers: set[int]) -> Mapping[int, _Row]:
        if not self._known_car or not numbers:
            return {}
        wanted = select(links).where(
            links.c.car_id == self._car, links.c.generation == self._generation, links.c.sequence.in_(numbers)
        )
        return {row.sequence: _Row(row.previous, row.digest) for row in self._connection.execute(wanted)}


def begin_anew(store: Store, car_id: str, by: str, words: str) -> None:
    """Let a car's chain begin anew, with a new key, after its device or store was replaced, or its fork looked into.

    The rows of the chain before stay on record. Raises BadInput for a car without a chain.
    """
    anew = {"generation": heads.c.generation + 1, "sequence": 0, "digest": "", "public_key": "", "forked_at": None}
    with store.writing() as connection:
        if not connection.execute(update(heads).where(heads.c.car_id == car_id).values(anew)).rowcount:
            raise BadInput("This car has no chain.", "Check its id.")
        record_act(connection, "chain_begun_anew", car_id, by, words)


def head_states(store: Store) -> HeadStates:
    """Return how far each car's chain is held: what a trail from a car can be checked against."""
    with store.reading() as connection:
        rows = connection.execute(select(heads).order_by(heads.c.car_id)).mappings().all()
    return HeadStates(cars=tuple(HeadState.model_validate(dict(row)) for row in rows))


def _enrolled_key(connection: Connection, car_id: str) -> str:
    """The trail's key that the car's enrolment vouches for; empty where it named none."""
    return connection.scalar(select(devices.c.audit_key).where(devices.c.car_id == car_id)) or ""


def _head_fault(head: HeadMessage | None, key: str) -> str:
    if head is None:
        return "head_not_signed" if key else ""
    if key and head.public_key != key:
        return "device_key_changed"
    return "" if head_holds(head.to_head(), public_key(head.public_key)) else "head_not_signed"


def _digest_holds(message: EventMessage, link: ChainLink) -> bool:
    event, _ = message.to_event()
    made = digest_of(event, link.payload_mac, link.sequence, link.previous)
    return made == link.digest


def _numbers(batch: EventBatch) -> set[int]:
    """The rows that decide about a batch: its own and their neighbours, and the signed head's."""
    own: Iterable[int] = (
        *(event.sequence for event in batch.events if event.sequence is not None),
        *(link.sequence for link in batch.withheld),
    )
    head = {batch.head.sequence} if batch.head else set()
    return head.union(*({number - 1, number, number + 1} for number in own))


def _at(place: Mapping[str, object], number: int) -> tuple[ColumnElement[bool], ...]:
    here = (links.c.car_id == place["car_id"], links.c.generation == place["generation"])
    return (*here, links.c.sequence == number)
