"""Nothing is cut: every text on every screen fits its place, at every window size, in every theme and language."""

from __future__ import annotations

import os
from itertools import takewhile

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QPlainTextEdit, QPushButton, QWidget

from tests.fakes.cab import Cab
from tests.fakes.walks import WALKS
from ui.theme import REACH, THEMES, contrast
from ui.widgets.chip import SHAPES
from ui.widgets.key import nearest_key
from ui.widgets.picture import Picture
from ui.widgets.plate_entry import KeyPad, PlateEntry
from ui.widgets.plate_text import PlateText
from ui.window import MainWindow
from ui.words import DEVICE_STATES

TIGHTEST = (("night", (1024, 600), "en"), ("day", (1024, 768), "es"))
ROOMIER = (("sun", (1280, 800), "en"), ("night", (1280, 800), "es"), ("day", (1920, 1080), "es"))
PLACES = (*TIGHTEST, *(ROOMIER if "MDT_SOAK_STEPS" in os.environ else ()))
"""Fonts and layout are the same in every theme; each size, theme and language stands here at least once."""
_SLACK = 1
_LEAST_CONTRAST = 7.0
_WHOLE_PIXELS = 0.97
"""Keys and gaps are drawn in whole pixels: up to 0.4 mm of the 15 may be lost to that."""
_LEAST_HIGH = 768
"""On lower screens than the issue names the keys are as large as there is room."""
_KEYPAD_LESS = 5
"""Ten letters in a row beside the plate: at 1024x768 they are 14 mm wide."""


@pytest.mark.parametrize(
    ("theme", "size", "language"), PLACES, ids=lambda v: v if isinstance(v, str) else f"{v[0]}x{v[1]}"
)
@pytest.mark.parametrize("walk", list(WALKS))
def test_every_text_fits_its_place(cab_under, walk: str, theme: str, size: tuple[int, int], language: str):
    """On no screen is a text cut or faint, a key too small for a glove, or a control without a name."""
    policy, stations = WALKS[walk]
    cab: Cab = cab_under(policy, theme, language)
    cab.window.resize(*size)
    cut: list[str] = []
    for name in stations(cab):
        cab.qtbot.waitUntil(cab.window.isVisible)
        settle(cab)
        assert (cab.window.width(), cab.window.height()) == size
        cut += [f"{name}: {words}" for words in cut_texts(cab.window)]
        cut += [f"{name}: small target {words}" for words in small_targets(cab)]
        cut += [f"{name}: faint {words}" for words in faint_texts(cab.window)]
        cut += [f"{name}: without a name {words}" for words in nameless(cab.window)]
    assert not cut, "\n".join(cut)


def settle(cab: Cab) -> None:
    """Let the layouts come to rest: each level tells the one above in a round of its own."""
    cab.qtbot.wait(30)  # what stands around an alert follows it a moment later
    for _ in range(4):
        cab.qtbot.wait(1)


