"""Fits how sure the reader may be, on plates that no training saw, and measures whether it is right to be so sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from devices.recogniser.confidence import Evidence
from devices.recogniser.crops import straight_crop
from devices.recogniser.finder import Finder
from devices.recogniser.models import Network
from devices.recogniser.plate_reader import VIEWS, decode_by_both
from devices.recogniser.quads import Quad, grown, shared_area
from devices.recogniser.state_classifier import Looks
from devices.training.degrade import paste, photographed, slanted
from devices.training.photos import Photos
from devices.training.plates import Image, Plate, drawn_plate
from devices.training.styles import STYLES

Floats = npt.NDArray[np.float64]
SCENE = (640, 400)
NAMES = ["", *STYLES]
_WRONG_STATES = 0.02
WRONG_COUNTS = 6.0
"""A wrong reading counts so many times in the fit: to be sure and wrong is worse than to be unsure and right. Of the
readings of kept-apart plates that are 0.9 sure no more than 1 % are wrong then, by the upper end of the interval."""
_BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A reading of a plate that no training saw (or of something that is none): its evidence, and whether it is right.

    `states` are the state network's probabilities, `state` the plate's own; `real` says whether its plate is a photo.
    """

    evidence: Evidence
    right: bool
    states: npt.NDArray[np.float32] | None
    state: str | None
    real: bool


def calibrate(photos: Photos, count: int, seed: int = 11) -> dict[str, Any]:
    """Return figures.json's content: the logistic model, the states' threshold, and a table of reliability.

    Every second case fits, the others measure. The networks are those of resources/models.
    """
    cases = list(read_cases(photos, count, seed))
    fitted, kept = cases[::2], cases[1::2]
    features = np.array([case.evidence.features() for case in fitted])
    bias, weights = fit_logistic(features, np.array([case.right for case in fitted], float), WRONG_COUNTS)
    named = [case for case in cases if case.states is not None and case.real]
    return {
        "confidence": {"bias": round(bias, 5), "weights": [round(w, 5) for w in weights]},
        "states": {"names": NAMES, "least": _least(named)},
        "reliability": reliability(kept, bias, weights),
        "cases": {"fitted": len(fitted), "measured": len(kept), "of_real_plates": sum(case.real for case in cases)},
    }


def read_cases(photos: Photos, count: int, seed: int, views: Sequence[tuple[float, float]] = VIEWS) -> Iterator[Case]:
    """Read what is found in so many pictures of kept-apart and drawn plates, each cut out by these `views`."""
    rng, finder = np.random.default_rng(seed), Finder(1)
    reader, second, states = Network("reader", 1), Network("second", 1), Network("states", 1)
    for _ in range(count):
        real = rng.random() < 0.75
        plate = photos.apart[int(rng.integers(len(photos.apart)))] if real else drawn_plate(rng)
        wide = float(np.clip(np.exp(rng.normal(np.log(62), 0.4)), 24, 190))
        scene, quad = _scene(photos, plate, wide, rng)
        for found in finder.find(scene):
            hit = shared_area([found.quad], quad)[0] > 0.3
            crops = np.stack([straight_crop(scene, grown(found.quad, *grow)) for grow in views])
            looks = Looks.of(states(crops), NAMES)
            decoded = decode_by_both(reader(crops), partial(second, crops), found, looks)
            if decoded is not None:
                right = hit and decoded.ranked[0][0] == plate.text.replace("O", "0")
                shares = looks.with_number(decoded.ranked[0][0]) if hit else None
                yield Case(decoded.evidence, right, shares, plate.state, real)


def _scene(photos: Photos, plate: Plate, wide: float, rng: np.random.Generator) -> tuple[Image, Quad]:
    """Return a photo with this plate in it, as a camera sees it, and the plate's corners."""
    ground = photos.negatives[int(rng.integers(len(photos.negatives)))].image
    scene = np.asarray(cv2.resize(ground, SCENE, interpolation=cv2.INTER_AREA), np.uint8)
    center = rng.uniform((wide, wide * 0.6), np.array(SCENE) - (wide, wide * 0.6))
    quad = slanted(rng, (float(center[0]), float(center[1])), wide)
    body = (quad - quad.mean(axis=0)) * rng.uniform(1.2, 2.4, 2) + quad.mean(axis=0)
    tone = rng.uniform(10, 220) + rng.normal(0, 12, 3)
    cv2.fillPoly(scene, [body.astype(np.int32)], tone.tolist(), cv2.LINE_AA)
    paste(rng, scene, plate.image, quad)
    return photographed(rng, scene, float(rng.uniform(0.2, 0.8)), wide / 90), quad


def _least(cases: Sequence[Case]) -> float:
    """Return the least probability at which the state's name is wrong in no more than _WRONG_STATES of the plates."""
    said = [(float(c.states.max()), NAMES[int(c.states.argmax())], c.state) for c in cases if c.states is not None]
    for least in np.arange(0.3, 1.0, 0.01):
        wrong = sum(share >= least and name not in ("", state) for share, name, state in said)
        if wrong <= _WRONG_STATES * len(said):
            return round(float(least), 2)
    return 0.99


def fit_logistic(
    features: Floats, right: Floats, wrong_counts: float = 1.0, ridge: float = 1.0
) -> tuple[float, list[float]]:
    """Return bias and weights of a logistic model (Newton's method; ridge keeps the weights small).

    wrong_counts: how many times a case that is not right counts.
    """
    counts = np.where(right > 0, 1.0, wrong_counts)
    x = np.hstack([np.ones((len(features), 1)), features])
    weights = np.zeros(x.shape[1])
    penalty = ridge * np.eye(x.shape[1])
    penalty[0, 0] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (counts * (right - p)) - penalty @ weights
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return float(weights[0]), [float(w) for w in weights[1:]]


def reliability(cases: Sequence[Case], bias: float, weights: Sequence[float]) -> list[dict[str, float | int]]:
    """Return a row a step of confidence: how many readings, how sure they were in the mean, how many were right."""
    scores = np.array([bias + float(np.dot(weights, case.evidence.features())) for case in cases])
    sure = 1 / (1 + np.exp(-scores))
    right = np.array([case.right for case in cases])
    rows: list[dict[str, float | int]] = []
    for low, high in pairwise(_BINS):
        inside = (sure >= low) & ((sure < high) | (high == 1.0))
        if inside.any():
            mean = round(float(sure[inside].mean()), 4)
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "readings": int(inside.sum()),
                    "sure": mean,
                    "right": int(right[inside].sum()),
                }
            )
    return rows
