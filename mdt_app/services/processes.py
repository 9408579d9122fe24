"""How processes of the application begin: forked from a clean one that has loaded their modules, where that goes."""

from __future__ import annotations

import multiprocessing
import sys

if sys.platform == "linux":
    PROCESSES = multiprocessing.get_context("forkserver")
else:
    PROCESSES = multiprocessing.get_context("spawn")
"""On Linux what begins is there at once, and shares the memory of what it loaded; elsewhere it is a Python of its own.

Nothing of the application itself, threads and locks included, is in such a process.
"""
AT_ONCE = PROCESSES.get_start_method() == "forkserver"
"""Whether a process is there at once, with its modules."""
_loaded: list[str] = []


def load_for_processes(*modules: str) -> None:
    """Have these modules loaded in the process that others are forked from; before the first of them begins."""
    _loaded.extend(name for name in modules if name not in _loaded)
    if sys.platform == "linux":
        PROCESSES.set_forkserver_preload(_loaded)
