"""The records check's panel tells what the officer may know at each step."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel

from mdt_app.domain.alerts import Verification
from mdt_app.domain.records_check import CheckAnswer, StatusAnswer
from ui.widgets.status_check import StatusCheck

AT = datetime(2026, 11, 22, 21, 15, tzinfo=UTC)
TEXT = "HDR/1\nCT0056700\nMKE/STOLEN VEHICLE\nLIC/4BXR91\nLIS/CT\nNIC/V123456789\nA caveat."


@pytest.mark.clause("STP-2")
def test_the_answer_does_not_say_the_plate_before_the_officer_did(qtbot):
    """Plate and state of the record are shown only once the officer has confirmed what stands on the vehicle."""
    panel = StatusCheck()
    qtbot.addWidget(panel)
    asked = Verification(status=StatusAnswer("c", "NCIC", CheckAnswer.ACTIVE, AT, AT, "rdoe", TEXT))
    panel.show_check(asked)
    before = " ".join(label.text() for label in panel.findChildren(QLabel))
    panel.show_check(replace(asked, plate_seen="4BXR91", state_seen="CT"))
    after = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "MKE/STOLEN VEHICLE" in before
    assert "4BXR91" not in before
    assert "LIS/" not in before
    assert "LIC/4BXR91" in after
