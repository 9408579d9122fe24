"""The vehicle's color, measured above the plate against the plate's own sheet."""

from __future__ import annotations

import numpy as np
import pytest

from devices.recogniser.colors import vehicle_color
from devices.recogniser.quads import quad_of
from mdt_app.services.code_tables import load_code_tables

QUAD = quad_of(120, 150, 100, 50)


def car(paint: tuple[int, int, int], light: float = 1.0, cast: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    """A car of this paint (BGR) with a white plate, under so much light and a cast of color."""
    picture = np.full((300, 340, 3), paint, np.float32)
    picture[150:200, 120:220] = 235
    picture[160:190, 140:200] = (120, 40, 20)
    return np.clip(picture * light * cast, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("paint", "code"),
    [
        ((30, 30, 180), "RED"),
        ((150, 80, 30), "BLU"),
        ((232, 232, 230), "WHI"),
        ((28, 28, 28), "BLK"),
        ((60, 95, 30), "GRN"),
    ],
)
def test_plain_paint_is_named(paint, code):
    """Plain colors are named in NCIC's codes, in full light and in half of it."""
    for light in (1.0, 0.6):
        name, sure = vehicle_color(car(paint, light), QUAD)
        assert name == code
        assert 0 < sure <= 1
    assert code in load_code_tables().colors


def test_a_cast_of_blue_light_does_not_paint_the_car():
    """A silver car under bluish light is not blue."""
    assert vehicle_color(car((150, 150, 150), 0.8, (1.25, 1.0, 0.95)), QUAD)[0] in ("SIL", "GRY")


def test_darkness_infrared_and_a_plate_at_the_edge_leave_it_unknown():
    """Where there is no measure there is no name."""
    grey = car((30, 30, 180))
    grey[:] = grey.mean(axis=2, keepdims=True)
    assert vehicle_color(grey, QUAD) is None
    assert vehicle_color(car((30, 30, 180), 0.2), QUAD) is None
    assert vehicle_color(car((30, 30, 180)), quad_of(120, 0, 100, 50)) is None
