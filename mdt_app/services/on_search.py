"""Handlers of searches: who looks for what, and why, is on record before anything is read; then how many there are."""

from __future__ import annotations

from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.read_search import (
    RecordFound,
    SearchReads,
    SearchRecorded,
    require_permitted,
    search_body,
)
from mdt_app.services.context import Context, Outcome


def search_reads(ctx: Context, command: SearchReads) -> Outcome:
    """Record the search; its results are read only after that. A refused use is on record by its name."""
    user_id = ctx.person.user_id
    terms, basis = command.terms, command.basis
    try:
        require_permitted(ctx.policy, terms, basis)
    except Refused as refusal:
        if not refusal.reason.startswith("prohibited."):
            raise
        body = {"command": "SearchReads", "reason": refusal.reason, "use": basis.purpose}
        ctx.tx.record(ctx.event(EventKind.PURPOSE_REFUSED, command.search_id, body))
        told = CommandRefused("SearchReads", refusal.reason, refusal.words, refusal.remedy)
        return Outcome((told,), refusal=refusal)
    ctx.tx.record(ctx.event(EventKind.SEARCHED, command.search_id, search_body(terms, basis)))
    return Outcome((SearchRecorded(command.search_id, terms, basis, user_id),))


def record_found(ctx: Context, command: RecordFound) -> Outcome:
    """Record how many a search found and where, before the first of them is shown (QRY-2)."""
    body = {"found": dict(command.counts)}
    ctx.tx.record(ctx.event(EventKind.SEARCH_ANSWERED, command.search_id, body, command.user_id))
    return Outcome()
