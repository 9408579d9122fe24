"""The sockets that headquarters listens on: one, or one for each worker at the same address."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
from collections.abc import Iterator

from mdt_app.domain.errors import MdtError

ACCEPTED_AT_ONCE = 8
"""New connections in one turn of the server's loop. With all of a flood in one turn, requests under way wait seconds
for their next step; the others lose nothing in the system's queue."""
_FILES = 65_536
_IN_LINE = 4096


def is_local(host: str) -> bool:
    """Whether only this machine itself reaches that address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def listening(host: str, port: int, workers: int) -> Iterator[list[socket.socket]]:
    """Give a socket for each worker, all at one address; where the system can't share it out, one for all.

    `port` 0 takes a free one. Raises MdtError when the address is taken or can't be had.
    """
    shared = workers > 1 and hasattr(socket, "SO_REUSEPORT")
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(_bound(host, port, shared))]
        at = listeners[0].getsockname()[1]
        for _ in range(workers - 1):
            listeners.append(stack.enter_context(_bound(host, at, shared)) if shared else listeners[0])
        yield listeners


def _bound(host: str, port: int, shared: bool) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle's delay off; else each answer waits 40 ms for the car's ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # on Windows it would let another process take the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as fault:
        listener.close()
        raise MdtError("Headquarters can't have this address and port.", "Choose another port.") from fault
    return listener


def wait_in_line(listener: socket.socket) -> None:
    """Let many new connections wait at the system: the event loop takes one number for this and `ACCEPTED_AT_ONCE`."""
    listener.listen(_IN_LINE)


def allow_many_connections() -> None:
    """Let each connection have its file; the usual limit is for a thousand."""
    if os.name != "posix":
        return
    import resource  # not on Windows

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
