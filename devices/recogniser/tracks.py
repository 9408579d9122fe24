"""One car, one read: ties the readings of successive frames to tracks and settles each track once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from devices.cameras.frames import Frame
from devices.recogniser.port import PlateReading
from devices.recogniser.quads import unmoved
from devices.recogniser.votes import vote
from mdt_app.domain.reads import Box

LOST_AFTER_S = 2.5
"""A plate unseen for so long has left; the next sight of it is a new track."""
AGREEING_FRAMES, HALF_SURE = 2, 0.5
"""So many frames that agree settle a track, once one of them is half sure."""
AGREEING_DOUBTFUL = 4
"""So many settle it where none is: at night an alert can't wait until the car is gone."""
AT_ONCE = 0.95
"""A single reading this confident is not made to wait for a second frame: the alert is due within a second."""
LEAST_AT_END = 0.3
"""A track that ends less sure than this is counted as unsettled and makes no read."""
RECALLS, RECALL_WITHIN_S = 4, 0.4
"""How often in a row a settled plate that stands still in the picture is recalled instead of read, and after how long
no more."""
_SAME_TEXT, _SAME_PLACE_TEXT = 0.7, 0.5
_NEAR = 1.5
"""Widths of the plate that it may have moved and still be in the same place."""
_VOTERS = 12
"""Only the most confident readings vote; a car that waits at a light must not grow a list without end."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One reading and the frame it was made from."""

    reading: PlateReading
    frame: Frame


@dataclass(frozen=True, slots=True)
class Settled:
    """A track's read: the voted reading, the frame in which the plate was seen best, and how many frames voted.

    `latest` is the frame that settled it; latency counts from its arrival.
    """

    reading: PlateReading
    best: Frame
    latest: Frame
    frames: int


@dataclass(slots=True)
class _Track:
    best: Sighting
    latest: Sighting
    seen_s: float
    voters: list[PlateReading] = field(default_factory=list)
    frames: int = 0
    settled: bool = False
    steady: bool = False
    recalls: int = 0

    def add(self, sighting: Sighting) -> None:
        before = self.latest.reading
        self.latest, self.seen_s = sighting, sighting.frame.arrived_s
        if sighting.reading.recalled:
            self.recalls += 1
            return
        self.steady = (
            self.frames > 0 and before.text == sighting.reading.text and unmoved(before.box, sighting.reading.box)
        )
        self.recalls = 0
        self.frames += 1
        self.voters = sorted([*self.voters, sighting.reading], key=lambda r: -r.confidence)[:_VOTERS]
        if _sight(sighting.reading) > _sight(self.best.reading):
            self.best = sighting

    def finished(self) -> Settled:
        voted = vote(self.voters)
        # Frames of one car err alike, and only single readings were calibrated: agreeing makes none of them surer.
        surest = max((r.confidence for r in self.voters if r.text == voted.text), default=voted.confidence)
        voted = replace(voted, confidence=min(voted.confidence, surest))
        return Settled(voted, self.best.frame, self.latest.frame, self.frames)


class Tracks:
    """The plates in view of one camera. Pure: time comes with the frames (monotonic seconds).

    independent: the pictures have nothing to do with one another, so every reading is a read at once.
    `unsettled` counts tracks that ended without a read.
    """

    def __init__(self, *, independent: bool = False) -> None:
        self.independent = independent
        self._tracks: list[_Track] = []
        self._last_s = 0.0
        self.unsettled = 0

    def update(self, frame: Frame, readings: Sequence[PlateReading]) -> list[Settled]:
        """Take the readings of one frame; return the reads that are settled by it. No track gives a second one."""
        if self.independent:
            return [Settled(r, frame, frame, 1) for r in readings]
        self._last_s = frame.arrived_s
        ended = self._ended(frame.arrived_s)
        free = list(self._tracks)
        for reading in sorted(readings, key=lambda r: -r.confidence):
            sighting = Sighting(reading, frame)
            track = max(free, key=lambda t: _likeness(t, reading), default=None)
            if track is None or _likeness(track, reading) <= 0:
                if reading.recalled:
                    continue  # its track has its sighting already: nothing was read here that could begin another
                track = _Track(sighting, sighting, frame.arrived_s)
                self._tracks.append(track)
            else:
                free.remove(track)
            track.add(sighting)
        return ended + [self._settle(t) for t in self._tracks if not t.settled and _is_settled(t)]

    def still(self, now_s: float) -> None:
        """The picture has not changed since the last update: whatever was in view then is still there."""
        for track in self._tracks:
            if track.seen_s == self._last_s:
                track.seen_s = now_s
        self._last_s = now_s

    def steady(self, now_s: float) -> tuple[PlateReading, ...]:
        """Plates whose read is made and that were read alike twice in the same place: they need not be read again now.

        Only for a moment: a plate is read again after RECALLS pictures, and when RECALL_WITHIN_S have passed.
        """
        fresh = self._last_s if now_s - self._last_s < RECALL_WITHIN_S else math.inf
        held = (t for t in self._tracks if t.settled and t.steady and t.recalls < RECALLS and t.seen_s >= fresh)
        return tuple(track.latest.reading for track in held)

    def finish(self) -> list[Settled]:
        """The source has ended: return the reads of the tracks that are still open."""
        return self._ended(math.inf)

    def _ended(self, now_s: float) -> list[Settled]:
        gone = [t for t in self._tracks if now_s - t.seen_s > LOST_AFTER_S]
        self._tracks = [t for t in self._tracks if now_s - t.seen_s <= LOST_AFTER_S]
        waiting = [t for t in gone if not t.settled]
        sure = [t for t in waiting if vote(t.voters).confidence >= LEAST_AT_END]
        self.unsettled += len(waiting) - len(sure)
        return [self._settle(t) for t in sure]

    @staticmethod
    def _settle(track: _Track) -> Settled:
        track.settled = True
        return track.finished()


def _is_settled(track: _Track) -> bool:
    voted = vote(track.voters)
    agreeing = [r.confidence for r in track.voters if r.text == voted.text]
    surest = max(agreeing, default=0.0)
    agreed = len(agreeing) >= (AGREEING_FRAMES if surest >= HALF_SURE else AGREEING_DOUBTFUL)
    return (agreed or surest >= AT_ONCE) and voted.confidence >= LEAST_AT_END


def _sight(reading: PlateReading) -> float:
    """How good a picture of the plate this is: sure and large."""
    return reading.confidence * math.sqrt(max(1, reading.box.w))


def _likeness(track: _Track, reading: PlateReading) -> float:
    """Return how well the reading fits the track, 0 or less for not at all.

    A like text may have moved far between two slow frames; an unlike one fits only where the plate was.
    """
    before = track.latest.reading
    alike = max(_alike(before.text, reading.text), _alike(track.best.reading.text, reading.text))
    apart = _apart(before.box, reading.box)
    fits = alike >= (_SAME_PLACE_TEXT if apart < _NEAR else _SAME_TEXT)
    return alike + 1 / (1 + apart) if fits else 0.0


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _apart(a: Box, b: Box) -> float:
    """Return the distance of the centers in widths of the first box."""
    return math.hypot(a.x + a.w / 2 - b.x - b.w / 2, a.y + a.h / 2 - b.y - b.h / 2) / max(1, a.w)
