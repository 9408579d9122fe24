"""Frames: what a source hands over, one picture with its times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from devices.recogniser.port import Image


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: BGR, when it arrived on the monotonic clock (seconds), and the same moment in UTC."""

    image: Image = field(repr=False)
    arrived_s: float
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Input that could not become a frame. The reason is counted and logged; it names no file."""

    reason: str
