"""The road of a drill: the real reader reads it at night and in rain, and can't where no eye can."""

from __future__ import annotations

import os

import cv2
import numpy as np
import pytest

from devices.cameras.process import load_reader
from devices.drive.drill import DrillRoad, RoadCar
from devices.drive.script import DriveCar
from devices.drive.shapes import drawn_style
from mdt_app.services.scenarios import library, load_scenario
from mdt_app.wiring.drill_camera import prepare

CLEAR = RoadCar(DriveCar("5SOW350", "CA", "LEXS", "ES3", "VN", "MAR", "1998"), 3.0)
BLURRED = RoadCar(DriveCar("LMK7394", "PA", "NISS", "ALT", "4D", "GRY", "2017"), 8.0, "blurred")


@pytest.fixture(scope="module")
def road() -> DrillRoad:
    """A rainy night with both cars."""
    return DrillRoad((CLEAR, BLURRED), "night", "rain")


@pytest.mark.clause("TRN-3")
def test_the_reader_reads_a_drills_road_for_itself(road: DrillRoad):
    """A plate of a state that the bundled drive has not, on a van, in a rainy night; a smeared one gives no read."""
    reader = load_reader()
    found = road.read(CLEAR, reader)
    assert found is not None
    assert found[0].key == "5S0W350"
    view = cv2.imdecode(np.frombuffer(found[1].context, np.uint8), cv2.IMREAD_COLOR)
    assert view is not None
    # The yellow field that says TRAINING.
    assert tuple(int(v) for v in view[4, 4]) == pytest.approx((0, 212, 255), abs=12)
    assert road.read(BLURRED, reader) is None


@pytest.mark.clause("TRN-3")
def test_motorcycles_and_trucks_are_drawn_as_such_and_read():
    """Not as a sedan: the vehicle is part of what a trainee compares. What looks like another is drawn as that."""
    assert [drawn_style(style) for style in ("MD", "FT", "BU", "SW", "CP", "")] == ["MC", "AR", "AR", "UT", "4D", "4D"]
    bike = RoadCar(DriveCar("48K27", "CT", "HD", "XXX", drawn_style("MC"), "BLK", "2019"), 3.0)
    found = DrillRoad((bike,), "day", "clear").read(bike, load_reader())
    assert found is not None
    assert found[0].key == "48K27"


def test_a_moment_of_the_road_is_the_same_each_time(road: DrillRoad):
    """Rain and all."""
    assert np.array_equal(road.picture(8.0), road.picture(8.0))


@pytest.mark.skipif("MDT_SOAK_STEPS" not in os.environ, reason="make soak renders and reads every drill")
@pytest.mark.parametrize("name", library())
def test_every_drill_of_the_library_is_read_for_real(name: str):
    """Each car whose characters are left to the reader is read rightly from its rendered road."""
    camera = prepare(load_scenario(name), lambda _: True)
    for car, (read, pictures) in camera.known.items():
        assert pictures.context
        assert (read is None) == bool(car.reads)
        assert read is None or read.key == car.plate.replace("O", "0")
