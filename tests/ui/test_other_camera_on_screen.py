"""A hit of another camera is told as such on the alert, with the age of the read, and opens nothing by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from mdt_app.domain.commands import RecordRead
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import OTHER_CAMERA, Pictures
from tests.fakes.cab import Cab
from tests.fakes.car import make_read

Key = Qt.Key


def test_the_alert_says_that_another_camera_read_it_and_the_own_camera_alerts_anew(cab: Cab) -> None:
    """Marked with the reader and how long ago; F12 is shut; the own camera's read is a new, unmarked alert."""
    cab.on_patrol()
    now = cab.shift.clock.now()
    read = replace(make_read("4BXR91", captured_at=now - timedelta(seconds=42)), camera_id="pole-1")
    cab.shift.do(RecordRead(replace(read, feed=OTHER_CAMERA, source_id="pole-1"), Pictures()))
    cab.until(lambda: "READ BY ANOTHER CAMERA" in cab.words)
    assert "▲ READ BY ANOTHER CAMERA (pole-1), 42 s ago · look for yourself" in cab.words
    (raised,) = cab.shift.said(HitRaised)
    assert not raised.decision.passed
    assert "plate_confirmed" in {condition.name for condition in raised.decision.unmet}
    cab.shift.do(RecordRead(make_read("4BXR91", captured_at=now), Pictures()))
    cab.until(lambda: len(cab.shift.said(HitRaised)) == 2)
    own = cab.shift.said(HitRaised)[-1]
    assert own.hit.read.feed == "camera"
    cab.window.go("alert", own.hit.hit_id)
    cab.until(lambda: "camera L" in cab.words)
    assert "ANOTHER CAMERA" not in cab.words