def cut_texts(window: QWidget) -> list[str]:
    """The texts that do not fit where they stand, with how much is missing."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton) and widget.text():
            need, have = needed(widget), seen_part(widget, window)
            if need.width() > have.width() + _SLACK or need.height() > have.height() + _SLACK:
                found.append(
                    f"{widget.text()!r} needs {need.width()}x{need.height()}, has {have.width()}x{have.height()}"
                )
    return found


def needed(widget: QLabel | QAbstractButton) -> QRect:
    """The room that the text takes in its real font."""
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    flags = Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine
    if "\n" in widget.text() and not wraps:
        flags = Qt.TextFlag.TextExpandTabs
    room = QRect(0, 0, widget.width() if wraps else 10_000, 10_000)
    return widget.fontMetrics().boundingRect(room, int(flags), widget.text())


def seen_part(widget: QWidget, window: QWidget) -> QRect:
    """What of the widget is not covered by the edges of those that hold it."""
    part = widget.rect()
    holder = widget
    while holder is not window:
        part.translate(holder.pos())
        holder = holder.parentWidget()
        part = part.intersected(holder.rect())
    return part


def small_targets(cab: Cab) -> list[str]:
    """Keys that are smaller than 15 mm on the declared display, with the part of the gaps that reaches them."""
    window, found = cab.window, []
    if window.height() < _LEAST_HIGH:
        return []
    least = window.theme.target(window.width(), window.height()) * _WHOLE_PIXELS
    for key in window.findChildren(QPushButton):
        if key.isVisible() and key.isEnabled() and not seen_part(key, window).isEmpty():
            wide, high = (reached(window, key, *ways) for ways in (((-1, 0), (1, 0)), ((0, -1), (0, 1))))
            wide += _KEYPAD_LESS if isinstance(key.parent(), KeyPad) else 0
            if min(wide, high) < least:
                found.append(f"{key.accessibleName() or key.text()} {wide}x{high}, wants {least:.0f}")
    return found


def reached(window: MainWindow, key: QPushButton, *ways: tuple[int, int]) -> int:
    """How long the line through the key's middle is on which a touch presses it."""
    middle, reach = key.mapTo(window, key.rect().center()), window.theme.px(REACH)
    length = key.width() if ways[0][0] else key.height()
    for across, down in ways:
        edge = middle + QPoint(across * key.width() // 2, down * key.height() // 2)
        places = (edge + QPoint(across * step, down * step) for step in range(1, reach + 1))
        length += sum(1 for _ in takewhile(lambda at: nearest_key(window, at, reach) is key, places))
    return length


def faint_texts(window: QWidget) -> list[str]:
    """Texts whose painted characters have less than 7:1 on what they stand on (WCAG AAA; ISO 15008 wants 5:1)."""
    picture, found = window.grab().toImage(), []
    for widget in window.findChildren(QLabel):
        place = seen_part(widget, window)
        # A lone dash of the keyboard is too thin to be measured by its pixels.
        if widget.isVisible() and any(map(str.isalnum, widget.text())) and not place.isEmpty():
            corner = widget.mapTo(window, QPoint())
            ratio = painted_contrast(picture.copy(QRect(corner, place.size())))
            if ratio < _LEAST_CONTRAST:
                found.append(f"{widget.text()!r} {ratio:.1f}")
    return found


def painted_contrast(part: QImage) -> float:
    """The contrast of a picture's most frequent color with the one that stands out most."""
    pixels = np.frombuffer(part.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    colors, counts = np.unique(pixels & 0xFFFFFF, return_counts=True)
    ground = f"#{colors[counts.argmax()]:06X}"
    return max(contrast(ground, f"#{color:06X}") for color in colors)


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QListView, PlateEntry, Picture, PlateText)
    controls = [widget for kind in kinds for widget in window.findChildren(kind) if widget.isVisible()]
    silent = (w for w in controls if not w.accessibleName() and not (isinstance(w, QAbstractButton) and w.text()))
    return [type(widget).__name__ for widget in silent]


def test_a_touch_between_two_keys_reaches_the_nearer_one(cab: Cab):
    """A gloved finger that lands beside a key's edge presses it all the same; in the open nothing is pressed."""
    cab.on_patrol()
    key = cab.window.act_bar.key("hits")
    assert key is not None
    beside = key.mapTo(cab.window, QPoint(key.width() // 2, -4))
    open_field = beside - QPoint(0, 40)
    for at, front in ((open_field, "patrol"), (beside, "hits")):
        QTest.mouseClick(cab.window, Qt.MouseButton.LeftButton, pos=at)
        assert cab.front == front


def test_every_state_of_a_device_has_a_shape_and_words_of_its_own():
    """Color is never alone: the shapes of the tones differ, and so do the words of the states."""
    assert len(set(SHAPES.values())) == len(SHAPES) == 3
    assert len(set(DEVICE_STATES.values())) == len(DEVICE_STATES)


@pytest.mark.parametrize("theme", list(THEMES))
def test_text_stands_out_from_its_ground(theme: str):
    """Every pair of text and ground that the sheet makes has 7:1 or better."""
    t = THEMES[theme]
    grounds = {"ground": t.ground, "surface": t.surface, "raised": t.raised}
    pairs = {
        (tone, ground): (getattr(t, tone), color)
        for ground, color in grounds.items()
        for tone in ("text", "dim", "act", "verified", "owed", "hit", "example")
        if (tone, ground) != ("hit", "raised")  # no hit's words stand on a raised ground
    }
    pairs[("on_act", "act_fill")] = (t.on_act, t.act_fill)
    pairs[("on_hit", "hit_fill")] = (t.on_hit, t.hit_fill)
    pairs[("on_training", "training")] = (t.on_training, t.training)
    pairs[("ground", "verified")] = (t.ground, t.verified)
    pairs[("ground", "owed")] = (t.ground, t.owed)
    low = {names: round(contrast(*colors), 2) for names, colors in pairs.items() if contrast(*colors) < 7.0}
    assert low == {}
