"""The project's own plate reader: finds plates by their corners, straightens them, reads and weighs several cuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from devices.recogniser import decoding
from devices.recogniser.alphabet import ALPHABET
from devices.recogniser.colors import vehicle_color
from devices.recogniser.confidence import Evidence, calibrated
from devices.recogniser.crops import CROP_SIZE, straight_crop
from devices.recogniser.finder import Finder, Found
from devices.recogniser.models import Network
from devices.recogniser.patterns import fits
from devices.recogniser.port import Image, PlateReading
from devices.recogniser.quads import box_of, grown, unmoved
from devices.recogniser.state_classifier import Looks, StateClassifier
from mdt_app.domain.reads import Seen, SeenVehicle

LEAST_CHARACTERS, MOST_CHARACTERS = 3, 8
LEAST_SURE = 0.04
"""A reading less sure than this is none."""
SURE_ALONE = 0.7
"""Where the first reader's best text has less of the belief than this, the second one reads the plate too."""
VIEWS = ((-0.02, -0.04), (-0.02, -0.12), (0.08, 0.02))
"""How the corners are moved outwards for each cut that is weighed, in shares of the plate's width and height."""
NARROWER = (-0.12, 0.0)
"""So the corners are moved where more is read than any plate has: they took in another plate's ends, or words."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the cuts of one plate say together: texts with their shares of belief, best first."""

    ranked: tuple[tuple[str, float], ...]
    views: decoding.Columns
    peaks: npt.NDArray[np.int64]
    evidence: Evidence
    beams: tuple[list[tuple[str, float]], ...]


class OwnPlateReader:
    """Plate reader on the project's own networks. `threads`: how many cores it may take."""

    def __init__(self, threads: int = 2) -> None:
        self._finder = Finder(threads)
        self._network = Network("reader", threads)
        self._second = Network("second", threads)
        self._states = StateClassifier(threads)

    def warm_up(self) -> None:
        """Run all networks once."""
        self._finder.find(np.zeros((360, 640, 3), np.uint8))
        blank = np.zeros((len(VIEWS), CROP_SIZE[1], CROP_SIZE[0], 3), np.uint8)
        self._network(blank)
        self._second(blank)
        self._states.looks(blank)

    def read(self, image: Image, known: Sequence[PlateReading] = (), *, thorough: bool = True) -> list[PlateReading]:
        """As PlateReader says."""
        found = self._finder.find(image, thorough=thorough)
        readings = [recalled(one, known) or self.reading_at(image, one) for one in found]
        return sorted((r for r in readings if r is not None), key=lambda r: -r.confidence)

    def reading_at(self, image: Image, found: Found, *, narrowed: bool = False) -> PlateReading | None:
        """Return what stands here, or None; where that is more than any plate has, what stands in the middle."""
        crops = np.stack([straight_crop(image, grown(found.quad, *grow)) for grow in VIEWS])
        first = self._network(crops[:1])
        said = characters_said(first[0])
        if said < LEAST_CHARACTERS:
            return None
        if said > MOST_CHARACTERS and not narrowed:
            return self.reading_at(image, replace(found, quad=grown(found.quad, *NARROWER)), narrowed=True)
        looks = self._states.looks(crops)
        said_first = np.concatenate([first, self._network(crops[1:])])
        decoded = decode_by_both(said_first, lambda: self._second(crops), found, looks)
        if decoded is None:
            return None
        text = decoded.ranked[0][0]
        confidence = calibrated(decoded.evidence)
        if confidence < LEAST_SURE:
            return None
        seen = decoding.characters(decoded.views, text, decoded.peaks)
        state, convincing = self._states.state_of(looks, text)
        color = vehicle_color(image, found.quad)
        return PlateReading(
            text="".join(c.character for c in seen),
            confidence=round(confidence, 4),
            characters=seen,
            box=box_of(found.quad),
            state=state,
            state_confidence=convincing,
            candidates=tuple(other for other, share in decoded.ranked[1:4] if share >= 0.01),
            vehicle=None if color is None else SeenVehicle(color=Seen(*color)),
        )


def recalled(found: Found, known: Sequence[PlateReading]) -> PlateReading | None:
    """Return the known reading that stands here with this box; None where none does, or where two might."""
    box = box_of(found.quad)
    here = [one for one in known if unmoved(one.box, box)]
    return replace(here[0], box=box, recalled=True) if len(here) == 1 else None


def characters_said(logs: decoding.Columns) -> int:
    """Return how many characters one cut's columns hold, each the likeliest of its column."""
    likeliest = logs.argmax(axis=1)
    starts = (likeliest != 0) & (likeliest != np.concatenate([[0], likeliest[:-1]]))
    return int(starts.sum())


def decode(logs: decoding.Columns, found: Found, looks: Looks, before: Decoded | None = None) -> Decoded | None:
    """Weigh what the cuts of one plate say; None where they say nothing that can be a plate's number.

    logs: the reader network's output, cuts x steps x 37. looks: what the same cuts say of the state. before: what the
    first reader said of them, where these logs are the second's; both are weighed together.
    """
    views = np.exp(logs)
    beams = [decoding.beam(view) for view in decoding.folded(views)]
    if before is not None:
        views, beams = np.concatenate([before.views, views]), [*before.beams, *beams]
    one = decoding.folded(views)
    texts = sorted({text for beam in beams for text, _ in beam})
    ranked = decoding.weigh(one, texts, [looks.hint(text) for text in texts])
    text = ranked[0][0]
    if not LEAST_CHARACTERS <= len(text) <= MOST_CHARACTERS:
        return None
    at = decoding.peaks(one, text)
    evidence = _evidence(one, at, ranked, [beam[0][0] for beam in beams], found)
    if before is not None:
        evidence = replace(evidence, asked=True)
    return Decoded(tuple(ranked), views, at, evidence, tuple(beams))


def decode_by_both(
    logs: decoding.Columns, second: Callable[[], decoding.Columns], found: Found, looks: Looks
) -> Decoded | None:
    """As `decode`; where the first reader alone is not sure, the second is asked and both are weighed together.

    second: reads the same cuts. It is called only where it is needed: most plates are clear, and its time is saved.
    """
    alone = decode(logs, found, looks)
    if alone is None or alone.evidence.share >= SURE_ALONE:
        return alone
    return decode(second(), found, looks, alone)


def _evidence(
    one: decoding.Columns,
    at: npt.NDArray[np.int64],
    ranked: Sequence[tuple[str, float]],
    firsts: Sequence[str],
    found: Found,
) -> Evidence:
    text, share = ranked[0]
    logs = decoding.log_likelihoods(one, [text])[:, 0]
    indices = [ALPHABET.index(c) + 1 for c in text]
    sure = np.mean([view[steps, indices] for view, steps in zip(one, at, strict=True)], axis=0)
    return Evidence(
        share=share,
        fit=float(logs.mean()),
        worst_character=float(sure.min()),
        mean_character=float(sure.mean()),
        agreeing=firsts.count(text) / len(firsts),
        heat=found.heat,
        wide=float(np.ptp(found.quad[:, 0])),
        patterned=fits(text),
    )
