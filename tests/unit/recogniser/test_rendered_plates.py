"""What the networks are trained on: rendered plates, roads and weather, plates whose characters change places."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drive.plate import draw_plate
from devices.recogniser import decoding
from devices.recogniser.crops import straight_crop
from devices.recogniser.models import Network
from devices.recogniser.patterns import PATTERNS
from devices.recogniser.quads import quad_of
from devices.training.calibration import fit_logistic
from devices.training.degrade import CONDITIONS, paste, photographed, reshaped, slanted, under
from devices.training.glyphs import STROKES, Face, letter
from devices.training.plates import DIGITS, HIGH, LETTERS, WIDE, Plate, drawn_number, drawn_plate
from devices.training.samples import Recombined, jittered, without_number
from devices.training.styles import STYLES
from mdt_app.services.code_tables import load_code_tables


def test_every_character_is_drawn_and_no_two_look_alike():
    """All 36 characters have strokes; in one face only the letter O and the digit 0 are the same."""
    assert set(STROKES) == set(LETTERS + DIGITS)
    face = Face(0.5, 0.14, 0.12, serifs=True, slant=0.0)
    masks = {c: cv2.resize(letter(c, face, 60), (40, 60)).astype(float) for c in STROKES}
    for a, first in masks.items():
        for b, second in masks.items():
            if a < b and {a, b} != {"0", "O"}:
                assert np.abs(first - second).mean() > 4, (a, b)


def test_plates_of_all_states_are_drawn():
    """Every state has a style and patterns; the same seed draws the same plate, another seed another."""
    assert set(STYLES) == set(PATTERNS) <= set(load_code_tables().states)
    first, again, other = (drawn_plate(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.text == again.text
    assert np.array_equal(first.image, again.image)
    assert first.text != other.text
    assert first.image.shape == (HIGH, WIDE, 3)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_a_number_is_in_characters_that_the_reader_can_say(seed):
    """Four to eight letters and digits, with at most one gap unless a pattern has more."""
    number = drawn_number(np.random.default_rng(seed))
    plain = number.replace(" ", "").replace("-", "")
    assert 4 <= len(plain) <= 8
    assert set(plain) <= set(LETTERS + DIGITS)


def test_a_reshaped_plate_still_says_its_number():
    """The reader reads other makes of a plate as it reads the plate itself; no two of them are alike."""
    plate = np.asarray(draw_plate("4BX091", "CT").convert("RGB"), np.uint8)[:, :, ::-1]
    rng = np.random.default_rng(5)
    makes = [reshaped(rng, np.asarray(cv2.resize(plate, (WIDE, HIGH)), np.uint8)) for _ in range(12)]
    crops = np.stack([straight_crop(make, quad_of(0, 0, WIDE, HIGH)) for make in makes])
    read = [decoding.beam(view)[0][0] for view in decoding.folded(np.exp(Network("reader", 1)(crops)))]
    assert read.count("4BX091") >= 10
    assert len({make.tobytes() for make in makes}) == 12
    assert {make.shape for make in makes} == {(HIGH, WIDE, 3)}


def test_a_plate_is_pasted_where_its_corners_are():
    """Inside of the corners the picture changes, well outside of them it does not."""
    rng = np.random.default_rng(3)
    road = np.full((200, 300, 3), 90, np.uint8)
    quad = slanted(rng, (150, 100), 120)
    paste(rng, road, np.full((HIGH, WIDE, 3), 250, np.uint8), quad)
    assert road[100, 150].mean() > 110
    assert (road[:20] == 90).all()


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_makes_a_picture_worse_in_the_same_way_each_time(condition):
    """Night is darker, infrared is grey, all change the picture and keep its size."""
    picture = np.random.default_rng(4).integers(0, 255, (60, 90, 3), dtype=np.uint8)
    first, again = under(condition, picture, 7), under(condition, picture, 7)
    assert np.array_equal(first, again)
    assert first.shape == picture.shape
    assert not np.array_equal(first, picture)
    if condition == "night":
        assert first.mean() < picture.mean() / 2
    if condition == "infrared":
        assert np.ptp(first, axis=2).max() == 0


def test_a_photographed_picture_keeps_its_size_and_depth():
    """Whatever happens to it, it stays a picture of bytes."""
    picture = drawn_plate(np.random.default_rng(5)).image
    for seed in range(12):
        seen = photographed(np.random.default_rng(seed), picture, 1.0)
        assert seen.shape == picture.shape
        assert seen.dtype == np.uint8


def test_characters_change_places_with_their_picture():
    """Each strip of a plate moves with its character: the shade at each place tells the character that stands there."""
    image = np.zeros((HIGH, WIDE, 3), np.uint8)
    borders = [40, 90, 150, 200, 280]
    shades = {"A": 50, "B": 100, "C": 150, "4": 200}
    for shade, left, right in zip(shades.values(), borders, borders[1:], strict=False):
        image[:, left:right] = shade
    mixed = Recombined([(Plate(image, "ABC4", "CT"), borders)])
    seen = {mixed.take(np.random.default_rng(seed)).text for seed in range(20)}
    assert len(seen) > 5
    plate = mixed.take(np.random.default_rng(9))
    middle = plate.image[HIGH // 2, :, 0]
    in_order = [int(v) for i, v in enumerate(middle) if v and (i == 0 or middle[i - 1] != v)]
    assert in_order == [shades[c] for c in plate.text]


def test_a_number_is_wiped_away():
    """What stood in the middle of the sheet is gone, the words above stay."""
    image = np.full((HIGH, WIDE, 3), 220, np.uint8)
    image[60:110, 40:280:40] = 10
    image[5:15, 100:200] = 30
    plain = without_number(image)
    assert plain[60:110].min() > 150
    assert plain[10, 150, 0] == 30


def test_a_detector_s_error_stays_small():
    """The corners that the reader learns from are off by a few percent of the plate's width."""
    rng = np.random.default_rng(6)
    quad = slanted(rng, (100, 100), 100)
    off = np.array([np.abs(jittered(rng, quad) - quad).mean() for _ in range(200)])
    assert 1 < off.mean() < 6


def test_the_confidence_is_fitted_to_what_was_right():
    """A logistic model found again from answers drawn by a known one; wrong ones that count thrice make it careful."""
    rng = np.random.default_rng(7)
    features = rng.normal(0, 1.5, (4000, 2))
    p = 1 / (1 + np.exp(-(0.5 + features @ (1.2, -0.8))))
    right = (rng.random(4000) < p).astype(float)
    bias, weights = fit_logistic(features, right)
    assert [bias, *weights] == pytest.approx([0.5, 1.2, -0.8], abs=0.15)
    bias, weights = fit_logistic(features, right, wrong_counts=3.0)
    assert [bias, *weights] == pytest.approx([0.5 - np.log(3), 1.2, -0.8], abs=0.15)
