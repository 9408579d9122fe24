"""Lets heavy work give way: what reads plates must not keep screen, alert and record waiting for a core."""

from __future__ import annotations

import os
import sys
import threading

GIVES_WAY = 10
"""How nice (0 to 19) a thread is that reads plates. More gained nothing at rest, and starves on a busy machine."""
_BELOW_NORMAL = -1


def give_way() -> None:
    """Put the calling thread behind all of usual priority; with a free core it runs as fast as ever."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentThread.restype = ctypes.c_void_p
        kernel.SetThreadPriority.argtypes = (ctypes.c_void_p, ctypes.c_int)
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL)
    else:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVES_WAY)
