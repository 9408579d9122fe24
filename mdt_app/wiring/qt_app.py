"""The Qt application in this process: its language, and how Ctrl-C and the system's word to end reach it."""

from __future__ import annotations

import faulthandler
import signal
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.language import speak

CHECK_MS = 200
INTERRUPTED = threading.Event()
"""Set by SIGINT and SIGTERM: every wait ends at once, and everything is taken down in order."""


def application(language: str) -> QApplication:
    """The Qt application in the officer's language; Ctrl-C in the terminal ends it."""
    faulthandler.enable()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Patrol MDT")
    speak(app, language)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _interrupt(app))
    # Python sees signals only while it runs: a timer gives it the chance.
    wake = QTimer(app, interval=CHECK_MS)
    wake.timeout.connect(lambda: None)
    wake.start()
    return app


def _interrupt(app: QApplication) -> None:
    INTERRUPTED.set()
    app.quit()
