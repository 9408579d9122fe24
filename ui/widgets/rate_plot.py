"""Reads a minute by camera over the last half hour."""

from __future__ import annotations

import time
from collections import Counter

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.text import label

MINUTES, _HEADROOM, _EVERY_S = 30, 1.15, 0.9
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_DASHES = ("──", "╌╌", "····", "─·─")
"""The lines of the plot, as its title tells them apart."""
_COLORS = ("act", "owed", "verified", "text")


class RatePlot(QWidget):
    """Counts reads in minutes of the monotonic clock and draws a line a camera."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn: tuple[tuple[str, float], float] = ("", 0.0), 0.0
        self._counts: dict[str, Counter[int]] = {}
        self._lines: dict[str, pg.PlotDataItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = label(self.tr("Reads a minute, 30 min"), "label")
        self._plot = bare_plot()
        self._plot.setXRange(-MINUTES, 0, padding=0)
        self._plot.getPlotItem().getViewBox().setLimits(yMin=0)
        column.addWidget(self._title)
        column.addWidget(self._plot)

    def count(self, camera_id: str) -> None:
        """Count one read."""
        if camera_id not in self._counts:
            self._counts[camera_id] = Counter()
            self._lines[camera_id] = self._plot.plot()
        self._counts[camera_id][int(time.monotonic() // 60)] += 1

    def redraw(self) -> None:
        """Draw the last half hour; at most once a second, unless the look has changed."""
        look, moment = (self._theme.name, self._theme.scale), time.monotonic()
        if look == self._drawn[0] and moment - self._drawn[1] < _EVERY_S:
            return
        self._drawn = look, moment
        now = int(time.monotonic() // 60)
        minutes = range(now - MINUTES, now + 1)
        words = []
        for number, (camera, line) in enumerate(self._lines.items()):
            counts, style = self._counts[camera], number % len(_STYLES)
            line.setPen(pg.mkPen(self._theme.color(_COLORS[style]), width=2, style=_STYLES[style]))
            line.setData([m - now for m in minutes], [counts[m] for m in minutes])
            words.append(f"{_DASHES[style]} {camera} {counts[now]}")
        most = max((counts[m] for counts in self._counts.values() for m in minutes), default=0)
        self._plot.setYRange(0, max(5, most) * _HEADROOM, padding=0)
        dress(self._plot, self._theme)
        told = self.tr("Reads a minute, 30 min: %1").replace("%1", " · ".join(words))
        self._title.setText(told if words else self.tr("Reads a minute, 30 min"))


def bare_plot() -> pg.PlotWidget:
    """A plot to look at: no mouse, no menu, no buttons."""
    plot = pg.PlotWidget(background=None)
    plot.setMouseEnabled(False, False)
    plot.hideButtons()
    plot.setMenuEnabled(False)
    return plot


def dress(plot: pg.PlotWidget, theme: Theme) -> None:
    """Give the axes the theme's colors and type."""
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setTextPen(theme.color("dim"))
        axis.setPen(theme.color("line"))
        axis.setStyle(tickFont=theme.font(16))
