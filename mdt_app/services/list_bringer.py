"""Brings hot lists into the store in a thread of its own: in slices, with bounded memory, while the core decides.

Entries are understood and packed here, and the index that matches them is made here; the core writes slices of some
milliseconds between other commands, and then puts the whole in force in one small step.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import TypeVar
from uuid import uuid4

from mdt_app.domain.commands import ApplyListDelta, Command
from mdt_app.domain.errors import BadInput, MdtError, Refused
from mdt_app.domain.hotlist import Entry, EntryLine, HotList, RemovedEntry
from mdt_app.domain.list_delivery import BeginDelivery, Delta, DropDeliveries, PutDelivery, StageDelivery
from mdt_app.domain.matching import ListIndex
from mdt_app.services.list_blocks import BLOCK, ReadyList, make_ready, packed_blocks, understood
from mdt_app.services.matching_index import PackedIndex
from mdt_app.services.on_deliveries import MOVED
from mdt_app.services.packed_list import Packer, Removed, Segment, no_removed, pieces_of, wanted

_SLICE_BLOCKS, _SLICE_PIECES = 24, 2
_COMMIT_LIMIT_S = 60.0
_TRIES = 8
QUIET_S = 1.0
"""What takes longer tells how far it is, this often."""
_T = TypeVar("_T")


class ListBringer:
    """`submit` hands commands to the core, `index` gives what matches now, `first_block` where a delivery begins.

    `told` hears in words how far a list that takes long is, what went wrong with it, and '' when it is in force.
    """

    def __init__(
        self,
        submit: Callable[[Command], Future[None]],
        index: Callable[[], ListIndex],
        first_block: Callable[[str], int],
        told: Callable[[HotList, str], None],
    ) -> None:
        self._submit, self._index, self._first_block, self._told = submit, index, first_block, told
        self._ended, self._told_at = False, 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lists")

    def arrived(self, hotlist: HotList, entries: Iterable[EntryLine]) -> Future[None]:
        """Have a whole list brought and put in force. The future carries BadInput for one that is not whole."""
        return self._thread.submit(self._safely, hotlist, lambda: self._whole(hotlist, entries))

    def changed(
        self, hotlist: HotList, base_sha256: str, removed: Sequence[RemovedEntry], added: Sequence[EntryLine]
    ) -> Future[None]:
        """Have a change of a list brought and put in force."""
        return self._thread.submit(self._safely, hotlist, lambda: self._delta(hotlist, base_sha256, removed, added))

    def stop(self) -> None:
        """End within a slice; what was on its way is dropped and fetched again."""
        self._ended = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _safely(self, hotlist: HotList, bring: Callable[[], None]) -> None:
        self._told_at, words = time.monotonic(), ""
        try:
            bring()
        except MdtError as fault:
            words = "" if self._ended else fault.words
            raise
        finally:
            self._told(hotlist, words)

    def _tell_share(self, hotlist: HotList, share: float) -> None:
        if time.monotonic() - self._told_at > QUIET_S:
            self._told_at = time.monotonic()
            self._told(hotlist, f"{min(99, int(100 * share))} % are here")

    def _whole(self, hotlist: HotList, entries: Iterable[EntryLine]) -> None:
        name, blocks = str(uuid4()), -(-hotlist.count // BLOCK)
        self._do(BeginDelivery(name, hotlist.list_id, blocks))
        try:
            segment, parts = self._staged(name, hotlist, map(understood, entries))
            self._put_list(name, hotlist, segment, parts)
        except BaseException:
            self._drop(name)
            raise

    def _put_list(self, name: str, hotlist: HotList, segment: Segment, parts: Sequence[Entry]) -> None:
        for _ in range(_TRIES):
            base = self._base()
            put = PutDelivery(name, hotlist, segment.columns.tag_table, base.with_list(segment, parts), base)
            if self._put(put):
                return
        raise _moved()

    def _staged(self, name: str, hotlist: HotList, entries: Iterator[EntryLine]) -> tuple[Segment, Sequence[Entry]]:
        packer, parts, at = Packer(), list[Entry](), 0
        for blocks in _slices(packed_blocks(hotlist.list_id, packer, parts, entries), _SLICE_BLOCKS):
            if (at + len(blocks) - 1) * BLOCK >= hotlist.count:
                raise BadInput("A hot list has more entries than it says.", "The old list stays in force.")
            self._do(StageDelivery(name, at, blocks))
            at += len(blocks)
            self._tell_share(hotlist, at * BLOCK / max(1, hotlist.count))
        if len(packer) != hotlist.count:
            raise Refused("list_incomplete", "A hot list is not complete.", "The old list stays in force.")
        segment = packer.segment(hotlist.list_id, (0, at * BLOCK))
        return self._keep_arrays(name, segment.moved(self._first_block(name) * BLOCK, no_removed())), parts

    def _delta(
        self, hotlist: HotList, base_sha256: str, removed: Sequence[RemovedEntry], added: Sequence[EntryLine]
    ) -> None:
        ready, sought = make_ready(hotlist.list_id, map(understood, added)), wanted(removed)
        delta = Delta(base_sha256, sought.count, ready.count)
        for _ in range(_TRIES):
            base = self._base()
            found = base.located(sought)
            if len(found) != sought.count:  # the core says so by name, and puts it on record
                self._do(ApplyListDelta(hotlist, base_sha256, sought, ready))
                return
            if self._put_delta(hotlist, delta, base, found, ready):
                return
        raise _moved()

    def _put_delta(self, hotlist: HotList, delta: Delta, base: PackedIndex, found: Removed, ready: ReadyList) -> bool:
        name = str(uuid4())
        self._do(BeginDelivery(name, hotlist.list_id, len(ready.blocks)))
        done = False
        try:
            for at in range(0, len(ready.blocks), _SLICE_BLOCKS):
                self._do(StageDelivery(name, at, ready.blocks[at : at + _SLICE_BLOCKS]))
            segment = self._keep_arrays(name, ready.segment.moved(self._first_block(name) * BLOCK, found))
            index = base.changed(segment, ready.parts)
            done = self._put(PutDelivery(name, hotlist, segment.columns.tag_table, index, base, delta))
        finally:
            if not done:
                self._drop(name)
        return done

    def _keep_arrays(self, name: str, segment: Segment) -> Segment:
        for pieces in _slices(pieces_of(segment), _SLICE_PIECES):
            self._do(StageDelivery(name, pieces=pieces))
        return segment

    def _base(self) -> PackedIndex:
        index = self._index()
        if not isinstance(index, PackedIndex):
            raise TypeError("only a packed index can be changed beside the core")
        return index

    def _put(self, command: PutDelivery) -> bool:
        """Put in force; False when another list was put in force meanwhile, and the index is to be made anew."""
        try:
            self._do(command)
        except Refused as refused:
            if refused.reason == MOVED:
                return False
            raise
        return True

    def _drop(self, name: str) -> None:
        with suppress(MdtError, TimeoutError):
            self._submit(DropDeliveries(name)).result(_COMMIT_LIMIT_S)

    def _do(self, command: Command) -> None:
        if self._ended:
            raise BadInput("The program is ending.", "The list is fetched again.")
        self._submit(command).result(_COMMIT_LIMIT_S)


def _moved() -> Refused:
    return Refused(MOVED, "Other lists came all the while.", "It is tried again by itself.")


def _slices(items: Iterator[_T], most: int) -> Iterator[tuple[_T, ...]]:
    while some := tuple(islice(items, most)):
        yield some
