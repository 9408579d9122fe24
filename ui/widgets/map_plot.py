"""The plot of a map: its unit is the foot, the same both ways; its grid says feet and miles."""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg

from ui.shift_map import FEET_A_MILE, Place, in_us_units
from ui.theme import DIMMED
from ui.widgets.plot import Plot

_LINE_PX, _GRID = 100, 127
_STEPS_FT = (100, 250, 500, *(FEET_A_MILE * miles for miles in (0.25, 0.5, 1, 2, 5, 10, 25)))
OPACITY: Mapping[str, float] = {"night": 0.35, DIMMED: 0.18}
"""Of the agency's map by theme, else 1: a paper map at full brightness would blind at night."""


class MapPlot(Plot):
    """An empty map; `name` is what it is called to who can't see it."""

    def __init__(self, name: str) -> None:
        super().__init__(_Distance)
        self.view.setAspectLocked(True)
        for axis in self.axes.values():
            axis.setGrid(_GRID)
        self.setAccessibleName(name)

    def look_at(self, middle: Place, wide: float) -> None:
        """Turn the view to a place, so many feet wide."""
        (east, north), half = middle, wide / 2
        self.view.setRange(xRange=(east - half, east + half), padding=0)
        high = half * max(1, self.view.height()) / max(1, self.view.width())
        self.view.setRange(yRange=(north - high, north + high), padding=0)


class _Distance(pg.AxisItem):  # type: ignore[misc] # pyqtgraph ships no types
    """Says feet or miles from the map's first place."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:  # noqa: N803 - pyqtgraph names them
        """Round feet and miles, a line every tenth of the view or so."""
        step = next((step for step in _STEPS_FT if step * size >= (maxVal - minVal) * _LINE_PX), _STEPS_FT[-1])
        return [(step, 0.0)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Words for pyqtgraph's own ticks."""
        _ = scale
        if spacing < FEET_A_MILE / 4:
            return [f"{abs(value):,.0f} ft" for value in values]  # lines of round feet lie at no round miles
        return [in_us_units(abs(value)) for value in values]
