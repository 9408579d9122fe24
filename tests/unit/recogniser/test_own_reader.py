"""The project's own networks, as they ship, on plates that the project renders: real pixels in, readings out."""

from __future__ import annotations

import time
from dataclasses import replace
from importlib.resources import files

import cv2
import numpy as np
import pytest

from devices.recogniser.finder import Found
from devices.recogniser.models import figures
from devices.recogniser.plate_reader import OwnPlateReader
from devices.recogniser.quads import box_of, grown, overlap, quad_of
from devices.training.degrade import paste, photographed, slanted
from devices.training.plates import drawn_plate
from mdt_app.domain.plates import match_key

COUNT, LEAST_EXACT, LEAST_FOUND = 40, 0.8, 0.95
SEED = 20261122


def road(seed: int) -> tuple[np.ndarray, str, np.ndarray]:
    """A street of plain shapes with a car and its plate, 60 to 140 pixels wide: picture, number, corners."""
    rng = np.random.default_rng(seed)
    picture = np.full((720, 1280, 3), 150, np.uint8)
    cv2.rectangle(picture, (0, 430), (1280, 720), (95, 95, 98), -1)
    for _ in range(12):
        corner = rng.integers((0, 0), (1280, 400))
        tone = int(rng.integers(60, 220))
        cv2.rectangle(picture, corner.tolist(), (corner + rng.integers(20, 200, 2)).tolist(), (tone, tone, tone), -1)
    plate = drawn_plate(rng)
    wide = float(rng.uniform(60, 140))
    quad = slanted(rng, (float(rng.uniform(300, 980)), float(rng.uniform(350, 560))), wide, 0.6)
    left, top = quad.min(axis=0) - wide * np.array([1.0, 1.2])
    right, bottom = quad.max(axis=0) + wide * np.array([1.0, 0.5])
    paint = rng.uniform(20, 220, 3).tolist()
    cv2.rectangle(picture, (int(left), int(top)), (int(right), int(bottom)), paint, -1)
    paste(rng, picture, plate.image, quad)
    return photographed(rng, picture, 0.25, wide / 90), plate.text, quad


@pytest.fixture(scope="module")
def reader() -> OwnPlateReader:
    one = OwnPlateReader(threads=2)
    one.warm_up()
    return one


def test_rendered_plates_are_found_and_read(reader):
    """Of 40 rendered roads nearly all plates are found and four fifths are read exactly."""
    found = exact = 0
    for number in range(COUNT):
        picture, text, quad = road(SEED + number)
        here = [r for r in reader.read(picture) if overlap(r.box, box_of(quad)) > 0.5]
        found += bool(here)
        exact += bool(here) and match_key(here[0].text) == match_key(text)
    assert found >= LEAST_FOUND * COUNT
    assert exact >= LEAST_EXACT * COUNT


def test_a_plate_over_a_wider_one_is_read_without_the_other_ones_ends(reader):
    """Corners that took in the ends of a foreign plate behind say more than any plate has: the middle is read."""
    picture = np.full((300, 700, 3), 90, np.uint8)
    cv2.rectangle(picture, (110, 100), (590, 220), (240, 240, 240), -1)
    for words, left in (("MK", 112), ("77", 512)):
        cv2.putText(picture, words, (left, 190), cv2.FONT_HERSHEY_SIMPLEX, 1.9, (20, 20, 20), 7)
    cv2.rectangle(picture, (192, 100), (508, 220), (250, 250, 250), -1)
    cv2.putText(picture, "5VCF203", (198, 190), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (20, 20, 20), 8)
    plate = quad_of(192, 100, 316, 120)
    whole = reader.reading_at(picture, Found(grown(plate, 0.2, 0.0), 0.9))
    own = reader.reading_at(picture, Found(plate, 0.9))
    assert whole is not None
    assert own is not None
    assert match_key(whole.text) == match_key(own.text) == match_key("5VCF203")
    assert whole.box.w < 1.2 * own.box.w


