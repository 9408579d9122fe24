"""The gateway of fixed and portable readers: it listens to their feeds as a car does, and sends on to headquarters.

It runs where the readers are. Each reader here has a credential of its own at headquarters. A read is in an encrypted
queue on disk before its reader gets an answer, and leaves it when headquarters has taken it. The newest WAIT_MOST reads
of each reader wait, WAIT_DAYS at most; what has to give way is counted and said.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Self
from uuid import UUID

import httpx2
import structlog
from pydantic import BaseModel, ConfigDict, Field

from cache.keys import obtain_key
from cache.reader_queue import ReaderQueue, Waiting
from devices.feeds import listener
from devices.feeds.order import FeedSource, ListenerOrder, check_order
from devices.hosting import Send, launch
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceKind, DeviceMessage
from mdt_app.domain.errors import BadInput, StorageFault
from mdt_app.domain.reads import Pictures, Read
from mdt_app.domain.retention import DAY_S
from mdt_app.services.settings import FeedSettings, ListenerSettings
from mdt_app.services.settings_file import settings_of, settings_values
from mdt_app.services.sole_use import SoleUse
from mdt_app.services.supervisor import DeviceSpec, Supervisor
from mdt_app.services.tls import trusting
from mdt_app.sync.field_wire import ReaderRead, ReaderReads
from mdt_app.sync.wire import PREFIX

WAIT_MOST = 100_000
WAIT_DAYS = 30
BATCH_MOST = 50
_RETRY_S = 2.0
_TIMEOUT_S = 8.0
_AT_FAULT = (400, 413, 422)
"""The answers to reads that headquarters will never take."""

Say = Callable[[str], None]
log = structlog.get_logger()


class GatewaySettings(BaseModel):
    """Where headquarters is, the agency's authority (PEM file), where to listen, and the readers that may send."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headquarters: Annotated[str, Field(pattern=r"^https?://")]
    authority: str = ""
    feeds: Annotated[tuple[FeedSettings, ...], Field(min_length=1)]
    feed_listener: ListenerSettings = ListenerSettings()


def read_gateway_settings(path: Path) -> GatewaySettings:
    """Read the gateway's settings (TOML). Raises BadInput that names what is wrong."""
    missing = f"There are no settings at {path}."
    return settings_of(path, GatewaySettings, settings_values(path, missing, "Write them as docs/readers.md shows."))


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where the queue is, and its key."""

    path: Path
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, folder: Path, *, allow_key_file: bool) -> Self:
        """The queue of a gateway's folder, made on first use. Raises BadInput where its key can't be had."""
        key = obtain_key(folder, allow_file=allow_key_file).raw
        return cls(folder / "readers.db", key)

    def open(self) -> ReaderQueue:
        """A connection of the caller's own. Raises StorageFault."""
        return ReaderQueue(self.path, self.key)


