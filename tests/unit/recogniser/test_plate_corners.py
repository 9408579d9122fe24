"""Corners of plates: cutting out straight, boxes, overlaps, and the finder's map of heat."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from devices.recogniser import finder
from devices.recogniser.crops import CROP_SIZE, straight_crop
from devices.recogniser.finder import Finder, Found, apart, peaks
from devices.recogniser.quads import box_of, grown, overlap, quad_of, shared_area, straightened
from mdt_app.domain.reads import Box


def slanted_chart(scale: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A chart of four colored quarters, seen at a slant in a larger picture: chart, picture, corners."""
    chart = np.zeros((100, 200, 3), np.uint8)
    chart[:50, :100], chart[:50, 100:], chart[50:, :100], chart[50:, 100:] = 40, 90, 160, 230
    corners = np.array([[60, 50], [250, 70], [240, 175], [52, 140]], np.float32) * scale
    source = np.array([[0, 0], [200, 0], [200, 100], [0, 100]], np.float32)
    size = (round(320 * scale), round(240 * scale))
    picture = cv2.warpPerspective(chart, cv2.getPerspectiveTransform(source, corners), size)
    return chart, picture, corners


@pytest.mark.parametrize("scale", [0.5, 1.0, 5.0])
def test_a_slanted_plate_is_cut_out_straight(scale):
    """Each quarter of the chart comes back in its place, whether the plate is small or fills a large picture."""
    chart, picture, corners = slanted_chart(scale)
    straight = straightened(picture, corners, (200, 100))
    for y, x in ((25, 50), (25, 150), (75, 50), (75, 150)):
        assert abs(int(straight[y, x, 0]) - int(chart[y, x, 0])) <= 3


def test_a_plate_at_the_edge_of_the_picture_is_cut_without_an_error():
    """Corners outside of the picture give a crop of the full size."""
    picture = np.full((60, 90, 3), 99, np.uint8)
    crop = straight_crop(picture, quad_of(-20, -10, 60, 30))
    assert crop.shape == (CROP_SIZE[1], CROP_SIZE[0], 3)


def test_boxes_and_overlaps():
    """The box is the upright rectangle; growing moves each end; shares are of the smaller box or of the union."""
    quad = quad_of(10, 20, 100, 50)
    assert box_of(quad) == Box(10, 20, 100, 50)
    assert box_of(grown(quad, 0.1, 0.2)) == Box(0, 10, 120, 70)
    assert overlap(Box(0, 0, 10, 10), Box(5, 0, 10, 10)) == pytest.approx(0.5)
    assert shared_area([quad_of(5, 0, 10, 10)], quad_of(0, 0, 10, 10)) == [pytest.approx(1 / 3)]


def test_the_map_of_heat_gives_corners():
    """A hot cell gives its corners in pixels; a cold one nothing; of two on one plate the hotter stays."""
    out = np.zeros((9, 20, 30), np.float32)
    out[0] = -9
    out[0, 5, 7], out[0, 5, 9], out[0, 15, 20] = 3.0, 2.0, -3.0
    for column in (7, 9):
        out[1:, 5, column] = np.array([-30, -15, 30, -15, 30, 15, -30, 15]) / 32
    found = peaks(out, 0.3)
    assert len(found) == 2
    assert np.allclose(found[0].quad[0], (60 - 30, 44 - 15))
    (kept,) = apart(found)
    assert kept.heat == pytest.approx(0.9526, abs=1e-3)
    far = Found(kept.quad + 200, 0.4)
    assert len(apart([far, *found])) == 2


@pytest.mark.parametrize("size", [(360, 640), (1080, 1920)])
@pytest.mark.parametrize("off", [(40, 0), (-40, 0), (0, 40), (0, -40)])
def test_corners_far_outside_of_the_picture_are_no_plate_and_no_error(monkeypatch, size, off):
    """A detector that places a plate's corners where no picture is: the other plate of the picture is still found."""

    def network(name: str, threads: int):
        return two_plates(off)

    monkeypatch.setattr(finder, "Network", network)
    (found,) = Finder(1).find(np.full((*size, 3), 120, np.uint8))
    assert 0 < found.quad.mean(axis=0)[0] < size[1]
    assert 0 < found.quad.mean(axis=0)[1] < size[0]


def two_plates(off: tuple[int, int]):
    """A detector's network: one plate in the middle of every picture, another's corners `off` units beside it."""
    corners = np.array([-1.44, -0.7, 1.44, -0.7, 1.44, 0.7, -1.44, 0.7], np.float32)

    def said(pictures: np.ndarray) -> np.ndarray:
        count, high, wide = pictures.shape
        out = np.full((count, 9, high // 8, wide // 8), -9, np.float32)
        middle, first_look = (high // 16, wide // 16), wide >= 640
        out[:, 0, *middle], out[:, 1:, *middle] = 3, corners
        if first_look:
            out[:, 0, 4, 4], out[:, 1:, 4, 4] = 5, corners + np.tile(off, 4)
        return out

    return said
