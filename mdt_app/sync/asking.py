"""Records checks and hit confirmations in threads of their own: an officer's question does not wait behind the sync."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from queue import SimpleQueue

import structlog

from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.records_check import ConfirmationQuery, ConfirmationResponse, RecordsQuery, StatusAnswer
from mdt_app.domain.sync_messages import CheckAnswered, ConfirmationArrived, SyncMessage
from mdt_app.sync.client import LINK_SOURCE, HqClient, no_response

log = structlog.get_logger()


class Asking:
    """Takes queries and posts their answers; no query stays without one."""

    def __init__(self, client: HqClient, post: Callable[[SyncMessage], Future[None] | None], threads: int) -> None:
        self._client, self._post = client, post
        self._ended = threading.Event()
        self._queries: SimpleQueue[RecordsQuery | ConfirmationQuery | None] = SimpleQueue()
        # Daemons: a request that hangs must not hold the application's end.
        self._threads = [
            threading.Thread(target=self._answer, name=f"check-{number}", daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def put(self, query: RecordsQuery | ConfirmationQuery) -> None:
        """Take a query; never blocks."""
        self._queries.put(query)

    def end(self) -> None:
        """Have the threads end; an answer that is under way is not used."""
        self._ended.set()
        for _ in self._threads:
            self._queries.put(None)

    def join(self, deadline: float) -> None:
        """Wait for their end, until this moment of the monotonic clock at most."""
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    def _answer(self) -> None:
        while (query := self._queries.get()) is not None and not self._ended.is_set():
            message = self._checked(query) if isinstance(query, RecordsQuery) else self._requested(query)
            if self._ended.is_set():
                return
            try:
                if message is not None:
                    self._post(message)
            except Exception as deaf:  # noqa: BLE001 - the thread lives on for the next query
                log.warning("check.not_told", error=type(deaf).__name__)

    def _requested(self, query: ConfirmationQuery) -> ConfirmationArrived | None:
        """Send the request; where that fails, nobody was asked, and the officer is told so at once."""
        try:
            self._client.request_confirmation(query)
        except Exception as fault:  # noqa: BLE001 - no request stays without an answer
            log.warning("confirmation.failed", request=query.request_id, error=type(fault).__name__)
            answer, at = ConfirmationAnswer.NO_RESPONSE, datetime.now(UTC)
            return ConfirmationArrived(
                ConfirmationResponse(
                    f"{query.request_id}-unsent", query.request_id, query.hit_id, answer, LINK_SOURCE, at
                )
            )
        return None

    def _checked(self, query: RecordsQuery) -> CheckAnswered:
        return CheckAnswered(query.hit_id, self._status(query))

    def _status(self, query: RecordsQuery) -> StatusAnswer:
        asked_at = datetime.now(UTC)
        try:
            return self._client.records_check(query)
        except Exception as fault:  # noqa: BLE001 - no query stays without an answer
            log.warning("check.failed", check=query.check_id, error=type(fault).__name__)
            words = f"The records check failed ({type(fault).__name__}). Ask again, or ask dispatch by voice."
            return no_response(query, asked_at, words)
