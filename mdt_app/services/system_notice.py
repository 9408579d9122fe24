"""Tells the service manager that started this program how it is: systemd's notify protocol, a line over a socket."""

from __future__ import annotations

import os
import socket
import time

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def tell_system(line: str) -> bool:
    """Send one line; False where nobody asked for it or nobody listens. Never raises, never waits."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line_out:
            line_out.setblocking(False)
            line_out.sendto(line.encode(), "\0" + address[1:] if address.startswith("@") else address)
    except OSError:
        return False
    return True


class Beat:
    """Says that a loop turns: called in each turn, told once a second. A unit's watchdog waits many times as long."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self) -> None:
        """The loop turns."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + 1.0
            tell_system(ALIVE)
