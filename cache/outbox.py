"""The outbox: what headquarters has not confirmed yet. It stays until that very event is confirmed.

Events of the trail have a row each. Bulk reads wait where they are: all above the number that is sent. What leaves
that stretch out of turn (refused, left out by headquarters, or emptied by the purge) gets a row of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from cache.db import Database
from cache.reads import LAST, read_event
from mdt_app.domain.events import ChainLink, Event
from mdt_app.domain.sync_messages import OutboxRow, Share

# A read comes after the row that was the outbox's last when it was kept. One statement, so that it is of one moment.
_ROWS = """SELECT * FROM (SELECT position AS place, 0 AS number, content, '' AS read_id FROM outbox
  WHERE parked IS NULL{} ORDER BY position LIMIT ?1)"""
_READS = """
UNION ALL SELECT * FROM (SELECT queued, number, event, read_id FROM reads
  WHERE number > (SELECT sent FROM read_numbers) ORDER BY number LIMIT ?1)"""
_OF_A_RECORD = " AND content ->> '$.event.kind' <> 'read'"
_OF_A_READ = " AND content ->> '$.event.kind' = 'read'"
_PENDING: Mapping[Share, str] = {
    Share.ALL: f"{_ROWS.format('')}{_READS} ORDER BY place, number LIMIT ?1",
    Share.RECORDS: f"{_ROWS.format(_OF_A_RECORD)} ORDER BY place LIMIT ?1",
    Share.READS: f"{_ROWS.format(_OF_A_READ)}{_READS} ORDER BY place, number LIMIT ?1",
}
_COUNTED = "SELECT (SELECT count(*) FROM outbox WHERE parked IS NULL{})"
_WAITING = f" + ({LAST}) - sent FROM read_numbers"
_COUNT: Mapping[Share, str] = {
    Share.ALL: _COUNTED.format("") + _WAITING,
    Share.RECORDS: _COUNTED.format(_OF_A_RECORD),
    Share.READS: _COUNTED.format(_OF_A_READ) + _WAITING,
}
_LAST_OF = """SELECT max(number) FROM reads
  WHERE number > (SELECT sent FROM read_numbers) AND read_id IN (SELECT value FROM json_each(?))"""
_LEFT_OUT = """SELECT read_id, event FROM reads WHERE number > (SELECT sent FROM read_numbers) AND number <= ?
  AND read_id NOT IN (SELECT value FROM json_each(?)) ORDER BY number"""
_CONFIRMED = "DELETE FROM outbox WHERE event_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class _Content:
    event: Event
    chain: ChainLink | None


_CONTENT = TypeAdapter(_Content)


class Outbox:
    """Events in the order of their making; parked ones are kept aside."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.last = 0
        """The position of the row that was added last; 0 before the first."""

    def add(self, event: Event, chain: ChainLink | None) -> None:
        """Put an event in the outbox. Positions only rise, and are never given twice."""
        content = _CONTENT.dump_json(_Content(event, chain)).decode()
        row = self._db.execute("INSERT INTO outbox (event_id, content) VALUES (?, ?)", (event.event_id, content))
        self.last = row.lastrowid or 0

    def pending(self, limit: int, share: Share = Share.ALL) -> list[OutboxRow]:
        """The oldest that wait for this link."""
        rows = self._db.execute(_PENDING[share], (limit,)).fetchall()
        return [_row(place, content, read_id) for place, _, content, read_id in rows]

    def confirm(self, event_ids: Iterable[str]) -> None:
        """Take exactly these out."""
        named = json.dumps(list(event_ids))
        last = self._db.execute(_LAST_OF, (named,)).fetchone()[0]
        if last is not None:
            self.pass_over(last, named)
        self._db.execute(_CONFIRMED, (named,))

    def park(self, event_id: str, reason: str) -> None:
        """Set a refused one aside, with the reason."""
        last = self._db.execute(_LAST_OF, (json.dumps([event_id]),)).fetchone()[0]
        if last is not None:
            self.pass_over(last)
        self._db.execute("UPDATE outbox SET parked = ? WHERE event_id = ?", (reason, event_id))

    def pass_over(self, number: int, confirmed: str = "[]") -> None:
        """Let reads wait above this number only. Those below get rows of their own, but for the confirmed ones.

        `confirmed` is a JSON array of ids.
        """
        for read_id, told in self._db.execute(_LEFT_OUT, (number, confirmed)).fetchall():
            self.add(read_event(read_id, told), None)
        self._db.execute("UPDATE read_numbers SET sent = max(sent, ?)", (number,))

    def count(self, share: Share = Share.ALL) -> int:
        """How many wait for this link, parked ones not counted."""
        return int(self._db.execute(_COUNT[share]).fetchone()[0])


def _row(place: int, content: str, read_id: str) -> OutboxRow:
    if read_id:
        return OutboxRow(place, read_event(read_id, content))
    known = _CONTENT.validate_json(content)
    return OutboxRow(place, known.event, known.chain)
