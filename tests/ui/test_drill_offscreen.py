"""An unattended drill says by its status whether it was passed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mdt_app.services.scenarios import read_scenario
from mdt_app.wiring.simulation_desktop import drill_in

DRILL = """\
title = "Another state"
story = "The number is listed in New Jersey; the car is from New York."
seconds = 12
[lists.NCIC]
[[entries]]
list = "NCIC"
plate = "KLR4726"
state = "NJ"
category = "stolen_vehicle"
[[cars]]
at = 1
plate = "KLR4726"
state = "NY"
reads = "KLR4726"
reads_state = ""
[[expected]]
plate = "KLR4726"
end = "no stop"
[trainee.right]
does = ["see KLR4726 NY"]
[trainee.wrong]
does = ["see KLR4726 NJ"]
fails = "other_state_confirmed"
"""


@pytest.mark.clause("TRN-3")
def test_a_failed_drill_ends_with_another_status_than_a_passed_one(
    qapp: QApplication, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A script that trains or checks can tell them apart; the line in JSON says why."""
    (tmp_path / "d.toml").write_text(DRILL, encoding="utf-8")
    scenario = read_scenario(tmp_path / "d.toml")
    for who, status, reason in (("right", 0, ""), ("wrong", 1, "other_state_confirmed")):
        said: list[str] = []
        assert drill_in(qapp, scenario, who, None, said.append) == status
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert (told["passed"], told["reason"]) == (status == 0, reason)
        assert bool(said) is (status == 1)
