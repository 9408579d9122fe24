"""A bad radio link between two network namespaces: real TCP over real packets, some of which are late or lost.

A TUN device in a namespace of its own stands in the car, another at headquarters; a thread carries the packets between
them and loses, delays, thins out or stops them. It needs root and Linux; else the test is skipped with the reason.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

ResultT = TypeVar("ResultT")

_TUNSETIFF, _TUN, _NO_INFO, _NEW_NET = 0x400454CA, 0x0001, 0x1000, 0x40000000
_WAITING_MOST = 500
UP, DOWN = 0, 1


@dataclass(frozen=True)
class Weather:
    """How the link is: share lost, seconds of delay and jitter, bits a second (0: any), and which way nothing goes."""

    lost: float = 0.0
    delay_s: float = 0.0
    jitter_s: float = 0.0
    bits_s: int = 0
    shut: frozenset[int] = frozenset()


FAIR = Weather()


class BadLink:
    """The link. `host` is headquarters' address on it; `inside` runs something in the car's namespace."""

    def __init__(self) -> None:
        if os.geteuid() != 0 or not Path("/dev/net/tun").exists():
            pytest.skip("Network namespaces need root and /dev/net/tun.")
        number = random.randrange(1 << 14)  # noqa: S311 - an address nobody else has just now
        self._space = f"mdt-{os.getpid()}-{number}"
        net = f"10.{200 + (number >> 12)}.{(number >> 4) & 255}"
        self.car, self.host = f"{net}.{(number & 15) * 16 + 1}", f"{net}.{(number & 15) * 16 + 2}"
        self.weather = FAIR
        self.lost = self.carried = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._ends: tuple[int, int] = (-1, -1)
        self._names = tuple(f"mt{os.getpid() % 100000}{side}{number % 1000}" for side in "ch")

    def __enter__(self) -> BadLink:
        if _ip("netns", "add", self._space, may_fail=True):
            pytest.skip("Network namespaces can't be made here.")
        try:
            self._ends = (_tun(self._names[0]), _tun(self._names[1]))
            _ip("link", "set", self._names[0], "netns", self._space)
            for where, name, address, peer in (
                (("-n", self._space), self._names[0], self.car, self.host),
                ((), self._names[1], self.host, self.car),
            ):
                _ip(*where, "address", "add", address, "peer", peer, "dev", name)
                _ip(*where, "link", "set", name, "up", "mtu", "1400")
        except (OSError, subprocess.CalledProcessError):
            self.__exit__()
            pytest.skip("TUN devices can't be made here.")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        for end in self._ends:
            with suppress(OSError):
                os.close(end)
        _ip("netns", "delete", self._space, may_fail=True)

    def inside(self, act: Callable[[], ResultT]) -> ResultT:
        """Run this in a thread within the car's namespace; the threads and sockets that it makes are in there, too."""
        found: list[ResultT] = []

        def run() -> None:
            libc = ctypes.CDLL(None, use_errno=True)
            with Path(f"/run/netns/{self._space}").open() as space:
                if libc.setns(space.fileno(), _NEW_NET):
                    raise OSError(ctypes.get_errno(), "setns")
            found.append(act())

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return found[0]

    def _carry(self) -> None:
        chance = random.Random(11)  # noqa: S311 - a test's losses
        waiting: list[tuple[float, int, int, bytes]] = []
        free_at, count = [0.0, 0.0], 0
        while not self._ended.is_set():
            until = min(0.05, max(0.0, waiting[0][0] - time.monotonic())) if waiting else 0.05
            for end in select.select(self._ends, (), (), until)[0]:
                way = UP if end == self._ends[0] else DOWN
                packet, weather, now = os.read(end, 2048), self.weather, time.monotonic()
                if way in weather.shut or chance.random() < weather.lost or len(waiting) >= _WAITING_MOST:
                    self.lost += 1
                    continue
                sent_at = max(now, free_at[way]) + (len(packet) * 8 / weather.bits_s if weather.bits_s else 0.0)
                free_at[way] = sent_at
                count += 1
                due = sent_at + weather.delay_s + chance.uniform(0.0, weather.jitter_s)
                heapq.heappush(waiting, (due, count, way, packet))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, way, packet = heapq.heappop(waiting)
                self.carried += 1
                with suppress(OSError):
                    os.write(self._ends[1 - way], packet)


def _ip(*words: str, may_fail: bool = False) -> int:
    done = subprocess.run(["ip", *words], capture_output=True, check=not may_fail)  # noqa: S607 - the system's own
    return done.returncode


def _tun(name: str) -> int:
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, _TUNSETIFF, struct.pack("16sH", name.encode(), _TUN | _NO_INFO))
    return end
