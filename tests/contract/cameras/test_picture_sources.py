"""Every kind of source over real files and sockets: frames at their pace, bad input counted, nothing hangs."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from devices.cameras import sources, streams
from devices.cameras.frames import Frame, Unreadable
from devices.cameras.mailbox import Mailbox
from devices.cameras.sources import open_source
from devices.cameras.still import StillnessGate
from devices.cameras.streams import SourceLost
from mdt_app.domain.errors import BadInput


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter limits, so that the tests wait for tenths of a second; the code is the same."""
    monkeypatch.setattr(sources, "PICTURE_S", 0.05)
    monkeypatch.setattr(streams, "OPEN_LIMIT_S", 0.5)
    monkeypatch.setattr(streams, "READ_LIMIT_S", 0.5)


def write_picture(path: Path, grey: int, size: tuple[int, int] = (64, 96)) -> None:
    cv2.imwrite(str(path), np.full((*size, 3), grey, np.uint8))


def write_video(path: Path, frames: int, rate: int = 20) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for number in range(frames):
            picture = np.full((64, 96, 3), 40 + number * 5, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        container.mux(stream.encode())


def test_a_folder_gives_each_picture_by_name_and_says_what_it_could_not_read(tmp_path, quick):
    """Sorted by name; damaged, empty and tiny pictures are given as unreadable with a reason, other files ignored."""
    for name, grey in (("b.png", 90), ("a.jpg", 30)):
        write_picture(tmp_path / name, grey)
    (tmp_path / "c.jpg").write_bytes(b"not a picture")
    (tmp_path / "d.jpg").write_bytes(b"")
    write_picture(tmp_path / "e.png", 50, (8, 8))
    (tmp_path / "truth.tsv").write_text("no picture")
    source = open_source(str(tmp_path))
    items = list(source.frames(threading.Event()))
    assert [round(item.image.mean()) for item in items if isinstance(item, Frame)] == [30, 90]
    assert [item.reason for item in items if isinstance(item, Unreadable)] == [
        "not a picture, or damaged",
        "not a picture, or damaged",
        "too small or too large a picture",
    ]
    assert source.independent
    assert not source.live


def test_a_folder_loops_until_it_is_told_to_end(tmp_path, quick):
    """With loop the pictures come again and again; the event ends it within a picture's time."""
    write_picture(tmp_path / "a.png", 30)
    ending, count = threading.Event(), 0
    for _ in open_source(str(tmp_path), loop=True).frames(ending):
        count += 1
        if count == 3:
            ending.set()
    assert count == 3


def test_a_video_plays_at_its_own_rate(tmp_path):
    """Ten frames at 20 a second take about half a second, in order, and then the video ends."""
    write_video(tmp_path / "drive.mp4", 10)
    frames = list(open_source(str(tmp_path / "drive.mp4")).frames(threading.Event()))
    assert len(frames) == 10
    assert 0.35 < frames[-1].arrived_s - frames[0].arrived_s < 2.0
    greys = [frame.image.mean() for frame in frames]
    assert greys == sorted(greys)


def test_a_video_loops(tmp_path):
    """With loop a video starts again at its end."""
    write_video(tmp_path / "drive.mp4", 3)
    ending, count = threading.Event(), 0
    for _ in open_source(str(tmp_path / "drive.mp4"), loop=True).frames(ending):
        count += 1
        if count == 7:
            ending.set()
    assert count == 7


def test_a_video_that_breaks_off_gives_what_it_has(tmp_path):
    """A file cut in the middle gives its whole frames; the rest is counted as unreadable or ends it, never an error."""
    write_video(tmp_path / "whole.avi", 30, rate=200)
    data = (tmp_path / "whole.avi").read_bytes()
    (tmp_path / "cut.avi").write_bytes(data[: len(data) * 2 // 3])
    items = list(open_source(str(tmp_path / "cut.avi")).frames(threading.Event()))
    assert 0 < sum(isinstance(item, Frame) for item in items) < 30


@pytest.mark.parametrize("make", ["junk", "empty", "missing", "folder"])
def test_a_wrong_source_says_what_to_do(tmp_path, make):
    """No video, no file and a folder without pictures are bad input with a remedy."""
    path = tmp_path / "x.mp4"
    if make in ("junk", "empty"):
        path.write_bytes(b"junk" * 100 if make == "junk" else b"")
    if make == "folder":
        path.mkdir()
    with pytest.raises(BadInput) as caught:
        list(open_source(str(path)).frames(threading.Event()))
    assert caught.value.remedy


def test_a_camera_that_does_not_answer_is_lost_in_time(quick):
    """A server that accepts and then keeps silent is given up after the limit, without its address in the words."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        began = time.monotonic()
        with pytest.raises(SourceLost) as caught:
            list(open_source(f"rtsp://user:secret@127.0.0.1:{port}/cam").frames(threading.Event()))
    assert time.monotonic() - began < 5
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert caught.value.remedy


def test_a_camera_that_is_not_there_is_lost(quick):
    """A refused connection and a missing device are losses that are tried again, not the end."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for spec in (f"rtsp://127.0.0.1:{port}/cam", "/dev/video97"):
        source = open_source(spec)
        assert source.live
        with pytest.raises(SourceLost):
            list(source.frames(threading.Event()))


def test_the_latest_frame_wins_and_the_others_are_counted(tmp_path):
    """A slow reader gets the newest frame of a video; what it missed is counted."""
    write_video(tmp_path / "drive.mp4", 5, rate=200)
    frames = list(open_source(str(tmp_path / "drive.mp4")).frames(threading.Event()))
    mailbox = Mailbox(keep_all=False)
    for frame in frames:
        mailbox.put(frame)
    assert mailbox.take() is frames[-1]
    assert mailbox.replaced == 4
    mailbox.close()
    assert mailbox.take() is None


def test_every_unrelated_picture_waits_for_the_reader():
    """With all kept, putting a picture returns only when it has been read, so none is replaced."""
    mailbox, given = Mailbox(keep_all=True), [Frame(np.zeros((1, 1, 3), np.uint8), t, None) for t in range(5)]

    def fill() -> None:
        for frame in given:
            mailbox.put(frame)
        mailbox.close()

    threading.Thread(target=fill, daemon=True).start()
    taken = []
    while (frame := mailbox.take()) is not None:
        taken.append(frame)
    assert taken == given
    assert mailbox.replaced == 0


def test_a_still_picture_is_not_read_again():
    """Noise is no change; a plate-sized spot or another light is."""
    rng = np.random.default_rng(1)
    base = rng.integers(60, 120, (720, 1280, 3), np.uint8)
    noisy = np.clip(base.astype(int) + rng.normal(0, 4, base.shape), 0, 255).astype(np.uint8)
    spot = base.copy()
    spot[300:335, 600:680] = 230
    gate = StillnessGate()
    assert gate.is_new(base)
    assert not gate.is_new(noisy)
    assert gate.is_new(spot)
    assert not gate.is_new(spot)
    assert gate.is_new(np.clip(spot.astype(int) + 10, 0, 255).astype(np.uint8))
