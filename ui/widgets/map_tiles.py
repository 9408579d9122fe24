"""The agency's map beneath the shift: web map tiles as items of a pyqtgraph view whose unit is the foot."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem

from mdt_app.domain.errors import BadInput
from ui.context import Tiles
from ui.shift_map import Place, ShiftMap

EQUATOR_FT = 131_479_714.0
_TILE_PX, _MOST_TILES, _BENEATH = 256, 60, -100

Spot = tuple[int, int, int]
"""A tile: zoom, column, row from the north."""


class MapTiles:
    """Keeps the tiles of what can be seen now, and no others."""

    def __init__(self, view: pg.ViewBox, tiles: Tiles) -> None:
        self._view, self._tiles = view, tiles
        self._shown: dict[Spot, QGraphicsPixmapItem] = {}
        self._origin: Place | None = None
        self.fault = ""

    def show(self, places: ShiftMap, opacity: float) -> None:
        """Bring the tiles of the view's place and scale; all of them anew once the shift has a new origin."""
        if places.origin is None:
            return
        if places.origin != self._origin:
            self._clear(set())
            self._origin = places.origin
        wanted = set(self._wanted(places))
        self._clear(wanted)
        for spot in wanted - self._shown.keys():
            self._add(spot, places)
        for item in self._shown.values():
            item.setOpacity(opacity)

    def _wanted(self, places: ShiftMap) -> Iterator[Spot]:
        seen: QRectF = self._view.viewRect()
        lat = places.origin[0] if places.origin else 0.0
        zoom = zoom_of(seen.width() / max(1.0, self._view.width()), lat, self._tiles.zooms)
        west, north = tile_of(*places.degrees(seen.left(), seen.bottom()), zoom)
        east, south = tile_of(*places.degrees(seen.right(), seen.top()), zoom)
        if (east - west + 1) * (south - north + 1) <= _MOST_TILES:
            yield from ((zoom, x, y) for x in range(west, east + 1) for y in range(north, south + 1))

    def _add(self, spot: Spot, places: ShiftMap) -> None:
        try:
            picture = QPixmap()
            picture.loadFromData(self._tiles.tile(*spot) or b"")
        except BadInput as fault:
            self.fault = f"{fault.words} {fault.remedy}"
            return
        if picture.isNull():
            return
        left, top = places.feet(*corner_of(spot))
        right, bottom = places.feet(*corner_of((spot[0], spot[1] + 1, spot[2] + 1)))
        item = QGraphicsPixmapItem(picture)
        across, down = (right - left) / picture.width(), (bottom - top) / picture.height()
        item.setTransform(QTransform(across, 0, 0, down, left, top))
        item.setZValue(_BENEATH)
        self._view.addItem(item, ignoreBounds=True)
        self._shown[spot] = item

    def _clear(self, wanted: set[Spot]) -> None:
        for spot in self._shown.keys() - wanted:
            self._view.removeItem(self._shown.pop(spot))


def zoom_of(feet_a_pixel: float, lat: float, zooms: tuple[int, int]) -> int:
    """The zoom whose tiles are nearest to the screen's own pixels."""
    wanted = math.log2(EQUATOR_FT * math.cos(math.radians(lat)) / _TILE_PX / max(1e-6, feet_a_pixel))
    return max(zooms[0], min(zooms[1], round(wanted)))


def tile_of(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """The column and row of the tile that holds this place (web Mercator)."""
    side, slope = 1 << zoom, math.radians(max(-85.05, min(85.05, lat)))
    column = int((lon + 180.0) / 360.0 * side)
    row = int((1.0 - math.asinh(math.tan(slope)) / math.pi) / 2.0 * side)
    return max(0, min(side - 1, column)), max(0, min(side - 1, row))


def corner_of(spot: Spot) -> Place:
    """Latitude and longitude of a tile's north-western corner."""
    zoom, column, row = spot
    side = 1 << zoom
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / side))))
    return lat, column / side * 360.0 - 180.0
