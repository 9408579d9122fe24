"""The supervisor's console put together: its window, and its way to headquarters."""

from __future__ import annotations

import signal
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cache.map_file import MapFile
from devices.security_key import SecurityKeyReader
from mdt_app.services.code_tables import load_code_tables
from mdt_app.sync.desk import DeskClient
from ui.console.window import ConsoleWindow
from ui.front import show_within
from ui.language import speak

_WAKE_MS = 200


def run_console(headquarters: str, token: str, theme: str, language: str, map_file: Path | None = None) -> int:
    """Run the console until its window is closed, or SIGINT or SIGTERM comes. `token` says whose desk it is.

    `map_file` is the agency's map (MBTiles), the same as in the cars. Raises BadInput for one that is none.
    """
    tiles = MapFile(map_file) if map_file else None
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Patrol MDT console")
    speak(app, language)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
    # Python sees signals only while it runs: a timer gives it the chance.
    wake = QTimer(app, interval=_WAKE_MS)
    wake.timeout.connect(lambda: None)
    wake.start()
    with closing(DeskClient(headquarters, token)) as client:
        keys, codes = SecurityKeyReader(), load_code_tables()
        window = ConsoleWindow(client, codes, lambda: datetime.now(UTC), theme, keys, tiles)
        show_within(window)
        window.start()
        try:
            return app.exec()
        finally:
            window.close()
