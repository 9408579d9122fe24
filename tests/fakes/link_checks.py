"""What the fault tests of the link hold a run against; the negative controls show that each of these can fail."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence

from tests.fakes.headquarters import Headquarters, MemoryOutbox


def each_once(hq: Headquarters, subjects: Sequence[str]) -> None:
    """Row 10: what happened, named by its subject, stands on record once, however often it was sent."""
    with hq.desk() as desk:
        kept = [row["event"]["subject"] for row in desk.get("/v1/events", params={"limit": 1000}).json()["events"]]
    assert sorted(one for one in kept if one in set(subjects)) == sorted(subjects)


def whole_batches(kept: Collection[str], batches: Iterable[set[str]]) -> None:
    """Row 13: a batch is there whole or not at all."""
    assert all(batch <= set(kept) or not batch & set(kept) for batch in batches)


def others_flow(outbox: MemoryOutbox, poison: str, within_s: float) -> None:
    """Row 14: the poison event is parked, shown by its reason, and nothing waits behind it."""
    deadline = time.monotonic() + within_s
    while outbox.count() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert outbox.count() == 0
    assert set(outbox.parked) == {poison}
