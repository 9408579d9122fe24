"""What keeps Qt's thread free: nothing is painted twice, nothing is decoded larger than its place or for nobody."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QListView, QWidget

from mdt_app.domain.devices import CameraFrame, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.events import EventKind
from mdt_app.domain.notices import HealthChanged, ReadSeen
from mdt_app.domain.reads import Box
from tests.fakes.cab import PLATE_BOX, Cab
from tests.fakes.car import make_read
from ui.model import READS_KEPT
from ui.theme import Theme
from ui.widgets import reel as reel_module
from ui.widgets.picture import Picture, decode
from ui.widgets.plate_paint import cells, paint_character, paint_plate
from ui.widgets.rate_plot import RatePlot
from ui.widgets.reel import Reel


def jpeg(wide: int, high: int, color: str = "#802020") -> bytes:
    picture = QImage(wide, high, QImage.Format.Format_RGB32)
    picture.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG", 90)
    return bytes(buffer.data())


def middle(picture: QImage) -> QColor:
    return picture.pixelColor(picture.width() // 2, picture.height() // 2)


def test_a_large_picture_stands_there_small_at_once_and_whole_soon(qtbot):
    """The glance fills the very place of the whole, box and all, which takes its turn once it is decoded."""
    picture, whole = Picture(Theme()), jpeg(4000, 2250, "#2020a0")
    qtbot.addWidget(picture)
    picture.resize(640, 360)
    picture.show_jpeg(whole, (Box(1000, 500, 500, 250),), tone="hit", glance=jpeg(480, 270, "#a02020"))
    first = picture.grab().toImage()
    assert middle(first).red() > middle(first).blue()
    qtbot.waitUntil(lambda: middle(picture.grab().toImage()).blue() > 120)
    box = QColor(Theme().color("hit"))
    for shown in (first, picture.grab().toImage()):
        assert shown.pixelColor(157, 90) == box, "the box is in pixels of the whole picture"
    picture.show_jpeg(jpeg(40, 20, "#20a020"))
    assert middle(picture.grab().toImage()).green() > 120, "a small one is there at once, whatever was under way"


@pytest.fixture
def reel(cab: Cab) -> Reel:
    """The reel of a car on patrol."""
    return cab.on_patrol().window.screens["patrol"].reel


def test_a_row_is_painted_once_however_often_the_list_moves(reel: Reel, qtbot, monkeypatch: pytest.MonkeyPatch):
    """Thirty reads, one after the other, move every row; each is painted a single time until the look changes."""
    painted: list[str] = []
    real = reel_module._Painter._row
    monkeypatch.setattr(
        reel_module._Painter,
        "_row",
        lambda self, seen, *rest: (painted.append(seen.read.read_id), real(self, seen, *rest))[1],
    )
    for number in range(32):
        reel.add(ReadSeen(make_read(f"T{number:05d}"), b""))
        qtbot.waitUntil(lambda count=number + 1: reel.model.rowCount() == count)
        reel.grab()
        if number == 11:  # the list is longer than its place, and its scroll bar has taken its width
            painted.clear()
    assert len(painted) == len(set(painted)) == 20
    reel._painter._theme.next()
    reel.grab()
    assert len(painted) > 20, "another theme paints anew"
    reel.clear()
    assert not reel._painter._painted, "nothing of a shift is kept for the next person"


def test_reads_of_one_moment_come_together_and_none_is_lost(reel: Reel, qtbot):
    """Fifty at once are one change of the list, the newest on top; beyond what is kept the oldest go."""
    changes = []
    reel.model.rowsInserted.connect(lambda *_: changes.append(reel.model.rowCount()))
    for number in range(50):
        reel.add(ReadSeen(make_read(f"T{number:05d}"), b""))
    qtbot.waitUntil(lambda: reel.model.rowCount() == 50)
    assert len(changes) == 1
    assert reel.model.data(reel.model.index(0)).replace("·", "") == "T00049"
    for number in range(50, READS_KEPT + 20):
        reel.add(ReadSeen(make_read(f"T{number:05d}"), b""))
    qtbot.waitUntil(lambda: reel.model.data(reel.model.index(0)).replace("·", "") == f"T{READS_KEPT + 19:05d}")
    assert reel.model.rowCount() == READS_KEPT
    assert isinstance(reel.findChild(QListView), QListView)


def test_a_jpeg_is_decoded_to_its_place_and_anew_for_a_larger_one(qtbot):
    """A 1080p picture in a small place takes a small image; enlarged it is sharp again; its boxes fit both times."""
    place = Picture(Theme("night"))
    qtbot.addWidget(place)
    place.resize(320, 180)
    place.show_jpeg(jpeg(1920, 1080), (PLATE_BOX,))
    place.grab()
    assert place._image.size() == QSize(320, 180)
    assert place._size == (1920, 1080)
    place.resize(1280, 720)
    place.grab()
    assert place._image.size() == QSize(1280, 720)
    assert decode(b"no picture", QSize(10, 10))[0].isNull()


def test_a_camera_that_never_gave_a_picture_has_its_place_and_says_why(cab: Cab):
    """Another camera's picture does not hide it: a wrong password stands where its picture would."""
    cab.on_patrol()
    patrol = cab.window.screens["patrol"]
    cab.bridge.show_frame(CameraFrame("L", jpeg(64, 36), 64, 36, (), ()))
    cab.until(lambda: "L" in patrol._pictures)
    refused = DeviceHealth("R", DeviceKind.CAMERA, DeviceState.FAULT, "The camera refuses the login.")
    cab.shift.core.tell(HealthChanged(refused))
    cab.until(lambda: "R" in patrol._pictures)
    assert patrol._pictures["R"].isVisible()
    assert "The camera refuses the login." in patrol._pictures["R"]._note


