"""Scores of a plate reader against truth: shares with their 95 % intervals, and which plates were missed.

A plate is read exactly when the most confident reading that overlaps it equals it, letter O as 0 (truths never write
O). A plate that was not found is wrong. An extra read overlaps no true plate.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devices.recogniser.port import PlateReading
from devices.recogniser.quads import overlap
from mdt_app.domain.errors import BadInput
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Box

LEAST_OVERLAP, CONFIDENT = 0.3, 0.9
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class TruePlate:
    """A plate that is in a picture: its name, its box, what stands on it, its state where a person can see it."""

    image: str
    box: Box
    plate: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A count among so many, with Wilson's 95 % interval."""

    count: int
    of: int

    @property
    def interval(self) -> tuple[float, float]:
        """Return the bounds, 0 to 1; (0, 1) when nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        p, n, z = self.count / self.of, self.of, _Z
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        share = 100 * self.count / self.of if self.of else float("nan")
        return f"{self.count} of {self.of}, {share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


@dataclass(slots=True)
class Scores:
    """What is counted over a set of pictures. `missed`: the plates read wrongly, with what was read (None: nothing)."""

    plates: int = 0
    exact: int = 0
    located: int = 0
    errors: int = 0
    characters: int = 0
    extra: int = 0
    wrong_confident: int = 0
    states_seen: int = 0
    state_right: int = 0
    state_wrong: int = 0
    pictures: int = 0
    missed: list[tuple[TruePlate, str | None]] = field(default_factory=list)

    def count(self, truth: Sequence[TruePlate], readings: Sequence[PlateReading]) -> None:
        """Count one picture."""
        self.pictures += 1
        ranked = sorted(readings, key=lambda r: -r.confidence)
        for plate in truth:
            here = (r for r in ranked if overlap(r.box, plate.box) > LEAST_OVERLAP)
            self._plate(plate, next(here, None))
        self.extra += sum(all(overlap(r.box, t.box) <= LEAST_OVERLAP for t in truth) for r in readings)

    def _plate(self, plate: TruePlate, reading: PlateReading | None) -> None:
        wanted, read = match_key(plate.plate), match_key(reading.text) if reading else ""
        self.plates += 1
        self.characters += len(wanted)
        self.located += reading is not None
        self.errors += min(len(wanted), edits(read, wanted))
        self.exact += read == wanted
        if read != wanted:
            self.missed.append((plate, reading.text if reading else None))
            self.wrong_confident += reading is not None and reading.confidence >= CONFIDENT
        if plate.state is not None:
            named = reading.state if reading else None
            self.states_seen += 1
            self.state_right += named == plate.state
            self.state_wrong += named not in (None, plate.state)

    def table(self) -> dict[str, object]:
        """Return the figures by name: shares as text with their intervals."""
        extra = 100 * self.extra / max(1, self.pictures)
        figures: dict[str, object] = {"pictures": self.pictures, "extra_in_100": round(extra, 1)}
        if self.plates:
            figures |= {
                "exact": str(Share(self.exact, self.plates)),
                "located": str(Share(self.located, self.plates)),
                "character_errors": str(Share(self.errors, self.characters)),
                "wrong_at_0.9": str(Share(self.wrong_confident, self.plates)),
            }
        if self.states_seen:
            figures |= {
                "state_right": str(Share(self.state_right, self.states_seen)),
                "state_wrong": str(Share(self.state_wrong, self.states_seen)),
            }
        return figures


def edits(read: str, wanted: str) -> int:
    """Return how many characters must be put in, left out or changed to turn one text into the other."""
    row = list(range(len(wanted) + 1))
    for i, a in enumerate(read, 1):
        before, row = row, [i]
        for j, b in enumerate(wanted, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def load_truth(file: Path) -> dict[str, list[TruePlate]]:
    """Read a table (tabs: image x y w h plate) by picture; states.tsv beside it (image state) is taken too.

    BadInput says what is wrong with it.
    """
    states = _states(file.with_name("states.tsv"))
    truth: dict[str, list[TruePlate]] = {}
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                box = Box(*(round(float(row[key])) for key in ("x", "y", "w", "h")))
                plate = TruePlate(row["image"], box, row["plate"], states.get(row["image"]))
                truth.setdefault(plate.image, []).append(plate)
    except (OSError, KeyError, ValueError, UnicodeDecodeError) as fault:
        words = f"The table of truth cannot be used: {fault!r}."
        raise BadInput(words, "It needs tabs and the columns image, x, y, w, h, plate.") from fault
    return truth


def _states(file: Path) -> Mapping[str, str]:
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["image"]: row["state"] for row in rows if row["state"] != "unknown"}
