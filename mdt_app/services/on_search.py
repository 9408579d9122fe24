"""Handler of searches: who looks for what, for which purpose and why, is on record before anything is read."""

from __future__ import annotations

from datetime import timedelta

from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.purposes import Use, use_fault
from mdt_app.domain.read_search import SearchReads, SearchRecorded, pattern_of
from mdt_app.domain.statements import says_enough
from mdt_app.services.context import Context, Outcome


def search_reads(ctx: Context, command: SearchReads) -> Outcome:
    """Record the search; its results are read only after that. Refused without a permitted purpose and a reason."""
    _ = ctx.person
    pattern = pattern_of(command.plate)
    if fault := use_fault(ctx.policy, Use(command.purpose, command.reason)):
        raise Refused(fault.name, fault.words, fault.remedy)
    if not says_enough(command.reason):
        raise Refused("reason_missing", "The reason is missing.", "Say in your own words why you search.")
    since = ctx.clock.now() - timedelta(hours=command.hours)
    body = {"pattern": pattern, "hours": command.hours, "purpose": command.purpose, "reason": command.reason.strip()}
    ctx.tx.record(ctx.event(EventKind.SEARCHED, command.search_id, body))
    return Outcome((SearchRecorded(command.search_id, pattern, since),))
