"""The packed form of hot lists: sorted arrays of plates, and for each the row that its entry stands in.

18 bytes an entry: the plate's code, the row, a checksum of the entry's id, and a tag for category and state.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from mdt_app.domain.hotlist import Entry, EntryLine, RemovedEntry
from mdt_app.services.plate_codes import Codes, encode_all, packable, packed

Rows = npt.NDArray[np.uint32]
Tag = tuple[str, str]
"""Category and state."""
ArrayPiece = tuple[str, int, bytes]
"""A part of an array as it is kept: its name, its number from 0, its bytes."""
_ARRAYS: Mapping[str, Any] = {"codes": np.uint64, "rows": np.uint32, "checks": np.uint32, "tags": np.uint16}
KINDS: Mapping[str, Any] = {**_ARRAYS, "parts": np.uint32, "removed_codes": np.uint64, "removed_rows": np.uint32}
"""The arrays of a segment by the name under which they are kept, and what they hold."""
_PIECE = 1 << 18
"""Bytes of an array that are written at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Whole plates, sorted by code. `tag_table` tells what a tag means."""

    codes: Codes
    rows: Rows
    checks: npt.NDArray[np.uint32]
    tags: npt.NDArray[np.uint16]
    tag_table: tuple[Tag, ...] = ()

    def __len__(self) -> int:
        return len(self.codes)

    def taken(self, order: npt.NDArray[Any]) -> Columns:
        """Return the entries at these places, or where this mask is true."""
        codes, rows = self.codes[order], self.rows[order]
        return Columns(codes, rows, self.checks[order], self.tags[order], self.tag_table)

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.codes.nbytes + self.rows.nbytes + self.checks.nbytes + self.tags.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class Removed:
    """Entries taken out of a list, by row; the code is where the row is found (0: an entry of a part)."""

    codes: Codes
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)


def no_removed() -> Removed:
    """Nothing was taken out."""
    return Removed(np.zeros(0, np.uint64), np.zeros(0, np.uint32))


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """What one delivery did to a list: the entries that came, those known in part, and the rows taken out.

    `span` are the rows that it may use: first, and the one after the last.
    """

    list_id: str
    columns: Columns
    parts: Rows
    span: tuple[int, int]
    removed: Removed = field(default_factory=no_removed)

    def moved(self, first: int, removed: Removed) -> Segment:
        """Return the segment with its rows counted from `first`, and with rows that it takes out."""
        columns = replace(self.columns, rows=self.columns.rows + np.uint32(first))
        span = (self.span[0] + first, self.span[1] + first)
        return Segment(self.list_id, columns, self.parts + np.uint32(first), span, removed)


class Packer:
    """Takes entries one by one and gives their packed form. Each has its row from the caller."""

    def __init__(self) -> None:
        self._keys, self._rows, self._checks, self._tags = bytearray(), array("I"), array("I"), array("H")
        self._parts = array("I")
        self._tag_numbers: dict[Tag, int] = {}

    def add_all(self, entries: Iterable[Entry | EntryLine], first: int) -> None:
        """Take entries that stand in the rows from `first` on."""
        numbers, whole = self._tag_numbers, list[Entry | EntryLine]()
        for row, entry in enumerate(entries, first):
            (self._parts if entry.pattern else self._rows).append(row)
            if not entry.pattern:
                whole.append(entry)
        self._keys += packable(entry.key for entry in whole)
        self._checks.extend(map(check_of, whole))
        self._tags.extend([numbers.setdefault((entry.category, entry.state), len(numbers)) for entry in whole])

    def __len__(self) -> int:
        return len(self._rows) + len(self._parts)

    def segment(self, list_id: str, span: tuple[int, int]) -> Segment:
        """Return all that was taken, sorted."""
        codes = encode_all(self._keys)
        rows, checks = np.array(self._rows, np.uint32), np.array(self._checks, np.uint32)
        unsorted = Columns(codes, rows, checks, np.array(self._tags, np.uint16), tuple(self._tag_numbers))
        columns = unsorted.taken(np.argsort(codes, kind="stable"))
        return Segment(list_id, columns, np.array(self._parts, np.uint32), span)


def pieces_of(segment: Segment) -> Iterator[ArrayPiece]:
    """Give a segment's arrays in pieces of some 100 KiB; empty ones have none."""
    held = {name: getattr(segment.columns, name) for name in _ARRAYS} | {"parts": segment.parts}
    held |= {"removed_codes": segment.removed.codes, "removed_rows": segment.removed.rows}
    for name, values in held.items():
        step = _PIECE // values.itemsize
        for number, start in enumerate(range(0, len(values), step)):
            yield name, number, values[start : start + step].tobytes()


