"""The real photos that are trained on, from a folder given on the command line; what is kept apart stays apart."""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from devices.recogniser.quads import Quad, quad_of
from devices.training.plates import HIGH, WIDE, Image, Plate

KEPT_APART = 7
"""One real plate in so many is kept for calibration; every fourth negative is kept for the count of false plates."""
_NCIC = {"NE": "NB"}


@dataclass(frozen=True, slots=True)
class Photo:
    """A road photo (BGR or grey) with the corners of its plate and the plate's number; a negative has neither."""

    image: Image
    quad: Quad | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Photos:
    """All real data. `apart`: plates never trained on. `measured`: numbers of the photos that only measure."""

    plates: list[Plate]
    apart: list[Plate]
    roads: list[Photo]
    negatives: list[Photo]


def load_photos(folder: Path) -> Photos:
    """Read us_crops, plate_boxes and negatives from the folder; plates that us_e2e measures are left out."""
    measured = {_folded(row["plate"]) for row in _rows(folder / "us_e2e")}
    plates: list[Plate] = []
    apart: list[Plate] = []
    for row in _rows(folder / "us_crops"):
        if _folded(row["plate"]) in measured or not 3 <= len(row["plate"]) <= 9:
            continue
        kept = zlib.crc32(_folded(row["plate"]).encode()) % KEPT_APART == 0
        (apart if kept else plates).append(_plate(folder / "us_crops", row))
    roads = [_road(folder / "plate_boxes", row) for row in _rows(folder / "plate_boxes")]
    paths = sorted((folder / "negatives").glob("*.jpg"))
    return Photos(plates, apart, roads, [Photo(_seen(p)) for i, p in enumerate(paths) if i % 4])


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth.tsv").open() as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _folded(text: str) -> str:
    return text.replace("O", "0")


def _seen(path: Path) -> Image:
    image = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)
    scale = min(1.0, 1280 / image.shape[1])
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _plate(folder: Path, row: dict[str, str]) -> Plate:
    image = np.asarray(cv2.resize(_seen(folder / row["image"]), (WIDE, HIGH), interpolation=cv2.INTER_AREA), np.uint8)
    return Plate(image, row["plate"], _NCIC.get(row["state"], row["state"]), folded=True)


def _road(folder: Path, row: dict[str, str]) -> Photo:
    image = np.asarray(cv2.imread(str(folder / row["image"]), cv2.IMREAD_COLOR), np.uint8)
    scale = min(1.0, 1280 / image.shape[1])
    image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    x, y, w, h = (float(row[key]) * scale for key in "xywh")
    return Photo(image, quad_of(x, y, w, h), row["plate"])
