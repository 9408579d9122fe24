"""Handlers of what comes from headquarters: lists, accounts, confirmations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from mdt_app.domain.commands import (
    ApplyAccounts,
    ApplyFalseHits,
    ApplyHotList,
    ApplyListDelta,
    ConfirmDelivery,
    ParkEvent,
    RecordFinding,
)
from mdt_app.domain.errors import BadInput, Refused
from mdt_app.domain.events import EventKind
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.notices import Delivered, Parked, SignedOut
from mdt_app.domain.retention import TellTime
from mdt_app.domain.sign_in import AccountBundle, unfit
from mdt_app.services.context import Context, Outcome
from mdt_app.services.retention import tell_time

_REMEDY = "The old list stays in force."
DELTAS_MOST = 200
"""Deltas upon each other that a list may have: rows that are gone take room until it comes whole again."""
HEADQUARTERS, PROGRAM = "headquarters", "program"


def apply_hotlist(ctx: Context, command: ApplyHotList) -> Outcome:
    """Put a complete list in place of the one with its id. An older version is refused: no way back (rollback)."""
    hotlist = command.hotlist
    if hotlist.count != command.ready.count:
        raise Refused("list_incomplete", "A hot list is not complete.", _REMEDY)
    require_newer(ctx, hotlist)
    ctx.tx.lists.put(hotlist, command.ready)
    record_applied(ctx, hotlist, {})
    return Outcome(lists_changed=True)


def require_newer(ctx: Context, hotlist: HotList) -> None:
    """Refuse a list that is older than the one in force: no way back."""
    present = {known.list_id: known for known in ctx.tx.lists.lists()}.get(hotlist.list_id)
    if present and present.version > hotlist.version:
        raise Refused("list_older", "A hot list is older than the one in force.", "The newer list stays in force.")


def require_fitting(ctx: Context, hotlist: HotList, base_sha256: str, removed: int, added: int) -> None:
    """Refuse a delta that does not fit the list in force, or does not lead to the count that it names."""
    held = {known.list_id: known for known in ctx.tx.lists.lists()}.get(hotlist.list_id)
    if held is None or held.sha256 != base_sha256 or held.version > hotlist.version:
        raise Refused("delta_unfit", "A hot list's delta does not fit the list in force.", _REMEDY)
    if held.count - removed + added != hotlist.count:
        raise Refused("delta_incomplete", "A hot list's delta does not lead to the count that it names.", _REMEDY)
    if ctx.tx.lists.deltas(hotlist.list_id) >= DELTAS_MOST:
        raise Refused("deltas_many", "The hot list is to be fetched whole again.", _REMEDY)


def record_applied(ctx: Context, hotlist: HotList, counts: Mapping[str, int]) -> None:
    """Put on record which list is in force from now on; headquarters knows by it what this car has."""
    body = {"count": hotlist.count, "sha256": hotlist.sha256, "extracted_at": hotlist.extracted_at.isoformat()}
    ctx.tx.record(ctx.event(EventKind.LIST_APPLIED, hotlist.list_id, {**body, **counts}, actor=HEADQUARTERS))


def apply_list_delta(ctx: Context, command: ApplyListDelta) -> Outcome:
    """Change the list in force; one that the delta does not fit is left as it is, and the whole list is asked for.

    The index of the new list is made from the one in force: nothing of millions of entries is loaded anew.
    """
    hotlist = command.hotlist
    require_fitting(ctx, hotlist, command.base_sha256, command.removed.count, command.ready.count)
    try:
        index = ctx.index.with_change(ctx.tx.lists, hotlist, command.removed, command.ready)
    except BadInput as fault:
        raise Refused("delta_incomplete", fault.words, _REMEDY) from fault
    record_applied(ctx, hotlist, {"removed": command.removed.count, "added": command.ready.count})
    return Outcome(lists_changed=True, index=index)


def apply_false_hits(ctx: Context, command: ApplyFalseHits) -> Outcome:
    """Keep the known false hits; the very same again changes nothing and is no record."""
    if ctx.tx.lists.put_false_hits(command.plates):
        count = {"count": len(command.plates)}
        ctx.tx.record(ctx.event(EventKind.LIST_APPLIED, "known false hits", count, actor=HEADQUARTERS))
    return Outcome()


def apply_accounts(ctx: Context, command: ApplyAccounts) -> Outcome:
    """Put the accounts that headquarters signed for this car in place of the ones before (ACC-4).

    Another car's, or ones issued before those in force, are refused: no way back.
    """
    bundle, held = _read(ctx, command), ctx.tx.accounts.bundle()
    if held == (command.content, command.signature):
        return Outcome()  # the very same again makes nothing younger
    if bundle.car_id != ctx.identity.car_id:
        raise Refused("accounts_foreign", "The accounts are another car's.", "Ask the Administrator.")
    if held and _issued_at(ctx, *held) >= bundle.issued_at:
        raise Refused("accounts_older", "The accounts are older than those in force.", "Those in force stay.")
    ctx.tx.accounts.put_bundle(command.content, command.signature, bundle.issued_at)
    tell_time(ctx, TellTime(bundle.issued_at))  # signed by headquarters: nobody between can turn it
    if ctx.session is None:
        return Outcome()
    ctx.tx.record(ctx.event(EventKind.ACCOUNTS_APPLIED, bundle.car_id, {"count": len(bundle.accounts)}, HEADQUARTERS))
    own = next((a for a in bundle.accounts if a.active and a.user_id == ctx.session.user_id), None)
    if own is not None and own.role is ctx.session.role and unfit(ctx.policy, own, ctx.clock.now().date()) is None:
        return Outcome(session=replace(ctx.session, exceptions=own.exceptions, training_due=own.training_due))
    ctx.tx.record(ctx.event(EventKind.SIGNED_OUT, ctx.session.session_id, {"reason": "account_withdrawn"}))
    return Outcome((SignedOut(),), signed_out=True)


def record_finding(ctx: Context, command: RecordFinding) -> Outcome:
    """Put on record what the program found; headquarters flags it for a supervisor."""
    ctx.tx.record(ctx.event(command.kind, ctx.identity.car_id, {"found": command.words}, actor=PROGRAM))
    return Outcome()


def _read(ctx: Context, command: ApplyAccounts) -> AccountBundle:
    """The accounts; forged or broken ones are a refusal on record."""
    try:
        return ctx.bundles.read(command.content, command.signature)
    except BadInput as fault:
        raise Refused("accounts_not_signed", fault.words, fault.remedy) from fault


def _issued_at(ctx: Context, content: bytes, signature: bytes) -> datetime:
    """When the accounts in force were issued; ones that can't be read (headquarters' key is new) hold nothing up."""
    try:
        return ctx.bundles.read(content, signature).issued_at
    except BadInput:
        return datetime.min.replace(tzinfo=UTC)


def confirm_delivery(ctx: Context, command: ConfirmDelivery) -> Outcome:
    """Remove the outbox rows that headquarters has confirmed, and no others."""
    ctx.tx.outbox.confirm(command.event_ids)
    return Outcome((Delivered(command.event_ids),))


def park_event(ctx: Context, command: ParkEvent) -> Outcome:
    """Set a refused event aside so that the others flow."""
    ctx.tx.outbox.park(command.event_id, command.reason)
    return Outcome((Parked(command.event_id, command.reason),))
