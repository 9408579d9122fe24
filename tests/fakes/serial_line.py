"""A serial line for tests: a pseudo terminal, raw as a port is."""

from __future__ import annotations

import pytest


def serial_line() -> tuple[int, int]:
    """Return the far end and the port's own end; the test is skipped where the machine has no pseudo terminals.

    A tree that was only changed into (chroot) has none until its /dev/pts is mounted.
    """
    import pty  # Linux's own: the file must be readable elsewhere
    import tty

    try:
        far, port = pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo terminal to be had here: {error}")
    tty.setraw(port)
    return far, port
