"""Pictures of the rendered road for tests: one for each car of the drive, where its plate is nearest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import cv2

from devices.drive.camera import FPS, plate_pixels
from devices.drive.scene import Scene
from devices.drive.script import DriveCar, Script

_NEAREST_AHEAD = 0.5
"""How far from the middle a car may be, as a share of its distance, to be whole in the picture."""


def write_road_pictures(folder: Path, plates: Iterable[str]) -> None:
    """Write a PNG a plate into `folder`, in the order given."""
    script = Script()
    scene = Scene(script)
    for number, plate in enumerate(plates):
        cv2.imwrite(str(folder / f"{number:03d}.png"), scene.frame(_best_frame(script, plate)))


def ncic_line(car: DriveCar, number: int) -> str:
    """The car as a stolen vehicle in NCIC's layout."""
    plate, nic = car.plate.replace("O", "0"), f"V{number:09d}"
    vehicle = f"{car.year:4}{car.make:4}{car.model:3}{car.style:2}{car.color:7}"
    return f"{nic}CT005670020261101{plate:10}{car.state:2}2027PC{vehicle}"


def _best_frame(script: Script, plate: str) -> int:
    sizes = {
        number: plate_pixels(place.z)
        for number in range(script.frames)
        for place in script.places(number / FPS)
        if place.car.plate == plate and abs(place.x) < _NEAREST_AHEAD * place.z / 2
    }
    return max(sizes, key=lambda number: sizes[number])
