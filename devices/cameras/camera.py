"""A camera at work: captures in one thread, reads in another, and says how it is in a third."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import structlog
from uuid6 import uuid7

from devices.cameras.frames import Frame, Unreadable
from devices.cameras.mailbox import Mailbox
from devices.cameras.pictures import pictures, preview
from devices.cameras.sources import Source, SourceLost, open_source
from devices.cameras.still import StillnessGate
from devices.recogniser.port import PlateReader, PlateReading
from devices.recogniser.tracks import Settled, Tracks
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceKind, DeviceMessage, DeviceState
from mdt_app.domain.errors import MdtError
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import ClockSource, Read

RATE_HZ = 1.0
"""How often the camera promises to say how it is."""
_WORD_S = 0.4
PREVIEW_PERIOD_S = 1 / 8
FRAME_LIMIT_S = 5.0
"""Without a frame for so long, a live camera is no longer well, whatever its connection says."""
READ_LIMIT_S = 30.0
"""A picture takes half a second; a reader busy for so long hangs, and its process has to go."""
_BACK_OFF_S = (0.5, 10.0)
_BOXES_HOLD_S = 1.5

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CameraOrder:
    """What a camera process is started with."""

    camera_id: str
    spec: str
    loop: bool = False


class Camera:
    """One camera. `send` takes its messages and may be called from any of its threads; `ending` stops it."""

    def __init__(self, order: CameraOrder, send: Callable[[DeviceMessage], None], ending: threading.Event) -> None:
        self._order, self._send, self._ending = order, send, ending
        self._health = DeviceHealth(order.camera_id, DeviceKind.CAMERA, DeviceState.STARTING, "The reader is loading")
        self._health_lock = threading.Lock()
        self._frame_s = self._preview_s = self._boxes_s = 0.0
        self._connected = self._live = False
        self._reading_since: float | None = None
        self._readings: Sequence[PlateReading] = ()
        self._finished = threading.Event()
        self._words: deque[tuple[float, int]] = deque(maxlen=10)

    def run(self, load_reader: Callable[[], PlateReader]) -> None:
        """Capture and read until the source or `ending` ends it; the last word says which."""
        watch = threading.Thread(target=self._watch, name="health", daemon=True)
        watch.start()
        try:
            source = open_source(self._order.spec, loop=self._order.loop)
            reader = load_reader()
            reader.warm_up()
            self._change(detail="Waiting for the first picture")
            self._live = source.live
            self._work(source, reader)
        except MdtError as error:
            self._change(state=DeviceState.FAULT, detail=str(error))
            # The fault stays on the screen until somebody mends the settings: a restart would not.
            self._ending.wait()
        finally:
            self._finished.set()
            watch.join()
            self._say()

    def _work(self, source: Source, reader: PlateReader) -> None:
        mailbox = Mailbox(keep_all=source.independent)
        tracks, gate = Tracks(independent=source.independent), StillnessGate()
        pool = ThreadPoolExecutor(1, "capture")
        capture = pool.submit(self._capture, source, mailbox)
        try:
            while (frame := mailbox.take()) is not None and not self._ending.is_set():
                self._change(skipped=mailbox.replaced)
                if source.independent or gate.is_new(frame.image):
                    self._read(frame, reader, tracks)
                else:
                    tracks.still(frame.arrived_s)
                    self._boxes_s = frame.arrived_s
        finally:
            mailbox.close()
            pool.shutdown(wait=False)
        capture.result()
        self._report(tracks.finish())
        _log.info("camera ended", camera=self._order.camera_id, unsettled=tracks.unsettled)
        ended = not self._ending.is_set()
        self._change(
            state=DeviceState.ENDED if ended else DeviceState.STOPPED, detail="Played through" if ended else ""
        )

    def _read(self, frame: Frame, reader: PlateReader, tracks: Tracks) -> None:
        self._reading_since = time.monotonic()
        self._readings = reader.read(frame.image)
        self._reading_since, self._boxes_s = None, time.monotonic()
        self._change(read=self._health.read + 1)
        self._report(tracks.update(frame, self._readings))
        if tracks.independent:
            self._send(preview(self._order.camera_id, frame.image, self._readings))

    def _report(self, settled: Sequence[Settled]) -> None:
        for one in settled:
            images = pictures(one.best.image, one.reading.box)
            latency_s = time.monotonic() - one.latest.arrived_s
            self._send(CameraRead(_as_read(self._order.camera_id, one), images, latency_s))

    def _capture(self, source: Source, mailbox: Mailbox) -> None:
        """Fill the mailbox; a camera that is lost is asked again, ever less often, until it answers."""
        try:
            back_off = _BACK_OFF_S[0]
            while self._capture_once(source, mailbox):
                back_off = _BACK_OFF_S[0] if self._connected else min(back_off * 2, _BACK_OFF_S[1])
                self._ending.wait(back_off)
        finally:
            mailbox.close()

    def _capture_once(self, source: Source, mailbox: Mailbox) -> bool:
        """Play the source; return whether it was lost and is to be tried again."""
        self._connected = False
        try:
            for item in source.frames(self._ending):
                self._connected = True
                self._take(item, source, mailbox)
        except SourceLost as lost:
            self._change(state=DeviceState.FAULT, detail=str(lost))
            return not self._ending.is_set()
        return False

    def _take(self, item: Frame | Unreadable, source: Source, mailbox: Mailbox) -> None:
        if isinstance(item, Unreadable):
            _log.warning("input skipped", camera=self._order.camera_id, reason=item.reason)
            self._change(unreadable=self._health.unreadable + 1)
            return
        self._frame_s = item.arrived_s
        self._change(state=DeviceState.OK, detail="", frames=self._health.frames + 1)
        if source.independent or item.arrived_s - self._preview_s >= PREVIEW_PERIOD_S:
            self._preview_s = item.arrived_s
            fresh = not source.independent and item.arrived_s - self._boxes_s < _BOXES_HOLD_S
            self._send(preview(self._order.camera_id, item.image, self._readings if fresh else ()))
        mailbox.put(item)

    def _watch(self) -> None:
        """Say how the camera is, oftener than promised, and call a hanging camera or reader what it is."""
        while not self._finished.wait(_WORD_S):
            now = time.monotonic()
            since = self._reading_since
            if since is not None and now - since > READ_LIMIT_S:
                self._change(state=DeviceState.FAULT, detail="The plate reader hangs; it starts anew")
                self._ending.set()
            elif self._live and self._health.state is DeviceState.OK and now - self._frame_s > FRAME_LIMIT_S:
                self._change(state=DeviceState.FAULT, detail=f"No picture for {FRAME_LIMIT_S:.0f} s")
            self._change(rate_hz=self._rate(now))
            self._say()

    def _rate(self, now: float) -> float:
        """Pictures a second over the last few words."""
        self._words.append((now, self._health.frames))
        (since, before), (until, after) = self._words[0], self._words[-1]
        return (after - before) / (until - since) if until > since else 0.0

    def _say(self) -> None:
        self._send(self._health)

    def _change(self, **values: object) -> None:
        """Change the health; a change of state is said at once."""
        with self._health_lock:
            before = self._health
            self._health = replace(before, **values)  # type: ignore[arg-type]  # each caller names fields of health
        if self._health.state is not before.state:
            self._say()


def _as_read(camera_id: str, settled: Settled) -> Read:
    reading = settled.reading
    return Read(
        read_id=str(uuid7()),
        camera_id=camera_id,
        captured_at=settled.best.captured_at,
        clock=ClockSource.SYSTEM,
        raw_text=reading.text,
        key=match_key(reading.text),
        state=reading.state,
        state_confidence=reading.state_confidence,
        confidence=reading.confidence,
        characters=reading.characters,
        candidates=reading.candidates,
        box=reading.box,
        frames=settled.frames,
    )