def test_what_is_wrong_with_a_camera_is_said_in_full_over_a_small_picture(qtbot):
    """The words go on in a second line: the picture's right edge stays as it is."""
    place = Picture(Theme("night"))
    qtbot.addWidget(place)
    place.resize(320, 180)
    place.show_jpeg(jpeg(320, 180, "#2020a0"))
    edge = [place.grab().toImage().pixelColor(316, y) for y in range(180)]
    place.say("fault. The camera's picture stands still: its stream goes on, look at the lens")
    said = place.grab().toImage()
    assert [said.pixelColor(316, y) for y in range(180)] == edge
    dark = [y for y in range(180) if said.pixelColor(10, y) == Theme("night").color("ground")]
    assert len(dark) > 40, "two lines of words"


def test_a_camera_that_was_gone_before_its_picture_was_shown_says_so_over_it(cab: Cab):
    """Its last picture comes to the screen later than the word that it ended: it is not taken for a live one."""
    cab.on_patrol()
    patrol = cab.window.screens["patrol"]
    ended = DeviceHealth("R", DeviceKind.CAMERA, DeviceState.ENDED, "Played through")
    cab.shift.core.tell(HealthChanged(ended))
    cab.until(lambda: "R" in cab.window.model.health)
    cab.bridge.show_frame(CameraFrame("R", jpeg(64, 36), 64, 36, (), ()))
    cab.until(lambda: "R" in patrol._pictures)
    assert patrol._pictures["R"]._note == "ended. Played through"


def test_live_pictures_are_decoded_only_while_somebody_looks(cab: Cab):
    """On the map nothing is decoded; back on patrol the newest picture of each camera comes, not an older one."""
    cab.on_patrol()
    for number in range(5):
        cab.bridge.show_frame(CameraFrame("L", jpeg(64, 36, "#802020"), 64, 36, (), ()))
        cab.qtbot.wait(1 + number)
    patrol = cab.window.screens["patrol"]
    cab.until(lambda: "L" in patrol._pictures)
    cab.window.go("map", "")
    before = patrol._pictures["L"]._image
    for color in ("#208020", "#202080"):
        cab.bridge.show_frame(CameraFrame("L", jpeg(64, 36, color), 64, 36, (), ()))
    cab.bridge._pictures.submit(int).result()  # whatever was to be decoded is decoded
    assert cab.bridge.take_frame("L") is None
    assert patrol._pictures["L"]._image is before
    cab.window.go("patrol", "")
    cab.until(lambda: middle(patrol._pictures["L"]._image).blue() > 100)


def test_keys_are_kept_and_one_that_is_put_away_takes_no_key_press(cab: Cab):
    """The same screen has the very same keys again; the map's act is not done from another screen."""
    cab.on_patrol()
    bar = cab.window.act_bar
    kept = bar.key("map")
    cab.window.go("hits", "")
    assert bar.key("map") is None
    assert not kept.isVisible()
    made = bar._made["map", "M"]
    assert not made.shortcut.isEnabled()
    cab.window.go("patrol", "")
    assert bar.key("map") is kept
    assert kept.isVisible()
    assert made.shortcut.isEnabled()


