"""A hot list made ready for the store, away from the thread that decides: compressed blocks, and the packed form."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pydantic import TypeAdapter

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.commands import ApplyHotList
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, EntryLine, HotList
from mdt_app.domain.plates import match_key
from mdt_app.services.packed_list import Packer, Segment
from mdt_app.sync.list_wire import entry_of, line_of

BLOCK = 256
"""Entries in one block. A row is a block's number times BLOCK plus the entry's place in it."""

_WHOLE = TypeAdapter(Entry)
"""Blocks of stores that are older hold entries with all their fields."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadyList:
    """Entries as they go into the store: blocks of them, the packed form with rows from 0, and those known in part."""

    segment: Segment
    blocks: tuple[bytes, ...]
    parts: tuple[Entry, ...]
    count: int


def prepared(hotlist: HotList, entries: Iterable[Entry]) -> ApplyHotList:
    """Return the command that puts a complete list in force, its entries checked and ready.

    Raises BadInput for entries that this program does not know; the list in force stays then.
    """
    return ApplyHotList(hotlist, make_ready(hotlist.list_id, map(understood, map(line_of, entries))))


def understood(entry: EntryLine) -> EntryLine:
    """Return the entry. Raises BadInput for one that this program does not know."""
    whole = entry.key == match_key(entry.plate) and entry.key
    if entry.category not in ALERTS or not (whole or entry.pattern):
        raise BadInput("A hot list has entries that this program does not know.", "The old list stays in force.")
    return entry


def make_ready(list_id: str, entries: Iterable[EntryLine]) -> ReadyList:
    """Return the entries of a list, or of a delta, ready for the store."""
    packer, parts = Packer(), list[Entry]()
    blocks = tuple(packed_blocks(list_id, packer, parts, entries))
    return ReadyList(packer.segment(list_id, (0, len(blocks) * BLOCK)), blocks, tuple(parts), len(packer))


def packed_blocks(list_id: str, packer: Packer, parts: list[Entry], entries: Iterable[EntryLine]) -> Iterator[bytes]:
    """Give the entries as compressed blocks, and hand each to the packer; those known in part also to `parts`.

    A block begins with the list's id; then come the entries' lines.
    """
    source, first, head = iter(entries), 0, list_id.encode() + b"\n"
    while batch := list(islice(source, BLOCK)):
        packer.add_all(batch, first)
        parts += [entry_of(entry.line, list_id) for entry in batch if entry.pattern]
        yield zlib.compress(head + b"".join([entry.line for entry in batch]), 1)
        first += BLOCK


def entries_in(block: bytes) -> Iterator[Entry]:
    """Give a block's entries. Raises ValueError or zlib.error when it is broken."""
    read, lines = _opened(block)
    return map(read, lines)


def entry_at(block: bytes, place: int) -> Entry:
    """Return one entry of a block. Raises IndexError, ValueError or zlib.error."""
    read, lines = _opened(block)
    return read(lines[place])


def _opened(block: bytes) -> tuple[Callable[[bytes], Entry], list[bytes]]:
    """Return what makes an entry of a line, and the block's lines."""
    head, *lines = zlib.decompress(block).splitlines()
    if head.startswith(b"{"):
        return _WHOLE.validate_json, [head, *lines]
    list_id = head.decode()
    return lambda line: entry_of(line, list_id), lines
