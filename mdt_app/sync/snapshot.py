"""A hot list as one file on the wire: gzip over lines, the manifest first, then the entries by entry id.

The digest is SHA-256 over the entries' canonical lines in that order, so both ends get it from the entries alone.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, EntryLine, HotList
from mdt_app.sync.list_wire import HotListManifest, line_of, listed

MEDIA_TYPE = "application/gzip"
LINE_MOST = 8192
"""Bytes in one line, at most: a line without end must not fill the memory."""

_PIECE = 1 << 20
_REMEDY = "The list in use stays. Import or fetch it again."


def describe_list(
    list_id: str, name: str, source: str, extracted_at: datetime, entries: Iterable[Entry], version: int = 1
) -> HotList:
    """Return the list with the count and digest of these entries. Raises BadInput where an entry can't be sent."""
    lines = _canonical(entries)
    return HotList(list_id, name, source, extracted_at, len(lines), _digest(lines), version)


def list_digest(entries: Iterable[Entry]) -> str:
    """Return the SHA-256 (hex) over the canonical lines, by entry id. The order given does not matter."""
    return _digest(_canonical(entries))


def pack_list(hotlist: HotList, entries: Iterable[Entry]) -> bytes:
    """Return the list's file as it travels. Count and digest are checked by whoever receives it."""
    manifest = HotListManifest.of(hotlist).model_dump_json().encode() + b"\n"
    # mtime 0: the same list gives the same bytes.
    return gzip.compress(manifest + b"".join(_canonical(entries)), compresslevel=6, mtime=0)


def open_list(chunks: Iterable[bytes]) -> tuple[HotListManifest, Iterator[EntryLine]]:
    """Read a list's file from its compressed pieces: the manifest, and the entries as they come.

    The entries are proven only when the iterator has ended: it raises BadInput for broken compression or lines,
    entries out of order or twice, and a count or digest that differs. Nothing of a list may be used before.
    """
    lines = lines_of(chunks)
    try:
        manifest = HotListManifest.model_validate_json(next(lines, b""))
    except ValueError as fault:
        raise BadInput("The list's file does not begin with its manifest.", _REMEDY) from fault
    return manifest, _entries(lines, manifest)


def _canonical(entries: Iterable[Entry]) -> list[bytes]:
    ordered = sorted(entries, key=lambda entry: entry.entry_id)
    return [line_of(entry).line for entry in ordered]


def _digest(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def _entries(lines: Iterator[bytes], manifest: HotListManifest) -> Iterator[EntryLine]:
    digest, count, last = hashlib.sha256(), 0, ""
    for line in lines:
        count += 1
        entry = _entry(line, manifest.list_id, count, last)
        digest.update(line)
        last = entry.entry_id
        if count > manifest.count:
            break
        yield entry
    if count != manifest.count:
        raise BadInput("The list does not hold as many entries as its manifest says.", _REMEDY)
    if digest.hexdigest() != manifest.sha256:
        raise BadInput("The list's entries do not give the digest of its manifest.", _REMEDY)


def _entry(line: bytes, list_id: str, number: int, last: str) -> EntryLine:
    try:
        entry = listed(line, list_id)
    except ValueError as fault:
        raise BadInput(f"Entry {number} of the list can't be understood.", _REMEDY) from fault
    if entry.entry_id <= last:
        raise BadInput(f"Entry {number} of the list is not in its place.", _REMEDY)
    return entry


def lines_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the lines of a compressed file, with their ends. Raises BadInput when it is not whole."""
    rest = b""
    for piece in _inflated(chunks):
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line + b"\n" for line in whole)
        if len(rest) > LINE_MOST:
            raise BadInput("The list's file has a line without end.", _REMEDY)
    if rest:
        raise BadInput("The list's file is cut off.", _REMEDY)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress in pieces of at most 1 MiB, so that a small file can't unfold into all the memory."""
    unzip = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            data = chunk
            while data and not unzip.eof:
                yield unzip.decompress(data, _PIECE)
                data = unzip.unconsumed_tail
    except zlib.error as fault:
        raise BadInput("The list's file is not whole.", _REMEDY) from fault
    if not unzip.eof or unzip.unused_data:
        raise BadInput("The list's file is cut off.", _REMEDY)
