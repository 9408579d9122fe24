"""A frame's pixels are made only when they are wanted, and its times and exposure stay with it."""

from __future__ import annotations

import threading

import cv2
import numpy as np
import pytest
from PIL import Image

from devices.cameras.frames import Frame, Pixels
from devices.cameras.rtsp_simulator import RtspCameraSimulator
from devices.cameras.sources import exposure_of, open_source
from devices.cameras.streams import RTSP_OPTIONS, Stream
from tests.fakes.cameras import moving_clip


@pytest.fixture
def camera():
    one = RtspCameraSimulator(moving_clip(30))
    yield one
    one.close()


def test_a_decoded_picture_gives_grey_and_small_without_the_whole(camera):
    """Grey and small agree with what the whole picture gives, within what the color conversion loses."""
    frame = next(Stream(camera.address, RTSP_OPTIONS).frames(threading.Event()))
    grey, small = frame.picture.grey(), frame.picture.small(320)
    whole = frame.image
    assert (grey.shape, small.shape, whole.shape) == ((360, 640), (180, 320, 3), (360, 640, 3))
    assert abs(small.astype(int).mean() - whole.astype(int).mean()) < 4
    made = cv2.cvtColor(whole, cv2.COLOR_BGR2GRAY).astype(int)
    # Video keeps 219 of 256 levels.
    assert np.abs(made - (grey.astype(int) - 16) * 255 / 219).mean() < 4
    assert frame.image is whole
    assert isinstance(frame.picture, Pixels)


def test_the_camera_s_own_time_stays_with_each_frame(camera):
    """Stamps rise by the camera's own period, whatever the network does to the arrival."""
    frames: list[Frame] = []
    for frame in Stream(camera.address, RTSP_OPTIONS).frames(threading.Event()):
        if frame.stamp_s is not None:  # the very first, which the probing held, have none
            frames.append(frame)
        if len(frames) == 12:
            break
    steps = np.diff([frame.stamp_s for frame in frames])
    assert steps == pytest.approx(1 / 30, abs=0.002)


def test_a_picture_s_exposure_is_kept(tmp_path):
    """From its EXIF; a picture without it, and a damaged one, say nothing."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x829A] = 0.004
    picture = Image.new("RGB", (64, 64), (90, 90, 90))
    picture.save(tmp_path / "a.jpg", exif=exif)
    picture.save(tmp_path / "b.jpg")
    (tmp_path / "c.jpg").write_bytes((tmp_path / "a.jpg").read_bytes()[:40])
    assert exposure_of(tmp_path / "a.jpg") == pytest.approx(0.004)
    assert [exposure_of(tmp_path / name) for name in ("b.jpg", "c.jpg")] == [None, None]
    first = next(open_source(str(tmp_path)).frames(threading.Event()))
    assert first.exposure_s == pytest.approx(0.004)
