"""A car's devices put together: cameras, ready-made readers, position, signals, sound and voice, each supervised."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import keyring
from keyring.errors import KeyringError

from devices.cameras.process import launch_camera
from devices.feeds import listener
from devices.feeds.order import FeedSource, ListenerOrder, check_order
from devices.position import device as position
from devices.signals import device as signals
from devices.sound import ToneSpeaker
from devices.speaker import RATE_HZ as SPEAKER_RATE_HZ
from devices.speaker import Speaker
from devices.voice import VoiceSpeaker
from mdt_app.domain.commands import Command, MarkSignal, RecordRead
from mdt_app.domain.devices import CameraFrame, CameraRead, DeviceHealth, DeviceKind, DeviceMessage
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import HealthChanged, Notice
from mdt_app.domain.position import LastFix, PositionFix
from mdt_app.domain.signals import CarSignal
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.services.supervisor import DeviceSpec, Supervisor

CAMERA_RATE_HZ = 1.0
"""How often a camera process says how it is."""

FEED_SECRETS = "patrol-mdt feed"
"""The keyring's name for the secrets of ready-made readers, one a reader's id."""


class CarDevices:
    """All devices of one car. Whatever sees plates runs while somebody is signed in (ACC-5), the rest all the time."""

    def __init__(
        self, settings: CarSettings, submit: Callable[[Command], object], tell: Callable[[Notice], None]
    ) -> None:
        self._submit, self._tell = submit, tell
        self.frame: Callable[[CameraFrame], None] | None = None
        self.sound, self.voice = ToneSpeaker(), VoiceSpeaker()
        self.last_fix = LastFix()
        self.camera_states: dict[str, DeviceHealth] = {}
        self._readers = Supervisor([*map(_camera, settings.cameras), *_feeds(settings)], self._hear)
        others = [_speaker(self.sound), _speaker(self.voice), *_position(settings), *_signals(settings)]
        self._others = Supervisor(others, self._hear)
        self._switching = ThreadPoolExecutor(1, "readers")

    def start(self) -> None:
        """Start everything but what sees plates, which waits for a sign-in."""
        self._others.start()

    def start_readers(self) -> None:
        """Start what sees plates, without waiting for it."""
        self._switching.submit(self._readers.start)

    def stop_readers(self, *, wait: bool = False) -> None:
        """End what sees plates; what is already read goes on."""
        ended = self._switching.submit(self._readers.stop)
        if wait:
            ended.result()

    def stop(self) -> None:
        """End all."""
        self.stop_readers(wait=True)
        self._switching.shutdown()
        self._others.stop()

    def _hear(self, message: DeviceMessage) -> None:
        if isinstance(message, CameraRead):
            read = message.read
            placed = read if read.position else replace(read, position=self.last_fix.position(time.monotonic()))
            self._submit(RecordRead(placed, message.pictures))
        elif isinstance(message, DeviceHealth):
            if message.kind is DeviceKind.CAMERA:
                self.camera_states[message.device_id] = message
            self._tell(HealthChanged(message))
        elif isinstance(message, PositionFix):
            self.last_fix.hear(message, time.monotonic())
        elif isinstance(message, CarSignal):
            self._submit(MarkSignal(message))
        elif self.frame is not None:
            self.frame(message)


def _camera(camera: CameraSettings) -> DeviceSpec:
    launch = partial(launch_camera, camera.id, camera.source, loop=camera.loop)
    return DeviceSpec(camera.id, DeviceKind.CAMERA, CAMERA_RATE_HZ, launch)


def _feeds(settings: CarSettings) -> list[DeviceSpec]:
    """The listener of the ready-made readers, if there are any. Raises BadInput for what may not be."""
    if not settings.feeds:
        return []
    sources = (
        FeedSource(feed.id, feed.kind, feed.addresses, _secret(feed.id), feed.camera_id, feed.silent_after_s)
        for feed in settings.feeds
    )
    order = ListenerOrder("feeds", settings.feed_listener.host, settings.feed_listener.port, tuple(sources))
    check_order(order)
    return [DeviceSpec("feeds", DeviceKind.FEED, listener.RATE_HZ, partial(listener.launch_listener, order))]


def _secret(feed_id: str) -> str:
    try:
        return keyring.get_password(FEED_SECRETS, feed_id) or ""
    except KeyringError as error:
        raise BadInput("The keyring does not answer.", "Unlock it, then start again.") from error


def _position(settings: CarSettings) -> list[DeviceSpec]:
    if settings.position is None:
        return []
    order = position.PositionOrder("position", settings.position.where)
    launch = partial(position.launch_position, order)
    return [DeviceSpec("position", DeviceKind.POSITION, position.RATE_HZ, launch)]


def _signals(settings: CarSettings) -> list[DeviceSpec]:
    if settings.signals is None:
        return []
    order = signals.SignalOrder("signals", settings.signals.port, settings.signals.table)
    return [DeviceSpec("signals", DeviceKind.SIGNAL, signals.RATE_HZ, partial(signals.launch_signals, order))]


def _speaker(speaker: Speaker) -> DeviceSpec:
    return DeviceSpec(speaker.device_id, speaker.kind, SPEAKER_RATE_HZ, speaker.launch)
