"""What devices say to the core: reads, health and previews, as plain values that cross process borders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mdt_app.domain.equipment import LoudnessTold
from mdt_app.domain.position import PositionFix
from mdt_app.domain.reads import Box, Pictures, Read
from mdt_app.domain.signals import CarSignal


class DeviceKind(StrEnum):
    """The kinds of device that the status bar knows."""

    CAMERA = "camera"
    POSITION = "position"
    SOUND = "sound"
    VOICE = "voice"
    LINK = "link"
    FEED = "feed"
    SIGNAL = "signal"


class DeviceState(StrEnum):
    """How a device is. Silence is never 'ok': the supervisor derives SILENT from the declared rate."""

    STARTING = "starting"
    OK = "ok"
    SILENT = "silent"
    FAULT = "fault"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class CameraRead:
    """A finished read of one track with its pictures. `latency_s` is from the frame's arrival to this message.

    `arrived_s`: when the frame that settled it arrived, by the machine's monotonic clock; 0: not known.
    """

    read: Read
    pictures: Pictures
    latency_s: float
    arrived_s: float = 0.0


@dataclass(frozen=True, slots=True)
class CameraFrame:
    """A small JPEG of the live picture with the plate boxes now in view, for the screen only; never recorded.

    Boxes are in pixels of a picture of `width` x `height`; `texts` says what is read in each box so far.
    """

    camera_id: str
    jpeg: bytes = field(repr=False)
    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """A device's word about itself. Counts run from its start; `detail` is fit for the screen.

    rate_hz: pictures a second just now.
    frames: received. read: given to the reader. skipped: dropped because a later one came. unreadable: broken input.
    """

    device_id: str
    kind: DeviceKind
    state: DeviceState
    detail: str = ""
    frames: int = 0
    read: int = 0
    skipped: int = 0
    unreadable: int = 0
    rate_hz: float = 0.0


@dataclass(frozen=True, slots=True)
class CameraStill:
    """A camera's whole picture as JPEG, made when an equipment check asks for it; never recorded by itself."""

    camera_id: str
    jpeg: bytes = field(repr=False)
    captured_at: datetime


DeviceMessage = LoudnessTold | CameraRead | CameraFrame | CameraStill | DeviceHealth | PositionFix | CarSignal
