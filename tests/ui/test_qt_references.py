"""The Qt binding under us keeps Python's reference counts; one that does not ends in a crash after some minutes."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

_EMITS = 50


class Sender(QObject):
    """Sends one value."""

    sent = Signal(object)


def test_a_signal_loses_no_reference(qapp):
    """PySide6 6.12.0 on Python 3.11 lost one reference of True at each signal; 50 signals must lose none."""
    sender = Sender()
    sender.sent.connect(lambda value: None)
    sender.sent.emit(None)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(_EMITS):
        sender.sent.emit(None)
    assert sys.getrefcount(True) - before[0] > -_EMITS / 2
    assert sys.getrefcount(None) - before[1] > -_EMITS / 2
