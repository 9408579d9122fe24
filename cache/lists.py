"""Hot lists in the store: entries in compressed blocks, and the packed form that matching is loaded from.

A row is a block's number times BLOCK plus the entry's place in it. A list that comes gets new numbers before the old
one goes, so that an index made before a change never finds another entry in its rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from cache.db import Database, DriverError
from mdt_app.domain.errors import StorageFault
from mdt_app.domain.hotlist import Entry, FalseHit, HotList
from mdt_app.domain.plates import match_key
from mdt_app.services.list_blocks import BLOCK, ReadyList, entries_in, entry_at, make_ready
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.packed_list import Columns, Removed, Segment, no_removed

_BLOCKS_MOST = 2**32 // BLOCK

_LIST, _FALSE = TypeAdapter(HotList), TypeAdapter(FalseHit)
_PUT = "INSERT INTO hotlists VALUES (?, ?) ON CONFLICT (list_id) DO UPDATE SET content = excluded.content"
_FREE = """
SELECT block + 1 FROM (SELECT block, lead(block, 1, ?) OVER (ORDER BY block) AS next FROM
  (SELECT 0 AS block UNION ALL SELECT block FROM list_blocks)) ORDER BY next - block DESC, block LIMIT 1
"""
_NEXT = "SELECT coalesce(max(seq) + 1, 0) FROM list_arrays WHERE list_id = ?"
_ARRAYS = {"codes": np.uint64, "rows": np.uint32, "checks": np.uint32, "tags": np.uint16}
_MORE = {"parts": np.uint32, "removed_codes": np.uint64, "removed_rows": np.uint32}


class Lists:
    """Lists and their entries."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def replace(self, hotlist: HotList, entries: Iterable[Entry]) -> None:
        """Put a list in place of the one with the same id."""
        self.put(hotlist, make_ready(hotlist.list_id, entries))

    def put(self, hotlist: HotList, ready: ReadyList) -> None:
        """Put a list that was made ready elsewhere in place of the one with the same id."""
        first = self._free_block()
        self._db.execute(_PUT, (hotlist.list_id, _LIST.dump_json(hotlist).decode()))
        for table in ("list_blocks", "list_arrays"):
            self._db.execute(f"DELETE FROM {table} WHERE list_id = ?", (hotlist.list_id,))  # noqa: S608 - constants only
        self._keep(0, first, ready, no_removed())

    def change(self, hotlist: HotList, removed: Removed, ready: ReadyList) -> Segment:
        """Apply a delta to a list: take rows out, put entries in. Returns what the index has to take over.

        `hotlist` describes the list as it is afterwards. Changed entries are taken out and put in.
        """
        self._db.execute(_PUT, (hotlist.list_id, _LIST.dump_json(hotlist).decode()))
        seq = self._db.execute(_NEXT, (hotlist.list_id,)).fetchone()[0]
        return self._keep(int(seq), self._free_block(), ready, removed)

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
        return max(0, int(self._db.execute(_NEXT, (list_id,)).fetchone()[0]) - 1)

    def lists(self) -> tuple[HotList, ...]:
        """The lists in force."""
        rows = self._db.execute("SELECT content FROM hotlists ORDER BY list_id")
        return tuple(_LIST.validate_json(content) for (content,) in rows)

    def entries(self) -> Iterator[Entry]:
        """The entries of all lists in force."""
        removed = {int(row) for segment in self.packed() for row in segment.removed.rows}
        for block, content in self._db.execute("SELECT block, content FROM list_blocks ORDER BY block"):
            for row, entry in enumerate(entries_in(content), block * BLOCK):
                if row not in removed:
                    yield entry

    def index(self) -> PackedIndex:
        """The index of all lists in force, loaded from their packed form."""
        return PackedIndex.load(self.packed(), self.fetch)

    def packed(self) -> Iterator[Segment]:
        """The packed form of all lists, each as it came: the whole list first, then its deltas."""
        query = "SELECT list_id, seq, content FROM list_arrays WHERE name = 'about' ORDER BY list_id, seq"
        for list_id, seq, content in self._db.execute(query).fetchall():
            yield self._segment(list_id, seq, json.loads(content))

    def fetch(self, rows: Sequence[int]) -> list[Entry]:
        """The entries of these rows, in their order. Raises StorageFault when one can't be read."""
        try:
            return [self._entry(*divmod(row, BLOCK)) for row in rows]
        except (DriverError, zlib.error, ValueError, IndexError, TypeError) as error:
            raise StorageFault("A hot list's entry can't be read.", "Fetch the lists again.") from error

    def _entry(self, block: int, place: int) -> Entry:
        found = self._db.execute("SELECT content FROM list_blocks WHERE block = ?", (block,)).fetchone()
        return entry_at(found[0], place)

    def _free_block(self) -> int:
        """The beginning of the longest run of numbers that no block has."""
        return int(self._db.execute(_FREE, (_BLOCKS_MOST,)).fetchone()[0])

    def _keep(self, seq: int, first: int, ready: ReadyList, removed: Removed) -> Segment:
        list_id, segment = ready.segment.list_id, ready.segment.moved(first * BLOCK, removed)
        rows = ((block, list_id, content) for block, content in enumerate(ready.blocks, first))
        self._db.conn.executemany("INSERT INTO list_blocks VALUES (?, ?, ?)", rows)
        arrays = {name: getattr(segment.columns, name) for name in _ARRAYS}
        arrays |= {"parts": segment.parts, "removed_codes": removed.codes, "removed_rows": removed.rows}
        about = json.dumps({"span": segment.span, "tags": segment.columns.tag_table}).encode()
        for name, content in (("about", about), *arrays.items()):
            self._db.execute("INSERT INTO list_arrays VALUES (?, ?, ?, ?)", (list_id, seq, name, content))
        return segment

    def _segment(self, list_id: str, seq: int, about: dict[str, Any]) -> Segment:
        query = "SELECT name, content FROM list_arrays WHERE list_id = ? AND seq = ? AND name <> 'about'"
        found = dict(self._db.execute(query, (list_id, seq)))
        kinds = {**_ARRAYS, **_MORE}
        arrays: dict[str, Any] = {name: np.frombuffer(found[name], kind) for name, kind in kinds.items()}
        removed = Removed(arrays.pop("removed_codes"), arrays.pop("removed_rows"))
        parts, (first, end) = arrays.pop("parts"), about["span"]
        columns = Columns(**arrays, tag_table=tuple((category, state) for category, state in about["tags"]))
        return Segment(list_id, columns, parts, (first, end), removed)
