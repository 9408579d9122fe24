"""Where a message on a switch's line begins and ends: by marks around it, by a length in front of it, or by both."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from mdt_app.domain.errors import BadInput

FRAME_MOST = 64 * 1024
"""Bytes in one message, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A message is its `length`, `start`, lines parted by `line`, `end`; a field is CODE, `mark`, value. All ASCII.

    `length` bytes in front, the first the highest, say how many follow; with `counts_itself` they are among them. 0:
    there are none, and `end` says where a message ends.
    """

    length: Literal[0, 2, 4] = 0
    counts_itself: bool = False
    start: str = ""
    end: str = ""
    line: str = ""
    mark: str = ""


async def receive(reader: asyncio.StreamReader, frame: Frame) -> str:
    """Read one message. Raises BadInput when it is not framed, too long or not ASCII, EOFError at the end."""
    start, end = frame.start.encode(), frame.end.encode()
    try:
        message = await (_counted(reader, frame) if frame.length else reader.readuntil(end))
    except asyncio.IncompleteReadError as fault:
        if not fault.partial:
            raise EOFError from fault
        raise BadInput("The message was cut off.") from fault
    except asyncio.LimitOverrunError as fault:
        raise BadInput("The message is too long.") from fault
    if not (message.startswith(start) and message.endswith(end) and message.isascii()):
        raise BadInput("The message is not framed as agreed.")
    return message.removeprefix(start).removesuffix(end).decode("ascii")


async def send(writer: asyncio.StreamWriter, frame: Frame, text: str) -> None:
    """Write one message. Raises BadInput when it is too long."""
    writer.write(framed(frame, text))
    await writer.drain()


def framed(frame: Frame, text: str) -> bytes:
    """Return a message as it travels. Raises BadInput when it is too long."""
    message = f"{frame.start}{text}{frame.end}".encode("ascii", errors="replace")
    if len(message) + _own(frame) >= FRAME_MOST:
        raise BadInput("The message is too long.")
    return (len(message) + _own(frame)).to_bytes(frame.length, "big") + message if frame.length else message


async def _counted(reader: asyncio.StreamReader, frame: Frame) -> bytes:
    size = int.from_bytes(await reader.readexactly(frame.length), "big") - _own(frame)
    if size >= FRAME_MOST:
        raise BadInput("The message is too long.")
    if size <= 0:
        raise BadInput("The message is not framed as agreed.")
    try:
        return await reader.readexactly(size)
    except asyncio.IncompleteReadError as fault:
        raise BadInput("The message was cut off.") from fault


def _own(frame: Frame) -> int:
    return frame.length if frame.counts_itself else 0
