"""Negative controls of rows 10, 13 and 14: with the part that each row relies on taken out, its check fails."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from mdt_app.domain.events import Event
from mdt_app.hq import ingest
from mdt_app.hq.store import Store
from mdt_app.sync.client import HqClient, HqUnreachable
from mdt_app.sync.event_wire import BatchReceipt, EventBatch
from mdt_app.sync.pace import Pace
from mdt_app.sync.worker import SyncWorker
from tests.fakes.enrolled import Proxy
from tests.fakes.headquarters import Headquarters, MemoryOutbox, ServerProcess, an_event, made, serving, until
from tests.fakes.link_checks import each_once, others_flow, whole_batches

PACE = Pace(batch_most=50, push_every_s=0.01, pull_every_s=3600.0, retry_base_s=0.02, retry_most_s=0.05)
FLOWS_WITHIN_S = 15.0


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Headquarters]:
    """Headquarters on loopback."""
    there = made(tmp_path)
    with serving(tmp_path) as running:
        yield replace(there, url=f"http://127.0.0.1:{running.port}")


class LostReply(Proxy):
    """A link that carries a request and loses the first reply, once headquarters has committed."""

    def __init__(self, hq: Headquarters) -> None:
        super().__init__(int(hq.url.rpartition(":")[2]))
        self._hq, self._lost = hq, False
        self._before = set(hq.on_record())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _pass(self, source, target, up: bool) -> None:
        if up or self._lost:
            super()._pass(source, target, up)
            return
        with suppress(OSError):
            source.recv(1)
            self._lost = True
            assert set(self._hq.on_record()) != self._before, "nothing was committed: the reply is no lost one"
            for one in (source, target):
                one.shutdown(socket.SHUT_RDWR)


def sent_twice(hq: Headquarters, again: Event, event: Event) -> None:
    """Send, lose the reply, and send again."""
    with LostReply(hq) as proxy, HqClient(proxy.url, "car-7", hq.cars["car-7"]) as client:
        with pytest.raises(HqUnreachable):
            client.push_events([(event, None)])
        assert client.push_events([(again, None)]).accepted == (again.event_id,)


def test_row_10_a_car_that_forgets_its_ids_is_found_out(hq: Headquarters) -> None:
    """Sent again under the same id it has one effect; under a new one the check of row 10 fails."""
    event = an_event()
    sent_twice(hq, event, event)
    each_once(hq, [event.subject])
    event = an_event()
    sent_twice(hq, replace(event, event_id=str(uuid4())), event)
    with pytest.raises(AssertionError):
        each_once(hq, [event.subject])


def test_row_10_the_alarm_is_for_other_content_alone(hq: Headquarters) -> None:
    """A repeat raises none, the same id with other content raises one: an alarm for everything would be none."""
    event = an_event(plate="AB12345")

    def alarms() -> int:
        with hq.desk() as desk:
            return desk.get("/v1/summary").json()["by_reason"].get("other_content", 0)

    with hq.client() as client:
        for _ in range(2):
            assert not client.push_events([(event, None)]).refused
        assert alarms() == 0
        assert client.push_events([(replace(event, body={"plate": "AB12346"}), None)]).refused[0].status == 409
    assert alarms() == 1


class OneByOne(ServerProcess):
    """Headquarters that commits each event of a batch by itself."""

    @staticmethod
    def altered() -> None:
        """What takes in a batch takes it in event by event."""
        whole = ingest.take_in

        def one_by_one(store: Store, car: str, batch: EventBatch, *more: object) -> BatchReceipt:
            parts = [batch.model_copy(update={"events": (event,)}) for event in batch.events]
            told = [whole(store, car, part, *more) for part in parts]
            return BatchReceipt(accepted=sum((one.accepted for one in told), ()))

        ingest.take_in = one_by_one


@pytest.mark.parametrize("server", [OneByOne, ServerProcess], ids=["event by event", "as it is"])
def test_row_13_a_headquarters_that_commits_piece_by_piece_is_found_out(
    tmp_path: Path, server: type[ServerProcess]
) -> None:
    """Killed in the middle of a batch it has kept a part of it, and the check of row 13 fails; else it holds."""
    there = made(tmp_path)
    running = server(tmp_path)
    batch = [an_event(number=number) for number in range(400)]

    def push() -> None:
        with suppress(HqUnreachable), replace(there, url=running.url).client() as client:
            client.push_events([(event, None) for event in batch])

    thread = threading.Thread(target=push)
    try:
        thread.start()
        until(lambda: there.on_record(), "nothing came")
    finally:
        running.kill()
        thread.join()
    ids = [{event.event_id for event in batch}]
    if server is ServerProcess:
        whole_batches(there.on_record(), ids)
    else:
        with pytest.raises(AssertionError):
            whole_batches(there.on_record(), ids)


class NeverParks(SyncWorker):
    """A sync that leaves a poison event where it is."""

    def _park(self, event_id: str, reason: str) -> None:
        """Nothing."""


@pytest.mark.parametrize("kind", [NeverParks, SyncWorker])
def test_row_14_a_sync_that_does_not_park_is_found_out(hq: Headquarters, kind: type[SyncWorker]) -> None:
    """A poison event before twenty others: parked, they flow; left where it is, nothing behind it ever leaves."""
    outbox, poison = MemoryOutbox(), replace(an_event(), event_id="can't be sent")
    for event in (poison, *(an_event(number=number) for number in range(20))):
        outbox.put(event)
    with hq.client() as client:
        worker = kind(client, outbox, lambda _message: None, pace=PACE)
        worker.start()
        if kind is SyncWorker:
            others_flow(outbox, poison.event_id, FLOWS_WITHIN_S)
        else:
            with pytest.raises(AssertionError):
                others_flow(outbox, poison.event_id, 2.0)
            assert outbox.count() == 21
        worker.stop()
