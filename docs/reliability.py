"""Draws docs/reliability.svg from resources/models/figures.json: `python docs/reliability.py`.

How sure the plate reader says it is, and how often it is right, with 95 % intervals.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from mdt_app.wiring.read_scores import Share

_ROOT = Path(__file__).parents[1]
_SIDE, _LEFT, _TOP = 360, 60, 20
_BLUE, _GRAY = "#1d4ed8", "#6b7280"


def _x(share: float) -> float:
    return _LEFT + share * _SIDE


def _y(share: float) -> float:
    return _TOP + (1 - share) * _SIDE


def _axes() -> Iterator[str]:
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_GRAY}"/>'
    yield f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{_GRAY}" stroke-dasharray="5 4"/>'
    for tenth in range(0, 11, 2):
        share = tenth / 10
        yield f'<text x="{_x(share)}" y="{_y(0) + 18}" text-anchor="middle">{share:.1f}</text>'
        yield f'<text x="{_LEFT - 8}" y="{_y(share) + 4}" text-anchor="end">{share:.1f}</text>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">said confidence</text>'
    yield f'<text x="16" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 16 {_y(0.5)})">share right</text>'


def _point(row: Mapping[str, float]) -> Iterator[str]:
    """One step of confidence: a disc by its readings' number, its interval as a line."""
    low, high = Share(int(row["right"]), int(row["readings"])).interval
    x, y = _x(row["sure"]), _y(row["right"] / row["readings"])
    yield f'<line x1="{x:.1f}" y1="{_y(low):.1f}" x2="{x:.1f}" y2="{_y(high):.1f}" stroke="{_BLUE}" stroke-width="2"/>'
    wide = 3 + row["readings"] ** 0.5 / 5
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{wide:.1f}" fill="{_BLUE}" fill-opacity="0.7"/>'


def main() -> None:
    """Write the picture beside this file."""
    rows = json.loads((_ROOT / "resources" / "models" / "figures.json").read_text(encoding="utf-8"))["reliability"]
    parts = [*_axes(), *(part for row in rows for part in _point(row))]
    size = f'width="{_LEFT + _SIDE + 20}" height="{_TOP + _SIDE + 55}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
    ground = '<rect width="100%" height="100%" fill="white"/>'
    text = "\n".join((head, ground, *parts, "</svg>")) + "\n"
    (_ROOT / "docs" / "reliability.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
