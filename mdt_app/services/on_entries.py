"""Handlers of hot list requests: on record in the officer's name before they leave the car (HOT-2, HOT-4, HOT-9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mdt_app.domain.entries import EntryDraft, draft_faults
from mdt_app.domain.entry_requests import (
    AskedEntry,
    EntryRequestsChanged,
    RequestEntry,
    TakeEntryNews,
    TellEntryRequests,
)
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import CommandRefused
from mdt_app.domain.purposes import UseFault
from mdt_app.services.context import Context, Outcome


def request_entry(ctx: Context, command: RequestEntry) -> Outcome:
    """Keep the request in the signed-in person's name. Refused with all that the policy misses in it.

    A prohibited use is refused by name, and the attempt is on record (PUR-4).
    """
    person = ctx.person
    draft = replace(command.draft, plate=command.draft.plate.upper(), officer_name=person.name)
    if faults := draft_faults(ctx.policy, draft, ctx.clock.now()):
        return _refused(ctx, command, draft, faults)
    if command.entry_id not in {held.entry_id for held in ctx.tx.entries.requests()}:
        ctx.tx.entries.put(AskedEntry(command.entry_id, person.user_id, draft, ctx.clock.now()))
        body = {"plate": draft.plate, "state": draft.state, "purpose": draft.purpose, "offense": draft.offense}
        ctx.tx.record(ctx.event(EventKind.ENTRY_ASKED, command.entry_id, body))
    return _told(ctx)


def tell_entry_requests(ctx: Context, _: TellEntryRequests) -> Outcome:
    """Tell all requests as they stand."""
    return _told(ctx)


def take_entry_news(ctx: Context, command: TakeEntryNews) -> Outcome:
    """Keep what headquarters says where it is new; what ended long ago goes, as the policy's data does."""
    now, kept = ctx.clock.now(), timedelta(days=ctx.policy.retention.days.value)
    held = {known.entry_id: known for known in ctx.tx.entries.requests()}
    fresh = [one for one in command.news if replace(one, told_at=None) != _plain(held.get(one.entry_id))]
    for one in fresh:
        ctx.tx.entries.put(replace(one, told_at=now))
    gone = [known.entry_id for known in ctx.tx.entries.requests() if known.outlived(now, kept)]
    ctx.tx.entries.remove(gone)
    return _told(ctx) if fresh or gone else Outcome()


def _plain(known: AskedEntry | None) -> AskedEntry | None:
    return replace(known, told_at=None) if known else None


def _told(ctx: Context) -> Outcome:
    return Outcome((EntryRequestsChanged(ctx.tx.entries.requests()),))


def _refused(ctx: Context, command: RequestEntry, draft: EntryDraft, faults: tuple[UseFault, ...]) -> Outcome:
    """A refusal that stands on record with what was asked for."""
    first = faults[0]
    for fault in faults:
        if fault.name.startswith("prohibited."):
            body = {"use": draft.purpose, "clause": fault.clause, "citation": draft.citation}
            ctx.tx.record(ctx.event(EventKind.PURPOSE_REFUSED, command.entry_id, body))
    told = {"command": "RequestEntry", "reason": first.name, "missing": [fault.name for fault in faults]}
    ctx.tx.record(ctx.event(EventKind.COMMAND_REFUSED, command.entry_id, told))
    refusal = Refused(first.name, first.words, first.remedy)
    notices = tuple(CommandRefused("RequestEntry", f.name, f.words, f.remedy) for f in faults)
    return Outcome(notices, refusal=refusal)
