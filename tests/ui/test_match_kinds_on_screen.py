"""Kinds of match that never open a stop say so on the alert and at the gate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from mdt_app.domain.match_kinds import KINDS, MatchKind
from mdt_app.domain.notices import CommandRefused, HitRaised, StopRecorded
from tests.fakes.cab import Cab
from tests.fakes.car import make_entry

Key = Qt.Key
NEVER = [kind for kind in MatchKind if not KINDS[kind].opens]


@pytest.mark.clause("ALR-4")
@pytest.mark.parametrize("kind", NEVER)
def test_each_kind_that_does_not_open_is_told_by_its_mark_and_remedy(cab: Cab, kind: MatchKind):
    """The alert shows the table's mark and that there is never a stop on it, beside the caveat of the extract's age."""
    cab.on_patrol()
    cab.raise_hit()
    raised = cab.shift.said(HitRaised)[-1]
    row, other = KINDS[kind], replace(raised.hit, hit_id=f"other-{kind}")
    unmet = tuple(
        replace(u, words="This kind of match can't open a stop.", remedy=row.remedy)
        for u in (replace(raised.decision.unmet[0], name="exact_match"),)
    )
    other = replace(other, match=replace(other.match, kind=kind))
    cab.key(Key.Key_Escape)
    cab.shift.core.tell(replace(raised, hit=other, decision=replace(raised.decision, unmet=unmet)))
    cab.until(lambda: other.hit_id in cab.window.model.cards)
    cab.window.go("alert", other.hit_id)
    assert row.mark in cab.words
    assert f"▲ NEVER A STOP. This kind of match can't open a stop. {row.remedy}" in cab.words
    assert "A hit may not come from live NCIC data (this extract is 3 h 12 min old)." in cab.words


@pytest.mark.clause("STP-2")
def test_a_part_of_a_plate_stays_shut_after_every_step(cab: Cab):
    """Only the beginning is listed: the alert says that it is a part, and no stop follows whatever is answered."""
    cab.on_patrol(make_entry("4BXR91", "CT", pattern="4BXR9?"))
    hit_id = cab.raise_hit()
    assert KINDS[cab.hit(hit_id).match.kind].mark in cab.words
    assert cab.hit(hit_id).match.kind in (MatchKind.PARTIAL, MatchKind.WILDCARD)
    assert "▲ NEVER A STOP. This kind of match can't open a stop." in cab.words
    cab.open_verification()
    cab.take_the_steps(hit_id)
    cab.until(lambda: "NEVER A STOP" in cab.words)
    cab.key(Key.Key_F12)
    cab.until(lambda: bool(cab.shift.said(CommandRefused)))
    assert [u.name for u in cab.shift.said(CommandRefused)[-1].unmet] == ["exact_match"]
    assert cab.shift.said(StopRecorded) == []


@pytest.mark.clause("STP-2")
def test_a_category_that_blocks_stays_shut_after_every_step(cab: Cab):
    """A violent person's entry tells of danger and is no reason to stop: alert and gate say so, F12 is refused."""
    cab.on_patrol(make_entry("4BXR91", "CT", category="violent_person"))
    hit_id = cab.raise_hit()
    assert "▲ NEVER A STOP. This kind of hit cannot open a stop. Follow, and ask dispatch." in cab.words
    cab.open_verification()
    assert "NEVER A STOP" in cab.words
    cab.take_the_steps(hit_id)
    cab.key(Key.Key_F12)
    cab.until(lambda: "on record" in cab.words)
    assert "NEVER A STOP" in cab.words
    assert cab.shift.said(StopRecorded) == []


def test_an_exact_match_says_nothing_of_the_kind(cab: Cab):
    """The line stands only where it is true."""
    cab.on_patrol()
    cab.raise_hit()
    assert "NEVER A STOP" not in cab.words
