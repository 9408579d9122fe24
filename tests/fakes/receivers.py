"""Position receivers for tests, SIMULATED: one on a pseudo terminal that speaks NMEA, and one that speaks as gpsd."""

from __future__ import annotations

import json
import os
import socket
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path

from tests.fakes.serial_line import serial_line

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
_SPEEDS = {termios.B4800: 4800, termios.B9600: 9600, termios.B38400: 38400, termios.B115200: 115200}


def sentence(body: str) -> bytes:
    """An NMEA sentence with its checksum."""
    return f"${body}*{reduce(lambda sum_, one: sum_ ^ one, body.encode(), 0):02X}\r\n".encode()


def _degrees(value: float, width: int) -> str:
    whole = int(abs(value))
    return f"{whole:0{width}d}{(abs(value) - whole) * 60:07.4f}"


def burst(
    at: datetime, lat: float = 41.7012, lon: float = -72.6081, *, talker: str = "GP", valid: bool = True
) -> bytes:
    """What a receiver says of one moment: RMC, VTG, GGA and GSA; 22.4 knots to 84.4 degrees."""
    time, date = at.strftime("%H%M%S.%f")[:9], at.strftime("%d%m%y")
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    place = f"{_degrees(lat, 2)},{north},{_degrees(lon, 3)},{east}" if valid else ",,,"
    rows = [
        f"{talker}RMC,{time},{'A' if valid else 'V'},{place},22.4,084.4,{date},,,{'A' if valid else 'N'}",
        f"{talker}VTG,084.4,T,,M,22.4,N,41.5,K,{'A' if valid else 'N'}",
        f"{talker}GGA,{time},{place},{1 if valid else 0},08,0.9,100.0,M,-33.9,M,,",
        f"{talker}GSA,A,{3 if valid else 1},04,05,09,12,,,,,,,,,2.5,0.9,2.1",
    ]
    return b"".join(map(sentence, rows))


class PtyReceiver:
    """A receiver on a pseudo terminal. `path` is a link that comes and goes with plugging.

    speed: set, it is understood at that speed only and is noise at any other.
    """

    def __init__(self, folder: Path, name: str = "ttyGPS", speed: int | None = None) -> None:
        self.path, self._speed = folder / name, speed
        self._master = self._slave = -1
        self.plug()

    def plug(self) -> None:
        """Plug it in."""
        self._master, self._slave = serial_line()
        self.path.symlink_to(os.ttyname(self._slave))

    def unplug(self) -> None:
        """Pull it out: the port vanishes, and who reads it gets an error."""
        if self._master < 0:
            return
        self.path.unlink()
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def say(self, data: bytes) -> None:
        """Send; noise when the port's speed is not the receiver's."""
        if self._speed is not None and _SPEEDS.get(termios.tcgetattr(self._slave)[4]) != self._speed:
            data = bytes(byte ^ 0xA5 for byte in data)
        os.write(self._master, data)

    @contextmanager
    def driving(self, start: datetime | None = None, period_s: float = 0.1) -> Iterator[None]:
        """Say a burst each `period_s`, a second apart in its own time, until the block ends."""
        stop, begin = threading.Event(), start or datetime.now(UTC)

        def drive() -> None:
            number = 0
            while not stop.is_set():
                with suppress(OSError):
                    self.say(burst(begin + timedelta(seconds=number), 41.7012 + number * 1e-4))
                number += 1
                stop.wait(period_s)

        thread = threading.Thread(target=drive, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


class GpsdSimulator:
    """Speaks as gpsd does to one client after another: VERSION, then, after ?WATCH, what `say` is given."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._client: socket.socket | None = None
        self.watched = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                client.sendall(b'{"class":"VERSION","release":"3.25","proto_major":3}\r\n')
                if client.recv(200).startswith(b"?WATCH="):
                    self._client = client
                    self.watched.set()

    def say(self, *reports: dict[str, object] | bytes) -> None:
        """Send reports to the client."""
        for report in reports:
            data = report if isinstance(report, bytes) else json.dumps(report).encode()
            self._client.sendall(data + b"\r\n")

    def hang_up(self) -> None:
        """Cut the client off; it may come again."""
        self.watched.clear()
        client, self._client = self._client, None
        client.close()

    def close(self) -> None:
        """End."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        if self._client:
            self._client.close()
        self._thread.join()
