"""Hot lists in the store: entries in compressed blocks, and the packed form that matching is loaded from.

A row is a block's number times BLOCK plus the entry's place in it. A list that comes gets new numbers before the old
one goes, so that an index made before a change never finds another entry in its rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from pydantic import TypeAdapter

from cache.db import Database, DriverError
from cache.deliveries import Deliveries
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.hotlist import Entry, FalseHit, HotList
from mdt_app.domain.plates import match_key
from mdt_app.services.list_blocks import BLOCK, ReadyList, entries_in, entry_at, make_ready
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.packed_list import Removed, Segment, Tag, no_removed, pieces_of
from mdt_app.sync.list_wire import line_of

_LIST, _FALSE = TypeAdapter(HotList), TypeAdapter(FalseHit)
_PUT = "INSERT INTO hotlists VALUES (?, ?) ON CONFLICT (list_id) DO UPDATE SET content = excluded.content"
_ALL = 1 << 30


class Lists:
    """Lists and their entries."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.deliveries = Deliveries(db)

    def replace(self, hotlist: HotList, entries: Iterable[Entry]) -> None:
        """Put a list in place of the one with the same id."""
        self.put(hotlist, make_ready(hotlist.list_id, map(line_of, entries)))

    def put(self, hotlist: HotList, ready: ReadyList) -> None:
        """Put a list that was made ready elsewhere in place of the one with the same id."""
        name, segment = self._brought(ready, no_removed())
        self.put_brought(hotlist, name, segment.columns.tag_table)
        while self.deliveries.sweep(_ALL):
            pass

    def put_brought(self, hotlist: HotList, name: str, tags: Sequence[Tag]) -> None:
        """Put a delivery that is there whole in place of the list with the same id; the one before goes in slices."""
        self._db.execute(_PUT, (hotlist.list_id, _LIST.dump_json(hotlist).decode()))
        self.deliveries.let_go(hotlist.list_id)
        self.deliveries.put_in_force(name, 0, tags)

    def change(self, hotlist: HotList, removed: Removed, ready: ReadyList) -> Segment:
        """Apply a delta to a list: take rows out, put entries in. Returns what the index has to take over.

        `hotlist` describes the list as it is afterwards. Changed entries are taken out and put in.
        """
        name, segment = self._brought(ready, removed)
        self.put_change(hotlist, name, segment.columns.tag_table)
        return segment

    def put_change(self, hotlist: HotList, name: str, tags: Sequence[Tag]) -> None:
        """Put a delta that is there whole in force upon its list."""
        self._db.execute(_PUT, (hotlist.list_id, _LIST.dump_json(hotlist).decode()))
        self.deliveries.put_in_force(name, self.deliveries.next_seq(hotlist.list_id), tags)

    def put_false_hits(self, plates: Sequence[FalseHit]) -> bool:
        """Put these in place of the known false hits before; False when they are the very same."""
        rows = sorted((match_key(p.plate), p.state, p.dispute_id, _FALSE.dump_json(p).decode()) for p in plates)
        if self._db.execute("SELECT * FROM false_hits ORDER BY key, state, dispute_id").fetchall() == rows:
            return False
        self._db.execute("DELETE FROM false_hits")
        self._db.conn.executemany("INSERT INTO false_hits VALUES (?, ?, ?, ?)", rows)
        return True

    def false_hit(self, entry: Entry, now: datetime) -> FalseHit | None:
        """What is known of wrong hits on this entry's plate and state, if it is in force at `now` (UTC)."""
        query = "SELECT content FROM false_hits WHERE key = ? AND state = ?"
        found = (_FALSE.validate_json(content) for (content,) in self._db.execute(query, (entry.key, entry.state)))
        return next((known for known in found if known.since <= now < known.expires_at), None)

    def deltas(self, list_id: str) -> int:
        """How many deltas a list has upon the whole delivery that it began with."""
        return max(0, self.deliveries.next_seq(list_id) - 1)

    def lists(self) -> tuple[HotList, ...]:
        """The lists in force."""
        rows = self._db.execute("SELECT content FROM hotlists ORDER BY list_id")
        return tuple(_LIST.validate_json(content) for (content,) in rows)

    def entries(self) -> Iterator[Entry]:
        """The entries of all lists in force."""
        removed = {int(row) for segment in self.packed() for row in segment.removed.rows}
        for segment in self.packed():
            first, end = (row // BLOCK for row in segment.span)
            query = "SELECT block, content FROM entry_blocks WHERE block >= ? AND block < ? ORDER BY block"
            for block, content in self._db.execute(query, (first, end)):
                for row, entry in enumerate(entries_in(content), block * BLOCK):
                    if row not in removed:
                        yield entry

    def index(self) -> PackedIndex:
        """The index of all lists in force, loaded from their packed form."""
        return PackedIndex.load(self.packed(), self.fetch)

    def packed(self) -> Iterator[Segment]:
        """The packed form of all lists, each as it came: the whole list first, then its deltas."""
        return self.deliveries.segments()

    def fetch(self, rows: Sequence[int]) -> list[Entry]:
        """The entries of these rows, in their order. Raises StorageFault when one can't be read."""
        try:
            return [self._entry(*divmod(row, BLOCK)) for row in rows]
        except (DriverError, zlib.error, ValueError, IndexError, TypeError) as error:
            raise StorageFault("A hot list's entry can't be read.", "Fetch the lists again.") from error

    def _entry(self, block: int, place: int) -> Entry:
        found = self._db.execute("SELECT content FROM entry_blocks WHERE block = ?", (block,)).fetchone()
        return entry_at(found[0], place)

    def _brought(self, ready: ReadyList, removed: Removed) -> tuple[str, Segment]:
        """Bring a delivery at once."""
        name = str(uuid4())
        first = self.deliveries.begin(name, ready.segment.list_id, len(ready.blocks))
        segment = ready.segment.moved(first * BLOCK, removed)
        self.deliveries.add_blocks(name, 0, ready.blocks)
        self.deliveries.add_pieces(name, pieces_of(segment))
        return name, segment
