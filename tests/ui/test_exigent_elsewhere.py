"""Other cars' exigent stops at the window, and the place that this car's own stop puts on record; camera health."""

from __future__ import annotations

from datetime import timedelta

import pyqtgraph as pg
from PySide6.QtCore import Qt

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.elsewhere import ElsewhereTold, ExigentStop
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HealthChanged
from mdt_app.domain.position import FixMode, PositionFix, PositionTold
from mdt_app.domain.reads import Position
from tests.fakes.cab import Cab

LAT, LON = 41.712, -72.608
MILE_NORTH = 1 / 68.94


def stand(cab: Cab) -> None:
    """The receiver tells one place."""
    cab.shift.core.tell(HealthChanged(DeviceHealth("position", DeviceKind.POSITION, DeviceState.OK)))
    cab.shift.core.tell(PositionTold(PositionFix("position", None, LAT, LON, mode=FixMode.THREE_D)))
    cab.until(lambda: bool(cab.window.model.travelled.track))


def test_exigent_stops_of_others_stand_on_patrol_and_on_the_map(cab: Cab):
    """The map's key says how many; the map marks each place with its car, and says how far, where to, how old."""
    cab.on_patrol()
    stand(cab)
    at = cab.shift.clock.now() - timedelta(minutes=12)
    north = ExigentStop("s1", "CAR14", at, Position(LAT + MILE_NORTH, LON, 0.5))
    cab.shift.core.tell(ElsewhereTold((north, ExigentStop("s2", "CAR9", at))))
    cab.until(lambda: "Map ◆ 2" in cab.words)
    cab.key(Qt.Key.Key_M)
    told = "◆ Exigent stops of other cars: CAR14, 12 min ago, 1 mi N; CAR9, 12 min ago, place unknown"
    assert told in cab.words
    screen = cab.window.screens["map"]
    assert screen._exigent._marks.getData()[1].tolist() == [cab.window.model.travelled.feet(LAT + MILE_NORTH, LON)[1]]
    (name,) = (item for item in screen._view.allChildren() if isinstance(item, pg.TextItem))
    assert name.toPlainText() == "CAR14 · 12 min"
    cab.shift.core.tell(ElsewhereTold())
    cab.until(lambda: "Exigent stops" not in cab.words)
    assert not any(isinstance(item, pg.TextItem) for item in screen._view.allChildren())


def test_a_stop_puts_on_record_where_the_car_was(cab: Cab):
    """The stop's event has the receiver's place and its age; without a receiver it has none."""
    cab.on_patrol()
    first = cab.raise_hit()
    cab.open_verification()
    cab.take_the_steps(first)
    cab.until(lambda: cab.shows("STOP: open"))
    stand(cab)
    cab.stop()
    (stop,) = [event for event in cab.shift.recorded() if event.kind is EventKind.STOP]
    assert (stop.body["position"]["lat"], stop.body["position"]["lon"]) == (LAT, LON)
    assert 0 <= stop.body["position"]["age_s"] < 60


def test_the_health_of_each_camera_is_drawn_over_time(cab: Cab):
    """Two rows; the one that failed has a block of its own height and says so by its shape in the title."""
    cab.on_patrol()
    for name, state in (("L", DeviceState.OK), ("R", DeviceState.OK), ("R", DeviceState.FAULT)):
        cab.shift.core.tell(HealthChanged(DeviceHealth(name, DeviceKind.CAMERA, state)))
    cab.until(lambda: "Cameras, 30 min: ● 1 · ▲ R" in cab.words)
    plot = cab.window.screens["patrol"]._health
    heights = {
        tone: [round(high - low, 2) for low, high in zip(bars.opts["y0"], bars.opts["y1"], strict=True)]
        for tone, bars in plot._bars.items()
    }
    assert heights == {"verified": [0.2, 0.2], "owed": [], "hit": [0.85]}
    assert plot._bars["hit"].opts["x1"] == [0.0]
