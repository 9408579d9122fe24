"""The gateway of fixed and portable readers: it listens to their feeds as a car does, and sends on to headquarters.

It runs where the readers are. Each reader here has a credential of its own at headquarters. What can't be sent now
waits, the newest WAIT_MOST reads of each reader; what has to give way is counted and said.
"""

from __future__ import annotations

import threading
import time
import tomllib
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import httpx2
import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from devices.feeds import listener
from devices.feeds.order import FeedSource, ListenerOrder, check_order
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceKind
from mdt_app.domain.errors import BadInput
from mdt_app.services.settings import FeedSettings, ListenerSettings
from mdt_app.services.supervisor import DeviceSpec, Supervisor
from mdt_app.services.tls import trusting
from mdt_app.sync.field_wire import ReaderRead, ReaderReads
from mdt_app.sync.wire import PREFIX

WAIT_MOST = 2_000
BATCH_MOST = 50
_RETRY_S = 2.0
_TIMEOUT_S = 8.0

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
    try:
        return GatewaySettings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as fault:
        raise BadInput(f"There are no settings at {path}.", "Write them as docs/readers.md shows.") from fault
    except tomllib.TOMLDecodeError as fault:
        raise BadInput(f"{path.name} is not valid TOML: {fault}.", "Mend the file at that place.") from fault
    except ValidationError as fault:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        raise BadInput(f"{path.name}: {faults}.", "Correct these keys; nothing was started.") from fault


@dataclass(slots=True)
class _Waiting:
    """A reader's reads that headquarters has not taken yet."""

    reads: deque[ReaderRead] = field(default_factory=deque)
    dropped: int = 0


class Gateway:
    """Hears the listener's process, and sends in a thread of its own. `secrets` and `tokens` are by reader's id."""

    def __init__(
        self, settings: GatewaySettings, secrets: Mapping[str, str], tokens: Mapping[str, str], say: Say = log.info
    ) -> None:
        missing = [feed.id for feed in settings.feeds if not tokens.get(feed.id)]
        if missing:
            raise BadInput(f"There is no credential for {', '.join(missing)}.", "Give each its own ('mdt hq reader').")
        self._tokens, self._say = tokens, say
        self._waiting = {feed.id: _Waiting() for feed in settings.feeds}
        self._lock, self._news, self._ended = threading.Lock(), threading.Event(), threading.Event()
        context = trusting(Path(settings.authority).read_text(encoding="ascii")) if settings.authority else True
        self._http = httpx2.Client(
            base_url=settings.headquarters.rstrip("/") + PREFIX, verify=context, timeout=_TIMEOUT_S, trust_env=False
        )
        self._listener = Supervisor([_spec(settings, secrets)], self._hear)
        self._thread = threading.Thread(target=self._run, name="reader gateway", daemon=True)

    def start(self) -> None:
        """Listen, and send."""
        self._listener.start()
        self._thread.start()

    def stop(self) -> None:
        """End; what waits is said, and not kept."""
        self._listener.stop()
        self._ended.set()
        self._news.set()
        self._thread.join(_TIMEOUT_S + 2)
        self._http.close()
        for reader_id, waiting in self._waiting.items():
            if waiting.reads or waiting.dropped:
                self._say(f"{reader_id}: {len(waiting.reads) + waiting.dropped} reads did not reach headquarters.")

    def _hear(self, message: Any) -> None:
        if isinstance(message, CameraRead):
            self._put(message)
        elif isinstance(message, DeviceHealth) and message.detail:
            log.info("gateway.health", detail=message.detail)

    def _put(self, message: CameraRead) -> None:
        waiting = self._waiting.get(message.read.source_id)
        if waiting is None:
            log.warning("gateway.unknown_reader")
            return
        try:
            told = ReaderRead.of(message.read)
        except BadInput:
            log.warning("gateway.read_refused", reader=message.read.source_id)
            return
        with self._lock:
            waiting.reads.append(told)
            if len(waiting.reads) > WAIT_MOST:
                waiting.reads.popleft()
                waiting.dropped += 1
        self._news.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._news.wait()
            self._news.clear()
            for reader_id in self._waiting:
                while not self._ended.is_set() and self._send(reader_id):
                    pass

    def _send(self, reader_id: str) -> bool:
        """Send one batch; True when there may be more at once. The same reads are sent again until they are taken."""
        waiting = self._waiting[reader_id]
        with self._lock:
            batch = tuple(waiting.reads)[:BATCH_MOST]
        if not batch:
            return False
        status = self._posted(reader_id, batch)
        if status in (401, 403) or status >= 500 or status in (0, 408, 429):
            self._say(f"{reader_id}: headquarters does not take its reads now (status {status or 'none'}).")
            self._ended.wait(_RETRY_S)
            self._news.set()
            return False
        if status >= 400:
            log.warning("gateway.batch_refused", reader=reader_id, status=status, reads=len(batch))
        with self._lock:
            for read in batch:
                if waiting.reads and waiting.reads[0] == read:
                    waiting.reads.popleft()
        return True

    def _posted(self, reader_id: str, batch: tuple[ReaderRead, ...]) -> int:
        """The answer's status, 0 when there was none."""
        headers = {"authorization": f"Bearer {self._tokens[reader_id]}", "content-type": "application/json"}
        content = ReaderReads(reads=batch).model_dump_json().encode()
        try:
            return self._http.post(f"/readers/{reader_id}/reads", content=content, headers=headers).status_code
        except httpx2.HTTPError:
            return 0


def _spec(settings: GatewaySettings, secrets: Mapping[str, str]) -> DeviceSpec:
    sources = (
        FeedSource(feed.id, feed.kind, feed.addresses, secrets.get(feed.id, ""), feed.camera_id, feed.silent_after_s)
        for feed in settings.feeds
    )
    order = ListenerOrder("feeds", settings.feed_listener.host, settings.feed_listener.port, tuple(sources))
    check_order(order)
    return DeviceSpec("feeds", DeviceKind.FEED, listener.RATE_HZ, partial(listener.launch_listener, order))


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
