"""A delta applied entry by entry: what the car's faster way is held against."""

from __future__ import annotations

from collections.abc import Iterable

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry
from mdt_app.sync.delta import ListDelta
from mdt_app.sync.list_wire import entry_of
from mdt_app.sync.snapshot import list_digest


def apply_delta(entries: Iterable[Entry], delta: ListDelta) -> list[Entry]:
    """Return the entries with the delta applied, by id, verified by count and digest.

    Raises BadInput when an entry to remove is not there, one to put in is there already, or the result differs.
    """
    held = {entry.entry_id: entry for entry in entries}
    for gone in delta.removed:
        if held.pop(gone.entry_id, None) is None:
            raise BadInput("The delta removes an entry that is not there.")
    for entry in delta.added:
        if entry.entry_id in held:
            raise BadInput("The delta puts in an entry that is there already.")
        held[entry.entry_id] = entry_of(entry.line, entry.list_id)
    result = [held[key] for key in sorted(held)]
    if len(result) != delta.manifest.hotlist.count or list_digest(result) != delta.manifest.hotlist.sha256:
        raise BadInput("The list with the delta has not the count and digest that it should.")
    return result
