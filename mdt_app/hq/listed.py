"""Headquarters' own matching: a packed index of each list; what has changed is made anew beside what is in use.

A reader's reads do not wait for lists of millions: they are held against the indexes that are there. They wait for a
little while only, so that short lists count at once; where there are none at all yet, nothing is matched and the
reader keeps its reads. Of a list there are at most two in memory, the one in use and the one that is being made.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.hotlist import Entry, EntryLine, HotList
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.matching import Match, ranked
from mdt_app.domain.reads import Read
from mdt_app.hq import entries, list_files, lists
from mdt_app.hq.store import Store
from mdt_app.hq.tables import readers
from mdt_app.services.list_blocks import BLOCK, entry_at, make_ready
from mdt_app.services.matching_index import PackedIndex
from mdt_app.sync.list_wire import HotListManifest
from mdt_app.sync.snapshot import open_list

PATIENCE_S = 5.0
"""So long a request waits for an index that is being made."""
_AGAIN_S = 30.0
"""After lists that could not be read."""
_STOP_WITHIN_S = 5.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Matching:
    """The lists that are matched against, and the index of each by its id; it never changes."""

    lists: tuple[HotListManifest, ...]
    indexes: Mapping[str, PackedIndex]

    def find(self, read: Read) -> tuple[tuple[Match, ...], HotList | None]:
        """Return the exact matches of a read, the most urgent first, and the list of the first."""
        found = ranked(read, [match.entry for index in self.indexes.values() for match in index.find(read)])
        exact = tuple(match for match in found if match.kind is MatchKind.EXACT)
        its = (one for one in self.lists if exact and one.list_id == exact[0].entry.list_id)
        return exact, next((one.to_hotlist() for one in its), None)

    def index_of(self, wanted: HotListManifest) -> PackedIndex | None:
        """The index of this list, where it has these very entries."""
        same = any((one.list_id, one.sha256) == (wanted.list_id, wanted.sha256) for one in self.lists)
        return self.indexes[wanted.list_id] if same else None


class Listed:
    """Keeps what reads are held against. One for all requests of a process; the index is made in a thread of its own.

    `patience_s`: how long a request waits for one that is being made, in seconds.
    """

    def __init__(self, store: Store, patience_s: float = PATIENCE_S) -> None:
        self._store, self._patience_s, self._lock = store, patience_s, threading.Lock()
        self._held: Matching | None = None
        self._making: threading.Thread | None = None
        self._failed: tuple[tuple[HotListManifest, ...], float] = ((), 0.0)
        self._ended = threading.Event()

    def now(self) -> Matching:
        """Return what reads are held against now: the lists in force, or for a little while those before.

        Raises Refused where no list could be read yet, StorageFault.
        """
        entries.expire_due(self._store)
        until = time.monotonic() + self._patience_s
        while (making := self._keep_up()) is not None and (left_s := until - time.monotonic()) > 0:
            making.join(left_s)
        if self._held is None:
            raise Refused("lists_not_read", "Headquarters is still reading its hot lists.", "Send the reads again.")
        return self._held

    async def turn(self) -> None:
        """See to it that an index is there before reads come, where there are readers at all. Raises StorageFault."""
        await run_in_threadpool(self._ahead)

    def end(self) -> None:
        """Leave what is being made."""
        self._ended.set()
        if self._making is not None:
            self._making.join(_STOP_WITHIN_S)

    def _ahead(self) -> None:
        with self._store.reading() as connection:
            some = connection.execute(select(readers.c.reader_id).limit(1)).first()
        if some:
            self._keep_up()

    def _keep_up(self) -> threading.Thread | None:
        """Have a new index made where the lists have changed; return the thread that makes it."""
        known = lists.manifests(self._store)
        with self._lock:
            if self._making is not None and self._making.is_alive():
                return self._making
            failed, again_at = self._failed
            current = self._held is not None and self._held.lists == known
            later = failed == known and time.monotonic() < again_at
            if current or later or self._ended.is_set():
                return None
            self._making = threading.Thread(target=self._make, args=(known,), name="lists' index", daemon=True)
            self._making.start()
            return self._making

    def _make(self, known: tuple[HotListManifest, ...]) -> None:
        """Lists that can't be read leave everything as it was."""
        held = self._held or Matching((), {})
        try:
            indexes = {one.list_id: held.index_of(one) or _packed(one.list_id, self._entries(one)) for one in known}
            self._held = Matching(known, indexes)
        except MdtError as fault:
            self._failed = known, time.monotonic() + _AGAIN_S
            log.error("lists.not_matched", reason=fault.words)  # noqa: TRY400 - the words say it all
        except Exception as fault:  # noqa: BLE001 - whatever it is must be said: the thread has nobody to raise it to
            self._failed = known, time.monotonic() + _AGAIN_S
            log.error("lists.not_matched", error=type(fault).__name__)  # noqa: TRY400 - values may hold plates

    def _entries(self, known: HotListManifest) -> Iterator[EntryLine]:
        file = list_files.held_file(self._store, known.list_id)
        manifest, found = open_list(list_files.read(self._store, file)) if file else (None, iter(()))
        if manifest is None or manifest.sha256 != known.sha256:
            raise BadInput("A list is being replaced.", "Try again.")
        for entry in found:
            if self._ended.is_set():
                raise BadInput("Headquarters is ending.")
            yield entry


def _packed(list_id: str, entries: Iterable[EntryLine]) -> PackedIndex:
    """Return the index of a list; its entries themselves lie in memory as compressed blocks: lists have millions."""
    ready = make_ready(list_id, entries)

    def fetch(rows: Sequence[int]) -> list[Entry]:
        return [entry_at(ready.blocks[row // BLOCK], row % BLOCK) for row in rows]

    return PackedIndex.load([ready.segment], fetch)
