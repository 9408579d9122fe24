"""What changed between two versions of a hot list, as one file on the wire: gzip over lines.

The manifest stands first: the list before and after, the counts, and the SHA-256 of the lines that follow, so that a
signature over the manifest's line covers all of it. Then come the removed entries, then the ones put in, each by id.
A changed entry is removed and put in.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Self

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, EntryLine, HotList, RemovedEntry
from mdt_app.sync.list_wire import HotListManifest, line_of, listed
from mdt_app.sync.plain_lines import plain_lines
from mdt_app.sync.snapshot import lines_of
from mdt_app.sync.wire import Code, Count, Digest, Identifier, Message, Plate

_REMEDY = "The list in use stays. The whole list is fetched."


class RemovedMessage(Message):
    """An entry that is taken out: its id, and the key that it is found by."""

    entry_id: Identifier
    key: Plate
    pattern: Code = ""

    @classmethod
    def of(cls, entry: RemovedEntry) -> Self:
        """Make the message from the entry."""
        return cls(entry_id=entry.entry_id, key=entry.key, pattern=entry.pattern)

    def line(self) -> bytes:
        """Return the canonical line, with its line end."""
        return self.model_dump_json(exclude_defaults=True).encode() + b"\n"


_PLAIN = plain_lines(RemovedMessage, RemovedEntry._fields[1:])


class DeltaManifest(Message):
    """What proves a delta whole, and which list it fits: the one with `base_version` and `base_sha256` alone."""

    base_version: Count
    base_sha256: Digest
    hotlist: HotListManifest
    removed: Count
    added: Count
    lines_sha256: Digest

    def line(self) -> bytes:
        """Return the manifest as it stands in the file, with its line end: what a signature is made over."""
        return self.model_dump_json().encode() + b"\n"


@dataclass(frozen=True, slots=True)
class ListDelta:
    """A delta with its entries, each kind by id."""

    manifest: DeltaManifest
    removed: tuple[RemovedEntry, ...]
    added: tuple[EntryLine, ...]

    @property
    def hotlist(self) -> HotList:
        """The list as it is afterwards."""
        return self.manifest.hotlist.to_hotlist()


def make_delta(base: HotList, before: Iterable[Entry], after_list: HotList, after: Iterable[Entry]) -> ListDelta:
    """Return what makes the list `before` into `after`. Raises BadInput for two different lists."""
    old, new = _by_id(before), _by_id(after)
    removed = [_removed(old[key]) for key in sorted(old) if new.get(key) != old[key]]
    added = [line_of(new[key]) for key in sorted(new) if old.get(key) != new[key]]
    return _delta(HotListManifest.of(base), HotListManifest.of(after_list), removed, added)


def delta_between(before: Iterable[bytes], after: Iterable[bytes], most: int) -> ListDelta | None:
    """Return what makes one list's file into another's, both proven before; None for more than `most` changes.

    Only lines that differ are understood, so that lists of millions are compared in seconds. Raises BadInput for two
    different lists.
    """
    (base, old), (then, new) = _opened(before), _opened(after)
    removed: list[RemovedEntry] = []
    added: list[EntryLine] = []
    for gone, come in _unequal(old, new, base.list_id):
        removed += [_removed(gone)] if gone else []
        added += [come] if come else []
        if len(removed) + len(added) > most:
            return None
    return _delta(base, then, removed, added)


def differences(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[EntryLine | None, EntryLine | None]]:
    """Give what stands in one list's file alone, or otherwise in another's, by id; both were proven before."""
    (base, old), (_, new) = _opened(before), _opened(after)
    yield from _unequal(old, new, base.list_id)


def composed(deltas: Sequence[ListDelta]) -> ListDelta:
    """Return deltas that follow on each other as one. Raises BadInput when they do not."""
    removed: dict[str, RemovedEntry] = {}
    added: dict[str, EntryLine] = {}
    for before, after in pairwise(deltas):
        require_base(after, before.hotlist)
    for delta in deltas:
        for entry in delta.removed:
            if added.pop(entry.entry_id, None) is None:
                removed[entry.entry_id] = entry
        added |= {entry.entry_id: entry for entry in delta.added}
    first, last = deltas[0].manifest, deltas[-1].manifest
    base = last.hotlist.model_copy(update={"version": first.base_version, "sha256": first.base_sha256})
    return _delta(base, last.hotlist, [removed[k] for k in sorted(removed)], [added[k] for k in sorted(added)])


def pack_delta(delta: ListDelta) -> bytes:
    """Return the delta's file as it travels; the same delta gives the same bytes."""
    content = delta.manifest.line() + b"".join(_lines(delta.removed, delta.added))
    return gzip.compress(content, compresslevel=6, mtime=0)


