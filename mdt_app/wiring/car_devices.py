"""A car's devices put together: cameras, ready-made readers, position, signals, sound and voice, each supervised."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import keyring
from keyring.errors import KeyringError

from devices.cameras.camera import CameraOrder
from devices.cameras.pictures import PREVIEW_WIDTH, SMALL_PREVIEW_WIDTH
from devices.cameras.process import CameraDevice, Spare
from devices.cameras.turn import turn_files
from devices.feeds import listener
from devices.feeds.order import FeedSource, ListenerOrder, check_order
from devices.position import device as position
from devices.signals import device as signals
from devices.sound import ToneSpeaker
from devices.speaker import RATE_HZ as SPEAKER_RATE_HZ
from devices.speaker import Speaker
from devices.voice import VoiceSpeaker
from mdt_app.domain.commands import Command, MarkSignal, RecordRead
from mdt_app.domain.devices import (
    CameraFrame,
    CameraRead,
    CameraStill,
    DeviceHealth,
    DeviceKind,
    DeviceMessage,
    DeviceState,
)
from mdt_app.domain.equipment import LoudnessTold
from mdt_app.domain.errors import BadInput
from mdt_app.domain.notices import HealthChanged, Notice
from mdt_app.domain.position import LastFix, PositionFix, PositionTold
from mdt_app.domain.signals import CarSignal
from mdt_app.services.processes import AT_ONCE
from mdt_app.services.settings import CameraSettings, CarSettings
from mdt_app.services.supervisor import DeviceSpec, Supervisor

_WIDE_PREVIEWS = 2
CAMERA_RATE_HZ = 1.0
"""How often a camera process says how it is."""

FEED_SECRETS = "patrol-mdt feed"
"""The keyring's name for the secrets of ready-made readers, one a reader's id."""
CAMERA_LOGINS = "patrol-mdt camera"
"""The keyring's name for the cameras' logins ('user:password'), one a camera's id."""


class CarDevices:
    """All devices of one car. Whatever sees plates runs while somebody is signed in (ACC-5), the rest all the time."""

    def __init__(
        self, settings: CarSettings, submit: Callable[[Command], object], tell: Callable[[Notice], None]
    ) -> None:
        self._submit, self._tell = submit, tell
        self.frame: Callable[[CameraFrame], None] | None = None
        self.still: Callable[[CameraStill], None] | None = None
        self.heard: Callable[[CameraRead], None] | None = None
        self.sound, self.voice = ToneSpeaker(), VoiceSpeaker()
        self.last_fix = LastFix()
        self.camera_states: dict[str, DeviceHealth] = {}
        sources, feeds = [_source(camera) for camera in settings.cameras], _feeds(settings)
        self._turns = Path(mkdtemp(prefix="mdt-turns-"))
        self._spare = None if AT_ONCE else Spare()
        self.cameras = _cameras(settings.cameras, sources, self._turns, self._spare)
        readers = [*(_camera(camera_id, camera) for camera_id, camera in self.cameras.items()), *feeds]
        self._readers = Supervisor(readers, self.hear)
        others = [_speaker(self.sound), _speaker(self.voice), *_position(settings), *_signals(settings)]
        self._others = Supervisor(others, self.hear)
        self.rates = {spec.device_id: spec.rate_hz for spec in (*readers, *others)}
        self._switching = ThreadPoolExecutor(1, "readers")

    def start(self) -> None:
        """Start everything but what sees plates, which waits for a sign-in."""
        self._others.start()

    def start_readers(self) -> None:
        """Start what sees plates, without waiting for it."""
        self._switching.submit(self._readers.start)

    def stop_readers(self, *, wait: bool = False) -> None:
        """End what sees plates; what is already read goes on."""
        ended = self._switching.submit(self._stop_readers)
        if wait:
            ended.result()

    def stop(self) -> None:
        """End all."""
        self.stop_readers(wait=True)
        self._switching.shutdown()
        self._others.stop()
        shutil.rmtree(self._turns, ignore_errors=True)

    def _stop_readers(self) -> None:
        self._readers.stop()
        if self._spare is not None:
            self._spare.close()

    def _camera_said(self, health: DeviceHealth) -> None:
        """Once every camera is well there is time to load the spare process, where one helps."""
        self.camera_states[health.device_id] = health
        if self._spare is None:
            return
        well = [self.camera_states.get(one) for one in self.cameras]
        if well and all(one is not None and one.state is DeviceState.OK for one in well):
            self._spare.keep()

    def hear(self, message: DeviceMessage) -> None:
        """Take what a device says, whatever device it is."""
        _ON_MESSAGE[type(message)](self, message)

    def _read(self, message: CameraRead) -> None:
        if self.heard is not None:
            self.heard(message)
        read = message.read
        placed = read if read.position else replace(read, position=self.last_fix.position(time.monotonic()))
        self._submit(RecordRead(placed, message.pictures))

    def _health(self, health: DeviceHealth) -> None:
        if health.kind is DeviceKind.CAMERA:
            self._camera_said(health)
        self._tell(HealthChanged(health))

    def _fix(self, fix: PositionFix) -> None:
        self.last_fix.hear(fix, time.monotonic())
        self._tell(PositionTold(fix))

    def _signal(self, signal: CarSignal) -> None:
        self._submit(MarkSignal(signal))

    def _loudness(self, told: LoudnessTold) -> None:
        self._tell(told)

    def _still(self, still: CameraStill) -> None:
        if self.still is not None:
            self.still(still)

    def _frame(self, frame: CameraFrame) -> None:
        if self.frame is not None:
            self.frame(frame)