def test_another_theme_dresses_what_is_seen_and_the_rest_when_it_is_seen(cab: Cab):
    """All screens at once would hold Qt for 0.4 s; each still comes in the theme of now, its plots' ground too."""
    cab.on_patrol()
    patrol, start = cab.window.screens["patrol"], cab.window.screens["start"]
    night = start.styleSheet()
    cab.key(Qt.Key.Key_T)
    assert patrol.styleSheet() == cab.window.act_bar.styleSheet() == cab.window.theme.sheet()
    assert start.styleSheet() == night != patrol.styleSheet()
    ground, plot = cab.window.theme.tokens.surface, patrol._plot
    assert plot.grab().toImage().pixelColor(plot.width() - 2, plot.height() // 2).name().upper() == ground
    cab.window.go("start", "")
    assert start.styleSheet() == cab.window.theme.sheet()


def test_screens_are_drawn_ahead_without_a_trace(cab: Cab):
    """Drawing them changes neither what is in front nor what is on record, and leaves its own acts below."""
    front, acts = cab.front, list(cab.window.act_bar._keys)
    cab.window.draw_ahead()
    assert (cab.front, list(cab.window.act_bar._keys)) == (front, acts)
    cab.until(lambda: len(cab.window.screens.made) == len(cab.window.screens))
    assert cab.window.screens.top is cab.window.screens["sign-in"]
    assert not cab.shift.notices or all(type(n).__name__ != "CommandRefused" for n in cab.shift.notices)


def test_an_alert_is_painted_at_once_and_in_its_place(cab: Cab, monkeypatch: pytest.MonkeyPatch):
    """When the window has heard of a hit the alert stands painted, laid out as it stays, and is told as shown."""
    cab.on_patrol()
    alert, heard = cab.window.screens["alert"], []
    monkeypatch.setattr(alert, "repaint", lambda: (heard.append(places(alert)), type(alert).repaint(alert)))
    hit_id = cab.raise_hit()
    assert len(heard) == 1
    cab.until(lambda: any(e.kind is EventKind.ALERT_SHOWN and e.subject == hit_id for e in cab.shift.recorded()))
    for _ in range(5):
        cab.qtbot.wait(10)
    assert places(alert) == heard[0]
    cab.until(lambda: any("1 hit" in words for words in texts(cab.window._status)))


def places(screen: QWidget) -> dict[int, tuple[int, int, int, int]]:
    return {id(part): part.geometry().getRect() for part in screen.findChildren(QWidget) if part.isVisible()}


def texts(part: QWidget) -> list[str]:
    return [each.text() for each in part.findChildren(QLabel) if each.isVisible()]


def test_a_kept_plate_looks_as_one_that_is_painted_in_place(qtbot):
    """The kept image of a plate differs from characters painted in place by no more than how edges are blended."""
    theme, place = Theme("night"), QRectF(4, 4, 200, 32)
    font, color = theme.plate_font(22), theme.color("text")

    def drawn(kept: bool) -> np.ndarray:
        image = QImage(220, 44, QImage.Format.Format_RGB32)
        image.fill(theme.color("ground"))
        painter = QPainter(image)
        if kept:
            paint_plate(painter, "AB·1020", font, place, color)
        else:
            for character, cell in cells("AB·1020", font, QPointF(4, 4), 32):
                paint_character(painter, character, font, cell, color)
        painter.end()
        return np.frombuffer(image.constBits(), np.uint8).astype(int)

    kept, painted = drawn(True), drawn(False)
    assert painted.std() > 20
    assert np.abs(kept - painted).mean() < 0.02 * painted.std()


def test_python_gives_way_to_qt_within_a_millisecond(cab: Cab):
    """The window sees to it for the whole process."""
    assert sys.getswitchinterval() <= 0.001


def test_whatever_comes_stands_in_its_place_before_it_can_be_painted(cab: Cab):
    """A screen, a key that says more than before, a new chip: no picture in between shows new words in old widths."""
    cab.on_patrol()
    for screen in ("map", "patrol", "hits", "search", "end", "equipment", "start", "patrol"):
        cab.window.go(screen, "")
        at_once = places(cab.window)
        cab.qtbot.wait(20)
        assert at_once.items() <= places(cab.window).items(), screen
    cab.window._hear(HealthChanged(DeviceHealth("R", DeviceKind.CAMERA, DeviceState.SILENT)))
    cab.window._refresh()
    at_once = places(cab.window)
    cab.qtbot.wait(20)
    assert at_once.items() <= places(cab.window).items(), "status bar"


@pytest.mark.parametrize("reads", [5, 9, 14, 60, 700])
def test_no_number_of_the_plot_stands_on_another(qtbot, reads: int):
    """There is room for four at 1024x768, and with any number of reads a minute there are two to four."""
    plot = RatePlot(Theme())
    qtbot.addWidget(plot)
    for _ in range(reads):
        plot.count("L")
    plot._draw()
    numbers = [number for number, _ in plot._plot.axes["left"]._tickLevels[0]]
    assert numbers[0] == 0
    assert 2 <= len(numbers) <= 4
    assert max(numbers) <= max(5, reads)
