"""A camera at work: captures in one thread, reads in another, and says how it is in a third."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Semaphore
from pathlib import Path

import structlog
from uuid6 import uuid7

from devices.cameras.frames import Frame, Unreadable
from devices.cameras.live import STANDS_STILL, LiveWatch
from devices.cameras.mailbox import Mailbox
from devices.cameras.pictures import PREVIEW_WIDTH, pictures, preview, still
from devices.cameras.sources import Source, open_source
from devices.cameras.still import StillnessGate
from devices.cameras.streams import SourceLost
from devices.cameras.turn import Turn
from devices.cameras.vitals import Vitals
from devices.priority import give_way
from devices.recogniser.port import PlateReader, PlateReading
from devices.recogniser.tracks import Settled, Tracks
from mdt_app.domain.devices import CameraRead, DeviceMessage, DeviceState
from mdt_app.domain.errors import MdtError
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import ClockSource, Read

RATE_HZ = 1.0
"""How often the camera promises to say how it is."""
_WORD_S = 0.3
PREVIEW_PERIOD_S, STILL_PREVIEW_S = 1 / 8, 1.0
"""How often the screen gets a picture: one that moves, and one in which nothing is new."""
FRAME_LIMIT_S = 2.8
"""Without a frame for so long, a live camera is no longer well, whatever its connection says."""
HANG_LIMIT_S = 12.0
"""A capture that is neither asking, waiting nor getting anything for so long hangs in the system: its process goes."""
READ_LIMIT_S = 30.0
"""A picture takes half a second; a reader busy for so long hangs, and its process has to go."""
_BACK_OFF_S = (0.3, 1.0)
"""A camera that answers again is to be back within 5 s, however long it was away."""
THOROUGH_EVERY_S = 0.5
"""How often an empty road is looked at in all sizes, for far plates: that takes three times as long as one size."""
_BOXES_HOLD_S = 1.5

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CameraOrder:
    """What a camera process is started with. `turn` names the file of its turn at reading (see Turn).

    `preview_width`: how wide the live pictures for the screen are, in pixels.
    """

    camera_id: str
    spec: str
    loop: bool = False
    turn: Path | None = None
    preview_width: int = PREVIEW_WIDTH


class Camera:
    """One camera. `send` takes its messages and may be called from any of its threads; `ending` stops it.

    `wanted` is released once for each still picture that an equipment check asks for.
    """

    def __init__(
        self,
        order: CameraOrder,
        send: Callable[[DeviceMessage], None],
        ending: threading.Event,
        wanted: Semaphore | None = None,
    ) -> None:
        self._order, self._send, self._ending, self._wanted = order, send, ending, wanted
        self._vitals, self._sent = Vitals(order.camera_id, send), LiveWatch()
        self._frame_s = self._preview_s = self._boxes_s = self._moved_s = self._thorough_s = 0.0
        self._alive_s = time.monotonic()
        self._connected = self._live = self._ready = False
        self._reading_since: float | None = None
        self._readings: Sequence[PlateReading] = ()
        self._finished = threading.Event()

    def run(self, load_reader: Callable[[], PlateReader]) -> None:
        """Capture and read until the source or `ending` ends it; the last word says which."""
        watch = threading.Thread(target=self._watch, name="health", daemon=True)
        watch.start()
        try:
            source = open_source(self._order.spec, loop=self._order.loop)
            self._alive_s, self._live = time.monotonic(), source.live
            self._work(source, load_reader)
        except MdtError as error:
            self._vitals.change(state=DeviceState.FAULT, detail=str(error))
            # The fault stays on the screen until somebody mends the settings: a restart would not.
            self._ending.wait()
        finally:
            self._finished.set()
            watch.join()
            self._vitals.say()

    def _work(self, source: Source, load_reader: Callable[[], PlateReader]) -> None:
        """Capture while the reader still loads: a camera that starts anew has to be back soon."""
        mailbox = Mailbox(keep_all=source.independent)
        tracks, gate, turn = Tracks(independent=source.independent), StillnessGate(), Turn(self._order.turn)
        pool = ThreadPoolExecutor(1, "capture")
        capture = pool.submit(self._capture, source, mailbox)
        try:
            reader = load_reader()
            reader.warm_up()
            self._ready = True
            self._well()
            give_way()
            while (frame := mailbox.take()) is not None and not self._ending.is_set():
                self._vitals.change(skipped=mailbox.replaced)
                if source.independent or gate.is_new(frame.picture.grey()):
                    self._moved_s = frame.arrived_s
                    with turn.taken():
                        self._read(mailbox.newer(frame), reader, tracks)
                else:
                    tracks.still(frame.arrived_s)
                    self._boxes_s = frame.arrived_s
        finally:
            mailbox.close()
            turn.close()
            pool.shutdown(wait=False)
        capture.result()
        self._report(tracks.finish())
        _log.info("camera ended", camera=self._order.camera_id, unsettled=tracks.unsettled, turns_missed=turn.missed)
        ended = not self._ending.is_set()
        state, detail = (DeviceState.ENDED, "Played through") if ended else (DeviceState.STOPPED, "")
        self._vitals.change(state=state, detail=detail)

    def _read(self, frame: Frame, reader: PlateReader, tracks: Tracks) -> None:
        self._reading_since = time.monotonic()
        thorough = tracks.independent or frame.arrived_s - self._thorough_s >= THOROUGH_EVERY_S
        self._thorough_s = frame.arrived_s if thorough else self._thorough_s
        self._readings = reader.read(frame.image, tracks.steady(frame.arrived_s), thorough=thorough)
        self._reading_since, self._boxes_s = None, time.monotonic()
        self._vitals.count("read")
        self._report(tracks.update(frame, self._readings))
        if tracks.independent:
            self._send_preview(frame, self._readings)

    def _send_preview(self, frame: Frame, readings: Sequence[PlateReading]) -> None:
        self._send(preview(self._order.camera_id, frame.picture, readings, self._order.preview_width))

    def _report(self, settled: Sequence[Settled]) -> None:
        for one in settled:
            images, arrived_s = pictures(one.best.image, one.reading.box), one.latest.arrived_s
            latency_s = time.monotonic() - arrived_s
            self._send(CameraRead(as_read(self._order.camera_id, one), images, latency_s, arrived_s))

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
        self._connected, self._alive_s = False, time.monotonic()
        self._sent.begin()
        try:
            for item in source.frames(self._ending):
                self._alive_s = time.monotonic()
                if source.live:
                    self._sent.look(item)
                self._take(item, source, mailbox)
        except SourceLost as lost:
            self._vitals.change(state=DeviceState.FAULT, detail=str(lost))
            return not self._ending.is_set()
        return False

    def _take(self, item: Frame | Unreadable, source: Source, mailbox: Mailbox) -> None:
        if isinstance(item, Unreadable):
            _log.warning("input skipped", camera=self._order.camera_id, reason=item.reason)
            self._vitals.count("unreadable")
            return
        self._connected, self._frame_s = True, item.arrived_s
        self._vitals.count("frames")
        self._well()
        moving = item.arrived_s - self._moved_s < STILL_PREVIEW_S
        period_s = PREVIEW_PERIOD_S if moving else STILL_PREVIEW_S
        if source.independent or item.arrived_s - self._preview_s >= period_s:
            self._preview_s = item.arrived_s
            fresh = not source.independent and item.arrived_s - self._boxes_s < _BOXES_HOLD_S
            self._send_preview(item, self._readings if fresh else ())
        if self._wanted is not None and self._wanted.acquire(block=False):
            self._send(still(self._order.camera_id, item))
        mailbox.put(item)

    def _well(self) -> None:
        """Say 'ok' once the reader is loaded and the camera sends pictures that move; say so where they do not."""
        if not self._ready:
            return
        if self._sent.hangs:
            self._vitals.change(state=DeviceState.FAULT, detail=STANDS_STILL)
        elif self._connected:
            self._vitals.change(state=DeviceState.OK, detail="")
        elif self._vitals.health.state is DeviceState.STARTING:
            self._vitals.change(detail="Waiting for the first picture")

    def _watch(self) -> None:
        """Say how the camera is, oftener than promised, and call a hanging camera or reader what it is."""
        while not self._finished.wait(_WORD_S):
            now, since = time.monotonic(), self._reading_since
            if since is not None and now - since > READ_LIMIT_S:
                self._give_up("The plate reader hangs; it starts anew")
            elif self._live and now - self._alive_s > HANG_LIMIT_S:
                self._give_up("The camera's connection hangs; it starts anew")
            elif self._live and self._vitals.health.state is DeviceState.OK and now - self._frame_s > FRAME_LIMIT_S:
                self._vitals.change(state=DeviceState.FAULT, detail=f"No picture for {FRAME_LIMIT_S:.0f} s")
            self._vitals.measure(now)
            self._vitals.say()

    def _give_up(self, words: str) -> None:
        self._vitals.change(state=DeviceState.FAULT, detail=words)
        self._ending.set()


def as_read(camera_id: str, settled: Settled) -> Read:
    """Return a track's read as it goes on record, with a new id."""
    reading, best = settled.reading, settled.best
    return Read(
        read_id=str(uuid7()),
        camera_id=camera_id,
        captured_at=best.captured_at,
        clock=ClockSource.SYSTEM,
        raw_text=reading.text,
        key=match_key(reading.text),
        state=reading.state,
        state_confidence=reading.state_confidence,
        confidence=reading.confidence,
        characters=reading.characters,
        candidates=reading.candidates,
        box=reading.box,
        vehicle=reading.vehicle,
        frames=settled.frames,
        stamp_s=best.stamp_s,
        exposure_s=best.exposure_s,
    )
