"""Handlers of hot lists that come in slices: staged, put in force at once, swept away when they are over."""

from __future__ import annotations

from mdt_app.domain.errors import Refused
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.list_delivery import BeginDelivery, Delta, DropDeliveries, PutDelivery, StageDelivery, SweepLists
from mdt_app.services.context import Context, Outcome
from mdt_app.services.on_sync import record_applied, require_fitting, require_newer

SWEPT = 64
"""Blocks or pieces of arrays that are taken away at once: some milliseconds."""
MOVED = "lists_moved"
"""The reason why an index is to be made anew: another list was put in force meanwhile."""


def begin_delivery(ctx: Context, command: BeginDelivery) -> Outcome:
    """Reserve the room of a delivery."""
    ctx.tx.lists.deliveries.begin(command.name, command.list_id, command.blocks)
    return Outcome()


def stage_delivery(ctx: Context, command: StageDelivery) -> Outcome:
    """Keep a slice."""
    ctx.tx.lists.deliveries.add_blocks(command.name, command.at, command.blocks)
    ctx.tx.lists.deliveries.add_pieces(command.name, command.pieces)
    return Outcome()


def put_delivery(ctx: Context, command: PutDelivery) -> Outcome:
    """Put a delivery in force with the index that was made for it; the one before is swept away afterwards."""
    hotlist = command.hotlist
    _require(ctx, hotlist, command.delta)
    if not ctx.index.same_rows(command.made_from):
        return Outcome(refusal=Refused(MOVED, "Another list came meanwhile.", "It is tried again by itself."))
    put = ctx.tx.lists.put_change if command.delta else ctx.tx.lists.put_brought
    put(hotlist, command.name, command.tags)
    counts = {"removed": command.delta.removed, "added": command.delta.added} if command.delta else {}
    record_applied(ctx, hotlist, counts)
    return Outcome(lists_changed=True, index=command.index, then=SweepLists())


def drop_deliveries(ctx: Context, command: DropDeliveries) -> Outcome:
    """End what will not be finished; the lists in force stay."""
    ctx.tx.lists.deliveries.drop(command.name)
    return Outcome(then=SweepLists())


def sweep_lists(ctx: Context, _: SweepLists) -> Outcome:
    """Take a slice away, and go on behind whatever else waits."""
    return Outcome(then=SweepLists() if ctx.tx.lists.deliveries.sweep(SWEPT) else None)


def _require(ctx: Context, hotlist: HotList, delta: Delta | None) -> None:
    if delta is None:
        require_newer(ctx, hotlist)
    else:
        require_fitting(ctx, hotlist, delta.base_sha256, delta.removed, delta.added)
