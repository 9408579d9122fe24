"""`mdt bench read` on pictures and on a video that the project renders, through the command itself."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from devices.drive.plate import draw_plate
from mdt_app.cli import app
from mdt_app.domain.errors import BadInput

PLATES = {"one.png": ("AB12345", "CT"), "two.png": ("4BXR91", "MA")}
PHOTOS = Path(__file__).parents[3].parent / "shared" / "data"


def picture(plate: str, state: str, x: int = 500) -> np.ndarray:
    """A grey road with one plate of 200 x 100 px on a dark car."""
    road = Image.new("RGB", (1280, 720), (120, 125, 130))
    road.paste((40, 45, 60), (x - 120, 250, x + 320, 520))
    sheet = draw_plate(plate, state).resize((200, 100), Image.Resampling.LANCZOS)
    road.paste(sheet, (x, 340), sheet)
    return np.asarray(road)[:, :, ::-1].copy()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures, one that is broken, one that is empty, and their truth."""
    images = tmp_path / "images"
    images.mkdir()
    rows = ["image\tx\ty\tw\th\tplate"]
    for name, (plate, state) in PLATES.items():
        cv2.imwrite(str(images / name), picture(plate, state))
        rows.append(f"{name}\t500\t340\t200\t100\t{plate}")
    cv2.imwrite(str(images / "empty.jpg"), np.full((480, 640, 3), 128, np.uint8))
    (images / "broken.jpg").write_bytes(b"no picture")
    (images / "truth.tsv").write_text("\n".join(rows) + "\n")
    return images


def figures(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(app, ["bench", "read", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.output.strip().splitlines()[-1])


def test_pictures_with_truth(folder, tmp_path):
    """Each picture gives its line, the table its figures with intervals, and a broken picture is counted."""
    out, misses = tmp_path / "reads.jsonl", tmp_path / "misses.png"
    truth = str(folder / "truth.tsv")
    said = figures("--images", str(folder), "--truth", truth, "--out", str(out), "--misses", str(misses))
    assert said["exact"].startswith("2 of 2, 100.0 %")
    assert said["located"].startswith("2 of 2")
    assert (said["unreadable"], said["pictures"], said["extra_in_100"]) == (1, 3, 0.0)
    lines = {row["image"]: row for row in map(json.loads, out.read_text().splitlines())}
    assert set(lines) == {*PLATES, "empty.jpg"}
    assert lines["empty.jpg"]["reads"] == []
    (read,) = lines["one.png"]["reads"]
    assert set(read) >= {"plate", "state", "confidence", "characters", "box"}
    assert len(read["characters"]) == len(read["plate"])
    assert lines["one.png"]["ms"] > 0
    assert cv2.imread(str(misses)) is not None


def test_pictures_without_truth_tell_how_many_had_a_read(folder):
    """For photos without a plate the figure is how many gave a read, under any condition of the weather."""
    said = figures("--images", str(folder), "--condition", "blur")
    assert said["pictures_with_a_read"].startswith("2 of 3")
    assert "exact" not in said


def test_a_video_of_two_cars(tmp_path):
    """Two cars one after the other are two reads, none is missed, and still frames are not read."""
    video = cv2.VideoWriter(str(tmp_path / "drive.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 5, (1280, 720))
    road = np.full((720, 1280, 3), 120, np.uint8)
    for plate, state in PLATES.values():
        for number in range(5):
            video.write(picture(plate, state, x=300 + 40 * number))
        for _ in range(20):
            video.write(road)
    video.release()
    truth = tmp_path / "cars.txt"
    truth.write_text("\n".join(plate for plate, _ in PLATES.values()))
    said = figures("--video", str(tmp_path / "drive.avi"), "--truth", str(truth))
    assert (said["frames"], said["reads"], said["cars_missed"], said["reads_of_no_car"]) == (50, 2, 0, 0)
    assert said["frames_read"] < 20
    assert said["reads_a_car"] == 1.0


@pytest.mark.parametrize(
    "arguments", [[], ["--images", "."], ["--images", "x", "--video", "y"], ["--video", "missing.avi"]]
)
def test_a_wrong_order_is_refused_in_words(arguments, tmp_path, monkeypatch):
    """Nothing to read, both kinds at once, a folder without pictures, a video that is not there."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput):
        CliRunner().invoke(app, ["bench", "read", *arguments], catch_exceptions=False)


@pytest.mark.skipif(not (PHOTOS / "us_e2e").is_dir(), reason="the shared road photos are not here")
def test_real_road_photos_are_read(tmp_path):
    """Of every fifth real photo three fifths are read exactly (the whole set is measured by mdt bench)."""
    images = tmp_path / "photos"
    images.mkdir()
    rows = (PHOTOS / "us_e2e" / "truth.tsv").read_text().splitlines()
    for row in rows[1::5]:
        name = row.split("\t")[0]
        (images / name).symlink_to(PHOTOS / "us_e2e" / name)
    (images / "truth.tsv").write_text("\n".join([rows[0], *rows[1::5]]) + "\n")
    said = figures("--images", str(images), "--truth", str(images / "truth.tsv"))
    assert int(str(said["exact"]).split()[0]) >= 12
