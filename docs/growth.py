"""Draws how a measurement grows: docs/growth_NAME.svg from the lines of its command's --json, one a size.

for n in 10000 100000 1000000; do mdt bench store --open --json --rows $n; done | python docs/growth.py reads
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 80, 190, 30, 50
BLUE, AMBER, GREEN, GRAY = "#1d4ed8", "#b45309", "#047857", "#6b7280"


@dataclass(frozen=True, slots=True)
class Series:
    """One line: the figure's name, its words, its color, and how it is dashed (a peer or a limit is)."""

    name: str
    words: str
    color: str
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A growth: the size's name in the figures, both axes' marks with their words, and the lines."""

    title: str
    size: str
    across: Mapping[float, str]
    up: Mapping[float, str]
    series: tuple[Series, ...]


CHARTS = {
    "lists": Chart(
        "Time of one look-up at the median, by entries in the list (mdt bench match)",
        "entries",
        {1e4: "10,000", 1e5: "100,000", 1e6: "1 million", 5e6: "5 m", 2e7: "20 m"},
        {1: "1 µs", 10: "10 µs", 100: "100 µs"},
        (
            Series("near_us_p50", "near, packed", AMBER),
            Series("exact_us_p50", "exact, packed", BLUE),
            Series("peer_sqlite_us_p50", "exact, SQLite index", GRAY, "6 4"),
            Series("peer_dict_us_p50", "exact, dict", GRAY, "2 3"),
        ),
    ),
    "reads": Chart(
        "The car's store from a cold disk, by reads in it (mdt bench store --open)",
        "rows",
        {1e4: "10,000", 1e5: "100,000", 1e6: "1 million", 1e7: "10 m"},
        {0.1: "0.1 ms", 1: "1 ms", 10: "10 ms", 100: "100 ms", 1000: "1 s"},
        (
            Series("open_ms", "until it is in use", BLUE),
            Series("search_ms_p50", "all reads of a plate", AMBER),
            Series("disk_ms_p50", "the bare disk, as many pages", GRAY, "6 4"),
        ),
    ),
    "cars": Chart(
        "Headquarters taking events in while all cars send at once, by cars (mdt bench sync)",
        "cars",
        {10: "10", 40: "40", 160: "160", 640: "640"},
        {10: "10", 100: "100", 1000: "1,000", 10000: "10,000", 100000: "100,000"},
        (
            Series("events_per_s", "events a second", BLUE),
            Series("ack_ms_p50", "ms to the answer of a batch", AMBER),
            Series("bytes_per_event", "bytes an event", GREEN),
        ),
    ),
}


class Paper:
    """Where a chart's points stand; both axes are logarithmic."""

    def __init__(self, chart: Chart) -> None:
        self._x, self._y = sorted(chart.across), sorted(chart.up)

    def at(self, size: float, figure: float) -> tuple[float, float]:
        """Return a point's place in the picture."""
        across, up = _share(size, self._x), _share(figure, self._y)
        x, y = LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)


def _share(value: float, marks: Sequence[float]) -> float:
    low, high = math.log10(marks[0]), math.log10(marks[-1])
    return (math.log10(value) - low) / (high - low)


def text(x: float, y: float, words: str, anchor: str = "start", color: str = "#111827") -> str:
    """Return words at a place."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{color}">{words}</text>'


def axes(chart: Chart, paper: Paper) -> Iterable[str]:
    """Give the grid with its words."""
    for size, words in chart.across.items():
        x, _ = paper.at(size, min(chart.up))
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#e5e7eb"/>' + text(x, HEIGHT - 30, words, "middle")
    for figure, words in chart.up.items():
        _, y = paper.at(min(chart.across), figure)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#e5e7eb"/>' + text(LEFT - 8, y + 4, words, "end")
    yield text(LEFT, 18, chart.title)


def line(rows: Sequence[Mapping[str, float]], chart: Chart, series: Series, paper: Paper) -> Iterable[str]:
    """Give one line with its points and name."""
    points = [paper.at(row[chart.size], row[series.name]) for row in rows]
    path = "L".join(f"{x} {y}" for x, y in points)
    dashes = f' stroke-dasharray="{series.dashes}"' if series.dashes else ""
    yield f'<path d="M{path}" fill="none" stroke="{series.color}" stroke-width="2"{dashes}/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{series.color}"/>' for x, y in points)
    yield text(points[-1][0] + 8, points[-1][1] + 4, series.words, color=series.color)


def main() -> None:
    """Read the figures of the chart that is named, and write the picture beside this file."""
    name = sys.argv[1]
    chart = CHARTS[name]
    paper = Paper(chart)
    found = (json.loads(figures) for figures in sys.stdin if figures.strip())
    rows = sorted(found, key=lambda row: float(row[chart.size]))
    parts = [*axes(chart, paper), *(part for series in chart.series for part in line(rows, chart, series, paper))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    picture = f'{head} font-size="12"><rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    Path(__file__).with_name(f"growth_{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