def test_a_reading_is_complete_and_the_same_every_time(reader):
    """Each character has its confidence, shares lie between 0 and 1, and the same picture gives the same reading."""
    picture, _, _ = road(SEED)
    first, second = reader.read(picture), reader.read(picture)
    assert first == second
    for reading in first:
        assert "".join(c.character for c in reading.characters) == reading.text
        assert all(0 <= c.confidence <= 1 for c in reading.characters)
        assert 0 <= reading.confidence <= 1
        assert (reading.state is None) == (reading.state_confidence is None)
        assert match_key(reading.text) not in {match_key(c) for c in reading.candidates}


def test_a_smaller_picture_does_not_take_longer_than_a_larger_one_by_much(reader):
    """The first look has one size: a picture of four times the pixels costs at most three times as long."""
    small, _, _ = road(SEED)
    large = np.asarray(cv2.resize(small, None, fx=2, fy=2), np.uint8)
    times = {}
    for name, picture in (("small", small), ("large", large), ("small", small), ("large", large)):
        start = time.process_time()
        for _ in range(3):
            reader.read(picture)
        times[name] = min(times.get(name, 1e9), time.process_time() - start)
    assert times["large"] < 3 * times["small"]


def test_the_calibration_shipped_is_honest():
    """On cases that did not fit it, readings at 0.9 and above were right nearly as often as they said."""
    rows = [row for row in figures()["reliability"] if row["from"] >= 0.9]
    readings = sum(row["readings"] for row in rows)
    assert readings >= 50
    assert sum(row["right"] for row in rows) / readings > 0.9


def test_no_plate_is_seen_in_noise(reader):
    """Noise, plain pictures and the smallest picture give no reading and no error."""
    noise = np.random.default_rng(1).integers(0, 255, (480, 640, 3), dtype=np.uint8)
    for picture in (noise, np.full((720, 1280, 3), 200, np.uint8), noise[:32, :32], noise[:40, :600]):
        assert reader.read(picture) == []


def test_a_known_plate_in_its_place_is_found_and_not_read_again(reader):
    """Its box is of now, all else of then; moved away, or where two known ones might stand, the plate is read."""
    picture, text, quad = road(SEED)
    (first, *_) = reader.read(picture)
    stale = replace(first, text="KNOWN1", box=replace(first.box, x=first.box.x + 3))
    (again, *_) = reader.read(picture, [stale])
    assert (again.text, again.recalled, again.box) == ("KNOWN1", True, first.box)
    elsewhere = replace(stale, box=replace(first.box, x=first.box.x + first.box.w))
    for known in ([elsewhere], [stale, replace(stale, text="KNOWN2")]):
        assert reader.read(picture, known)[0] == first
    assert match_key(first.text) == match_key(text)
    assert overlap(first.box, box_of(quad)) > 0.5


def test_an_empty_road_is_looked_at_in_all_sizes_only_when_asked(reader):
    """Without a thorough look an empty picture costs a fraction of one with it, and the result is the same."""
    empty = np.asarray(cv2.GaussianBlur(np.full((1080, 1920, 3), 120, np.uint8), (5, 5), 0), np.uint8)
    times = {}
    for thorough in (True, False, True, False):
        start = time.process_time()
        for _ in range(3):
            assert reader.read(empty, thorough=thorough) == []
        times[thorough] = min(times.get(thorough, 1e9), time.process_time() - start)
    assert times[False] < 0.6 * times[True]


def test_the_networks_that_find_and_read_reckon_in_integers():
    """What ships is the smaller half of each: four bytes a weight would make them several times as large."""
    sizes = {name: (files("resources") / "models" / f"{name}.onnx").stat().st_size for name in ("detector", "reader")}
    assert sizes["detector"] < 1.5e6
    assert sizes["reader"] < 2.6e6
