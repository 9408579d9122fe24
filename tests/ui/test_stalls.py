"""The stall tracer and the notes of a crash say where the program was, and nothing of what it held."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from mdt_app.services.crash_notes import FILE, STALLS, CrashNotes, open_notes, unended
from mdt_app.services.sole_use import SoleUse
from ui.stalls import StallTracer

PLATE = "4BXR91"


def hold_the_loop(plate: str) -> None:
    until = time.monotonic() + 0.45
    while time.monotonic() < until:
        assert plate


def test_a_held_loop_is_traced_to_its_line_and_a_turning_one_is_not(qtbot: QtBot, tmp_path: Path):
    """Row 25: within 0.6 s the notes name the function that holds Qt's thread; no plate is in them."""
    parent, path = QObject(), tmp_path / STALLS
    tracer = StallTracer(open_notes(tmp_path, STALLS), parent)
    turns: list[int] = []
    QTimer.singleShot(120, lambda: turns.append(len(path.read_text())))
    qtbot.waitUntil(lambda: bool(turns))
    QTimer.singleShot(0, lambda: hold_the_loop(PLATE))
    qtbot.waitUntil(lambda: tracer.stalls > 0)
    tracer.end()
    said = path.read_text()
    assert turns == [0]
    assert "hold_the_loop" in said
    assert "was held for" in said
    assert PLATE not in said
    assert path.stat().st_mode & 0o077 == 0


def test_an_error_that_nobody_took_is_noted_without_its_words(tmp_path: Path, capsys):
    """In Qt's thread and in another one: kind and places, and the hooks are as before at the end."""
    before, notes = sys.excepthook, CrashNotes(tmp_path)

    def fails() -> None:
        raise ValueError(f"no such plate {PLATE}")

    thread = threading.Thread(target=fails, name="sync")
    thread.start()
    thread.join()
    try:
        fails()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    notes.end()
    assert sys.excepthook is before
    said = (tmp_path / FILE).read_text() + "".join(capsys.readouterr())
    assert PLATE not in said
    assert [line.partition(" ")[2].split(":")[0] for line in (tmp_path / FILE).read_text().splitlines()] == [
        "begun",
        "error ValueError in sync",
        "error ValueError in MainThread",
        "ended",
    ]
    assert unended(tmp_path) == 0
    with open_notes(tmp_path, FILE) as killed:
        killed.write(b"2026-11-22T21:14:00.000+00:00 begun\n")
    CrashNotes(tmp_path).end()
    assert unended(tmp_path) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
def test_a_full_disk_keeps_no_start_from_going_on(tmp_path: Path):
    """Notes and the folder's lock are there or not: the application starts all the same."""
    for name in (FILE, "in-use"):
        (tmp_path / name).symlink_to("/dev/full")
    before = sys.excepthook
    notes = CrashNotes(tmp_path)
    assert sys.excepthook is not before
    SoleUse(tmp_path).end()
    notes.end()
    assert sys.excepthook is before
