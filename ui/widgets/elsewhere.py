"""Other cars' exigent stops: marks on the map with the car's name, and a line that says how far and where to."""

from __future__ import annotations

import math
from datetime import datetime

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication

from mdt_app.domain.elsewhere import ExigentStop
from ui.shift_map import FEET_A_MILE, Place, ShiftMap, in_us_units
from ui.theme import Theme
from ui.widgets.plot import Plot
from ui.words import age, filled, translated

MARK = "◆"
_TOLD, _SIZE = 3, 24
WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


class ExigentMarks:
    """The marks in a pyqtgraph plot whose unit is the foot. One without a place stands in the words alone."""

    def __init__(self, plot: Plot, theme: Theme) -> None:
        self._plot, self._theme = plot, theme
        self._marks = pg.ScatterPlotItem(size=_SIZE, symbol="d")
        self._names: list[pg.TextItem] = []
        plot.add(self._marks)

    def show(self, stops: tuple[ExigentStop, ...], shift: ShiftMap, now: datetime) -> None:
        """Draw these stops where the shift's map has a first place to count from."""
        placed = [(stop, at) for stop in stops if (at := place_of(stop, shift)) is not None]
        color = self._theme.color("owed")
        self._marks.setData([at[0] for _, at in placed], [at[1] for _, at in placed], brush=color, pen=None)
        for name in self._names:
            self._plot.view.removeItem(name)
        self._names = [self._name(stop, at, now) for stop, at in placed]

    def _name(self, stop: ExigentStop, at: Place, now: datetime) -> pg.TextItem:
        middle = self._plot.view.viewRect().center().y()
        side = -0.5 if at[1] > middle else 1.5  # beneath a mark in the upper half, so that the edge cuts neither
        name = pg.TextItem(f"{stop.car_id} · {age(now - stop.at)}", anchor=(0.5, side), color=self._theme.color("owed"))
        name.setFont(self._theme.font(18, bold=True))
        name.fill = pg.mkBrush(self._theme.color("surface"))
        name.setPos(*at)
        self._plot.add(name)
        return name


def place_of(stop: ExigentStop, shift: ShiftMap) -> Place | None:
    """Where a stop is, in feet; None where that is not known, or the car itself has had no place yet."""
    if stop.position is None or shift.origin is None:
        return None
    return shift.feet(stop.position.lat, stop.position.lon)


def stops_in_words(stops: tuple[ExigentStop, ...], shift: ShiftMap, now: datetime) -> str:
    """The newest of them in one line: '◆ Exigent stops of other cars: CAR14, 12 min ago, 1.3 mi NE'; empty for none."""
    if not stops:
        return ""
    told = "; ".join(_one(stop, shift, now) for stop in stops[:_TOLD])
    more = f"; +{len(stops) - _TOLD}" if len(stops) > _TOLD else ""
    return filled(_tr("◆ Exigent stops of other cars: %1"), told + more)


def _one(stop: ExigentStop, shift: ShiftMap, now: datetime) -> str:
    ago = filled(_tr("%1, %2 ago"), stop.car_id, age(now - stop.at))
    there, here = place_of(stop, shift), shift.track[-1] if shift.track else None
    if there is None or here is None:
        return f"{ago}, {_tr('place unknown')}"
    east, north = there[0] - here[0], there[1] - here[1]
    wind = WINDS[round(math.degrees(math.atan2(east, north)) / 45) % 8]
    return f"{ago}, {in_us_units(_about(math.hypot(east, north)))} {translated(wind, 'winds')}"


def _about(feet: float) -> float:
    """To 50 ft when it is near, else to a tenth of a mile: nobody drives by more."""
    step = 50 if feet < FEET_A_MILE / 4 else FEET_A_MILE / 10
    return round(feet / step) * step


def _tr(text: str) -> str:
    return QCoreApplication.translate("elsewhere", text)
