"""The map: the car's track, reads and hits of the shift and other cars' exigent stops, over the agency's own map file
or a plain grid.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.screens.screen import Desk, Screen
from ui.shift_map import FEET_A_MILE, Place, in_us_units
from ui.widgets.acts import Act
from ui.widgets.elsewhere import ExigentMarks, stops_in_words
from ui.widgets.map_plot import OPACITY, MapPlot
from ui.widgets.map_tiles import MapTiles
from ui.widgets.text import label, panel, set_look
from ui.words import age_of

_WIDE_FT, _NEAREST_FT, _FARTHEST_FT = 2 * FEET_A_MILE, 500, 100 * FEET_A_MILE
_STEP, _ZOOM = 0.25, 2.0
_ARROWS: Mapping[int, Place] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class MapScreen(Screen):
    """Follows the car until an arrow key moves the map; F follows again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._following, self._wide, self._middle = True, float(_WIDE_FT), (0.0, 0.0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        self._where, self._scale = label("", "lead"), label("", "fact")
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(self._scale)
        column.addLayout(row)
        frame, inside = panel(margin=4)
        self._plot = self._make_plot()
        inside.addWidget(self._plot)
        column.addWidget(frame, 1)
        self._legend, self._stops = label("", "fact"), label("", "lead", "owed", wrap=True)
        self._exigent = ExigentMarks(self._plot, desk.theme)
        for part in (self._legend, self._stops):
            column.addWidget(part)
        self._tiles = MapTiles(self._view, desk.context.tiles) if desk.context.tiles else None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open(self, hit_id: str) -> None:
        """Come to the front with the car in the middle."""
        self._following = True
        super().open(hit_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Draw the shift so far."""
        places, theme = self.desk.model.travelled, self.desk.theme
        pen = pg.mkPen(theme.color("act"), width=3)
        self._track.setData(*_columns(list(places.track)), pen=pen)
        self._reads.setData(*_columns(list(places.reads)), pen=None, brush=theme.color("text"))
        self._hits.setData(*_columns(places.hits), pen=None, brush=theme.color("hit"))
        self._car.setData(*_columns(list(places.track)[-1:]), pen=pg.mkPen(theme.color("text"), width=3), brush=None)
        now = self.desk.context.now()
        words = stops_in_words(self.desk.model.elsewhere, places, now)
        self._stops.setText(words)
        self._stops.setVisible(bool(words))
        self._show_words()
        self._look()
        self._exigent.show(self.desk.model.elsewhere, places, now)

    def acts(self) -> tuple[Act, ...]:
        """Zoom, follow, and the way back."""
        follow = self.tr("✓ Follows the car") if self._following else self.tr("Follow the car")
        return (
            Act("back", self.tr("Back"), "Esc", lambda: self.desk.go("patrol", ""), "quiet"),
            Act("nearer", self.tr("Nearer"), "+", lambda: self._zoom(1 / _ZOOM)),
            Act("farther", self.tr("Farther"), "-", lambda: self._zoom(_ZOOM)),
            Act("search", self.tr("Search here"), "S", self._search_here),
            Act("follow", follow, "F", self._follow, "quiet" if self._following else "", right=True),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the map, which then no longer follows."""
        way = _ARROWS.get(event.key())
        if way is None:
            super().keyPressEvent(event)
            return
        self._following = False
        self._middle = self._middle[0] + way[0] * _STEP * self._wide, self._middle[1] + way[1] * _STEP * self._wide
        self.desk.refresh()

    def _make_plot(self) -> MapPlot:
        plot = MapPlot(self.tr("Map of this shift"))
        self._view = plot.view
        self._track = pg.PlotCurveItem()
        self._reads = pg.ScatterPlotItem(size=6, symbol="o")
        self._hits = pg.ScatterPlotItem(size=18, symbol="t1")
        self._car = pg.ScatterPlotItem(size=22, symbol="o")
        for item in (self._track, self._reads, self._hits, self._car):
            plot.add(item)
        return plot

    def _show_words(self) -> None:
        places, known = self.desk.model.travelled, self.desk.model.whereabouts()
        if known is None:
            words, tone = self.tr("■ No position yet: nothing to draw."), "owed"
        elif known.live:
            words, tone = self.tr("● The car is here"), "verified"
        else:
            words = self.tr("■ Position lost %1 ago: the car was here").replace("%1", age_of(known.age_s))
            tone = "owed"
        self._where.setText(words)
        set_look(self._where, tone=tone)
        legend = self.tr("— track   · %1 reads   ▲ %2 hits   ○ this car")
        self._legend.setText(legend.replace("%1", str(len(places.reads))).replace("%2", str(len(places.hits))))
        held = self.tr("agency's map") if self._tiles else self.tr("no map file: grid")
        if self._tiles and self._tiles.fault:
            held = self._tiles.fault
        self._scale.setText(self.tr("%1 wide · %2").replace("%1", in_us_units(self._wide)).replace("%2", held))

    def _look(self) -> None:
        """Turn the view to the car, or leave it where the arrows have moved it."""
        places, theme = self.desk.model.travelled, self.desk.theme
        if self._following and places.track:
            self._middle = places.track[-1]
        self._plot.look_at(self._middle, self._wide)
        self._plot.dress(theme)
        if self._tiles:
            self._tiles.show(places, OPACITY.get(theme.name, 1.0))

    def _zoom(self, factor: float) -> None:
        self._wide = max(_NEAREST_FT, min(_FARTHEST_FT, self._wide * factor))
        self.desk.refresh()

    def _search_here(self) -> None:
        """Search past reads within what the map shows now."""
        places, seen = self.desk.model.travelled, self._view.viewRect()
        if places.origin is not None:
            corners = ((seen.left(), seen.top()), (seen.right(), seen.bottom()))
            south_west, north_east = (places.degrees(*corner) for corner in corners)
            text = "; ".join(f"{lat:.5f}, {lon:.5f}" for lat, lon in (south_west, north_east))
            self.desk.go(f"search/{text}", "")

    def _follow(self) -> None:
        self._following = True
        self.desk.refresh()


def _columns(places: list[Place]) -> tuple[list[float], list[float]]:
    return [east for east, _ in places], [north for _, north in places]
