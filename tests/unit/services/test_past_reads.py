"""A plate that was read before it was listed: an earlier sighting that never opens a stop."""

from __future__ import annotations

import pytest

from mdt_app.domain import commands as c
from mdt_app.domain import notices as n
from mdt_app.domain.gate import GateShut
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.reads import Pictures
from mdt_app.services.list_blocks import prepared
from tests.fakes.car import Shift, make_entry, make_read

PICTURES = Pictures(b"crop", b"context")


def read(patrol: Shift, plate: str) -> None:
    patrol.do(c.RecordRead(make_read(plate, captured_at=patrol.clock.now()), PICTURES))


def list_arrives(patrol: Shift, *plates: str) -> list[n.HitRaised]:
    """A list with these plates comes into force; returns what was raised by it."""
    before = len(patrol.said(n.HitRaised))
    entries = tuple(make_entry(plate, "CT") for plate in plates)
    hotlist = HotList("ncic", "NCIC", "NCIC", patrol.clock.now(), len(entries), "2" * 64)
    patrol.do(prepared(hotlist, entries))
    patrol.do(c.MatchPastReads())  # also sent by the core itself; twice does nothing more
    return patrol.said(n.HitRaised)[before:]


@pytest.mark.clause("STP-2")
def test_a_list_that_arrives_finds_earlier_reads_once_and_never_opens(patrol):
    """The plate's newest read is raised as 'earlier sighting'; a stop on it is refused by its kind."""
    for plate in ("7JKT20", "7JKT20", "KLM204"):
        read(patrol, plate)
        patrol.clock.advance(minutes=1)
    (raised,) = list_arrives(patrol, "4BXR91", "7JKT20")
    assert (raised.hit.match.kind, raised.pictures.crop) == (MatchKind.PAST_READ, b"crop")
    with pytest.raises(GateShut) as refusal:
        patrol.do(c.RequestStop(raised.hit.hit_id, "locate"))
    assert "exact_match" in {u.name for u in refusal.value.decision.unmet}
    assert list_arrives(patrol, "4BXR91", "7JKT20") == []


def test_the_same_vehicle_seen_again_now_is_a_hit_of_its_own(patrol):
    """The earlier sighting does not swallow the real alert."""
    read(patrol, "7JKT20")
    list_arrives(patrol, "7JKT20")
    patrol.clock.advance(minutes=5)
    read(patrol, "7JKT20")
    assert patrol.said(n.HitRaised)[-1].hit.match.kind is MatchKind.EXACT


def test_reads_older_than_the_policys_hours_are_left_alone(patrol):
    """A day later nobody is told."""
    read(patrol, "7JKT20")
    patrol.clock.advance(hours=25)
    assert list_arrives(patrol, "7JKT20") == []
