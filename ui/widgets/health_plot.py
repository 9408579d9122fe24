"""How each camera was over the last half hour: a row a camera, thin where it was well, a block where it was not."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mdt_app.domain.devices import DeviceHealth
from ui.theme import Theme
from ui.widgets.chip import SHAPES
from ui.widgets.plot import Plot
from ui.widgets.rate_plot import MINUTES
from ui.widgets.status_bar import tone_of
from ui.widgets.text import label

_HIGH: Mapping[str, float] = {"verified": 0.2, "owed": 0.5, "hit": 0.85}
"""What part of its row a span takes: a loss is seen by its height, and not by its color alone."""
_CHANGES_MOST, _EVERY_S = 500, 5.0


class HealthPlot(QWidget):
    """Takes what cameras say of themselves, and draws it by the monotonic clock."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._drawn = theme, (("", 0.0), 0.0)
        self._changes: dict[str, deque[tuple[float, str]]] = {}
        self._stale, self._named = True, list[str]()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._title = label(self.tr("Cameras, 30 min"), "label")
        self._plot = Plot()
        self._plot.setAccessibleName(self.tr("How each camera was in the last 30 minutes"))
        self._plot.view.setXRange(-MINUTES, 0, padding=0)
        self._bars = {tone: pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[]) for tone in _HIGH}
        for bars in self._bars.values():
            self._plot.add(bars)
        column.addWidget(self._title)
        column.addWidget(self._plot)

    def hear(self, health: DeviceHealth) -> None:
        """Note a change; what stays as it is needs no new span."""
        held = self._changes.setdefault(health.device_id, deque(maxlen=_CHANGES_MOST))
        tone = tone_of(health.state)
        if not held or held[-1][1] != tone:
            held.append((time.monotonic(), tone))
            self._stale = True

    def redraw(self) -> None:
        """Draw the last half hour: when a camera or the look has changed, else when time has moved by a pixel."""
        look, now = (self._theme.name, self._theme.scale), time.monotonic()
        dressed = look == self._drawn[0]
        if dressed and not self._stale and now - self._drawn[1] < _EVERY_S:
            return
        self._drawn, self._stale = (look, now), False
        cameras = sorted(self._changes)
        for tone, bars in self._bars.items():
            spans = [(row, *span) for row, name in enumerate(cameras) for span in self._spans(name, tone, now)]
            middles, half = [-row for row, *_ in spans], _HIGH[tone] / 2
            bars.setOpts(
                x0=[start for _, start, _ in spans],
                x1=[end for *_, end in spans],
                y0=[middle - half for middle in middles],
                y1=[middle + half for middle in middles],
                brush=self._theme.color(tone),
                pen=None,
            )
        if cameras != self._named:
            self._named = cameras
            self._plot.view.setYRange(0.6 - max(1, len(cameras)), 0.6, padding=0)
            self._plot.axes["left"].setTicks([[(-row, name) for row, name in enumerate(cameras)]])
        if not dressed:
            self._plot.dress(self._theme)
        told = self._now(cameras)
        self._title.setText(self.tr("Cameras, 30 min: %1").replace("%1", told) if told else self.tr("Cameras, 30 min"))

    def _now(self, cameras: list[str]) -> str:
        """Those that are well are counted, the others named: '● 3 · ▲ L3'."""
        tones = {name: self._changes[name][-1][1] for name in cameras}
        well = sum(tone == "verified" for tone in tones.values())
        amiss = (f"{SHAPES[tone]} {name}" for name, tone in tones.items() if tone != "verified")
        return " · ".join([*([f"{SHAPES['verified']} {well}"] if well else []), *amiss])

    def _spans(self, name: str, tone: str, now: float) -> list[tuple[float, float]]:
        """Since when and until when, in minutes before now, this camera had this tone."""
        changes = [*self._changes[name], (now, "")]
        spans = (((one - now) / 60, (other - now) / 60) for (one, had), (other, _) in pairwise(changes) if had == tone)
        return [(max(-MINUTES, start), end) for start, end in spans if end > -MINUTES]