_ON_MESSAGE: Mapping[type, Callable[..., None]] = {
    CameraRead: CarDevices._read,
    CameraFrame: CarDevices._frame,
    CameraStill: CarDevices._still,
    DeviceHealth: CarDevices._health,
    PositionFix: CarDevices._fix,
    CarSignal: CarDevices._signal,
    LoudnessTold: CarDevices._loudness,
}


def _cameras(
    cameras: Sequence[CameraSettings], sources: Sequence[str], folder: Path, spare: Spare | None
) -> Mapping[str, CameraDevice]:
    """The cameras' handles, by id. Several cameras share the reading cores in turns; one alone needs none."""
    turns = turn_files(folder) if len(cameras) > 1 else (None,)
    wide = PREVIEW_WIDTH if len(cameras) <= _WIDE_PREVIEWS else SMALL_PREVIEW_WIDTH
    orders = (
        CameraOrder(camera.id, source, camera.loop, turns[number % len(turns)], wide)
        for number, (camera, source) in enumerate(zip(cameras, sources, strict=True))
    )
    return {order.camera_id: CameraDevice(order, spare) for order in orders}


def _camera(camera_id: str, camera: CameraDevice) -> DeviceSpec:
    return DeviceSpec(camera_id, DeviceKind.CAMERA, CAMERA_RATE_HZ, camera.launch)


def _source(camera: CameraSettings) -> str:
    """The camera's source with its login from the keyring. Raises BadInput when there is none."""
    if not camera.login:
        return camera.source
    user, _, password = _secret(CAMERA_LOGINS, camera.id).partition(":")
    if not user:
        words = f"Camera {camera.id} asks for a login, and there is none in the keyring."
        raise BadInput(words, f"Put it there: 'mdt camera login {camera.id}'.")
    scheme, _, rest = camera.source.partition("://")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{rest}"


def _feeds(settings: CarSettings) -> list[DeviceSpec]:
    """The listener of the ready-made readers, if there are any. Raises BadInput for what may not be."""
    if not settings.feeds:
        return []
    sources = (
        FeedSource(
            feed.id, feed.kind, feed.addresses, _secret(FEED_SECRETS, feed.id), feed.camera_id, feed.silent_after_s
        )
        for feed in settings.feeds
    )
    order = ListenerOrder("feeds", settings.feed_listener.host, settings.feed_listener.port, tuple(sources))
    check_order(order)
    return [DeviceSpec("feeds", DeviceKind.FEED, listener.RATE_HZ, partial(listener.launch_listener, order))]


def keep_login(camera_id: str, user: str, password: str) -> None:
    """Put a camera's login into the keyring. Raises BadInput when it can't be kept."""
    if not user or ":" in user:
        raise BadInput("A user's name is not empty and holds no colon.", "Give the name as the camera knows it.")
    try:
        keyring.set_password(CAMERA_LOGINS, camera_id, f"{user}:{password}")
    except KeyringError as error:
        raise BadInput("The keyring does not answer.", "Unlock it, then try again.") from error


def _secret(service: str, name: str) -> str:
    try:
        return keyring.get_password(service, name) or ""
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
