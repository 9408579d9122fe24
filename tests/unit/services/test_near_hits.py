"""Approximate hits, where the policy has them on: marked so, never opening, made exact by a read of the plate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mdt_app.domain.commands import ConfirmPlate, RecordRead, RequestStop
from mdt_app.domain.errors import MdtError
from mdt_app.domain.events import EventKind
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.notices import HitChanged, HitRaised, StopRecorded
from mdt_app.domain.reads import Pictures
from mdt_app.services.policies import load_policy
from tests.fakes.car import Shift, make_read, without_codes


@pytest.fixture
def near(tmp_path: Path) -> Iterator[Shift]:
    """A car whose policy has approximate hits on, with an officer signed in."""
    car = Shift(tmp_path / "store.db", without_codes(replace(load_policy("postc"), near=True)))
    car.prepare()
    yield car
    car.core.stop()


def see(car: Shift, plate: str, state: str | None = "CT") -> None:
    car.do(RecordRead(make_read(plate, state, captured_at=car.clock.now()), Pictures(b"", b"")))


@pytest.mark.clause("STP-2")
def test_a_misread_plate_alerts_as_approximate_and_can_never_open(near: Shift) -> None:
    """B read as 8: the hit says which character differs; the gate names the kind of match; a stop is refused."""
    see(near, "48XR91")
    (raised,) = near.said(HitRaised)
    assert (raised.hit.match.kind, raised.hit.match.differs) == (MatchKind.CONFUSABLE, ((1, "8", "B"),))
    near.do(ConfirmPlate(raised.hit.hit_id, "4BXR91", "CT"))
    decision = near.said(HitChanged)[-1].decision
    assert "exact_match" in {unmet.name for unmet in decision.unmet}
    with pytest.raises(MdtError):
        near.do(RequestStop(raised.hit.hit_id, "locate"))
    assert near.said(StopRecorded) == []


def test_a_later_read_of_the_very_characters_makes_it_exact(near: Shift) -> None:
    """It is one hit of one vehicle: the second read raises no other, and the change is on record."""
    see(near, "48XR91")
    see(near, "4BXR91")
    (raised,) = near.said(HitRaised)
    changed = near.said(HitChanged)[-1].hit
    assert (changed.hit_id, changed.match.kind) == (raised.hit.hit_id, MatchKind.EXACT)
    assert EventKind.MADE_EXACT in {event.kind for event in near.recorded()}


def test_three_characters_or_another_state_are_no_approximate_hit(near: Shift) -> None:
    """Two confusions at most; and where the state was read and differs as well, nothing is left that agrees."""
    see(near, "A8I2345", "CT")
    assert near.said(HitRaised)[-1].hit.match.entry.plate == "AB12345"
    count = len(near.said(HitRaised))
    for plate, state in (("4BXR9L", "NY"), ("ABLZ3A5", "CT"), ("4BXR92", "CT")):
        see(near, plate, state)
    assert len(near.said(HitRaised)) == count


def test_with_the_switch_off_a_misread_plate_is_a_read_and_no_more(patrol: Shift) -> None:
    """Every policy that ships has it off."""
    assert not any(load_policy(name).near for name in ("postc", "newtown", "glastonbury"))
    see(patrol, "48XR91")
    assert patrol.said(HitRaised) == []
