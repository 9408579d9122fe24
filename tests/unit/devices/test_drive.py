"""The rendered drive: the same each time, every plate long enough in view, one whole file, rendered once."""

from __future__ import annotations

import hashlib
import tomllib
from itertools import pairwise
from pathlib import Path

import av
import pytest

from devices.drive.camera import FOCAL, FPS, HEIGHT, WIDTH, plate_pixels
from devices.drive.drive import DRIVE_PLATES, ensure_drive
from devices.drive.plate import STYLES
from devices.drive.scene import Scene
from devices.drive.script import DriveCar, Script
from devices.drive.shapes import PAINT, SHAPES
from mdt_app.domain.plates import written

READING_PIXELS, READING_SECONDS = 110.0, 1.5
ONE_CAR = Script(DRIVE_PLATES[:1])


def seconds_readable(script: Script, car: DriveCar) -> float:
    """Return how long the car's plate is whole in the picture at reading size, nothing nearer before it."""
    frames = 0
    for number in range(script.frames):
        places = script.places(number / FPS)
        if not places or places[-1].car != car:
            continue
        wide = plate_pixels(places[-1].z)
        middle = WIDTH / 2 + places[-1].x * FOCAL / places[-1].z
        frames += wide >= READING_PIXELS and wide / 2 < middle < WIDTH - wide / 2
    return frames / FPS


@pytest.mark.parametrize("car", DRIVE_PLATES, ids=lambda car: car.plate)
def test_every_plate_is_long_enough_at_reading_size(car: DriveCar) -> None:
    """Each plate stands in the picture at 110 pixels or more for at least one and a half seconds."""
    assert seconds_readable(Script(), car) >= READING_SECONDS


def test_cars_come_in_the_order_of_the_table() -> None:
    """The bundled drive lasts 45 to 60 seconds and brings its cars to reading size in the table's order, once each."""
    script = Script()
    order: list[DriveCar] = []
    for number in range(script.frames):
        near = [p for p in script.places(number / FPS) if plate_pixels(p.z) >= READING_PIXELS and abs(p.x) < 0.5]
        order += [p.car for p in near if not order or p.car != order[-1]]
    assert order == list(DRIVE_PLATES)
    assert 45 <= script.frames / FPS <= 60


def test_cars_in_one_lane_never_touch() -> None:
    """No two cars of the drive stand within a car's length of each other in the same lane."""
    script = Script()
    for number in range(script.frames):
        places = script.places(number / FPS)
        for far, near in pairwise(places):
            assert far.z - near.z > 6 or abs(far.x - near.x) > 2.0, f"frame {number}"


def test_codes_are_drawn_and_known() -> None:
    """Each car's style, color and state has a drawing, and each code stands in the NCIC tables."""
    tables = Path(__file__).parents[3] / "resources" / "ncic"
    codes = {
        name: tomllib.loads((tables / f"{name}.toml").read_text())["codes"] for name in ("makes", "colors", "styles")
    }
    for car in DRIVE_PLATES:
        assert car.plate == written(car.plate)
        assert car.style in SHAPES
        assert car.color in PAINT
        assert car.state in STYLES
        assert car.make in codes["makes"]
        assert car.color in codes["colors"]
        assert car.style in codes["styles"]
    assert len({car.plate for car in DRIVE_PLATES}) == len(DRIVE_PLATES) >= 10


def test_a_frame_is_the_same_in_two_renderings() -> None:
    """Two scenes of one script give one and the same picture, and another second another picture."""
    first, second = Scene(ONE_CAR), Scene(ONE_CAR)
    at_reading = 4 * FPS
    hashes = [hashlib.sha256(scene.frame(at_reading).tobytes()).hexdigest() for scene in (first, second)]
    assert hashes[0] == hashes[1]
    assert first.frame(at_reading).shape == (HEIGHT, WIDTH, 3)
    assert hashlib.sha256(first.frame(at_reading + 1).tobytes()).hexdigest() != hashes[0]


def test_the_file_is_whole_and_rendered_once(tmp_path: Path) -> None:
    """A short drive reads back frame for frame, nothing else lies beside it, and a second call leaves it alone."""
    shares: list[float] = []
    path = ensure_drive(tmp_path, shares.append, ONE_CAR)
    with av.open(str(path)) as video:
        pictures = [(frame.width, frame.height) for frame in video.decode(video=0)]
        assert video.streams.video[0].average_rate == FPS
    assert pictures == [(WIDTH, HEIGHT)] * ONE_CAR.frames
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > ONE_CAR.frames
    assert list(tmp_path.iterdir()) == [path]

    written_at = path.stat().st_mtime_ns
    again: list[float] = []
    assert ensure_drive(tmp_path, again.append, ONE_CAR) == path
    assert path.stat().st_mtime_ns == written_at
    assert again == [1.0]


def test_a_broken_rendering_leaves_nothing_behind(tmp_path: Path) -> None:
    """A rendering that is given up half-way leaves no file that could be taken for the drive."""

    def give_up(share: float) -> None:
        if share > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_drive(tmp_path, give_up, ONE_CAR)
    assert not list(tmp_path.iterdir())
