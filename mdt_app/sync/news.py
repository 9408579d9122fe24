"""What a car knows of headquarters' news: one cheap question in a turn, and of the rest only what has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from mdt_app.domain.errors import BadInput
from mdt_app.services.signing import Verifier
from mdt_app.sync.freshness import Freshness
from mdt_app.sync.news_wire import News, Subject, signed_news

ANYWAY_S = 3600.0
"""What did not change is pulled all the same so often: accounts are signed anew, and no mistake lasts for long."""

Turn = Callable[[], str | None]
"""Pulls one subject. Returns words on what was refused, '' when all is done; None: not now, it stays due."""

log = structlog.get_logger()


class Asks(Protocol):
    """Headquarters' answer to the question."""

    def fetch_news(self, known: str) -> News:
        """Return the news; `known` is the digest of the last ones."""


class NewsBoard:
    """Used by one thread, the sync's. A subject is due when its tag is new, and until its turn has done its work."""

    def __init__(self, client: Asks, car_id: str, headquarters_key: str, fresh: Freshness) -> None:
        self._client, self._car_id, self._fresh = client, car_id, fresh
        self._verifier = Verifier(headquarters_key)
        self._digest = ""
        self._tags: Mapping[Subject, str] = {}
        self._done: dict[Subject, tuple[str, float]] = {}

    def ask(self) -> str:
        """Ask; return in words why the answer is not believed, if it is not. Raises HqUnreachable, HqRefused."""
        try:
            self._take(self._client.fetch_news(self._digest))
        except BadInput as fault:
            log.error("news.refused", reason=fault.words)  # noqa: TRY400 - the words say it all
            return str(fault)
        return ""

    def when_new(self, subject: Subject, turn: Turn) -> Callable[[], str]:
        """Return a turn that works only when this subject is due."""

        def turned() -> str:
            if not self._is_due(subject):
                return ""
            tag, words = self._tags.get(subject, ""), turn()
            if words == "":
                self._done[subject] = tag, time.monotonic() + ANYWAY_S
            return words or ""

        return turned

    def again(self, subject: Subject, after_s: float) -> None:
        """What was pulled could not be used: have it pulled again after so many seconds. May come from any thread."""
        tag, _ = self._done.get(subject, ("", 0.0))
        self._done[subject] = tag, time.monotonic() + after_s

    def _is_due(self, subject: Subject) -> bool:
        tag = self._tags.get(subject)
        done, until = self._done.get(subject, ("", 0.0))
        return tag is None or tag != done or time.monotonic() >= until

    def _take(self, news: News) -> None:
        signed = signed_news(self._car_id, news.digest, news.issued_at)
        if not self._verifier.holds(signed, news.signature):
            raise BadInput("The news is not signed by headquarters.", "What is in force stays; report it.")
        if news.content is None and news.digest != self._digest:
            raise BadInput("The news is not an answer to this car's question.", "It is asked again by itself.")
        message = news.message()
        self._fresh.take(news.issued_at)
        if message is not None:
            self._digest, self._tags = news.digest, message.tags
