"""The dimming key: less light on every screen, no word less legible, and back to the theme that was there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtTest import QTest

from tests.fakes.cab import Cab
from ui.theme import DIMMED, THEMES, Theme
from ui.widgets.picture import Picture


def light(image: QImage) -> float:
    """How much light a picture gives, 0 to 1: the mean of its points' linear parts."""
    small = image.scaled(160, 100, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    points = [QColor(small.pixel(x, y)) for x in range(small.width()) for y in range(small.height())]
    return sum((0.2126 * p.redF() + 0.7152 * p.greenF() + 0.0722 * p.blueF()) ** 2.2 for p in points) / len(points)


@pytest.mark.parametrize("theme", [name for name in THEMES if name != DIMMED])
def test_ctrl_t_dims_any_screen_and_brings_back_its_theme(cab_under, theme: str):
    """On patrol and on an alert: well under half of the night's light, then the same theme again."""
    cab: Cab = cab_under("postc", theme)
    cab.on_patrol()
    cab.raise_hit()
    cab.until(cab.window.act_bar.isEnabled)  # the alert's keys are dark at first
    bright = light(cab.window.grab().toImage())
    QTest.keyClick(cab.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert cab.window.theme.name == DIMMED
    assert light(cab.window.grab().toImage()) < 0.5 * bright
    assert cab.front == "alert"
    QTest.keyClick(cab.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert cab.window.theme.name == theme


def test_t_goes_through_all_and_the_key_goes_back_to_where_dimming_began():
    """Night, dimmed, day, sun, night; dimmed by T or by its key, that key undims."""
    theme, seen = Theme("night"), []
    for _ in range(4):
        theme.next()
        seen.append(theme.name)
    assert seen == [DIMMED, "day", "sun", "night"]
    theme.next()
    theme.dim()
    assert theme.name == "night"


def test_text_gives_less_than_half_of_the_night_s_light():
    """What is brightest of the words; that each is legible is the contrast test's."""

    def lit(token: str, name: str) -> float:
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        image.fill(QColor(getattr(THEMES[name], token)))
        return light(image)

    for token in ("text", "hit_fill", "training"):
        assert lit(token, DIMMED) < 0.5 * lit(token, "night")


def test_a_picture_is_dark_while_dimmed_and_as_it_was_after(qtbot):
    """A white camera picture at night would be the brightest thing in the car."""
    theme = Theme("night")
    picture = Picture(theme)
    qtbot.addWidget(picture)
    picture.resize(320, 200)
    white = QPixmap(320, 200)
    white.fill(QColor("white"))
    picture.show_image(white.toImage(), (), (), (320, 200))
    before = light(picture.grab().toImage())
    theme.dim()
    dark = light(picture.grab().toImage())
    theme.dim()
    assert before > 0.99
    assert dark < 0.4
    assert light(picture.grab().toImage()) == before


def test_the_key_dims_with_the_cursor_in_a_field_and_types_or_deletes_nothing(cab: Cab):
    """A field takes the keys of its own editing before any shortcut hears of them."""
    field = cab.window.screens["sign-in"].user
    field.setText("rdoe")
    field.setFocus()
    field.setCursorPosition(1)
    for wanted in (DIMMED, "night"):
        QTest.keyClick(field, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert cab.window.theme.name == wanted
    assert field.text() == "rdoe"
