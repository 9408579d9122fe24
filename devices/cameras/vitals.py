"""How a camera is: its health, changed from any of its threads and said oftener than promised."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceMessage, DeviceState


class Vitals:
    """The health of one camera. Every change of state is said at once."""

    def __init__(self, camera_id: str, send: Callable[[DeviceMessage], None]) -> None:
        self.health = DeviceHealth(camera_id, DeviceKind.CAMERA, DeviceState.STARTING, "The reader is loading")
        self._send, self._lock = send, threading.Lock()
        self._words: deque[tuple[float, int]] = deque(maxlen=10)

    def change(self, **values: object) -> None:
        """Change fields of the health."""
        with self._lock:
            before = self.health
            self.health = replace(before, **values)  # type: ignore[arg-type]  # each caller names fields of health
        if self.health.state is not before.state:
            self.say()

    def count(self, name: str) -> None:
        """Count one more of 'frames', 'read' or 'unreadable'."""
        with self._lock:
            self.health = replace(self.health, **{name: getattr(self.health, name) + 1})

    def measure(self, now_s: float) -> None:
        """Work out the pictures a second over the last few words."""
        self._words.append((now_s, self.health.frames))
        (since, before), (until, after) = self._words[0], self._words[-1]
        self.change(rate_hz=(after - before) / (until - since) if until > since else 0.0)

    def say(self) -> None:
        """Say how the camera is."""
        self._send(self.health)
