"""Collects Python's cyclic garbage in Qt's thread alone.

Automatic collection runs in whichever thread happens to trigger it. When that is the core's, it would destroy Qt's
objects there, beneath the window that is being painted, and the program would crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


def collect_in_qt_thread(parent: QObject) -> None:
    """Turn automatic collection off; a timer of `parent` collects instead, each generation at its threshold."""
    gc.disable()
    timer = QTimer(parent, interval=_EVERY_MS)
    timer.timeout.connect(collect_due)
    timer.start()


def spare_what_stays() -> None:
    """Leave what exists now out of every later collection: a full one of a whole window stalled Qt for 70 ms.

    For a program with one window, once it is built.
    """
    gc.collect()
    gc.freeze()


def collect_due() -> None:
    """Collect the oldest generation whose count is over its threshold, as the automatic collection would choose it."""
    pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
    over = [number for number, (count, most) in enumerate(pairs) if count > most]
    if over:
        gc.collect(max(over))
