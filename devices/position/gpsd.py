"""gpsd: JSON lines over TCP, or from its log. Only class and mode of a TPV are certain (standards, section 8)."""

from __future__ import annotations

import json
import math
import socket
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from enum import StrEnum

from devices.position.fixes import Sighting
from devices.serial_port import PortLost, lines
from mdt_app.domain.position import FixMode

PORT = 2947
LINE_MOST = 65_536
_CONNECT_S = 1.0
_READ_S = 0.2
_QUIET_S = 8.0
"""gpsd that says nothing for so long is asked again; with a receiver it speaks each second."""
_EARTH_ROUND_M = 40_100_000.0
_WATCH = b'?WATCH={"enable":true,"json":true};\n'


class Fault(StrEnum):
    """Why a line was refused."""

    NOT_JSON = "not_json"
    VALUE = "value"


class GpsdReader:
    """Takes gpsd's lines. Never raises for what was received."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.sentences = 0
        self.faults: Counter[Fault] = Counter()

    def take(self, line: bytes) -> Sighting | None:
        """Return what a TPV says; None for other classes, which are counted, and for what is refused."""
        try:
            report = json.loads(line)
        except (ValueError, RecursionError):
            report = None
        if not isinstance(report, dict) or not isinstance(report.get("class"), str):
            self.faults[Fault.NOT_JSON] += 1
            return None
        self.sentences += 1
        if report["class"] != "TPV":
            return None
        try:
            return _sighting(report, self._clock())
        except (ValueError, TypeError, OverflowError):
            self.faults[Fault.VALUE] += 1
            return None


def _sighting(report: dict[str, object], heard_s: float) -> Sighting:
    mode = report.get("mode")
    if isinstance(mode, bool) or not isinstance(mode, int):
        raise TypeError
    found, moment = FixMode(mode), _moment(report.get("time"))
    lat, lon = _number(report.get("lat"), -90, 90), _number(report.get("lon"), -180, 180)
    if found < FixMode.TWO_D or lat is None or lon is None or (lat == 0 and lon == 0):
        return Sighting(heard_s, moment, FixMode.NONE)
    speed, course = _number(report.get("speed"), 0, 1000), _number(report.get("track"), 0, 360)
    return Sighting(heard_s, moment, found, lat, lon, speed, course, _accuracy_m(report))


def _accuracy_m(report: dict[str, object]) -> float | None:
    whole = _number(report.get("eph"), 0, _EARTH_ROUND_M)
    across, along = (_number(report.get(name), 0, _EARTH_ROUND_M) for name in ("epx", "epy"))
    if whole is None and across is not None and along is not None:
        whole = math.hypot(across, along)
    return round(whole, 1) if whole is not None else None


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError
    found = datetime.fromisoformat(value)
    return found.astimezone(UTC) if found.tzinfo else None


def _number(value: object, least: float, most: float) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError
    return float(value)


class GpsdReceiver:
    """A gpsd at an address; can be asked again after it was lost."""

    def __init__(self, host: str, port: int = PORT) -> None:
        self._address = (host, port)
        self.reader = GpsdReader()

    def sightings(self) -> Generator[Sighting | None, None, None]:
        """Yield what it says, and None at least each 0.2 s. Raises PortLost when it is not there or goes away."""
        try:
            connection = socket.create_connection(self._address, _CONNECT_S)
        except OSError as fault:
            raise PortLost("gpsd does not answer; it is asked again") from fault
        with connection:
            connection.settimeout(_READ_S)
            for line in lines(_chunks(connection), LINE_MOST):
                yield None if line is None else self.reader.take(line)


def _chunks(connection: socket.socket) -> Iterator[bytes]:
    try:
        connection.sendall(_WATCH)
        heard_s = time.monotonic()
        while True:
            try:
                data = connection.recv(65_536)
            except TimeoutError:
                if time.monotonic() - heard_s > _QUIET_S:
                    raise PortLost("gpsd is silent; it is asked again") from None
                yield b""
                continue
            if not data:
                raise PortLost("gpsd has hung up; it is asked again")
            heard_s = time.monotonic()
            yield data
    except OSError as fault:
        raise PortLost("The connection to gpsd broke; it is asked again") from fault
