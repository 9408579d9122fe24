"""The equipment check at the window: guided, measured, on record; what failed is out of service and says so."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt

from devices.equipment.examine import examined
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.equipment import (
    Aspect,
    CameraKind,
    Equipment,
    EquipmentChanged,
    EquipmentMeasured,
    Finding,
    LoudnessTold,
    Result,
)
from mdt_app.domain.notices import HealthChanged, HitRaised
from mdt_app.wiring.car_equipment import NO_PICTURE
from tests.fakes.cab import Cab
from tests.ui.test_screens_fit import cut_texts, faint_texts, nameless, settle, small_targets
from ui.context import EquipmentDesk

Key = Qt.Key
PIECES = (
    Equipment("L", CameraKind.MOBILE, "roof, front left", "left", 25.0, "NPD-0412"),
    Equipment("R", CameraKind.MOBILE, "roof, front right", "right", 25.0, "NPD-0413"),
)


def road(soft: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(4)
    picture = np.full((720, 1280, 3), 110, np.uint8)
    for _ in range(900):
        x, y = int(rng.integers(0, 1280)), int(rng.integers(0, 720))
        wide, high = (int(v) for v in rng.integers(6, 60, 2))
        cv2.rectangle(picture, (x, y), (x + wide, y + high), tuple(int(v) for v in rng.integers(0, 246, 3)), -1)
    return cv2.GaussianBlur(picture, (0, 0), soft) if soft else picture


class Garage:
    """The cameras as the window asks them: each look is really examined, in the calling thread."""

    def __init__(self) -> None:
        self.cab: Cab | None = None
        self.soft, self.reference = 0.0, None
        self.played = 0
        self.mute = False

    def look(self, camera_id: str) -> None:
        jpeg = bytes(cv2.imencode(".jpg", road(self.soft))[1])
        found = examined(PIECES[0], jpeg, self.reference)
        told = EquipmentMeasured(camera_id, found.findings, found.picture, self.reference is not None)
        self.cab.shift.core.tell(told)

    def keep(self, camera_id: str) -> None:
        self.reference = bytes(cv2.imencode(".jpg", road())[1])
        found = examined(PIECES[0], self.reference, None)
        self.cab.shift.core.tell(EquipmentMeasured(camera_id, found.findings, found.picture, True, kept=True))

    def listen(self) -> None:
        self.played += 1
        if self.mute:
            return
        self.cab.shift.core.tell(LoudnessTold("sound", None))


@pytest.fixture
def garage(cab_with) -> Garage:
    one = Garage()
    one.cab = cab_with(EquipmentDesk(PIECES, one.look, one.keep, one.listen))
    return one


@pytest.fixture
def cab_with(qtbot, shift):
    """A cab whose car has this equipment, with somebody on patrol."""

    def made(equipment: EquipmentDesk) -> Cab:
        return Cab(qtbot, shift, equipment=equipment).on_patrol()

    return made


def open_check(cab: Cab, key: Key = Key.Key_1) -> None:
    """From patrol to the check of a piece, by keyboard."""
    cab.key(Key.Key_E)
    cab.until(lambda: cab.front == "equipment")
    cab.key(key)
    cab.until(lambda: cab.front == "piece")


@pytest.mark.clause("EQP-1")
def test_a_check_is_guided_measured_and_put_on_record_by_keyboard(garage):
    """What is due is shown; the look, the reference and the test plate are noted; Enter puts them on record."""
    cab = garage.cab
    assert "3 to check" in cab.words
    open_check(cab)
    cab.until(lambda: cab.words.count("✓ passed") == 3)
    assert "Hold the test plate TEST123 at 8 m" in cab.words
    cab.key(Key.Key_K)
    cab.until(lambda: "This view is now the reference" in cab.words)
    cab.key(Key.Key_L)
    cab.see("TEST123", None)
    cab.until(lambda: "TEST123 read at 8 m, 97%" in cab.words)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "equipment")
    assert "● in service" in cab.words
    assert "by rdoe" in cab.words
    assert "2 to check" in cab.words
    checked = cab.shift.said(EquipmentChanged)[-1].standings["L"].check
    assert len(checked.findings) == 6
    assert Aspect.ALIGNMENT in checked.aspects(Result.NOT_NOW)


@pytest.mark.clause("EQP-2")
def test_a_reference_kept_in_a_check_passes_nothing_of_that_check(garage):
    """A view that failed stays failed on record; a camera that gives no picture says so and can be put on record."""
    cab = garage.cab
    open_check(cab)
    cab.until(lambda: cab.words.count("✓ passed") == 3)
    moved = Finding(Aspect.ALIGNMENT, Result.FAILED, "the view is not the reference's")
    cab.shift.core.tell(EquipmentMeasured("L", (moved,), b"", True))
    cab.until(lambda: "✗ failed" in cab.words)
    for key in (Key.Key_K, Key.Key_L):
        cab.key(key)
    cab.until(lambda: "✗ failed" in cab.words and "Hold the test plate" in cab.words)
    none = Finding(Aspect.SHARPNESS, Result.FAILED, NO_PICTURE)
    cab.shift.core.tell(EquipmentMeasured("L", (none,), b"", False, trouble=NO_PICTURE))
    cab.until(lambda: "No picture came within 5 s. Check the camera's power and cable" in cab.words)
    cab.key(Key.Key_Return)
    cab.until(lambda: "▲ OUT OF SERVICE: Alignment, Sharpness" in cab.words)


@pytest.mark.clause("EQP-2")
def test_a_check_that_fails_puts_the_camera_out_of_service_and_says_so(garage):
    """Its reads raise no alert; the status bar, the list and the reel say why; a good check brings it back."""
    cab = garage.cab
    garage.soft = 6.0
    open_check(cab)
    cab.until(lambda: "✗ failed" in cab.words)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "equipment")
    assert "▲ OUT OF SERVICE: Sharpness" in cab.words
    assert "out of service: L" in cab.words
    cab.see("4BXR91")
    assert cab.shift.said(HitRaised) == []
    cab.key(Key.Key_1)
    cab.until(lambda: "✗ failed" in cab.words)
    garage.soft = 0.0
    cab.key(Key.Key_L)
    cab.until(lambda: "✗ failed" not in cab.words)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "equipment")
    cab.see("4BXR91")
    cab.until(lambda: cab.front == "alert")


@pytest.mark.clause("EQP-1")
def test_a_test_plate_that_is_not_read_fails(garage):
    """By its key; the camera is then out of service."""
    cab = garage.cab
    open_check(cab, Key.Key_2)
    cab.key(Key.Key_N)
    cab.until(lambda: "TEST123 not read at 8 m" in cab.words)
    cab.key(Key.Key_Return)
    cab.until(lambda: "▲ OUT OF SERVICE: Test plate" in cab.words)


@pytest.mark.clause("EQP-3")
def test_a_repair_goes_on_record_with_its_authorized_source(garage):
    """Three fields by keyboard; an empty one is refused in words."""
    cab = garage.cab
    open_check(cab)
    cab.key(Key.Key_R)
    cab.until(lambda: cab.front == "repair")
    cab.key(Key.Key_Return)
    cab.until(lambda: "A repair wants its source" in cab.words)
    for words in ("Acme Cameras", "Chief Lee", "new lens"):
        cab.type(words)
        cab.key(Key.Key_Tab)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "piece")
    repair = cab.shift.said(EquipmentChanged)[-1].standings["L"].repair
    assert (repair.source, repair.authorized_by, repair.work) == ("Acme Cameras", "Chief Lee", "new lens")


def test_without_a_microphone_the_officer_says_whether_the_tone_was_heard(garage):
    """The tone is played; the answer is on record as the officer's."""
    cab = garage.cab
    open_check(cab, Key.Key_3)
    cab.key(Key.Key_P)
    cab.until(lambda: "did you hear it?" in cab.words)
    assert garage.played == 1
    cab.key(Key.Key_Y)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "equipment")
    (finding,) = cab.shift.said(EquipmentChanged)[-1].standings["sound"].check.findings
    assert (finding.result, finding.measured) == ("passed", "heard by the officer")


