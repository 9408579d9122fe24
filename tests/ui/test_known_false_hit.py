"""A plate whose hits were wrong before: the alert comes all the same, and says so before the eyes look."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mdt_app.domain.commands import ApplyFalseHits
from mdt_app.domain.hotlist import FalseHit
from tests.fakes.cab import Cab

WORDS = "The entry is a Montana motorcycle, not this car"


def known(cab: Cab, plate: str = "4BXR91", state: str = "CT", days: int = 30) -> None:
    """Headquarters has upheld a dispute on this plate."""
    now = cab.shift.clock.now()
    told = FalseHit("d-1", plate, state, WORDS, now - timedelta(days=days + 1), now + timedelta(days=days))
    cab.shift.do(ApplyFalseHits((told,)))


def test_the_alert_names_what_was_wrong_before(cab: Cab):
    """The hit is raised as any other, its steps are the same, and the evidence stands on the card with its end."""
    cab.on_patrol()
    known(cab)
    hit_id = cab.raise_hit()
    assert f"{WORDS} (known false hit until " in cab.words
    assert cab.hit(hit_id).known_false.dispute_id == "d-1"
    assert {u.name for u in cab.window.model.cards[hit_id].decision.unmet} >= {
        "plate_confirmed",
        "state_confirmed",
        "status_verified",
    }


@pytest.mark.parametrize(
    "other", [{"state": "NY"}, {"plate": "KLM204"}, {"days": -1}], ids=["state", "plate", "run out"]
)
def test_it_holds_for_its_plate_and_state_and_time_alone(cab: Cab, other: dict):
    """Another state's plate of the same number, another plate, one that has run out: nothing is said."""
    cab.on_patrol()
    known(cab, **other)
    hit_id = cab.raise_hit()
    assert cab.hit(hit_id).known_false is None
    assert WORDS not in cab.words


def test_a_list_that_no_longer_names_it_ends_it(cab: Cab):
    """What headquarters lifted is gone from the car, also after a restart."""
    cab.on_patrol()
    known(cab)
    cab.shift.do(ApplyFalseHits(()))
    hit_id = cab.raise_hit()
    assert cab.hit(hit_id).known_false is None
