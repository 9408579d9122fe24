"""The first plate reader: rapidocr's text networks over the whole picture, then a closer look at each likely plate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from devices.recogniser import ctc
from devices.recogniser.geometry import LineBox, joined, overlap, straightened
from devices.recogniser.networks import LineFinder, LineReader
from devices.recogniser.port import Image, PlateReading
from devices.recogniser.states import state_of
from devices.recogniser.us_filter import Line, UsFilter, can_be_plate_line

FIRST_SIDE = 768
"""Longer side of the first search; time grows with its square, and below it plates of 50 px in 1280 are lost."""
CLOSER_SIDE = 320
"""Longer side to which the surroundings of a likely plate are brought for the second search."""
MOST_LINES, MOST_PLATES = 16, 4
LEAST_SURE = 0.1
"""Views that agree less than this have seen different things: no plate, or one too far off to say anything of."""
_VIEWS = ((0.0, 0.0), (0.25, 0.1), (0.25, -0.2))
"""How the box is grown, in shares of its height, for each view that is weighed: the found box may cut a character."""


@dataclass(frozen=True, slots=True)
class _Seen:
    line: Line
    columns: ctc.Columns


class RapidPlateReader:
    """Plate reader on two ONNX networks. `threads`: how many cores it may take."""

    def __init__(self, threads: int = 2) -> None:
        self._finder = LineFinder(threads)
        self._reader = LineReader(threads)
        self.filter = UsFilter()

    def warm_up(self) -> None:
        """Run both networks once."""
        self._finder.find(np.zeros((432, 768, 3), np.uint8), FIRST_SIDE)
        self._reader.read([np.zeros((48, 160, 3), np.uint8)])

    def read(self, image: Image) -> list[PlateReading]:
        """Return the US plates in a BGR picture, the most confident first."""
        high, wide = image.shape[:2]
        found = self._finder.find(image, min(FIRST_SIDE, max(high, wide)))
        boxes = [box for box in found if can_be_plate_line(box, wide, high)]
        boxes = sorted(boxes, key=lambda b: -b.score)[:MOST_LINES]
        likely = [seen for seen in self._see(image, [*boxes, *joined(boxes)]) if self.filter.passes(seen.line)]
        likely = _apart(likely)[:MOST_PLATES]
        readings = [self._closer(image, seen) for seen in likely]
        return sorted((r for r in readings if r is not None), key=lambda r: -r.confidence)

    def _see(self, image: Image, boxes: Sequence[LineBox]) -> list[_Seen]:
        outputs = self._reader.read([straightened(image, box) for box in boxes])
        seen = []
        for box, output in zip(boxes, outputs, strict=True):
            columns = self._reader.plate_columns(output)
            raw, confidence = self._reader.text(output)
            seen.append(_Seen(Line(box, raw, ctc.beam(columns)[0][0], confidence), columns))
        return seen

    def _closer(self, image: Image, first: _Seen) -> PlateReading | None:
        """Search the plate's surroundings enlarged, weigh several views of its line, and look for the state's name."""
        lines = self._around(image, first.line.box)
        same = [
            b for b in lines if overlap(b.upright(), first.line.box.upright()) > 0.5 and b.h > 0.6 * first.line.box.h
        ]
        best = max(same, key=lambda b: b.w, default=first.line.box)
        views = [straightened(image, box.grown(*grow)) for box in (best, first.line.box) for grow in _VIEWS]
        others = [b for b in lines if b is not best]
        outputs = self._reader.read([*views, *(straightened(image, b) for b in others)])
        columns = [self._reader.plate_columns(output) for output in outputs[: len(views)]]
        words = [self._reader.text(output) for output in outputs[len(views) :]]
        return self._reading(replace(first.line, box=best), columns, words)

    def _around(self, image: Image, box: LineBox) -> list[LineBox]:
        high, wide = image.shape[:2]
        half_w, half_h = 0.85 * box.w, max(2.6 * box.h, 0.5 * box.w)
        left, top = max(0, int(box.x - half_w)), max(0, int(box.y - half_h))
        window = image[top : min(high, int(box.y + half_h)), left : min(wide, int(box.x + half_w))]
        return [replace(b, x=b.x + left, y=b.y + top) for b in self._finder.find(window, CLOSER_SIDE)]

    def _reading(
        self, line: Line, views: Sequence[ctc.Columns], words: Sequence[tuple[str, float]]
    ) -> PlateReading | None:
        texts = {text for view in views for text, _ in ctc.beam(view)[:4] if text}
        ranked = ctc.weigh(views, sorted(texts))
        text, share = ranked[0]
        characters = ctc.characters(views, text)
        confidence = share * float(np.mean([c.confidence for c in characters]))
        sure = max(confidence, line.confidence) if confidence >= LEAST_SURE else confidence
        if not self.filter.passes(replace(line, text=text, confidence=sure)):
            return None
        state, convincing = state_of(words)
        others = tuple(other for other, part in ranked[1:4] if part >= 0.02)
        return PlateReading(text, round(confidence, 4), characters, line.box.upright(), state, convincing, others)


def _apart(seen: Sequence[_Seen]) -> list[_Seen]:
    """Keep one line of those that lie on each other: the longer text, as a part of a plate is also plate-like."""
    kept: list[_Seen] = []
    for one in sorted(seen, key=lambda s: (-len(s.line.text), -s.line.confidence)):
        if all(overlap(one.line.box.upright(), other.line.box.upright()) < 0.4 for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: -s.line.confidence)
