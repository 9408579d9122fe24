"""The index that reads are matched against: packed plates in memory, the entries fetched when one matches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any

import numpy as np
import structlog

from mdt_app.domain.errors import BadInput, StorageFault
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.matching import EntrySource, ListKeeper, Match, part_expression, ranked
from mdt_app.domain.reads import Read
from mdt_app.services.packed_list import (
    Columns,
    Packer,
    Removed,
    Segment,
    Wanted,
    check_of,
    located,
    merged,
    no_removed,
)
from mdt_app.services.plate_codes import LOOK_BITS, decode, encode, look_alikes

Fetch = Callable[[Sequence[int]], Sequence[Entry]]
"""Gives the entries of rows, in their order. Raises StorageFault."""

_log = structlog.get_logger()


class PackedIndex:
    """The entries of all lists in force. It never changes: a delta gives a new one, which takes its place at once.

    Where the store can't give a matched entry, the alert still comes: plate, category and state are in memory.
    """

    def __init__(
        self,
        columns: Columns,
        parts: Mapping[int, Entry],
        spans: Sequence[tuple[int, int, str]],
        fetch: Fetch,
    ) -> None:
        self._columns, self._parts, self._spans, self._fetch = columns, parts, tuple(spans), fetch
        self._codes = columns.codes
        # Single elements come out of a memoryview as plain integers, three times as fast as out of an array.
        self._view = columns.codes.data
        any_part = "|".join(f"(?:{part_expression(part.pattern)})" for part in parts.values())
        self._any_part = re.compile(any_part.replace("(.", "(?:.")) if parts else None

    @classmethod
    def load(cls, segments: Iterable[Segment], fetch: Fetch) -> PackedIndex:
        """Put an index together from the packed form of all lists, as the store keeps it. Raises StorageFault."""
        known = list(segments)
        removed = _all_removed(known)
        gone = set(removed.rows.tolist())
        rows = [row for segment in known for row in segment.parts.tolist() if row not in gone]
        parts = dict(zip(rows, fetch(rows), strict=True)) if rows else {}
        columns = merged([segment.columns for segment in known], removed)
        return cls(columns, parts, [(*segment.span, segment.list_id) for segment in known], fetch)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> PackedIndex:
        """Make an index that holds the entries themselves: for short lists and tests."""
        held = list(entries)
        packer = Packer()
        packer.add_all(held, 0)
        return cls.load([packer.segment("", (0, len(held)))], lambda rows: [held[row] for row in rows])

    def changed(self, segment: Segment, parts: Sequence[Entry]) -> PackedIndex:
        """Return the index with a delta's segment applied; `parts` are its entries that are known in part.

        It touches no store and may run in any thread: reads go on being matched against this index meanwhile.
        """
        gone = set(segment.removed.rows.tolist())
        known = {row: part for row, part in self._parts.items() if row not in gone}
        known |= zip(segment.parts.tolist(), parts, strict=True)
        columns = merged([self._columns, segment.columns], segment.removed)
        return PackedIndex(columns, known, (*self._spans, (*segment.span, segment.list_id)), self._fetch)

    def with_list(self, segment: Segment, parts: Sequence[Entry]) -> PackedIndex:
        """Return the index with a whole list in place of the one with its id; `parts` are those known in part.

        It touches no store and may run in any thread, as `changed`.
        """
        gone = [(first, end) for first, end, name in self._spans if name == segment.list_id]
        keep = np.ones(len(self._columns), np.bool_)
        for first, end in gone:
            keep &= (self._columns.rows < first) | (self._columns.rows >= end)
        known = {row: part for row, part in self._parts.items() if not any(a <= row < b for a, b in gone)}
        known |= zip(segment.parts.tolist(), parts, strict=True)
        spans = (span for span in self._spans if span[2] != segment.list_id)
        columns = merged([self._columns.taken(keep), segment.columns], no_removed())
        return PackedIndex(columns, known, (*spans, (*segment.span, segment.list_id)), self._fetch)

    def same_rows(self, other: object) -> bool:
        """Whether nothing was changed between this index and the other."""
        if not isinstance(other, PackedIndex):
            return False
        return self._columns is other._columns and self._parts is other._parts

    def with_change(self, lists: ListKeeper, hotlist: HotList, removed: Wanted, ready: Any) -> PackedIndex:
        """Change a list in the store, and return the index as it is then; nothing of millions is loaded anew.

        Raises BadInput when an entry that is to go is not there.
        """
        found = self.located(removed)
        if len(found) != removed.count:
            raise BadInput("A hot list's delta removes what is not there.", "The whole list is fetched.")
        return self.changed(lists.change(hotlist, found, ready), ready.parts)

    def through(self, source: EntrySource) -> PackedIndex:
        """Return the same index, fetching entries through this transaction's lists."""
        index = copy(self)
        index._fetch = source.fetch
        return index

    def located(self, sought: Wanted) -> Removed:
        """Return the rows of entries that a delta takes out; one that is not there is left out."""
        rows = [row for row, part in self._parts.items() if (part.list_id, part.entry_id) in sought.parts]
        found = located(self._columns, sought)
        codes = np.concatenate((found.codes, np.zeros(len(rows), np.uint64)))
        return Removed(codes, np.concatenate((found.rows, np.array(rows, np.uint32))))

    def __len__(self) -> int:
        return len(self._columns) + len(self._parts)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that the plates take."""
        return self._columns.nbytes

    def holds(self, entry: Entry) -> bool:
        """True when this very entry, unchanged, is on a list in force. False also when the store can't tell."""
        if entry.pattern:
            return any(part == entry for part in self._parts.values())
        check = check_of(entry)
        rows = [self._row(place) for place in self.exact(entry.key) if self._columns.checks[place] == check]
        try:
            return any(known == entry for known in self._fetch(rows))
        except StorageFault:
            return False

    def find(self, read: Read, now: datetime | None = None, *, near: bool = False) -> tuple[Match, ...]:
        """Return every entry in force at `now` (UTC; None: when the read was made) that the read matches.

        `near` also finds plates with at most two characters that readers confuse.
        """
        places = self.exact(read.key)
        if near:
            places = [*places, *self.near(read.key)]
        candidates = self._entries(places) if places else []
        if self._any_part and self._any_part.fullmatch(read.key):
            candidates += self._parts.values()
        return ranked(read, candidates, now) if candidates else ()

    def exact(self, key: str) -> Sequence[int]:
        """Return the places of the entries with these characters."""
        code = encode(key)
        if not code:
            return ()
        return self._run(bisect_left(self._view, code), code)

    def near(self, key: str) -> Sequence[int]:
        """Return the places of the entries with one or two characters that look alike, at other places the same."""
        code = encode(key)
        if not code:
            return ()
        looks = code >> LOOK_BITS
        bounds = np.array((looks << LOOK_BITS, (looks << LOOK_BITS) | ((1 << LOOK_BITS) - 1)), np.uint64)
        first, end = self._codes.searchsorted(bounds).tolist()
        if first == end:
            return ()
        known, wanted = self._codes[first:end], look_alikes(key, code)
        at = known.searchsorted(wanted)
        at[at == len(known)] = 0
        hits = at[known[at] == wanted].tolist()
        return [place for hit in hits for place in self._run(first + hit, self._view[first + hit])]

    def _run(self, place: int, code: int) -> Sequence[int]:
        """The places from this one on that hold the code: several entries can stand on one plate."""
        codes, end, most = self._view, place, len(self._view)
        while end < most and codes[end] == code:
            end += 1
        return range(place, end)

    def _row(self, place: int) -> int:
        return int(self._columns.rows[place])

    def _entries(self, places: Sequence[int]) -> list[Entry]:
        try:
            return list(self._fetch([self._row(place) for place in places]))
        except StorageFault as fault:
            _log.error("entries can't be fetched", fault=fault.words, matched=len(places))
            return [self._bare(place) for place in places]

    def _bare(self, place: int) -> Entry:
        """The entry as far as memory knows it. Its id is nobody's, so the gate stays shut on it."""
        row, key = self._row(place), decode(self._view[place])
        category, state = self._columns.tag_table[int(self._columns.tags[place])]
        list_id = next((name for first, end, name in self._spans if first <= row < end), "")
        return Entry(f"{list_id}:row {row}", list_id, category, key, key, state)


def _all_removed(segments: Sequence[Segment]) -> Removed:
    codes = [segment.removed.codes for segment in segments]
    rows = [segment.removed.rows for segment in segments]
    empty = np.zeros(0, np.uint64), np.zeros(0, np.uint32)
    return Removed(np.concatenate([*codes, empty[0]]), np.concatenate([*rows, empty[1]]))