def test_with_a_microphone_the_loudness_is_measured(garage):
    """15 dB above the quiet pass, less fails."""
    cab = garage.cab
    open_check(cab, Key.Key_3)
    for above, words in ((22.0, "✓ passed"), (6.0, "✗ failed")):
        cab.shift.core.tell(LoudnessTold("sound", above))
        cab.until(lambda words=words: words in cab.words)


def test_a_speaker_that_can_not_play_is_said_where_its_tone_was_asked_for(garage):
    """No loudness comes of it: the check says why, and no more of it once a tone is measured."""
    cab = garage.cab
    open_check(cab, Key.Key_3)
    for at_once in (False, True):
        cab.shift.core.tell(HealthChanged(DeviceHealth("sound", DeviceKind.SOUND, DeviceState.OK)))
        garage.mute = True
        if not at_once:
            cab.key(Key.Key_P)
        lost = DeviceHealth("sound", DeviceKind.SOUND, DeviceState.FAULT, "The speaker was lost")
        cab.shift.core.tell(HealthChanged(lost))
        if at_once:
            cab.key(Key.Key_P)
        cab.until(lambda: "■ Sound: The speaker was lost" in cab.words)
        cab.shift.core.tell(LoudnessTold("sound", 22.0))
        cab.until(lambda: "✓ passed" in cab.words and "■ Sound" not in cab.words)


def test_a_hit_takes_the_screen_and_the_check_goes_on_afterwards(garage):
    """What was found so far is still there."""
    cab = garage.cab
    open_check(cab)
    cab.until(lambda: cab.words.count("✓ passed") == 3)
    cab.see("4BXR91", camera_id="R")
    cab.until(lambda: cab.front == "alert")
    cab.key(Key.Key_Escape)
    cab.window.go("piece", "L")
    assert cab.words.count("✓ passed") == 3


@pytest.mark.parametrize("size", [(1024, 600), (1280, 800)], ids=str)
def test_every_text_of_the_check_fits_its_place(garage, size):
    """On the list, on a check with every finding, on the speaker's and on the repair nothing is cut, small or faint."""
    cab = garage.cab
    cab.window.resize(*size)
    open_check(cab)
    cab.key(Key.Key_K)
    cab.until(lambda: "This view is now the reference" in cab.words)
    cab.key(Key.Key_N)
    wrong = faults_of(cab, "check")
    cab.key(Key.Key_R)
    wrong += faults_of(cab, "repair")
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_Return)
    cab.until(lambda: cab.front == "equipment")
    wrong += faults_of(cab, "list")
    cab.key(Key.Key_3)
    cab.key(Key.Key_Y)
    wrong += faults_of(cab, "speaker")
    assert not wrong


def faults_of(cab: Cab, name: str) -> list[str]:
    """What is cut, small, faint or without a name on the screen in front."""
    settle(cab)
    cut, small = cut_texts(cab.window), small_targets(cab)
    return [f"{name}: {words}" for words in (*cut, *small, *faint_texts(cab.window), *nameless(cab.window))]