def open_delta(chunks: Iterable[bytes]) -> ListDelta:
    """Read a delta's file from its compressed pieces.

    Raises BadInput for broken compression or lines, entries out of order or twice, and counts or a digest that differ.
    """
    lines = lines_of(chunks)
    try:
        manifest = DeltaManifest.model_validate_json(next(lines, b""))
        list_id, digest = manifest.hotlist.list_id, hashlib.sha256()
        gone, come = (_taken(lines, count, digest.update) for count in (manifest.removed, manifest.added))
        removed = tuple(_gone(line, list_id) for line in gone)
        added = tuple(listed(line, list_id) for line in come)
    except ValueError as fault:
        raise BadInput("The delta's file can't be understood.", _REMEDY) from fault
    whole = len(removed) == manifest.removed and len(added) == manifest.added and next(lines, None) is None
    if not whole or digest.hexdigest() != manifest.lines_sha256:
        raise BadInput("The delta's lines do not give the counts and digest of its manifest.", _REMEDY)
    for entries in (removed, added):
        ids = [entry.entry_id for entry in entries]
        if any(first >= second for first, second in pairwise(ids)):
            raise BadInput("The delta's entries are not in their order.", _REMEDY)
    return ListDelta(manifest, removed, added)


def require_base(delta: ListDelta, held: HotList) -> None:
    """Raise BadInput when the delta does not fit the list that is held."""
    manifest = delta.manifest
    fits = held.list_id == manifest.hotlist.list_id and held.version == manifest.base_version
    if not fits or held.sha256 != manifest.base_sha256:
        raise BadInput("The delta does not fit the list in use.", _REMEDY)
    if held.count - manifest.removed + manifest.added != manifest.hotlist.count:
        raise BadInput("The delta does not lead to the count that it names.", _REMEDY)


def _delta(
    base: HotListManifest, after: HotListManifest, removed: Sequence[RemovedEntry], added: Sequence[EntryLine]
) -> ListDelta:
    if base.list_id != after.list_id:
        raise BadInput("A delta is between two versions of one list.", "Give the same list twice.")
    manifest = DeltaManifest(
        base_version=base.version,
        base_sha256=base.sha256,
        hotlist=after,
        removed=len(removed),
        added=len(added),
        lines_sha256=hashlib.sha256(b"".join(_lines(removed, added))).hexdigest(),
    )
    return ListDelta(manifest, tuple(removed), tuple(added))


def _opened(chunks: Iterable[bytes]) -> tuple[HotListManifest, Iterator[bytes]]:
    lines = lines_of(chunks)
    return HotListManifest.model_validate_json(next(lines)), lines


def _unequal(
    old: Iterator[bytes], new: Iterator[bytes], list_id: str
) -> Iterator[tuple[EntryLine | None, EntryLine | None]]:
    """Give what stands on one side alone, or differs, from two files' lines in the order of their ids."""
    here, there = next(old, None), next(new, None)
    while here is not None or there is not None:
        if here == there:
            here, there = next(old, None), next(new, None)
            continue
        gone, come = (listed(line, list_id) if line else None for line in (here, there))
        if gone and come and gone.entry_id != come.entry_id:
            gone, come = (gone, None) if gone.entry_id < come.entry_id else (None, come)
        yield gone, come
        here = next(old, None) if gone else here
        there = next(new, None) if come else there


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.entry_id: entry for entry in entries}


def _gone(line: bytes, list_id: str) -> RemovedEntry:
    if plain := _PLAIN(line.decode("latin-1")):
        return RemovedEntry(list_id, *plain.groups(""))
    message = RemovedMessage.model_validate_json(line)
    return RemovedEntry(list_id, message.entry_id, message.key, message.pattern)


def _removed(entry: Entry | EntryLine) -> RemovedEntry:
    return RemovedEntry(entry.list_id, entry.entry_id, entry.key, entry.pattern)


def _lines(removed: Iterable[RemovedEntry], added: Iterable[EntryLine]) -> Iterator[bytes]:
    return chain((RemovedMessage.of(entry).line() for entry in removed), (entry.line for entry in added))


def _taken(lines: Iterator[bytes], count: int, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    for line in islice(lines, count):
        seen(line)
        yield line
