"""Past reads at headquarters for the tests of searches, and a search as a person asks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from uuid6 import uuid7

from mdt_app.domain.events import Event, EventKind
from mdt_app.domain.read_search import SearchBasis, SearchTerms
from mdt_app.sync.search_wire import BasisMessage, SearchAsked, TermsMessage
from tests.fakes.headquarters import an_event

BASIS = SearchBasis("investigation", "a witness saw part of the plate", "Burglary", "26-1183")
GLASTONBURY = (41.7123, -72.6081)
HARTFORD = (41.7637, -72.6851)


def a_past_read(plate: str, minutes_ago: float = 5, **body: Any) -> Event:
    """A bulk read as a car sends it: its id holds the time at which it was made."""
    at, read_id = datetime.now(UTC) - timedelta(minutes=minutes_ago), str(uuid7())
    said = {"plate": plate, "state": "CT", "confidence": 0.97, "camera": "L", "captured_at": at.isoformat(), **body}
    return replace(an_event(EventKind.READ, read_id, **said), event_id=read_id, at=at)


def terms(plate: str = "", hours: float = 24, **said: Any) -> SearchTerms:
    """Reads of the last hours."""
    now = datetime.now(UTC)
    return SearchTerms(now - timedelta(hours=hours), now + timedelta(hours=1), plate, **said)


def asked(wanted: SearchTerms, basis: SearchBasis = BASIS, user_id: str = "", search_id: str = "") -> SearchAsked:
    """A search with an id of its own."""
    about = {"terms": TermsMessage.of(wanted), "basis": BasisMessage.of(basis)}
    return SearchAsked(search_id=search_id or str(uuid4()), user_id=user_id, **about)
