"""The age of each list on the screen, warned about by the policy; an entry that expired is silent without any link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mdt_app.domain.entries import LIST_ID
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.notices import HitRaised, LinkChanged
from mdt_app.services.list_blocks import prepared
from mdt_app.services.policies import load_policy
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry


def put(cab: Cab, list_id: str, hours: float) -> None:
    """A list comes whose extract was made so many hours ago."""
    entry = make_entry("7JKT20", "CT", list_id=list_id, entry_id=f"{list_id}:1")
    at = cab.shift.clock.now() - timedelta(hours=hours)
    cab.shift.do(prepared(HotList(list_id, list_id.upper(), "test", at, 1, "0" * 64), [entry]))


def chip(cab: Cab, list_id: str) -> tuple[str, str]:
    """What the status bar says of a list, and its tone."""
    _, words, tone, _ = cab.window._status._chips[f"list {list_id}"].told
    return words, tone


@pytest.mark.clause("HOT-12")
@pytest.mark.parametrize("policy", ["postc", "newtown", "glastonbury"])
def test_each_list_has_its_age_and_an_old_one_is_warned_about(cab_under, policy: str) -> None:
    """Two lists, two ages; one hour beyond the policy's hours the warning stands there by itself, with no link."""
    cab: Cab = cab_under(policy)
    most = load_policy(policy).list_warn_hours
    put(cab, "ncic", most - 1)
    put(cab, "state", 2)
    cab.until(lambda: len(cab.window.model.lists) == 2)
    assert chip(cab, "ncic") == (f"{most - 1} h 0 min", "verified")
    assert chip(cab, "state") == ("2 h 0 min", "verified")
    cab.shift.clock.advance(hours=1, minutes=1)
    cab.window._on_tick()
    assert chip(cab, "ncic") == (f"{most} h 1 min", "owed")
    assert chip(cab, "state")[1] == "verified"
    put(cab, "ncic", 0.5)
    cab.until(lambda: chip(cab, "ncic")[1] == "verified")


@pytest.mark.clause("HOT-12", "TRN-2")
def test_the_agencys_own_hours_are_what_warns(cab_under) -> None:
    """A policy of two hours warns after two; the start of a shift names the list, its age, and training due."""
    cab: Cab = cab_under(replace(load_policy("postc"), list_warn_hours=2))
    last = cab.shift.clock.now().date() + timedelta(days=9)
    cab.load(training_due=(("penalties", last), ("sharing", last + timedelta(days=1))))
    cab.sign_in()
    cab.until(lambda: cab.front == "start")
    assert chip(cab, "ncic") == ("3 h 12 min", "owed")
    assert cab.shows("3 h 12 min")
    due = f"■ Training is due by {last} (days left: 9): Penalties for misuse; Sharing data outside of the state."
    assert cab.shows(f"{due} After that day access shuts. See your trainer.")


@pytest.mark.clause("HOT-12")
def test_the_agencys_own_list_is_as_old_as_the_last_contact(cab: Cab) -> None:
    """No entry for two days is no old list while headquarters answers; without a link it ages as any other."""
    put(cab, LIST_ID, 48)
    cab.until(lambda: len(cab.window.model.lists) == 1)
    assert chip(cab, LIST_ID)[1] == "owed"
    cab.shift.core.tell(LinkChanged(True, 0, cab.shift.clock.now()))
    cab.until(lambda: chip(cab, LIST_ID) == ("0 s", "verified"))
    cab.shift.clock.advance(hours=25)
    cab.window._on_tick()
    assert chip(cab, LIST_ID) == ("25 h 0 min", "owed")


@pytest.mark.clause("HOT-6")
def test_an_entry_is_silent_from_its_very_end_in_a_car_without_a_link(cab: Cab) -> None:
    """The end travels with the entry: nothing has to reach the car for it to fall silent."""
    end = cab.shift.clock.now() + timedelta(minutes=30)
    cab.on_patrol(make_entry("7JKT20", "CT", category="agency", expires_at=end))
    cab.shift.clock.advance(minutes=29, seconds=59)
    hit_id = cab.raise_hit("7JKT20")
    assert cab.hit(hit_id).match.entry.expires_at == end
    count = len(cab.shift.said(HitRaised))
    cab.shift.clock.advance(hours=14)
    cab.see("7JKT20")
    assert len(cab.shift.said(HitRaised)) == count
