"""The car's outbox as a sync thread uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future

from cache.store import CacheStore, StoreReader
from mdt_app.domain.commands import Command, ConfirmDelivery, ParkEvent
from mdt_app.domain.errors import BadInput
from mdt_app.domain.evidence import SignedHead
from mdt_app.domain.sync_messages import OutboxRow, Share

COMMIT_LIMIT_S = 30.0


class CoreOutbox:
    """The outbox for the sync thread: read over a connection of its own, written by the core alone."""

    def __init__(self, store: CacheStore, submit: Callable[[Command], Future[None]], share: Share = Share.ALL) -> None:
        self._store, self._submit, self._share = store, submit, share
        self._reader: StoreReader | None = None

    def pending(self, limit: int) -> list[OutboxRow]:
        """As OutboxPort says."""
        return self._open().outbox.pending(limit, self._share)

    def count(self) -> int:
        """As OutboxPort says."""
        return self._open().outbox.count(self._share)

    def confirm(self, event_ids: Iterable[str]) -> None:
        """As OutboxPort says."""
        self._submit(ConfirmDelivery(tuple(event_ids))).result(COMMIT_LIMIT_S)

    def park(self, event_id: str, reason: str) -> None:
        """As OutboxPort says."""
        self._submit(ParkEvent(event_id, reason)).result(COMMIT_LIMIT_S)

    def owed(self) -> tuple[int, int]:
        """How many rows wait, and how many were refused for good."""
        reader = self._open()
        return reader.outbox.count(self._share), reader.parked()

    def head(self) -> SignedHead | None:
        """The trail's signed head as it stands now, None before its first row."""
        try:
            return self._open().trail.head()
        except BadInput:
            return None

    def close(self) -> None:
        """Nothing of the store stays open after the car's end: a new key needs it alone."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _open(self) -> StoreReader:
        """The connection belongs to the thread that first uses it."""
        if self._reader is None:
            self._reader = self._store.reader()
        return self._reader
