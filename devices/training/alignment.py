"""Finds where on a real plate each character stands, by a reader that is trained already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from devices.recogniser import decoding
from devices.recogniser.crops import CROP_SIZE, RIM, straight_crop
from devices.recogniser.quads import quad_of
from devices.training.plates import HIGH, WIDE, Plate
from devices.training.samples import Recombined

_STEPS = 40
_MOST_INK = 0.5
"""Between two characters there is at most this share of the number's mean ink."""
Floats = npt.NDArray[np.float64]


def recombined(reader: nn.Module, plates: Sequence[Plate]) -> Recombined:
    """Return those plates that the reader reads rightly, with the borders between their characters."""
    known = [(plate, borders) for plate in plates if (borders := _borders(reader, plate)) is not None]
    return Recombined(known)


@torch.no_grad()
def _borders(reader: nn.Module, plate: Plate) -> list[int] | None:
    crop = straight_crop(plate.image, quad_of(0, 0, WIDE, HIGH))
    columns = decoding.folded(np.exp(reader(torch.from_numpy(crop[None])).numpy()))[0]
    text = plate.text.replace("O", "0")
    if len(text) < 4 or decoding.beam(columns)[0][0] != text:
        return None
    steps = decoding.peaks(columns[None], text)[0]
    middles = ((steps + 0.5) * CROP_SIZE[0] / _STEPS / CROP_SIZE[0] * (1 + 2 * RIM[0]) - RIM[0]) * WIDE
    apart = np.diff(middles)
    if apart.min() < 14 or apart.max() > 3.2 * float(np.median(apart)):
        return None
    half = float(np.median(apart)) / 2
    rough = np.concatenate([[middles[0] - half], (middles[1:] + middles[:-1]) / 2, [middles[-1] + half]])
    return _between(_ink(plate), rough, half)


def _ink(plate: Plate) -> Floats:
    """Return for each column how far its pixels are from the sheet's color, 1 being the mean over the number."""
    band = plate.image[round(HIGH * 0.28) : round(HIGH * 0.74)].astype(np.float64)
    away = np.abs(band - np.median(band, axis=(0, 1))).mean(axis=(0, 2))
    smooth = np.convolve(away, np.ones(3) / 3, "same")
    return np.asarray(smooth / smooth.mean())


def _between(ink: Floats, rough: Floats, half: float) -> list[int] | None:
    """Return the borders moved to where there is least ink near them; None where characters are not parted.

    The network may say a character at any column of it: all borders move together first, then each a little.
    """
    shifts = np.arange(-half, half + 1, 2.0)
    columns = np.clip(np.round(rough[None] + shifts[:, None]), 0, WIDE - 1).astype(int)
    best = rough + shifts[int(ink[columns].sum(axis=1).argmin())]
    borders = []
    for border in best:
        low = int(np.clip(border - half * 0.4, 0, WIDE - 2))
        window = ink[low : int(np.clip(border + half * 0.4, low + 1, WIDE - 1)) + 1]
        borders.append(low + int(window.argmin()))
    parted = all(ink[b] < _MOST_INK for b in borders) and bool((np.diff(borders) > 10).all())
    return borders if parted else None
