"""Handlers of what comes from headquarters: lists, accounts, confirmations."""

from __future__ import annotations

from mdt_app.domain.commands import ApplyAccounts, ApplyHotList, ConfirmDelivery, ParkEvent
from mdt_app.domain.errors import Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import Delivered
from mdt_app.services.context import Context, Outcome

HEADQUARTERS = "headquarters"


def apply_hotlist(ctx: Context, command: ApplyHotList) -> Outcome:
    """Put a complete list in place of the one with its id. An older version is refused: no way back (rollback)."""
    hotlist = command.hotlist
    if hotlist.count != len(command.entries):
        raise Refused("list_incomplete", "A hot list is not complete.", "The old list stays in force.")
    present = {known.list_id: known for known in ctx.tx.lists.lists()}.get(hotlist.list_id)
    if present and present.version > hotlist.version:
        raise Refused("list_older", "A hot list is older than the one in force.", "The newer list stays in force.")
    ctx.tx.lists.replace(hotlist, command.entries)
    body = {"count": hotlist.count, "sha256": hotlist.sha256, "extracted_at": hotlist.extracted_at.isoformat()}
    ctx.tx.record(ctx.event(EventKind.LIST_APPLIED, hotlist.list_id, body, actor=HEADQUARTERS))
    return Outcome(lists_changed=True)


def apply_accounts(ctx: Context, command: ApplyAccounts) -> Outcome:
    """Put headquarters' accounts in place of the car's (ACC-4)."""
    ctx.tx.accounts.replace(command.accounts)
    return Outcome()


def confirm_delivery(ctx: Context, command: ConfirmDelivery) -> Outcome:
    """Remove the outbox rows that headquarters has confirmed, and no others."""
    ctx.tx.outbox.confirm(command.event_ids)
    return Outcome((Delivered(command.event_ids),))


def park_event(ctx: Context, command: ParkEvent) -> Outcome:
    """Set a refused event aside so that the others flow."""
    ctx.tx.outbox.park(command.event_id, command.reason)
    return Outcome()
