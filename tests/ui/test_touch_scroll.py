"""A finger drags a long list; what it ends on is not chosen, and a touch without a drag chooses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.entry_form import code_choice

STATES = {f"S{number}": f"State {number:02}" for number in range(60)}
LEFT = Qt.MouseButton.LeftButton


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of the platform without a display
def test_a_drag_moves_a_long_choice_and_chooses_nothing(qtbot: QtBot):
    """The list stays open, farther down, with a bar that shows there is more; then a touch chooses."""
    box = code_choice(STATES)
    qtbot.addWidget(box)
    box.setStyleSheet(Theme().sheet())
    box.resize(300, 60)
    box.show()
    box.showPopup()
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    assert view.verticalScrollBar().isVisible()
    finger, top = view.viewport(), QPoint(40, 20)
    below = QPoint(40, finger.height() - 20)
    QTest.mousePress(finger, LEFT, pos=below)
    for step in range(1, 11):
        QTest.mouseMove(finger, below + (top - below) * (step / 10), 20)
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 0)
    QTest.mouseRelease(finger, LEFT, pos=top)
    assert view.isVisible()
    assert box.currentIndex() == 0
    seen = view.verticalScrollBar()
    settled: list[int] = []
    qtbot.waitUntil(lambda: settled.append(seen.value()) or settled[-5:] == [seen.value()] * 5)
    wanted = view.indexAt(top)
    QTest.mouseClick(finger, LEFT, pos=top)
    qtbot.waitUntil(lambda: not view.isVisible())
    assert box.currentIndex() == wanted.row() > 0
