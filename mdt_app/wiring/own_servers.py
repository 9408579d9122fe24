"""Our own servers as processes of their own, for the demonstration and the measurements."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import ExitStack
from queue import Empty, SimpleQueue

from mdt_app.domain.errors import MdtError

START_LIMIT_S = 90.0
STOP_LIMIT_S = 10.0

PROGRAM = (sys.executable, "-m", "mdt_app")


def serve_own(stack: ExitStack, *words: str) -> int:
    """Start one of our servers until the stack closes, and return the port that it says it listens on."""
    command = (*PROGRAM, *words, "--port", "0", "--tied")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    stack.callback(_end, process)
    lines: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_first_line, args=(process, lines), daemon=True).start()
    try:
        return int(json.loads(lines.get(timeout=START_LIMIT_S))["port"])
    except (Empty, ValueError, KeyError) as error:
        name = " ".join(words[:2])
        raise MdtError(f"'mdt {name}' did not start.", f"Run 'mdt {name}' by itself to see why.") from error


def _first_line(process: subprocess.Popen[str], lines: SimpleQueue[str]) -> None:
    if process.stdout is not None:
        lines.put(process.stdout.readline())


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
