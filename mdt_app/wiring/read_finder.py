"""Reads what a search asks for, once it is on record: here, and at headquarters; each in a thread of its own.

How many were found goes on record before the first of them is shown. The car's own come at once; headquarters' follow
when it has answered, or it is said why they don't.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import structlog

from cache.store import StoreReader
from mdt_app.domain.commands import Command
from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import FaultChanged, Notice
from mdt_app.domain.read_search import (
    CAR,
    FOUND_MOST,
    HEADQUARTERS,
    FoundRead,
    RecordFound,
    Searched,
    SearchFound,
    SearchRecorded,
)
from mdt_app.sync.search_wire import COUNTED_MOST, BasisMessage, SearchAnswer, SearchAsked, TermsMessage

_COMMIT_LIMIT_S = 30.0

_log = structlog.get_logger()


class ReadFinder:
    """Listens to the core. There is no other way to results than by a search on record.

    `submit` hands a command to the core, `ask` asks headquarters (None: this car has none). `car_id` is this car's.
    """

    def __init__(
        self,
        open_reader: Callable[[], StoreReader],
        tell: Callable[[Notice], None],
        submit: Callable[[Command], Future[None]],
        car_id: str,
        ask: Callable[[SearchAsked], SearchAnswer] | None = None,
    ) -> None:
        self._open_reader, self._tell, self._submit, self._ask = open_reader, tell, submit, ask
        self._car_id = car_id
        self._reader: StoreReader | None = None
        self._thread, self._asking = ThreadPoolExecutor(1, "searches"), ThreadPoolExecutor(2, "searches-there")

    def hear(self, notice: Notice) -> None:
        """Called in the core's thread, which does not wait."""
        if isinstance(notice, SearchRecorded):
            self._thread.submit(self._find, notice)

    def close(self) -> None:
        """End the threads; the connection closes with its own."""
        self._thread.submit(self._close)
        self._thread.shutdown()
        self._asking.shutdown(wait=False, cancel_futures=True)

    def _find(self, asked: SearchRecorded) -> None:
        try:
            self._reader = self._reader or self._open_reader()
            reads = self._reader.find_reads(asked.terms, FOUND_MOST)
            here = Searched(CAR, self._reader.count_reads(asked.terms, COUNTED_MOST + 1), more=len(reads) == FOUND_MOST)
            found = tuple(FoundRead(r, CAR, self._car_id, self._reader.crop(r.read_id)) for r in reads)
            self._record(asked, here)
        except Exception as error:  # noqa: BLE001 - the thread lives on, and the officer is told
            _log.error("search failed", error=type(error).__name__)
            self._tell(FaultChanged("search", "The search failed.", "Try again, and report it.", urgent=False))
            return
        own = SearchFound(asked.search_id, found, (here,), asking=self._ask is not None)
        self._tell(own)
        if self._ask is not None:
            self._asking.submit(self._find_there, asked, own, self._ask)

    def _find_there(self, asked: SearchRecorded, own: SearchFound, ask: Callable[[SearchAsked], SearchAnswer]) -> None:
        """Add what headquarters has; what this car found itself is not shown twice."""
        there, reads = _answered(asked, ask)
        try:
            self._record(asked, there)
        except Exception as error:  # noqa: BLE001 - without a record nothing of it is shown
            _log.error("search failed", error=type(error).__name__)
            there, reads = Searched(HEADQUARTERS, None, "The record failed."), ()
        known = {found.read.read_id for found in own.reads}
        more = tuple(found for found in reads if found.read.read_id not in known)
        together = sorted((*own.reads, *more), key=lambda found: found.read.captured_at, reverse=True)
        self._tell(replace(own, reads=tuple(together), searched=(*own.searched, there), asking=False))

    def _record(self, asked: SearchRecorded, searched: Searched) -> None:
        counted = RecordFound(asked.search_id, asked.user_id, {searched.source: searched.count})
        self._submit(counted).result(_COMMIT_LIMIT_S)

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()


def _answered(
    asked: SearchRecorded, ask: Callable[[SearchAsked], SearchAnswer]
) -> tuple[Searched, tuple[FoundRead, ...]]:
    """Headquarters' answer, or why there is none."""
    try:
        terms, basis = TermsMessage.of(asked.terms), BasisMessage.of(asked.basis)
        answer = ask(SearchAsked(search_id=asked.search_id, terms=terms, basis=basis, user_id=asked.user_id))
    except MdtError as fault:
        return Searched(HEADQUARTERS, None, str(fault)), ()
    except Exception as fault:  # noqa: BLE001 - whatever breaks there, the officer is told that it was not searched
        _log.error("search failed there", error=type(fault).__name__)
        return Searched(HEADQUARTERS, None, "The program could not ask."), ()
    lines, source = answer.page.lines, answer.source
    found = tuple(FoundRead(line.to_read(), source, line.car_id, address=line.event_id) for line in lines)
    return Searched(source, answer.page.count, more=bool(answer.page.after)), found
