"""Headquarters' own matching: one packed index over all lists, made anew when a list has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, HotList
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match
from mdt_app.domain.reads import Read
from mdt_app.hq import entries, list_files, lists
from mdt_app.hq.store import Store
from mdt_app.services.list_blocks import BLOCK, entry_at, packed_blocks
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.packed_list import Packer
from mdt_app.sync.snapshot import open_list


class Listed:
    """Finds the entries of a read. One for all requests of a process."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._of: tuple[tuple[str, str], ...] = ()
        self._index = PackedIndex.of(())
        self._lists: dict[str, HotList] = {}

    def find(self, read: Read) -> tuple[tuple[Match, ...], HotList | None]:
        """Return the exact matches of a read, the most urgent first, and the list of the first."""
        self._keep_up()
        exact = tuple(match for match in self._index.find(read) if match.kind is MatchKind.EXACT)
        return exact, self._lists.get(exact[0].entry.list_id) if exact else None

    def _keep_up(self) -> None:
        """A list that can't be read leaves the index as it was."""
        entries.expire_due(self._store)
        with self._lock:
            known = lists.manifests(self._store)
            wanted = tuple((manifest.list_id, manifest.sha256) for manifest in known)
            if wanted == self._of:
                return
            self._index = _packed(chain.from_iterable(self._entries(list_id) for list_id, _ in wanted))
            self._lists = {manifest.list_id: manifest.to_hotlist() for manifest in known}
            self._of = wanted

    def _entries(self, list_id: str) -> Iterator[Entry]:
        file = list_files.held_file(self._store, list_id)
        if file is None:
            raise BadInput("A list is being replaced.", "Try again.")
        _, found = open_list(list_files.read(self._store, file))
        return (message.to_entry(list_id) for message in found)


def _packed(entries: Iterable[Entry]) -> PackedIndex:
    """Return the index of these entries; they themselves lie in memory as compressed blocks: lists have millions."""
    packer, parts = Packer(), list[Entry]()
    blocks = tuple(packed_blocks(packer, parts, entries))

    def fetch(rows: Sequence[int]) -> list[Entry]:
        return [entry_at(blocks[row // BLOCK], row % BLOCK) for row in rows]

    return PackedIndex.load([packer.segment("", (0, len(blocks) * BLOCK))], fetch)
