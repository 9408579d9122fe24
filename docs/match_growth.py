"""Draws docs/match_growth.svg from lines of `mdt bench match --json` on standard input, one a size."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 150, 30, 50
X_FROM, X_TO, Y_FROM, Y_TO = 4.0, math.log10(2e7), -0.5, 2.2
SERIES = (
    ("near_us_p50", "near, packed", "#b45309", ""),
    ("exact_us_p50", "exact, packed", "#1d4ed8", ""),
    ("peer_sqlite_us_p50", "exact, SQLite index", "#6b7280", "6 4"),
    ("peer_dict_us_p50", "exact, dict", "#6b7280", "2 3"),
)


def at(entries: float, micros: float) -> tuple[float, float]:
    """Return where a point stands; both axes are logarithmic."""
    x = LEFT + (math.log10(entries) - X_FROM) / (X_TO - X_FROM) * (WIDTH - LEFT - RIGHT)
    y = HEIGHT - BOTTOM - (math.log10(micros) - Y_FROM) / (Y_TO - Y_FROM) * (HEIGHT - TOP - BOTTOM)
    return round(x, 1), round(y, 1)


def text(x: float, y: float, words: str, anchor: str = "start", color: str = "#111827") -> str:
    """Return words at a place."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{color}">{words}</text>'


def axes() -> Iterable[str]:
    """Give the grid with its numbers."""
    for entries, words in ((1e4, "10,000"), (1e5, "100,000"), (1e6, "1 million"), (5e6, "5 m"), (2e7, "20 m")):
        x, _ = at(entries, 1)
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#e5e7eb"/>' + text(x, HEIGHT - 30, words, "middle")
    for micros in (1, 10, 100):
        _, y = at(1e4, micros)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#e5e7eb"/>' + text(LEFT - 8, y + 4, f"{micros} µs", "end")
    yield text(LEFT, 18, "Time of one look-up at the median, by entries in the list")


def line(rows: Sequence[Mapping[str, float]], series: tuple[str, str, str, str]) -> Iterable[str]:
    """Give one measurement's line with its points and name."""
    name, words, color, dashes = series
    points = [at(row["entries"], row[name]) for row in rows]
    path = "L".join(f"{x} {y}" for x, y in points)
    yield f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{color}"/>' for x, y in points)
    yield text(points[-1][0] + 8, points[-1][1] + 4, words, color=color)


def main() -> None:
    """Read the figures and write the picture beside this file."""
    rows = sorted((json.loads(figures) for figures in sys.stdin if figures.strip()), key=lambda row: row["entries"])
    parts = [*axes(), *(part for series in SERIES for part in line(rows, series))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    picture = f'{head} font-size="12"><rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    Path(__file__).with_suffix(".svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