def check_of(entry: Entry | EntryLine | RemovedEntry) -> int:
    """Return the checksum by which an entry is told from others on its plate."""
    return zlib.crc32(f"{entry.list_id}\0{entry.entry_id}".encode())


def merged(pieces: Sequence[Columns], removed: Removed) -> Columns:
    """Return the pieces as one, without the rows that were taken out."""
    # Deltas are woven into each other first, and the long list is touched once.
    columns = reduce(_woven, sorted(pieces, key=len) or [Packer().segment("", (0, 0)).columns])
    return _without(columns, removed) if len(removed) else columns


def _woven(more: Columns, base: Columns) -> Columns:
    """Return both in one order."""
    table: dict[Tag, int] = {}
    base_tags, more_tags = _renumbered(base, table), _renumbered(more, table)
    places = np.searchsorted(base.codes, more.codes, side="right") + np.arange(len(more))
    theirs = np.zeros(len(base) + len(more), np.bool_)
    theirs[places] = True
    ours = ~theirs

    def both(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[Any]:
        values = np.empty(len(theirs), first.dtype)
        values[ours], values[places] = first, second
        return values

    codes, rows = both(base.codes, more.codes), both(base.rows, more.rows)
    return Columns(codes, rows, both(base.checks, more.checks), both(base_tags, more_tags), tuple(table))


def positions(columns: Columns, codes: Codes, values: npt.NDArray[Any], among: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return where each (code, value) stands, `among` being the column of the values; -1 where it does not."""
    place = np.searchsorted(columns.codes, codes)
    found = np.full(len(codes), -1, np.int64)
    open_ones = np.arange(len(codes))
    while len(open_ones):
        open_ones = open_ones[place[open_ones] < len(columns)]
        open_ones = open_ones[columns.codes[place[open_ones]] == codes[open_ones]]
        hit = among[place[open_ones]] == values[open_ones]
        found[open_ones[hit]] = place[open_ones[hit]]
        open_ones = open_ones[~hit]
        place[open_ones] += 1
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Entries that a delta takes out, in the form that finds them at once; `parts` are ids of those known in part."""

    codes: Codes
    checks: npt.NDArray[np.uint32]
    parts: frozenset[tuple[str, str]]

    @property
    def count(self) -> int:
        """How many entries."""
        return len(self.codes) + len(self.parts)


def wanted(entries: Iterable[RemovedEntry]) -> Wanted:
    """Return what finds these entries. In the order of the codes: neighbours are looked up in the same memory."""
    held = list(entries)
    whole = [entry for entry in held if not entry.pattern]
    parts = frozenset((entry.list_id, entry.entry_id) for entry in held if entry.pattern)
    codes, checks = packed(entry.key for entry in whole), np.fromiter(map(check_of, whole), np.uint32, len(whole))
    order = np.argsort(codes, kind="stable")
    return Wanted(codes[order], checks[order], parts)


def located(columns: Columns, sought: Wanted) -> Removed:
    """Return the rows of whole plates; one that is not there is left out."""
    found = positions(columns, sought.codes, sought.checks, columns.checks)
    there = found[found >= 0]
    return Removed(columns.codes[there], columns.rows[there])


def _without(columns: Columns, removed: Removed) -> Columns:
    found = positions(columns, removed.codes, removed.rows, columns.rows)
    keep = np.ones(len(columns), np.bool_)
    keep[found[found >= 0]] = False
    return columns.taken(keep)


def _renumbered(piece: Columns, table: dict[Tag, int]) -> npt.NDArray[np.uint16]:
    numbers: Mapping[int, int] = {old: table.setdefault(tag, len(table)) for old, tag in enumerate(piece.tag_table)}
    if all(old == new for old, new in numbers.items()):
        return piece.tags
    return np.array([numbers[old] for old in range(len(numbers))], np.uint16)[piece.tags]
