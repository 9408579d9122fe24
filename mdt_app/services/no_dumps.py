"""No memory images: a crash must not leave plates and keys on the disk. Called once, before anything is opened."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def forbid_dumps() -> tuple[str, ...]:
    """Forbid core dumps of this process, and tracing by others, as far as the system can. Returns what was done.

    Processes started from here inherit the limit; each Python program of ours also calls this for itself.
    """
    done = []
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done.append("core limit 0")
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0:
        done.append("not dumpable")
    return tuple(done)
