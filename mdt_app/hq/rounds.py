"""What headquarters does again and again while it serves, each in a thread of its own that outlives every fault."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

_AGAIN_S, _STOP_WITHIN_S = 60.0, 20.0

log = structlog.get_logger()


@contextmanager
def rounds(name: str, every_s: float, work: Callable[[], object]) -> Iterator[None]:
    """While inside, do the work at once and then every `every_s` seconds; a fault is tried again within a minute."""
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            wait_s = every_s
            try:
                work()
            except Exception as fault:  # noqa: BLE001 - whatever fails is said, and tried again
                log.error(f"{name}.failed", error=type(fault).__name__)  # noqa: TRY400 - values may hold plates
                wait_s = min(every_s, _AGAIN_S)
            ended.wait(wait_s)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_STOP_WITHIN_S)
