"""The port every plate reader answers on: a picture in, plate readings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mdt_app.domain.reads import Box, CharacterRead, SeenVehicle

Image = npt.NDArray[np.uint8]
"""A BGR picture, height x width x 3."""


@dataclass(frozen=True, slots=True)
class PlateReading:
    """One plate in one picture, exactly as it was read; letter O stays O.

    `confidence` and `state_confidence` run from 0 to 1. `state` is NCIC's code, None when nothing convincing was seen.
    `box` holds the plate, in pixels of the whole picture. `candidates` are other whole readings, likeliest first.
    `vehicle` is what can be told of the vehicle; None: nothing. `recalled`: the plate was found where it had been read
    a moment ago, and was not read again; all but the box is of then.
    """

    text: str
    confidence: float
    characters: tuple[CharacterRead, ...]
    box: Box
    state: str | None = None
    state_confidence: float | None = None
    candidates: tuple[str, ...] = ()
    vehicle: SeenVehicle | None = None
    recalled: bool = False


class PlateReader(Protocol):
    """Reads plates. An instance belongs to one thread."""

    def read(self, image: Image, known: Sequence[PlateReading] = (), *, thorough: bool = True) -> list[PlateReading]:
        """Return the plates in a BGR picture, the most confident first; an empty list where there is none.

        known: plates that need not be read again where they stand now as they stood then. thorough: where no plate is
        found, look in other sizes too, which takes three times as long.
        """

    def warm_up(self) -> None:
        """Load the models and run them once, so that the first picture is read at full speed."""
