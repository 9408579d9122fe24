"""Searches of past reads at headquarters: refused, or on record with their count and then answered (QRY-2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, select

from mdt_app.domain.audit import PLATE_HASH
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.policy import Policy
from mdt_app.domain.read_search import (
    HEADQUARTERS,
    VENDOR_STORE,
    SearchTerms,
    recorded_terms,
    require_permitted,
    search_body,
)
from mdt_app.hq.found_reads import found_reads
from mdt_app.hq.own_trail import OWN, Act, OwnTrail
from mdt_app.hq.store import Overtaken, Store
from mdt_app.hq.tables import events
from mdt_app.sync.event_wire import EventBatch
from mdt_app.sync.search_wire import PAGE_MOST, FoundPage, SearchAnswer, SearchAsked

PAGES_FOR = timedelta(hours=1)
"""So long further pages of a search may be fetched; later it has to be said anew what for."""
_TRIES = 4
_KINDS = (EventKind.SEARCHED.value, EventKind.SEARCH_ANSWERED.value)


@dataclass(frozen=True, slots=True)
class Searcher:
    """Who searches: the person, and where: 'desk', or the car whose own record holds that it was asked."""

    user_id: str
    place: str = "desk"

    @property
    def kind(self) -> EventKind:
        """A desk's search is recorded here alone; what a car asked stands in its own chain, and this is the answer."""
        return EventKind.SEARCHED if self.place == "desk" else EventKind.SEARCH_ANSWERED


class ReadsKept(Protocol):
    """Where an agency's bulk reads are: in headquarters' own database, or in the vendor's store."""

    @property
    def source(self) -> str:
        """The place's name on results and records."""

    def find(self, terms: SearchTerms, after: str, most: int, search_id: str) -> FoundPage:
        """A page of what fits. Raises Refused when the place can't be searched now."""

    def bring(self, reader_id: str, batch: EventBatch) -> None:
        """Bring a reader's bulk reads there, where that is not headquarters. Raises Refused out of its reach."""

    def close(self) -> None:
        """Let go of what it holds."""


@dataclass(frozen=True, slots=True)
class OwnReads:
    """The reads in headquarters' own database."""

    store: Store
    source: str = HEADQUARTERS

    def find(self, terms: SearchTerms, after: str, most: int, search_id: str) -> FoundPage:
        """As ReadsKept says."""
        _ = search_id
        with self.store.reading() as connection:
            return found_reads(connection, terms, after, most)

    def bring(self, reader_id: str, batch: EventBatch) -> None:
        """The ingest keeps them."""

    def close(self) -> None:
        """The database is the application's."""


@dataclass(frozen=True, slots=True)
class NoReads:
    """The policy keeps bulk reads out of headquarters, and no store of the vendor's is known."""

    source: str = VENDOR_STORE

    def find(self, terms: SearchTerms, after: str, most: int, search_id: str) -> FoundPage:
        """As ReadsKept says: there is nothing that could be searched."""
        _ = terms, after, most, search_id
        words = "Headquarters keeps no bulk reads under this policy, and knows no vendor's store."
        raise Refused("no_reads_store", words, "Ask the Administrator: 'mdt hq serve --reads-store'.")

    def bring(self, reader_id: str, batch: EventBatch) -> None:
        """They are counted, and kept nowhere: no store is known."""

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True)
class SearchDesk:
    """Decides about searches, records and answers them."""

    store: Store
    policy: Policy
    trail: OwnTrail
    kept: ReadsKept

    def search(self, asked: SearchAsked, who: Searcher) -> SearchAnswer:
        """Return the first page, once the search stands on record with its count. Raises Refused, on record too.

        A search that is sent again, because its answer was lost, is answered again.
        """
        terms, basis = asked.terms.to_terms(), asked.basis.to_basis()
        try:
            require_permitted(self.policy, terms, basis)
        except Refused as refusal:
            self._refused(asked, who, refusal)
            raise
        found = self.kept.find(terms, "", PAGE_MOST, asked.search_id)
        body = search_body(terms, basis) | {"found": {self.kept.source: found.count}}
        self._on_record(asked.search_id, who, body)
        return SearchAnswer(source=self.kept.source, page=found)

    def page(self, search_id: str, after: str, who: Searcher) -> SearchAnswer:
        """Return a further page of a search that this person made within the last hour. Raises Refused."""
        with self.store.reading() as connection:
            held = _held(connection, search_id)
        if held is None or held["actor"] != who.user_id or _age(held) > PAGES_FOR:
            raise Refused("search_over", "This search is over.", "Search again.")
        found = self.kept.find(recorded_terms(held["body"]), after, PAGE_MOST, search_id)
        return SearchAnswer(source=self.kept.source, page=found)

    def _on_record(self, search_id: str, who: Searcher, body: Mapping[str, Any]) -> None:
        act = Act(who.kind, who.user_id, who.place, search_id, body)
        for _ in range(_TRIES):
            with suppress(Overtaken), self.store.writing() as connection:
                held = _held(connection, search_id)
                if held is None:
                    self.trail.record(connection, act)
                elif held["actor"] != who.user_id or _asked(held["body"]) != _asked(body):
                    raise Refused("other_search", "Another search has this id.", "Search again.")
                return
        raise Overtaken("Headquarters' record is busy.", "Try again.")

    def _refused(self, asked: SearchAsked, who: Searcher, refusal: Refused) -> None:
        """A refused attempt is on record by its name; a prohibited use is flagged (PUR-4)."""
        prohibited = refusal.reason.startswith("prohibited.")
        kind = EventKind.PURPOSE_REFUSED if prohibited else EventKind.COMMAND_REFUSED
        body = {"command": "SearchReads", "reason": refusal.reason, "use": asked.basis.purpose}
        with self.store.writing() as connection:
            self.trail.record(connection, Act(kind, who.user_id, who.place, asked.search_id, body))


def _held(connection: Connection, search_id: str) -> Mapping[str, Any] | None:
    """The record of a search of this id, None when there is none."""
    mine = select(events.c.content).where(events.c.subject == search_id, events.c.kind.in_(_KINDS))
    content = connection.scalar(mine.where(events.c.car_id == OWN))
    return json.loads(content) if content is not None else None


def _asked(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("found", PLATE_HASH)}


def _age(held: Mapping[str, Any]) -> timedelta:
    return datetime.now(UTC) - datetime.fromisoformat(held["at"])
