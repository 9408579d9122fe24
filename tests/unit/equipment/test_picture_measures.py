"""What a camera's picture says of the camera: good ones pass, each fault fails by its own name, angles are right."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.equipment.alignment import SHIFT_MOST_DEG, alignment, drawn, moved
from devices.equipment.examine import examined
from devices.equipment.measures import measured
from mdt_app.domain.equipment import Aspect, CameraKind, Equipment, Result
from mdt_app.domain.errors import BadInput

PHOTOS = Path(__file__).parents[3].parent / "shared" / "data" / "us_e2e"
FIELD_OF_VIEW = 40.0


@pytest.fixture(scope="module")
def road() -> np.ndarray:
    """A road with structure everywhere, 1280 x 720."""
    rng = np.random.default_rng(4)
    picture = np.full((720, 1280, 3), 110, np.uint8)
    for _ in range(900):
        x, y = int(rng.integers(0, 1280)), int(rng.integers(0, 720))
        wide, high = (int(v) for v in rng.integers(6, 60, 2))
        cv2.rectangle(picture, (x, y), (x + wide, y + high), tuple(int(v) for v in rng.integers(0, 246, 3)), -1)
    return picture


def results(image: np.ndarray) -> dict[Aspect, Result]:
    return {finding.aspect: finding.result for finding in measured(image)}


def softened(image: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(image, (0, 0), 5)


def glaring(image: np.ndarray) -> np.ndarray:
    return cv2.convertScaleAbs(image, alpha=2.5, beta=90)


def covered(image: np.ndarray) -> np.ndarray:
    cloth = image.copy()
    cloth[200:, :700] = 35
    return cloth


def dark(image: np.ndarray) -> np.ndarray:
    return cv2.convertScaleAbs(image, alpha=0.05)


FAULTS = [
    (softened, Aspect.SHARPNESS),
    (glaring, Aspect.EXPOSURE),
    (covered, Aspect.OBSTRUCTION),
    (dark, Aspect.NIGHT),
]


@pytest.mark.clause("EQP-1")
def test_a_good_picture_passes_and_the_night_waits_for_the_dark(road):
    """By day everything passes but the night, which can't be told."""
    assert results(road) == {
        Aspect.SHARPNESS: Result.PASSED,
        Aspect.EXPOSURE: Result.PASSED,
        Aspect.OBSTRUCTION: Result.PASSED,
        Aspect.NIGHT: Result.NOT_NOW,
    }


@pytest.mark.clause("EQP-1")
@pytest.mark.parametrize(("spoil", "aspect"), FAULTS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_each_fault_fails_by_its_own_name(road, spoil, aspect):
    """A soft lens, glare, a cloth, and a night without a lamp."""
    assert results(spoil(road))[aspect] is Result.FAILED


def test_a_lit_night_passes(road):
    """The dark with lit plates and signs."""
    night = dark(road)
    night[300:340, 500:620] = 180
    night[100:140, 200:280] = 160
    assert results(night)[Aspect.NIGHT] is Result.PASSED


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the shared road photos are not here")
def test_real_road_photos_pass_and_their_spoilt_copies_fail():
    """Of every tenth real photo at least nine of ten pass each measure; softened, all fail the sharpness."""
    images = [cv2.imread(str(path)) for path in sorted(PHOTOS.glob("*.jpg"))[::10]]
    found = [results(image) for image in images]
    for aspect in (Aspect.SHARPNESS, Aspect.EXPOSURE, Aspect.OBSTRUCTION):
        assert sum(one[aspect] is Result.PASSED for one in found) >= 0.9 * len(found)
    assert all(results(softened(image))[Aspect.SHARPNESS] is Result.FAILED for image in images)


def turned(image: np.ndarray, right_deg: float, down_deg: float, tilt_deg: float) -> np.ndarray:
    """What a camera sees that has been turned: to the right, down, and clockwise."""
    high, wide = image.shape[:2]
    focal = wide / 2 / np.tan(np.radians(FIELD_OF_VIEW / 2))
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), tilt_deg, 1)
    matrix[0, 2] -= focal * np.tan(np.radians(right_deg))
    matrix[1, 2] -= focal * np.tan(np.radians(down_deg))
    return cv2.warpAffine(image, matrix, (wide, high), borderMode=cv2.BORDER_REFLECT)


@pytest.mark.clause("EQP-1")
@pytest.mark.parametrize(("right", "down", "tilt"), [(0, 0, 0), (2, 0, 0), (-3, 1, 0), (0, 0, 4), (1, -2, -3)], ids=str)
def test_shift_and_tilt_are_measured_in_degrees(road, right, down, tilt):
    """Within a tenth of a degree of how far the camera was turned; beyond the limit it fails."""
    noisy = np.clip(turned(road, right, down, tilt) + np.random.default_rng(2).normal(0, 3, road.shape), 0, 255)
    found = moved(road, noisy.astype(np.uint8), FIELD_OF_VIEW)
    assert (found.right_deg, found.down_deg, found.tilt_deg) == pytest.approx((right, down, tilt), abs=0.1)
    expected = Result.PASSED if max(map(abs, (right, down, tilt))) < SHIFT_MOST_DEG else Result.FAILED
    assert alignment(found, CameraKind.MOBILE).result is expected


def test_another_scene_is_told_apart(road):
    """A moving camera can't be judged before another scene; a fixed one that sees another scene has failed."""
    other = np.random.default_rng(8).integers(0, 255, road.shape, dtype=np.uint8)
    found = moved(road, cv2.GaussianBlur(other, (0, 0), 3), FIELD_OF_VIEW)
    assert found is None
    assert alignment(None, CameraKind.MOBILE).result is Result.NOT_NOW
    assert alignment(None, CameraKind.FIXED).result is Result.FAILED


def test_the_movement_is_drawn_over_the_picture(road):
    """The picture to show differs from the plain one where the reference's frame lies."""
    seen = turned(road, 3, 0, 0)
    plain, shown = drawn(seen, None), drawn(seen, moved(road, seen, FIELD_OF_VIEW))
    assert (plain != shown).any()
    assert plain.shape == shown.shape


def jpeg(image: np.ndarray) -> bytes:
    return bytes(cv2.imencode(".jpg", image)[1])


def test_a_whole_look_gives_every_aspect_of_the_picture(road):
    """With and without a reference; bytes that are no picture are refused in words."""
    piece = Equipment("L", field_of_view_deg=FIELD_OF_VIEW)
    alone, beside = examined(piece, jpeg(road), None), examined(piece, jpeg(road), jpeg(road))
    assert [finding.result for finding in alone.findings][-1] is Result.NOT_NOW
    assert [finding.result for finding in beside.findings][-1] is Result.PASSED
    assert cv2.imdecode(np.frombuffer(beside.picture, np.uint8), cv2.IMREAD_COLOR) is not None
    for broken in (b"", b"junk"):
        with pytest.raises(BadInput):
            examined(piece, broken, None)
