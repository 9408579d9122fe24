"""`mdt bench read`: the plate reader measured on pictures or on a video, with or without truth.

Times are of the reading alone: a camera hands over pictures that are decoded already.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from devices.cameras.frames import Frame
from devices.cameras.still import StillnessGate
from devices.recogniser.plate_reader import OwnPlateReader
from devices.recogniser.port import PlateReader, PlateReading
from devices.recogniser.tracks import Settled, Tracks
from devices.training.degrade import CONDITIONS, under
from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import match_key
from mdt_app.wiring.bench_machine import most_memory_mb
from mdt_app.wiring.read_scores import Scores, Share, TruePlate, load_truth

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""A video has no date: its frames carry their time in the video alone."""


@dataclass(frozen=True, slots=True)
class PicturesBench:
    """What to measure: a folder, its table of truth, where a line a picture goes, where the sheet of misses goes.

    condition: what is done to each picture first (a name of CONDITIONS), or nothing.
    """

    images: Path
    truth: Path | None
    out: Path | None
    misses: Path | None
    threads: int
    condition: str | None = None


def bench_pictures(order: PicturesBench) -> dict[str, object]:
    """Read every picture of the folder; return the figures by name. BadInput when there is none."""
    files = sorted(f for f in order.images.glob("*") if f.suffix.lower() in _PICTURES)
    if not files:
        raise BadInput("There is no picture in the folder.", "Give a folder with JPEG or PNG pictures.")
    if order.condition not in (None, *CONDITIONS):
        raise BadInput("There is no such condition.", f"Known are {', '.join(CONDITIONS)}.")
    truth = load_truth(order.truth) if order.truth else {}
    reader = _reader(order.threads)
    scores, times, unreadable, with_read = Scores(), list[tuple[float, float]](), 0, 0
    out = order.out.open("w", encoding="utf-8") if order.out else nullcontext()
    with out as lines:
        for file in files:
            image = cv2.imread(str(file), cv2.IMREAD_COLOR)
            if image is None:
                unreadable += 1
                continue
            picture = np.asarray(image, np.uint8)
            if order.condition:
                picture = under(order.condition, picture, seed=len(times))
            start, worked = time.perf_counter(), time.process_time()
            readings = reader.read(picture)
            ms = (time.perf_counter() - start) * 1000
            times.append((ms, (time.process_time() - worked) * 1000))
            with_read += bool(readings)
            scores.count(truth.get(file.name, ()), readings)
            if lines is not None:
                lines.write(json.dumps(line(file.name, ms, readings)) + "\n")
    if order.misses:
        draw_misses(scores.missed, order.images, order.misses)
    figures = scores.table() | _times(times) | {"unreadable": unreadable, "memory_mb": most_memory_mb()}
    if not truth:
        figures["reads_in_100_pictures"] = figures.pop("extra_in_100")
        figures["pictures_with_a_read"] = str(Share(with_read, len(times)))
    return figures


def line(name: str, ms: float, readings: Sequence[PlateReading]) -> dict[str, Any]:
    """Return one picture's readings as they stand in the file: 'state' is null when it is unknown."""
    return {"image": name, "ms": round(ms, 2), "reads": [_as_line(reading) for reading in readings]}


def _as_line(reading: PlateReading) -> dict[str, Any]:
    box = reading.box
    return {
        "plate": reading.text,
        "state": reading.state,
        "confidence": reading.confidence,
        "characters": [
            {"character": c.character, "confidence": c.confidence, "alternatives": list(c.alternatives)}
            for c in reading.characters
        ],
        "box": [box.x, box.y, box.w, box.h],
        "candidates": list(reading.candidates),
        "state_confidence": reading.state_confidence,
    }


def _reader(threads: int) -> PlateReader:
    cv2.setNumThreads(threads)
    reader = OwnPlateReader(threads)
    reader.warm_up()
    return reader


