"""Reads what a search asks for, once the search is on record: in a thread and over a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from cache.store import StoreReader
from mdt_app.domain.errors import MdtError
from mdt_app.domain.notices import FaultChanged, Notice
from mdt_app.domain.read_search import FOUND_MOST, SearchFound, SearchRecorded

_log = structlog.get_logger()


class ReadFinder:
    """Listens to the core. There is no other way to results than by a search on record."""

    def __init__(self, open_reader: Callable[[], StoreReader], tell: Callable[[Notice], None]) -> None:
        self._open_reader, self._tell = open_reader, tell
        self._reader: StoreReader | None = None
        self._thread = ThreadPoolExecutor(1, "searches")

    def hear(self, notice: Notice) -> None:
        """Called in the core's thread, which does not wait."""
        if isinstance(notice, SearchRecorded):
            self._thread.submit(self._find, notice)

    def close(self) -> None:
        """End the thread; its connection closes with it."""
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _find(self, asked: SearchRecorded) -> None:
        try:
            self._reader = self._reader or self._open_reader()
            reads = self._reader.find_reads(asked.pattern, asked.since, FOUND_MOST + 1)
        except MdtError as error:
            _log.error("search failed", error=type(error).__name__)
            self._tell(FaultChanged("search", "The search failed.", "Try again, and report it.", urgent=False))
            return
        self._tell(SearchFound(asked.search_id, reads[:FOUND_MOST], more=len(reads) > FOUND_MOST))

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
