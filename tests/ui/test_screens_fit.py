"""Nothing is cut: every text on every screen fits its place, at every window size and in every theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mdt_app.domain.devices import CameraFrame, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.notices import HealthChanged, LinkChanged
from tests.fakes.cab import PLATE_BOX, Cab, draw_pictures
from tests.fakes.car import Shift, make_entry
from ui.theme import THEMES, contrast

SIZES = ((1024, 768), (1280, 800), (1920, 1080))
_SLACK = 1
_TARGET = 64


def walk(cab: Cab) -> Iterator[str]:
    """Every screen in turn, with all that can stand on it."""
    yield "sign-in"
    states = ((DeviceKind.CAMERA, "L"), (DeviceKind.CAMERA, "R"), (DeviceKind.SOUND, "sound"))
    for kind, name in states:
        state = DeviceState.FAULT if kind is DeviceKind.SOUND else DeviceState.OK
        cab.shift.core.tell(HealthChanged(DeviceHealth(name, kind, state, rate_hz=15)))
    cab.shift.core.tell(LinkChanged(True, 12, None))
    cab.on_patrol(make_entry("4BXR91", "CT", cautions=("00",)), make_entry("KLM204", "NY", category="amber_alert"))
    view = draw_pictures("7JKT20").context
    for camera in ("L", "R"):
        cab.bridge.show_frame(CameraFrame(camera, view, 640, 360, (PLATE_BOX,), ("7JKT20",)))
    for plate, state in (("AB12340", "CT"), ("7JKT20", None), ("3FN928", "MA")):
        cab.see(plate, state)
    cab.until(lambda: len(cab.window.model.reads) == 3)
    yield "patrol"
    cab.see("4BXR91")
    cab.until(lambda: cab.front == "alert")
    yield "alert"
    cab.see("KLM204", None)
    cab.until(lambda: len(cab.window.model.waiting()) == 2)
    yield "alert-next"
    cab.key(Qt.Key.Key_D)
    yield "reasons"
    cab.key(Qt.Key.Key_Escape)
    cab.key(Qt.Key.Key_Return)
    cab.key(Qt.Key.Key_F12)
    cab.until(lambda: "STOP: refused" in cab.words)
    yield "verify-refused"
    cab.key(Qt.Key.Key_F2)
    yield "verify-keys"
    cab.key(Qt.Key.Key_F2)
    cab.key(Qt.Key.Key_F7)
    yield "verify-radio"
    cab.key(Qt.Key.Key_F7)
    cab.key(Qt.Key.Key_F6)
    yield "purpose"
    cab.key(Qt.Key.Key_3)
    cab.confirm("4BXR91", "Conn")
    cab.answer()
    for count in range(4):
        cab.key(Qt.Key.Key_1)
        cab.until(lambda count=count: len(cab.window.screens["verify"].card.hit.verification.features) > count)
    cab.until(lambda: "STOP: open" in cab.words)
    yield "verified"
    cab.key(Qt.Key.Key_F12)
    cab.until(lambda: cab.front == "outcome")
    yield "stop"
    cab.key(Qt.Key.Key_Return)
    cab.key(Qt.Key.Key_Return)
    cab.confirm("KLM284", "NY")
    cab.until(lambda: cab.front == "outcome")
    yield "no-stop"
    cab.key(Qt.Key.Key_Return)
    cab.key(Qt.Key.Key_H)
    yield "hits"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["night", "day"])
def test_every_text_fits_its_place(qtbot: QtBot, shift: Shift, tmp_path: Path, size: tuple[int, int], theme: str):
    """On no screen is a label or a key cut, and each screen leaves a picture."""
    cab = Cab(qtbot, shift, theme)
    cab.window.resize(*size)
    cut: list[str] = []
    for number, name in enumerate(walk(cab), 1):
        qtbot.waitUntil(cab.window.isVisible)
        QTest.qWait(0)
        assert (cab.window.width(), cab.window.height()) == size
        path = tmp_path / f"{number:02d}-{name}.png"
        assert cab.window.grab().save(str(path))
        cut += [f"{name}: {words}" for words in cut_texts(cab.window)]
        cut += [f"{name}: low target {words}" for words in low_targets(cab)]
    assert cut == []
    assert len(list(tmp_path.glob("*.png"))) == 13


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


def low_targets(cab: Cab) -> list[str]:
    """Keys that are lower on the screen than a gloved finger wants, for the window's scale."""
    least = cab.window.theme.px(_TARGET) - 2
    keys = [key for key in cab.window.findChildren(QPushButton) if key.isVisible() and key.isEnabled()]
    heights = {key.accessibleName(): seen_part(key, cab.window).height() for key in keys}
    return [f"{name} {height}" for name, height in heights.items() if height < least]


@pytest.mark.parametrize("theme", list(THEMES))
def test_text_stands_out_from_its_ground(theme: str):
    """Every pair of text and ground that the sheet makes has 7:1 or better."""
    t = THEMES[theme]
    grounds = {"ground": t.ground, "surface": t.surface, "raised": t.raised}
    pairs = {
        (tone, ground): (getattr(t, tone), color)
        for ground, color in grounds.items()
        for tone in ("text", "dim", "act", "verified", "owed", "hit")
        if (tone, ground) != ("hit", "raised")  # no hit's words stand on a raised ground
    }
    pairs[("on_act", "act_fill")] = (t.on_act, t.act_fill)
    pairs[("on_hit", "hit_fill")] = (t.on_hit, t.hit_fill)
    pairs[("ground", "verified")] = (t.ground, t.verified)
    low = {names: round(contrast(*colors), 2) for names, colors in pairs.items() if contrast(*colors) < 7.0}
    assert low == {}
