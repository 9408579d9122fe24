"""The scripted officer works hits through the real window: refused first, then verified, and never hangs."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdt_app.domain.commands import RecordStatus
from mdt_app.domain.notices import CommandRefused, StopRecorded
from mdt_app.domain.outcomes import Disposition, NoStopReason
from mdt_app.domain.records_check import CheckAnswer, RecordsQuery, StatusAnswer
from tests.fakes.cab import PASSWORD, USER, Cab
from tests.fakes.car import make_entry
from ui.scripted_officer import Credentials, ScriptedOfficer

PACE_S = 0.01
NAMES = ("sign-in", "alert", "gate-refused", "verified", "stop-recorded")


class AnsweringSwitch:
    """Answers every question at once: active, but for the plates that are not listed any more."""

    def __init__(self, cab: Cab, gone: tuple[str, ...] = ()) -> None:
        self._core, self._clock, self._gone = cab.shift.core, cab.shift.clock, gone
        self._core.records_check = self

    def ask(self, query: RecordsQuery) -> None:
        now = self._clock.now()
        answer = CheckAnswer.NO_RECORD if query.plate in self._gone else CheckAnswer.ACTIVE
        self._core.submit(RecordStatus(query.hit_id, StatusAnswer(query.check_id, "test", answer, now, now, "rdoe")))


def work(cab: Cab, plates: tuple[str, ...], shots: Path | None = None) -> ScriptedOfficer:
    """Let the officer sign in, show these plates, and wait until nothing is owed."""
    officer = ScriptedOfficer(cab.window, Credentials(USER, PASSWORD), shots=shots, pace_s=PACE_S)
    cab.until(lambda: cab.front == "patrol")
    for plate in plates:
        cab.see(plate, None)
    cab.qtbot.waitUntil(
        lambda: officer.idle and officer.counts["stops"] + officer.counts["no_stops"] == len(plates), timeout=20_000
    )
    return officer


@pytest.mark.clause("STP-2", "STP-4")
def test_each_hit_is_refused_once_and_then_stopped(cab: Cab, tmp_path: Path):
    """Two hits: two refusals on record before two stops, each with its outcome, and a picture of each station."""
    cab.load()
    AnsweringSwitch(cab)
    officer = work(cab, ("4BXR91", "KLM204"), tmp_path / "shots")
    assert {name: officer.counts[name] for name in ("alerts", "refused", "stops", "no_stops", "dispositions")} == {
        "alerts": 2,
        "refused": 2,
        "stops": 2,
        "no_stops": 0,
        "dispositions": 2,
    }
    stops = [card.hit.stop for card in cab.window.model.cards.values()]
    assert [stop.disposition for stop in stops] == [Disposition.RELEASED] * 2
    refused = [notice for notice in cab.shift.notices if isinstance(notice, CommandRefused | StopRecorded)]
    assert [type(notice) for notice in refused] == [CommandRefused, StopRecorded] * 2
    pictures = sorted(path.name for path in (tmp_path / "shots").iterdir())
    assert all(any(name in picture for picture in pictures) for name in NAMES)


@pytest.mark.clause("STP-6")
def test_a_hit_that_is_not_active_any_more_ends_without_a_stop(cab: Cab):
    """The switch knows no record: the officer ends the hit, and no stop is on record."""
    cab.load(make_entry("4BXR91", "CT"))
    AnsweringSwitch(cab, gone=("4BXR91",))
    officer = work(cab, ("4BXR91",))
    assert (officer.counts["stops"], officer.counts["no_stops"]) == (0, 1)
    assert [card.hit.reason for card in cab.window.model.cards.values()] == [NoStopReason.STALE_ENTRY]
    assert cab.shift.said(StopRecorded) == []
