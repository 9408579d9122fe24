"""The map at the window: the shift's track, reads and hits, over a real MBTiles file or over a grid."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsPixmapItem

from cache.map_file import MapFile
from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import HealthChanged
from mdt_app.domain.position import FixMode, PositionFix, PositionTold
from mdt_app.domain.reads import Position
from tests.fakes.cab import Cab
from tests.fakes.car import Shift
from ui.shift_map import ShiftMap, in_us_units
from ui.widgets.map_plot import MapPlot
from ui.widgets.map_tiles import corner_of, tile_of, zoom_of

Key = Qt.Key
LAT, LON, ZOOMS = 41.712, -72.608, (12, 15)


def write_map(path: Path) -> Path:
    """An MBTiles file of the town, each tile with its own number on it."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
        db.execute("INSERT INTO metadata VALUES ('format', 'png')")
        for zoom in range(ZOOMS[0], ZOOMS[1] + 1):
            column, row = tile_of(LAT, LON, zoom)
            for x in range(column - 4, column + 5):
                for y in range(row - 4, row + 5):
                    db.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", (zoom, x, (1 << zoom) - 1 - y, tile(x, y)))
    return path


def tile(x: int, y: int) -> bytes:
    image = Image.new("RGB", (256, 256), "#DDE5D0")
    draw = ImageDraw.Draw(image)
    draw.line((0, 128, 256, 128), fill="#FFFFFF", width=14)
    draw.line((90, 0, 90, 256), fill="#FFFFFF", width=10)
    draw.text((110, 60), f"{x % 100}/{y % 100}", fill="#707070")
    raw = BytesIO()
    image.save(raw, "PNG")
    return raw.getvalue()


def drive(cab: Cab, steps: int = 40) -> None:
    """The receiver tells a drive of half a mile to the east."""
    cab.shift.core.tell(HealthChanged(DeviceHealth("position", DeviceKind.POSITION, DeviceState.OK)))
    for step in range(steps):
        fix = PositionFix("position", None, LAT + step * 2e-5, LON + step * 2e-4, speed_mps=9.0, mode=FixMode.THREE_D)
        cab.shift.core.tell(PositionTold(fix))
    cab.until(lambda: len(cab.window.model.travelled.track) == steps)


def tiles_shown(cab: Cab) -> int:
    view = cab.window.screens["map"]._view
    return sum(isinstance(item, QGraphicsPixmapItem) for item in view.allChildren())


def test_the_shift_stands_over_the_agencys_map(qtbot, shift: Shift, tmp_path: Path):
    """Track, reads and hits lie over tiles of the file; nearer takes finer tiles; arrows move, F follows again."""
    cab = Cab(qtbot, shift, tiles=MapFile(write_map(tmp_path / "town.mbtiles"))).on_patrol()
    drive(cab)
    for number in range(5):
        cab.see(f"AB1234{number}", position=Position(LAT, LON + number * 1e-3, 0.5))
    for step in (4, 6):  # seen again further on, it is the same hit
        cab.see("4BXR91", position=Position(LAT, LON + step * 1e-3, 0.5))
    cab.until(lambda: cab.front == "alert")
    cab.key(Key.Key_Escape)
    cab.key(Key.Key_M)
    assert cab.front == "map"
    assert "● The car is here" in cab.words
    assert "· 7 reads   ▲ 1 hits" in cab.words
    assert "2 mi wide · agency's map" in cab.words
    coarse = tiles_shown(cab)
    assert coarse >= 4
    cab.click("nearer")
    assert "1 mi wide" in cab.words
    screen = cab.window.screens["map"]
    middle = screen._view.viewRect().center().x()
    cab.key(Key.Key_Left)
    assert screen._view.viewRect().center().x() < middle
    cab.key(Key.Key_F)
    assert screen._view.viewRect().center().x() == pytest.approx(middle)


def test_without_a_file_there_is_a_grid_with_distances(cab: Cab):
    """No position is said so; with one, the axes say feet and miles."""
    cab.on_patrol()
    cab.key(Key.Key_M)
    assert "■ No position yet" in cab.words
    drive(cab)
    cab.until(lambda: "● The car is here" in cab.words)
    assert "no map file: grid" in cab.words
    assert "GPS\n3D" in cab.words.replace("● ", "")
    cab.key(Key.Key_Escape)
    assert cab.front == "patrol"


def test_a_file_that_is_no_map_is_refused_in_words(tmp_path: Path):
    """A text file, and tiles that are no pictures, are told apart from a map before the window opens."""
    text = tmp_path / "notes.mbtiles"
    text.write_text("no map")
    with pytest.raises(BadInput, match="is no MBTiles map"):
        MapFile(text)
    vector = write_map(tmp_path / "vector.mbtiles")
    with closing(sqlite3.connect(vector)) as db, db:
        db.execute("UPDATE metadata SET value = 'pbf'")
    with pytest.raises(BadInput, match="holds no pictures"):
        MapFile(vector)


def test_a_tile_holds_the_place_that_it_was_asked_for():
    """Place -> tile -> corners: the place lies within; and a view of 2 miles takes zoom 15 on 1200 pixels."""
    for zoom in (8, 12, 15, 18):
        column, row = tile_of(LAT, LON, zoom)
        north, west = corner_of((zoom, column, row))
        south, east = corner_of((zoom, column + 1, row + 1))
        assert south < LAT < north
        assert west < LON < east
    assert zoom_of(10_560 / 1200, LAT, (0, 19)) == 15
    assert zoom_of(10_560 / 1200, LAT, (5, 12)) == 12


def test_distances_are_in_feet_and_miles(qtbot):
    """A minute of latitude is a nautical mile, 6,076 ft; words change from feet to miles at a quarter mile."""
    places = ShiftMap()
    places.drive(41.0, -72.0)
    places.drive(41.0 + 1 / 60, -72.0)
    assert places.track[-1][1] == pytest.approx(6_076, rel=0.004)
    assert [in_us_units(feet) for feet in (500, 2_640, 5_280, 105_600)] == ["500 ft", "0.5 mi", "1 mi", "20 mi"]
    plot = MapPlot("map")
    qtbot.addWidget(plot)
    axis = next(iter(plot.axes.values()))
    assert axis.tickStrings([-2500.0, 5000.0], 1.0, 500.0) == ["2,500 ft", "5,000 ft"], "round, as the lines are"
    assert axis.tickStrings([2640.0], 1.0, 2640.0) == ["0.5 mi"]