class Gateway:
    """Minds the listener's process, and sends in a thread of its own. `secrets` and `tokens` are by reader's id."""

    def __init__(
        self,
        settings: GatewaySettings,
        secrets: Mapping[str, str],
        tokens: Mapping[str, str],
        place: QueuePlace,
        say: Say = log.info,
    ) -> None:
        readers = [feed.id for feed in settings.feeds]
        missing = [reader_id for reader_id in readers if not tokens.get(reader_id)]
        if missing:
            raise BadInput(f"There is no credential for {', '.join(missing)}.", "Give each its own ('mdt hq reader').")
        self._tokens, self._place, self._say = {name: tokens[name] for name in readers}, place, say
        self._sole = SoleUse(place.path.parent)
        place.open().close()  # made here, before two processes use it
        self._alone: Counter[str] = Counter()
        self._told = ""
        self._news, self._ended = threading.Event(), threading.Event()
        context = trusting(Path(settings.authority).read_text(encoding="ascii")) if settings.authority else True
        self._http = httpx2.Client(
            base_url=settings.headquarters.rstrip("/") + PREFIX, verify=context, timeout=_TIMEOUT_S, trust_env=False
        )
        self._listener = Supervisor([_spec(settings, secrets, place)], self._hear)
        self._thread = threading.Thread(target=self._run, name="reader gateway", daemon=True)

    def start(self) -> None:
        """Listen, and send what waits."""
        self._news.set()
        self._listener.start()
        self._thread.start()

    def stop(self) -> None:
        """End; what waits is said, and kept for the next start."""
        self._listener.stop()
        self._ended.set()
        self._news.set()
        self._thread.join(_TIMEOUT_S + 2)
        self._http.close()
        with closing(self._place.open()) as queue:
            for reader_id in self._tokens:
                waiting, lost = queue.counts(reader_id)
                if waiting or lost:
                    self._say(f"{reader_id}: {waiting} reads wait for headquarters; {lost} never reached it.")
        self._sole.end()

    def _hear(self, message: Any) -> None:
        if isinstance(message, CameraRead):
            self._news.set()
        elif isinstance(message, DeviceHealth) and message.detail != self._told:
            self._told = message.detail
            log.info("gateway.health", detail=message.detail or "ok")

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with closing(self._place.open()) as queue:
                    self._serve(queue)
            except StorageFault as fault:
                self._say(str(fault))
                self._ended.wait(_RETRY_S)

    def _serve(self, queue: ReaderQueue) -> None:
        while not self._ended.is_set():
            self._news.wait()
            self._news.clear()
            queue.forget_before(time.time() - WAIT_DAYS * DAY_S)
            for reader_id in self._tokens:
                while not self._ended.is_set() and self._send(queue, reader_id):
                    pass

    def _send(self, queue: ReaderQueue, reader_id: str) -> bool:
        """Send one batch; True when there may be more at once. A read stays until headquarters has taken it."""
        batch = queue.first(reader_id, 1 if self._alone[reader_id] else BATCH_MOST)
        if not batch:
            return False
        status = self._posted(reader_id, batch)
        if status == httpx2.codes.OK:
            queue.taken(one.number for one in batch)
        elif status in _AT_FAULT and len(batch) > 1:  # one of them: which, is found by sending each alone
            self._alone[reader_id] = len(batch) + 1
        elif status in _AT_FAULT:
            queue.refused(reader_id, batch[0].number)
            self._say(f"{reader_id}: headquarters refuses a read (status {status}); it is set aside.")
        else:
            self._say(f"{reader_id}: headquarters does not take its reads now (status {status or 'none'}).")
            self._ended.wait(_RETRY_S)
            self._news.set()
            return False
        self._alone[reader_id] = max(0, self._alone[reader_id] - 1)
        return True

    def _posted(self, reader_id: str, batch: tuple[Waiting, ...]) -> int:
        """The answer's status, 0 when there was none."""
        headers = {"authorization": f"Bearer {self._tokens[reader_id]}", "content-type": "application/json"}
        reads = tuple(ReaderRead.model_validate_json(one.content) for one in batch)
        content = ReaderReads(reads=reads).model_dump_json().encode()
        try:
            return self._http.post(f"/readers/{reader_id}/reads", content=content, headers=headers).status_code
        except httpx2.HTTPError:
            return 0


def _spec(settings: GatewaySettings, secrets: Mapping[str, str], place: QueuePlace) -> DeviceSpec:
    sources = (
        FeedSource(feed.id, feed.kind, feed.addresses, secrets.get(feed.id, ""), feed.camera_id, feed.silent_after_s)
        for feed in settings.feeds
    )
    order = ListenerOrder("feeds", settings.feed_listener.host, settings.feed_listener.port, tuple(sources))
    check_order(order)
    work = partial(listen_and_keep, order, place)
    return DeviceSpec("feeds", DeviceKind.FEED, listener.RATE_HZ, partial(launch, "feeds", work))


def listen_and_keep(order: ListenerOrder, place: QueuePlace, send: Send, ending: threading.Event) -> None:
    """The listener's process: a read is durable before its reader gets an answer; whoever sends on is told of it."""
    with closing(place.open()) as queue:

        def kept(message: DeviceMessage) -> None:
            if isinstance(message, CameraRead):
                _keep(queue, place.key, message.read)
                message = replace(message, pictures=Pictures())
            send(message)

        listener.run_listener(order, kept, ending)


def _keep(queue: ReaderQueue, key: bytes, read: Read) -> None:
    """Keep a read under an id that it has for good: a reader that missed our answer tells it again."""
    try:
        told = ReaderRead.of(replace(read, read_id=_lasting_id(key, read)))
    except BadInput:
        log.warning("gateway.read_refused", reader=read.source_id)
        return
    queue.put(read.source_id, told.read_id, told.model_dump_json(), WAIT_MOST)


def _lasting_id(key: bytes, read: Read) -> str:
    """A version 7 id by time of capture, reader, camera and plate. Without the key it says nothing of the plate."""
    about = "\n".join((read.source_id, read.camera_id, read.raw_text, read.captured_at.isoformat()))
    chance = int.from_bytes(hmac.digest(key, about.encode(), "sha256")[:10])
    moment = max(0, int(read.captured_at.timestamp() * 1000)) & ((1 << 48) - 1)
    value = (moment << 80 | chance) & ~(0xF000 << 64) & ~(0xC000 << 48)
    return str(UUID(int=value | 0x7000 << 64 | 0x8000 << 48))


def run_gateway(gateway: Gateway, stop: threading.Event) -> None:
    """Run until `stop` is set or the program is interrupted."""
    gateway.start()
    try:
        while not stop.wait(1.0):
            time.sleep(0)
    except KeyboardInterrupt:
        pass  # how a person ends it
    finally:
        gateway.stop()
