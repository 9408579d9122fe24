"""Serial ports: found by name or by USB id, opened, and read until they are lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import serial
from serial.tools import list_ports

READ_S = 0.2
"""A read waits so long for bytes: the gap after which a receiver's burst is over."""
_WINDOWS = re.compile(r"(?i)(\\\\\.\\)?COM\d{1,3}")
_USB = re.compile(r"usb(?::([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4}))?")
KNOWN_RECEIVERS: tuple[tuple[int, int], ...] = (
    (0x1546, 0x01A4),  # u-blox 4
    (0x1546, 0x01A5),  # u-blox 5
    (0x1546, 0x01A6),  # u-blox 6
    (0x1546, 0x01A7),  # u-blox 7
    (0x1546, 0x01A8),  # u-blox 8
    (0x1546, 0x01A9),  # u-blox 9
    (0x067B, 0x2303),  # Prolific bridge, in most GPS mice
    (0x067B, 0x23A3),  # its successor
    (0x091E, 0x0003),  # Garmin
)
"""USB vendor and product ids that 'usb' alone looks for."""


class PortInfo(Protocol):
    """What the system knows of a port; vendor and product are None for what is not on USB."""

    device: str
    vid: int | None
    pid: int | None


class PortLost(Exception):
    """The port is not there, can't be opened, or went away. The words go to the screen."""


def is_port_name(text: str) -> bool:
    """True for what names a serial port: COM3, an absolute path as /dev/ttyUSB0, usb, usb:1546:01a8."""
    return text.startswith("/") or any(form.fullmatch(text) for form in (_WINDOWS, _USB))


def find_port(wanted: str, ports: Callable[[], Iterable[PortInfo]] = list_ports.comports) -> str:
    """Return the port's own name. 'usb:VID:PID' (hex) or 'usb' is looked for among those that are plugged in now.

    Raises PortLost when none fits.
    """
    by_id = _USB.fullmatch(wanted)
    if by_id is None:
        return wanted
    vendor, product = by_id.groups()
    ids = ((int(vendor, 16), int(product, 16)),) if vendor else KNOWN_RECEIVERS
    for port in ports():
        if (port.vid, port.pid) in ids:
            return port.device
    raise PortLost("No receiver is plugged in; it is looked for")


class OpenPort:
    """An open serial port. Close it, or use it as a context."""

    def __init__(self, name: str, baud: int) -> None:
        """Raises PortLost when it can't be opened."""
        try:
            self._port: Any = serial.Serial(name, baud, timeout=READ_S)
        except (serial.SerialException, OSError, ValueError) as fault:
            raise PortLost(f"The port {name} can't be opened; it is tried again") from fault

    def read(self) -> bytes:
        """Return what came, at most after READ_S; empty when nothing did. Raises PortLost when the port is gone."""
        try:
            first = self._port.read(1)
            data: bytes = first + (self._port.read(min(self._port.in_waiting, 4096)) if first else b"")
        except (serial.SerialException, OSError, TypeError) as fault:  # TypeError: pyserial's own, when it was closed
            raise PortLost("The device was unplugged; it is looked for") from fault
        return data

    def close(self) -> None:
        """Let go of the port."""
        try:
            self._port.close()
        except (serial.SerialException, OSError):
            return  # it is gone already

    def __enter__(self) -> OpenPort:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def lines(chunks: Iterator[bytes], longest: int) -> Iterator[bytes | None]:
    """Yield each line of the chunks without its end, and None at each gap (an empty chunk).

    What runs on without an end is cut every `longest` bytes, so that a wrong speed's noise can't fill the memory.
    """
    waiting = b""
    for chunk in chunks:
        if not chunk:
            yield None
            continue
        *whole, waiting = re.split(rb"[\r\n]+", waiting + chunk)
        yield from (line for line in whole if line)
        if len(waiting) > longest:
            yield waiting
            waiting = b""
    if waiting:
        yield waiting


def cycle_speeds(speeds: Sequence[int], first: int | None) -> Sequence[int]:
    """Return the speeds to try, the one that worked last before all others."""
    return (first, *(one for one in speeds if one != first)) if first else speeds
