"""A position receiver on a serial port: found, its speed searched, and read until it is unplugged."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Protocol

from serial.tools import list_ports

from devices.position.fixes import Sighting
from devices.position.gpsd import PORT, GpsdReader, GpsdReceiver
from devices.position.nmea import LINE_MOST, NmeaReader
from devices.serial_port import OpenPort, PortInfo, PortLost, cycle_speeds, find_port, is_port_name, lines
from mdt_app.domain.errors import BadInput

SPEEDS = (9600, 4800, 38400, 115200, 57600, 19200)
"""In the order in which receivers are met; 4800 is the standard's own."""
_PROBE_S = 2.2
"""A receiver speaks once a second: so long at each speed shows two bursts."""
_QUIET_S = 5.0
_GPSD = "gpsd://"


class Receiver(Protocol):
    """Where positions come from."""

    @property
    def reader(self) -> NmeaReader | GpsdReader:
        """What counts the sentences and their faults."""

    def sightings(self) -> Generator[Sighting | None, None, None]:
        """Yield sightings as they come, and None at least each 0.2 s. Raises PortLost."""


class SerialReceiver:
    """A receiver on a port ('COM3', '/dev/ttyUSB0', 'usb', 'usb:1546:01a8'). The speed that worked is remembered."""

    def __init__(self, wanted: str, ports: Callable[[], Iterable[PortInfo]] = list_ports.comports) -> None:
        self._wanted, self._ports = wanted, ports
        self.speed: int | None = None
        self.reader = NmeaReader()

    def sightings(self) -> Generator[Sighting | None, None, None]:
        """Search the speed, then read for as long as sentences come; PortLost when the port is gone or stays quiet."""
        name = find_port(self._wanted, self._ports)
        for speed in cycle_speeds(SPEEDS, self.speed):
            with OpenPort(name, speed) as port:
                yield from self._listen(port, speed)
        raise PortLost("No position sentences come from the port; it is tried again")

    def _listen(self, port: OpenPort, speed: int) -> Generator[Sighting | None, None, None]:
        """Read at one speed. Ends when no valid sentence comes for a while, which at first is soon."""
        heard_s, known = time.monotonic(), self.reader.sentences
        for line in lines(_chunks(port), LINE_MOST):
            yield self.reader.flush() if line is None else self.reader.take(line)
            now = time.monotonic()
            if self.reader.sentences > known:
                heard_s, known, self.speed = now, self.reader.sentences, speed
            elif now - heard_s > (_QUIET_S if self.speed == speed else _PROBE_S):
                return


def _chunks(port: OpenPort) -> Iterator[bytes]:
    while True:
        yield port.read()


def open_receiver(where: str) -> Receiver:
    """Return the receiver of a port's name or 'gpsd://host:port'. Raises BadInput for anything else."""
    if where.startswith(_GPSD):
        host, _, port = where.removeprefix(_GPSD).strip("/").rpartition(":")
        if not host:
            host, port = port, str(PORT)
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise BadInput("That is no address of gpsd.", "Write gpsd://127.0.0.1:2947.")
        return GpsdReceiver(host or "127.0.0.1", int(port))
    if is_port_name(where):
        return SerialReceiver(where)
    raise BadInput(
        "That names no receiver.", "Give a port (COM3, /dev/ttyUSB0), usb, usb:VID:PID, or gpsd://host:port."
    )
