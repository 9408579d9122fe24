"""A car's equipment put together: a camera's picture examined against the reference that the store keeps."""

from __future__ import annotations

import queue
from pathlib import Path

import cv2
import numpy as np
import pytest

from cache.store import CacheStore
from cache.vault import StoreVault
from mdt_app.domain.devices import CameraStill
from mdt_app.domain.equipment import Aspect, CameraKind, Equipment, EquipmentMeasured, Result
from mdt_app.wiring.car_equipment import CarEquipment
from tests.fakes.car import KEY, make_read

AT = make_read("A").captured_at


class Camera:
    """A camera's handle: counts what is asked of it."""

    def __init__(self) -> None:
        self.asked = 0

    def ask_still(self) -> None:
        self.asked += 1


def road(seed: int = 4) -> bytes:
    rng = np.random.default_rng(seed)
    picture = np.full((720, 1280, 3), 110, np.uint8)
    for _ in range(900):
        x, y = int(rng.integers(0, 1280)), int(rng.integers(0, 720))
        wide, high = (int(v) for v in rng.integers(6, 60, 2))
        cv2.rectangle(picture, (x, y), (x + wide, y + high), tuple(int(v) for v in rng.integers(0, 246, 3)), -1)
    return bytes(cv2.imencode(".jpg", picture)[1])


@pytest.fixture
def car(tmp_path: Path):
    """One fixed camera, a store, and what is told."""
    CacheStore(tmp_path / "store.db", KEY).close()
    told: queue.Queue[EquipmentMeasured] = queue.Queue()
    camera, vault = Camera(), StoreVault(tmp_path / "store.db", KEY)
    equipment = CarEquipment([Equipment("L", CameraKind.FIXED)], {"L": camera}, vault, told.put, wait_s=0.5)
    yield equipment, camera, told
    equipment.stop()


def alignment(told: EquipmentMeasured) -> Result:
    return next(finding.result for finding in told.findings if finding.aspect is Aspect.ALIGNMENT)


@pytest.mark.clause("EQP-1")
def test_a_look_is_examined_against_the_kept_reference(car, tmp_path):
    """Without a reference it can't be told, nor of the picture that becomes it; then the same view passes and another
    one fails; no plain picture of the road lies in the folder."""
    equipment, camera, told = car
    equipment.look("L")
    equipment.hear(CameraStill("L", road(), AT))
    assert alignment(told.get(timeout=20)) is Result.NOT_NOW
    equipment.keep_reference("L")
    assert camera.asked == 2
    equipment.hear(CameraStill("L", road(), AT))
    measured = told.get(timeout=20)
    assert (alignment(measured), measured.reference, measured.kept) == (Result.NOT_NOW, True, True)
    equipment.hear(CameraStill("L", road(), AT))
    assert alignment(told.get(timeout=20)) is Result.PASSED
    equipment.hear(CameraStill("L", road(seed=9), AT))
    assert alignment(told.get(timeout=20)) is Result.FAILED
    assert not any(road()[:64] in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


def test_a_picture_that_is_none_is_said_and_ends_nothing(car):
    """Junk gives findings that tell why, and the next picture is examined."""
    equipment, _, told = car
    equipment.hear(CameraStill("L", b"junk", AT))
    measured = told.get(timeout=20)
    assert {finding.result for finding in measured.findings} == {Result.NOT_NOW}
    assert "can't be read" in measured.findings[0].measured
    equipment.hear(CameraStill("L", road(), AT))
    assert Result.PASSED in {finding.result for finding in told.get(timeout=20).findings}


@pytest.mark.clause("EQP-2")
def test_a_camera_without_a_picture_fails_and_what_comes_late_is_no_reference(car):
    """The wait ends in words and in failed findings; the wish for a reference ends with it, and junk becomes none."""
    equipment, camera, told = car
    equipment.keep_reference("L")
    waited = told.get(timeout=20)
    assert waited.trouble.startswith("No picture came")
    failed = {finding.aspect for finding in waited.findings if finding.result is Result.FAILED}
    assert failed == {Aspect.SHARPNESS, Aspect.EXPOSURE, Aspect.OBSTRUCTION}
    equipment.hear(CameraStill("L", road(), AT))
    late = told.get(timeout=20)
    assert (late.kept, late.reference, alignment(late)) == (False, False, Result.NOT_NOW)
    equipment.keep_reference("L")
    equipment.hear(CameraStill("L", b"junk", AT))
    assert told.get(timeout=20).kept is False
    equipment.hear(CameraStill("L", road(), AT))
    assert told.get(timeout=20).reference is False
    assert (camera.asked, told.empty()) == (2, True)
