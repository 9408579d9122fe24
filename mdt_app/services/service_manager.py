"""What the system's service manager is told (systemd's notify protocol): ready, alive, ending. Without one, nothing.

A watchdog that hears nothing for its time starts the program again; what waits is in the store.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from dataclasses import dataclass, field

_BEAT_S = 1.0
"""A sign of life is sent no more often; units allow many times this."""


@dataclass(slots=True)
class ServiceManager:
    """The manager behind a socket's address; an empty one is nobody. Used by one thread."""

    address: str = ""
    _beat_at: float = field(default=0.0, init=False)

    @classmethod
    def of_this_process(cls) -> ServiceManager:
        """The one that started this process. Its address is taken out of the environment: children are not heard."""
        os.environ.pop("WATCHDOG_USEC", None)
        return cls(os.environ.pop("NOTIFY_SOCKET", ""))

    def ready(self) -> None:
        """The program serves, or shows its first screen."""
        self._tell("READY=1")

    def alive(self) -> None:
        """The loop turns; called in each turn, told once a second."""
        if self.address and time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + _BEAT_S
            self._tell("WATCHDOG=1")

    def ending(self) -> None:
        """The program takes itself down in order."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        """A manager that is gone changes nothing for the program."""
        if not self.address:
            return
        where = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
            link.connect(where)
            link.send(state.encode())
