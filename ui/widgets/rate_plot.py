"""Reads a minute by camera over the last half hour."""

from __future__ import annotations

import time
from collections import Counter

import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.plot import Plot
from ui.widgets.text import label

MINUTES, _HEADROOM, _EVERY_S, _SOON_MS = 30, 1.15, 2.9, 40
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_DASHES = ("──", "╌╌", "····", "─·─")
"""The lines of the plot, as its title tells them apart."""
_STEPS = 3
"""At most so many steps on the axis: at 1024x768 it is four lines of type high."""
_COLORS = ("act", "owed", "verified", "text")


class RatePlot(QWidget):
    """Counts reads in minutes of the monotonic clock and draws a line a camera."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn: tuple[tuple[str, float], float] = ("", 0.0), 0.0
        self._most = -1
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._draw)
        self._counts: dict[str, Counter[int]] = {}
        self._lines: dict[str, pg.PlotCurveItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = label(self.tr("Reads a minute, 30 min"), "label")
        self._plot = Plot()
        self._plot.view.setXRange(-MINUTES, 0, padding=0)
        self._plot.view.setLimits(yMin=0)
        column.addWidget(self._title)
        column.addWidget(self._plot)

    def count(self, camera_id: str) -> None:
        """Count one read."""
        if camera_id not in self._counts:
            self._counts[camera_id] = Counter()
            self._lines[camera_id] = pg.PlotCurveItem(pen=self._pen(len(self._lines)))
            self._plot.add(self._lines[camera_id])
        self._counts[camera_id][int(time.monotonic() // 60)] += 1

    def redraw(self) -> None:
        """Draw the last half hour; at most every three seconds, a pixel's worth, unless the look has changed."""
        look, moment = (self._theme.name, self._theme.scale), time.monotonic()
        changed = look != self._drawn[0]
        if not changed and moment - self._drawn[1] < _EVERY_S:
            return
        self._drawn = look, moment
        if changed:
            self._dress()
        self._soon.start()

    def _draw(self) -> None:
        """The lines and the title; by itself, a moment after the screen that it belongs to came to the front."""
        now = int(time.monotonic() // 60)
        minutes = range(now - MINUTES, now + 1)
        words = []
        for number, (camera, line) in enumerate(self._lines.items()):
            counts = self._counts[camera]
            line.setData([m - now for m in minutes], [counts[m] for m in minutes])
            words.append(f"{_DASHES[number % len(_STYLES)]} {camera} {counts[now]}")
        most = max((counts[m] for counts in self._counts.values() for m in minutes), default=0)
        if most != self._most:
            self._most = most
            self._plot.view.setYRange(0, max(5, most) * _HEADROOM, padding=0)
            self._plot.axes["left"].setTicks([_ticks(max(5, most))])
        told = self.tr("Reads a minute, 30 min: %1").replace("%1", " · ".join(words))
        self._title.setText(told if words else self.tr("Reads a minute, 30 min"))

    def _dress(self) -> None:
        """Give axes and lines the look of the theme."""
        for number, line in enumerate(self._lines.values()):
            line.setPen(self._pen(number))
        self._plot.dress(self._theme)

    def _pen(self, number: int) -> QPen:
        """How the line of the camera with this number is drawn."""
        style = number % len(_STYLES)
        pen: QPen = pg.mkPen(self._theme.color(_COLORS[style]), width=2, style=_STYLES[style])
        return pen


def _ticks(most: int) -> list[tuple[int, str]]:
    """Numbers for an axis up to this one, so few that none stands on another where the plot is lowest."""
    step = next(number * 10**power for power in range(9) for number in (1, 2, 5) if most <= number * 10**power * _STEPS)
    return [(number, str(number)) for number in range(0, most + 1, step)]
