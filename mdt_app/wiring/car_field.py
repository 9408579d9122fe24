"""The car and the field around it: how it is goes to the supervisors, and other cameras' hits come to its officer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from cache.vault import StoreVault
from mdt_app.domain.commands import Command, RecordRead
from mdt_app.domain.devices import DeviceState
from mdt_app.domain.elsewhere import ElsewhereTold
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.notices import FaultChanged, HealthChanged, HitChanged, HitRaised, Notice, SignedIn, SignedOut
from mdt_app.domain.reads import OTHER_CAMERA, Pictures, Read
from mdt_app.services.clock import SystemClock
from mdt_app.sync.client import HqClient, HqRefused
from mdt_app.sync.field_wire import CarState, ListState, ReaderHit

EVERY_S = 60.0
"""So often an unchanged car says how it is, and asks for other cars' exigent stops; else after a change."""
_POSITION = "reader hits"
LIST_FAULT = "list "
"""How far a list is that comes stands on the screen as a fault of this name; a supervisor sees the list itself."""
_WELL = (DeviceState.OK, DeviceState.STARTING)
_MOST = 40

_log = structlog.get_logger()


class CarField:
    """Hears notices in the core's thread, and works in the sync's thread before each pull.

    `tell` takes notices that want no decision; `owed` counts the outbox's rows that wait and those that were refused;
    `lists` gives the lists in force.
    """

    def __init__(
        self,
        client: HqClient,
        vault: StoreVault,
        submit: Callable[[Command], object],
        tell: Callable[[Notice], None],
        owed: Callable[[], tuple[int, int]],
        lists: Callable[[], Iterable[HotList]],
    ) -> None:
        self._client, self._vault, self._submit, self._tell_all = client, vault, submit, tell
        self._owed, self._lists = owed, lists
        self._faults: dict[str, str] = {}
        self._open: set[str] = set()
        self._signed_in = False
        self._told: CarState | None = None
        self._told_at, self._elsewhere_at = 0.0, -EVERY_S

    def hear(self, notice: Notice) -> None:
        """Note what a supervisor would ask about."""
        match notice:
            case SignedIn():
                self._signed_in, self._elsewhere_at = True, -EVERY_S
            case SignedOut():
                self._signed_in = False
            case FaultChanged(name, words, _) if not name.startswith(LIST_FAULT):
                self._note(name, words)
            case HealthChanged(health):
                well = health.state in _WELL
                self._note(
                    health.device_id, "" if well else f"{health.device_id}: {health.state.value} {health.detail}"
                )
            case HitRaised(hit) | HitChanged(hit):
                (self._open.discard if hit.ended else self._open.add)(hit.hit_id)

    def turn(self) -> str:
        """Say how this car is where that changed. Raises HqUnreachable."""
        try:
            self._tell()
            if self._signed_in and time.monotonic() - self._elsewhere_at >= EVERY_S:
                self._look_elsewhere()
        except HqRefused as fault:  # the sync goes on: a supervisor's view is no reason to hold up records
            _log.warning("field.refused", reason=fault.reason)
        return ""

    def take(self) -> str | None:
        """Take other cameras' hits, once somebody is there to see them. Raises HqUnreachable."""
        if not self._signed_in:
            return None
        try:
            self._take()
        except HqRefused as fault:
            _log.warning("field.refused", reason=fault.reason)
        return ""

    def look_elsewhere(self) -> str | None:
        """Hear of other cars' exigent stops, once somebody is there to see them. Raises HqUnreachable."""
        if not self._signed_in:
            return None
        try:
            self._look_elsewhere()
        except HqRefused as fault:
            _log.warning("field.refused", reason=fault.reason)
        return ""

    def _tell(self) -> None:
        state = self._state()
        same = self._told is not None and state == self._told.model_copy(update={"said_at": state.said_at})
        if same and time.monotonic() - self._told_at < EVERY_S:
            return
        self._client.tell_state(state)
        self._told, self._told_at = state, time.monotonic()

    def _state(self) -> CarState:
        pending, parked = self._owed()
        lists = (ListState(list_id=h.list_id, extracted_at=h.extracted_at, count=h.count) for h in self._lists())
        return CarState(
            said_at=datetime.now(UTC),
            signed_in=self._signed_in,
            # A bulk read more or less is no news.
            pending=pending if pending < _MOST else pending // 100 * 100,
            parked=parked,
            open_hits=len(self._open),
            lists=tuple(lists),
            faults=tuple(words[:200] for words in [*self._faults.values()][:_MOST]),
        )

    def _take(self) -> None:
        """Each hit is taken once: where it stands is kept before it is put to the core."""
        after = int(self._vault.read(_POSITION) or b"0")
        for hit in self._client.fetch_reader_hits(after):
            self._vault.write(_POSITION, str(hit.position).encode())
            self._submit(RecordRead(_as_read(hit), Pictures()))

    def _look_elsewhere(self) -> None:
        stops = tuple(line.to_stop() for line in self._client.fetch_exigent_stops())
        self._elsewhere_at = time.monotonic()
        self._tell_all(ElsewhereTold(stops))

    def _note(self, name: str, words: str) -> None:
        if words:
            self._faults[name] = "".join(sign for sign in words if sign.isprintable()).strip()
        else:
            self._faults.pop(name, None)


def _as_read(hit: ReaderHit) -> Read:
    """The read as this car's own record: under a new id, since headquarters holds the reader's own already."""
    read = hit.read.to_read(hit.reader_id)
    return replace(read, read_id=SystemClock().new_id(), event_id=read.read_id, feed=OTHER_CAMERA)
