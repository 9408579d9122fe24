"""`python -m devices.training`: trains and calibrates the plate reader's networks. Needs the extra 'train'."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import cv2
import structlog
import torch
import typer

from devices.training.alignment import recombined
from devices.training.calibration import calibrate
from devices.training.detector import train_detector
from devices.training.export import export
from devices.training.hard import mistaken
from devices.training.integers import LEFT_OUT, in_integers
from devices.training.learning import Budget, averaged
from devices.training.photos import load_photos
from devices.training.reader import train_reader, train_second
from devices.training.states import train_states

SHARES = {
    "detector": 0.17, "reader": 0.16, "detector again": 0.14, "reader again": 0.31, "second": 0.11, "states": 0.11,
}  # fmt: skip
"""How the minutes are divided; 'again' goes on from the first round with what that taught."""
SEEDS = (8, 9)
"""The reader's second round is run once with each seed, and the weights are averaged."""
_log = structlog.get_logger()


def train(
    data: Annotated[Path, typer.Option(help="The folder with us_crops, plate_boxes, negatives and us_e2e.")],
    minutes: Annotated[float, typer.Option(min=1, help="Of wall clock, over all networks.")] = 150.0,
    out: Annotated[Path, typer.Option(help="Where the networks go.")] = Path("resources/models"),
    work: Annotated[Path, typer.Option(help="Where weights are kept while learning.")] = Path("build/training"),
    threads: Annotated[int, typer.Option(min=1, help="Cores to take.")] = 2,
    cases: Annotated[int, typer.Option(min=100, help="Pictures for the calibration.")] = 1500,
) -> None:
    """Train detector, reader and state classifier one after the other, and calibrate the confidence."""
    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
    work.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    photos = load_photos(data)
    part = {name: share * minutes for name, share in SHARES.items()}
    export(train_detector(photos, Budget(part["detector"]), work / "detector.pt"), "detector", out)
    first = train_reader(photos, Budget(part["reader"]), work / "reader.pt")
    export(first, "reader", out)
    again = Budget(part["detector again"], rate=1e-3)
    hard = mistaken(photos)
    export(train_detector(photos, again, work / "detector2.pt", work / "detector.pt", hard), "detector", out)
    again = Budget(part["reader again"] / len(SEEDS), rate=1.5e-3)
    mixed = recombined(first, photos.plates)
    _log.info("aligned", plates=len(mixed.plates), mistaken=len(hard))
    readers = [
        train_reader(photos, again, work / f"reader{seed}.pt", work / "reader.pt", mixed, seed=seed) for seed in SEEDS
    ]
    best = averaged(readers)
    export(best, "reader", out)
    second = train_second(photos, Budget(part["second"]), work / "second.pt", best, mixed)
    export(second, "second", out)
    export(train_states(photos, Budget(part["states"]), work / "states.pt"), "states", out)
    for name in LEFT_OUT:
        in_integers(name, out, photos)
    partial = out / "figures.partial"
    partial.write_text(json.dumps(calibrate(photos, cases), indent=1) + "\n", encoding="utf-8")
    os.replace(partial, out / "figures.json")


if __name__ == "__main__":
    typer.run(train)
