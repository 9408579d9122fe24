"""An unattended drill says by its status whether it was passed."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QApplication

from mdt_app.services.scenarios import load_scenario
from mdt_app.wiring.simulation_desktop import drill_in


@pytest.mark.clause("TRN-3")
@pytest.mark.parametrize(("who", "status"), [("right", 0), ("wrong", 1)])
def test_a_failed_drill_ends_with_another_status_than_a_passed_one(
    qapp: QApplication, capsys: pytest.CaptureFixture[str], who: str, status: int
) -> None:
    """A script that trains or checks can tell them apart; the line in JSON says why."""
    said: list[str] = []
    assert drill_in(qapp, load_scenario("3-read-as-7"), who, None, said.append) == status
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["passed"] is (status == 0)
    assert bool(said) is (status == 1)