def _times(times: Sequence[tuple[float, float]]) -> dict[str, object]:
    """Return the times by the clock, and the processor's over all threads, which other work hardly lengthens."""
    if not times:
        return {}
    (median, cpu_median), (p95, cpu_p95) = np.percentile(np.array(times), [50, 95], axis=0).round(1).tolist()
    return {"ms_median": median, "ms_p95": p95, "cpu_ms_median": cpu_median, "cpu_ms_p95": cpu_p95}


def draw_misses(missed: Sequence[tuple[TruePlate, str | None]], images: Path, target: Path) -> None:
    """Write a contact sheet (PNG) of the plates that were read wrongly: the truth, and below it what was read."""
    wide, high, columns = 240, 160, 5
    rows = max(1, -(-len(missed) // columns))
    sheet = np.full((rows * high, columns * wide, 3), 245, np.uint8)
    for number, (plate, read) in enumerate(missed):
        y, x = (number // columns) * high, (number % columns) * wide
        image = np.asarray(cv2.imread(str(images / plate.image), cv2.IMREAD_COLOR), np.uint8)
        box, rim = plate.box, max(4, plate.box.w // 8)
        cut = image[max(0, box.y - rim) : box.y + box.h + rim, max(0, box.x - rim) : box.x + box.w + rim]
        scale = min((wide - 12) / cut.shape[1], 112 / cut.shape[0])
        shown = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        sheet[y + 4 : y + 4 + shown.shape[0], x + 6 : x + 6 + shown.shape[1]] = shown
        for text, below in ((plate.plate, 134), (f"read {read}" if read else "not found", 152)):
            cv2.putText(sheet, text, (x + 6, y + below), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (30, 30, 30), 1, cv2.LINE_AA)
    target.write_bytes(cv2.imencode(".png", sheet)[1].tobytes())


def bench_video(file: Path, truth: Path | None, threads: int) -> dict[str, object]:
    """Read a video as fast as it goes, every frame; return reads a track, frames a second and cars missed.

    truth: a text file with the plates that drive through, one a line.
    """
    if not file.is_file():
        raise BadInput("There is no such video.", "Give a video file.")
    reader, tracks, gate = _reader(threads), Tracks(), StillnessGate()
    settled: list[Settled] = []
    frames = read = 0
    began = time.perf_counter()
    for frame in _frames(file):
        frames += 1
        if gate.is_new(frame.image):
            read += 1
            settled += tracks.update(frame, reader.read(frame.image, tracks.steady(frame.arrived_s)))
        else:
            tracks.still(frame.arrived_s)
    settled += tracks.finish()
    seconds = time.perf_counter() - began
    figures: dict[str, object] = {
        "frames": frames,
        "frames_read": read,
        "frames_a_second": round(frames / max(1e-9, seconds), 1),
        "reads": len(settled),
        "frames_a_read": round(sum(one.frames for one in settled) / max(1, len(settled)), 1),
        "unsettled": tracks.unsettled,
        "memory_mb": most_memory_mb(),
    }
    return figures | (_cars(settled, truth) if truth else {})


def _frames(file: Path) -> Iterator[Frame]:
    """Give every frame with its own time in the video."""
    video = cv2.VideoCapture(str(file))
    rate = video.get(cv2.CAP_PROP_FPS) or 30.0
    number = 0
    while (seen := video.read())[0]:
        yield Frame(np.asarray(seen[1], np.uint8), number / rate, _EPOCH)
        number += 1


def _cars(settled: Sequence[Settled], truth: Path) -> dict[str, object]:
    wanted = {match_key(text) for text in truth.read_text(encoding="utf-8").split()}
    read = [match_key(one.reading.text) for one in settled]
    found = wanted & set(read)
    return {
        "cars_read": str(Share(len(found), len(wanted))),
        "cars_missed": len(wanted) - len(found),
        "reads_of_no_car": sum(text not in wanted for text in read),
        "reads_a_car": round(sum(text in wanted for text in read) / max(1, len(found)), 2),
    }
