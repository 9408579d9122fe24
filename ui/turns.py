"""How soon Python's threads give way to Qt's."""

from __future__ import annotations

import sys

_SWITCH_S = 0.0005


def give_way_to_qt() -> None:
    """Let a thread that waits for the interpreter have it after half a millisecond.

    Painting goes in and out of the interpreter all the time. At Python's usual 5 ms each of these waits made one
    picture 7 ms late while the core worked.
    """
    sys.setswitchinterval(_SWITCH_S)
