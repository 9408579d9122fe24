"""The camera process as the supervisor sees it: real process, real pictures, the real plate reader."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from devices.drive.plate import draw_plate
from devices.hosting import HostedProcess
from devices.recogniser.plate_reader import OwnPlateReader
from mdt_app.domain.devices import CameraFrame, CameraRead, DeviceHealth, DeviceKind, DeviceState
from mdt_app.services.supervisor import DeviceSpec, Supervisor
from tests.fakes.cameras import launch_camera

PATIENCE_S = 60.0
PHOTOS = Path(__file__).parents[3].parent / "shared" / "data" / "us_e2e"


def scene(plate: str, state: str = "CT", x: int = 500) -> np.ndarray:
    """A grey road picture with one plate of 200 x 100 px on a dark car."""
    picture = Image.new("RGB", (1280, 720), (120, 125, 130))
    picture.paste((40, 45, 60), (x - 120, 250, x + 320, 520))
    sheet = draw_plate(plate, state).resize((200, 100), Image.Resampling.LANCZOS)
    picture.paste(sheet, (x, 340), sheet)
    return np.asarray(picture)[:, :, ::-1].copy()


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Callable[[str], HostedProcess]]:
    """Start camera processes; they are stopped at the end of the test."""
    started: list[HostedProcess] = []

    def start(spec: str) -> HostedProcess:
        started.append(launch_camera("L", spec))
        return started[-1]

    yield start
    for one in started:
        one.stop()
        one.connection.close()


def hear(device: HostedProcess, until: Callable[[object], bool]) -> list[object]:
    """Receive messages until one fits; the list holds all of them."""
    heard: list[object] = []
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if device.connection.poll(0.2):
            heard.append(device.connection.recv())
            if until(heard[-1]):
                return heard
    raise AssertionError(f"waited in vain after {heard[-3:]}")


def in_state(state: DeviceState) -> Callable[[object], bool]:
    return lambda message: isinstance(message, DeviceHealth) and message.state is state


def test_a_folder_is_read_picture_by_picture(camera, tmp_path):
    """Every picture is shown before it is read, its plate comes with both pictures, and the end is said."""
    for number, plate in enumerate(("4BXR91", "AB12345")):
        cv2.imwrite(str(tmp_path / f"{number}.png"), scene(plate))
    (tmp_path / "zz.jpg").write_bytes(b"broken")
    heard = hear(camera(str(tmp_path)), in_state(DeviceState.ENDED))
    reads = [m for m in heard if isinstance(m, CameraRead)]
    assert [m.read.key for m in reads] == ["4BXR91", "AB12345"]
    assert {m.read.state for m in reads} <= {"CT", None}
    assert all(len(m.read.characters) == len(m.read.raw_text) for m in reads)
    first_frame = next(i for i, m in enumerate(heard) if isinstance(m, CameraFrame))
    assert first_frame < heard.index(reads[0])
    context = cv2.imdecode(np.frombuffer(reads[0].pictures.context, np.uint8), cv2.IMREAD_COLOR)
    crop = cv2.imdecode(np.frombuffer(reads[0].pictures.crop, np.uint8), cv2.IMREAD_COLOR)
    assert context.shape == (720, 1280, 3)
    assert crop.shape[1] >= 200
    box = reads[0].read.box
    assert 485 < box.x < 515
    assert 325 < box.y < 355
    with_boxes = [m for m in heard if isinstance(m, CameraFrame) and m.boxes]
    assert with_boxes[0].texts == (reads[0].read.raw_text,)
    assert 240 < with_boxes[0].boxes[0].x < 265
    assert (heard[-1].frames, heard[-1].read, heard[-1].unreadable) == (2, 2, 1)


def test_a_video_of_one_car_gives_one_read(camera, tmp_path):
    """A car that moves through many frames is one read, and every frame is accounted for."""
    with av.open(str(tmp_path / "drive.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 1280, 720, "yuv420p", 8_000_000
        for number in range(30):
            picture = scene("4BXR91", x=400 + 8 * number)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode())
    heard = hear(camera(str(tmp_path / "drive.mp4")), in_state(DeviceState.ENDED))
    assert [m.read.key for m in heard if isinstance(m, CameraRead)] == ["4BXR91"]
    end = heard[-1]
    assert end.frames == 30
    assert end.read + end.skipped == 30
    assert len([m for m in heard if isinstance(m, CameraFrame)]) <= 30 * 0.8 + 2


def test_a_wrong_source_is_a_fault_in_words(camera, tmp_path):
    """What is wrong with the source, and what to do, comes as health."""
    heard = hear(camera(str(tmp_path / "missing")), in_state(DeviceState.FAULT))
    assert "Correct the camera's source" in heard[-1].detail


def test_a_camera_without_answer_is_a_fault_and_stop_ends_it_soon(camera):
    """A camera that is not there is a fault while it is tried again, and stopping does not wait for it."""
    device = camera("rtsp://127.0.0.1:9/cam")
    heard = hear(device, in_state(DeviceState.FAULT))
    assert "No answer from the camera's address" in heard[-1].detail
    began = time.monotonic()
    device.stop()
    assert time.monotonic() - began < 8
    assert not device.alive()


def test_the_supervisor_starts_a_killed_camera_again(tmp_path):
    """A camera process killed from outside is a fault, and comes back by itself."""
    said: list[object] = []
    devices: list[HostedProcess] = []

    def launch() -> HostedProcess:
        devices.append(launch_camera("L", str(tmp_path / "missing")))
        return devices[-1]

    supervisor = Supervisor([DeviceSpec("L", DeviceKind.CAMERA, 1.0, launch)], said.append)
    supervisor.start()
    try:
        wait_for(lambda: devices and devices[0].alive())
        killed = next(p for p in multiprocessing.active_children() if p.name == "camera L")
        os.kill(killed.pid, signal.SIGKILL)
        wait_for(lambda: len(devices) == 2)
        assert any("started again" in m.detail for m in said)
    finally:
        supervisor.stop()


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_the_process_goes_when_its_parent_is_killed(tmp_path):
    """Killing the application leaves no camera process behind."""
    program = tmp_path / "parent.py"
    program.write_text(
        textwrap.dedent("""
        import multiprocessing, sys, time
        from tests.fakes.cameras import launch_camera

        if __name__ == "__main__":
            device = launch_camera("L", "rtsp://127.0.0.1:9/cam")
            print(multiprocessing.active_children()[0].pid, flush=True)
            time.sleep(600)
        """)
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, str(program)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    with parent:
        child = int(parent.stdout.readline())
        parent.kill()
    wait_for(lambda: not runs(child))


def runs(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.fixture(scope="module")
def reader() -> OwnPlateReader:
    one = OwnPlateReader()
    one.warm_up()
    return one


def test_the_reader_finds_nothing_where_nothing_is(reader):
    """A road without plates, a white picture and the smallest picture give no reading and no error."""
    empty = np.full((720, 1280, 3), 127, np.uint8)
    assert [reader.read(p) for p in (empty, empty[:32, :32], empty[:40, :1000] + 128)] == [[], [], []]


def test_the_reader_keeps_letter_o(reader):
    """A plate with the letter O is read as what was seen; only the matching key folds it."""
    (reading,) = reader.read(scene("GOX814"))
    assert reading.text in ("GOX814", "G0X814")
    assert 0.5 < reading.confidence <= 1


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the shared road photos are not here")
def test_the_reader_reads_real_road_photos(reader):
    """Of every sixth of the real photos two thirds are read exactly (the whole set is measured by mdt bench read)."""
    rows = [row.split("\t") for row in (PHOTOS / "truth.tsv").read_text().splitlines()[1:]][::6]
    right = 0
    for name, *_, plate in rows:
        texts = [r.text.replace("O", "0") for r in reader.read(cv2.imread(str(PHOTOS / name)))]
        right += plate.replace("O", "0") in texts
    assert right >= len(rows) * 2 / 3
