"""`python -m devices.training.cuts DATA`: how many kept-apart plates are read right by these or those three cuts.

Those of `plate_reader.VIEWS` were chosen on such plates (docs/recogniser.md), not on the photos that the reader is
measured with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import cv2
import typer

from devices.recogniser.plate_reader import VIEWS
from devices.training.calibration import read_cases
from devices.training.photos import load_photos

_OTHERS = (
    ((0.02, 0.02), (0.06, 0.06), (-0.02, -0.04)),
    ((0.0, 0.0), (0.05, -0.1), (-0.06, -0.12)),
    ((0.0, -0.1), (-0.02, -0.12), (0.03, 0.08)),
)
"""The cuts before, and the two next best of 364 triples."""


def compare(
    data: Annotated[Path, typer.Argument(help="The folder with us_crops, plate_boxes, negatives and us_e2e.")],
    pictures: Annotated[int, typer.Option(min=10, help="How many pictures.")] = 600,
    seed: Annotated[int, typer.Option(help="Another one makes other pictures.")] = 5,
) -> None:
    """Print a line for each three cuts: of the real plates read, how many are right."""
    cv2.setNumThreads(1)
    photos = load_photos(data)
    for views in (VIEWS, *_OTHERS):
        read = [
            case.right for case in read_cases(photos, pictures, seed, views) if case.real and case.states is not None
        ]
        print(f"{sum(read)} of {len(read)} right by {views}", flush=True)


if __name__ == "__main__":
    typer.run(compare)
