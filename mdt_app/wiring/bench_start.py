"""How soon the sign-in screen is there, against an empty window with the store opened, by turns in one run."""

from __future__ import annotations

import base64
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mdt_app.domain.errors import MdtError
from mdt_app.services.system_notice import ALIVE, READY

_LIMIT_S = 90.0
_WINDOW = ("-m", "mdt_app.wiring.empty_window", "{folder}")
_CAR = ("-m", "mdt_app", "run", "--settings", "{folder}/car.toml", "--folder", "{folder}", "--key-file")
_SETTINGS = """car_id = "BENCH"
unit = "Bench"
ori = "CT0000000"
headquarters = "http://127.0.0.1:9"
headquarters_key = "{key}"
"""


@dataclass(frozen=True, slots=True)
class StartFigures:
    """Medians over the rounds, in seconds from the program's start. `ratio` is the median of each round's own.

    `start_s`: until the sign-in screen is painted; `whole_s`: until devices, link and all other screens are there too;
    `empty_window_s`: an empty PySide6 window and the same store opened.
    """

    start_s: float
    empty_window_s: float
    ratio: float
    whole_s: float
    rounds: int


def bench_start(rounds: int) -> StartFigures:
    """Start both by turns. Raises MdtError where the system has no way to hear of it, or a program does not start."""
    if not hasattr(socket, "AF_UNIX"):
        raise MdtError("Starts are heard of over a local socket, which this system does not have.", "Measure on Linux.")
    with tempfile.TemporaryDirectory(prefix="mdt-bench-") as name:
        folder = Path(name)
        (folder / "car.toml").write_text(_SETTINGS.format(key=base64.b64encode(secrets.token_bytes(32)).decode()))
        _start(folder, _CAR, READY, ALIVE)  # makes the store, and Python's compiled files
        _start(folder, _WINDOW, READY)
        taken = [(_start(folder, _WINDOW, READY), _start(folder, _CAR, READY, ALIVE)) for _ in range(rounds)]
    empty = [window[0] for window, _ in taken]
    whole = [car[1] for _, car in taken]
    started = [car[0] for _, car in taken]
    ratio = statistics.median(car[0] / window[0] for window, car in taken)
    start_s, empty_s, whole_s = (round(statistics.median(times), 3) for times in (started, empty, whole))
    return StartFigures(start_s, empty_s, round(ratio, 3), whole_s, rounds)


def _start(folder: Path, program: tuple[str, ...], *awaited: str) -> list[float]:
    """Start it, and return after how many seconds it said each of these lines; then end it."""
    with _ear(folder / "told") as ear:
        environment = {"QT_QPA_PLATFORM": "offscreen", "NOTIFY_SOCKET": str(folder / "told"), "MDT_CAR_TOKEN": "bench"}
        began = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - our own program
            (sys.executable, *(word.format(folder=folder) for word in program)),
            env={**os.environ, **environment},
            stderr=subprocess.DEVNULL,
        )
        try:
            return [_heard(ear, line) - began for line in awaited]
        finally:
            process.terminate()
            try:
                process.wait(_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _ear(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(path))
        ear.settimeout(_LIMIT_S)
        try:
            yield ear
        finally:
            path.unlink()


def _heard(ear: socket.socket, line: str) -> float:
    try:
        while ear.recv(256).decode() != line:
            pass
    except TimeoutError:
        raise MdtError("The program did not start in time.", "Run 'mdt run' by itself to see why.") from None
    return time.monotonic()
