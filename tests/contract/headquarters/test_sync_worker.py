"""The sync worker against a headquarters that really serves: what it pushes, parks, pulls, and tells the core."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mdt_app.domain.accounts import Role
from mdt_app.domain.events import EventKind
from mdt_app.domain.records_check import CheckAnswer
from mdt_app.domain.sync_messages import AccountsArrived, CheckAnswered, LinkState, ListArrived, SyncMessage
from mdt_app.hq.admission import LANES, Bounds
from mdt_app.hq.main import create_account
from mdt_app.hq.serving import serve
from mdt_app.sync.client import LINK_SOURCE
from mdt_app.sync.list_wire import line_of
from mdt_app.sync.pace import Pace
from mdt_app.sync.snapshot import describe_list, pack_list
from mdt_app.sync.worker import SyncWorker
from tests.fakes.headquarters import (
    BUNDLES,
    KEY,
    POLICY,
    Headquarters,
    MemoryOutbox,
    Serving,
    a_query,
    a_word,
    an_entry,
    an_event,
    made,
    serving,
    until,
)

PACE = Pace(push_every_s=0.02, pull_every_s=0.05, retry_base_s=0.02, retry_most_s=0.1)


@dataclass
class Core:
    """The core's side: the messages that came."""

    messages: list[SyncMessage] = field(default_factory=list)

    def hear(self, message: SyncMessage) -> None:
        """Take a message; a list's entries are read, as the car reads them."""
        if isinstance(message, ListArrived):
            message = replace(message, entries=tuple(message.entries))
        self.messages.append(message)

    def of(self, kind: type) -> list:
        """Return the messages of a kind."""
        return [message for message in list(self.messages) if isinstance(message, kind)]

    def said(self, condition: Callable[[LinkState], bool]) -> bool:
        """Return whether a link state that meets the condition has come."""
        return any(condition(state) for state in self.of(LinkState))


@contextmanager
def working(
    hq: Headquarters, outbox: MemoryOutbox, core: Core, car: str = "car-7", pace: Pace = PACE, **known: object
) -> Iterator[SyncWorker]:
    """Run a worker."""
    with hq.client(car, timeout_s=5.0) as client:
        worker = SyncWorker(client, outbox, core.hear, pace=pace, word=a_word(car), **known)
        worker.start()
        yield worker
        began = time.monotonic()
        worker.stop()
        assert time.monotonic() - began < 2.0


def test_the_outbox_drains_and_the_core_is_told(hq: Headquarters) -> None:
    """All rows are confirmed, new ones at a wake, and the link state counts down to none pending."""
    outbox, core = MemoryOutbox(), Core()
    for number in range(250):
        outbox.put(an_event(number=number))
    with working(hq, outbox, core, pace=replace(PACE, push_every_s=60.0)) as worker:
        until(lambda: core.said(lambda state: state.connected and state.pending == 0), "not drained")
        outbox.put(an_event())
        worker.wake()
        until(lambda: outbox.count() == 0, "not pushed at a wake")
    assert not outbox.parked
    contact = core.of(LinkState)[-1].last_contact_at
    assert contact is not None
    assert (datetime.now(UTC) - contact).total_seconds() < 10


def test_refused_events_are_parked_and_the_others_flow(hq: Headquarters) -> None:
    """A stop without gate, one that can't be sent and one that is too large are parked by name, nothing else is."""
    outbox, core = MemoryOutbox(), Core()
    good = [an_event(number=number) for number in range(60)]
    stop = an_event(EventKind.STOP)
    broken = replace(an_event(), event_id="with blanks")
    huge = an_event(text="x" * (9 << 20))
    for event in [*good[:20], stop, *good[20:40], broken, huge, *good[40:]]:
        outbox.put(event)
    with working(hq, outbox, core):
        until(lambda: outbox.count() == 0, "an event holds up the others")
    assert outbox.parked == {
        stop.event_id: "stop_without_gate",
        broken.event_id: "can't be sent",
        huge.event_id: "too_large",
    }


def test_a_refused_identity_parks_nothing(hq: Headquarters) -> None:
    """With a token that headquarters does not know, the events wait and the core hears why."""
    outbox, core = MemoryOutbox(), Core()
    outbox.put(an_event())
    stranger = replace(hq, cars={"car-7": "unknown"})
    with working(stranger, outbox, core):
        until(lambda: core.said(lambda state: not state.connected and "no_identity" in state.detail), "not told")
    assert (outbox.count(), outbox.parked) == (1, {})


def test_without_headquarters_the_events_wait(tmp_path: Path) -> None:
    """Once nothing serves any more, the core hears 'not connected' with what is pending, and the row stays."""
    hq = made(tmp_path)
    outbox, core = MemoryOutbox(), Core()
    with serving(tmp_path) as running:
        at = replace(hq, url=f"http://127.0.0.1:{running.port}")
        with working(at, outbox, core):
            until(lambda: core.said(lambda state: state.connected), "never connected")
    core.messages.clear()
    outbox.put(an_event())
    with working(at, outbox, core):
        until(lambda: core.said(lambda state: not state.connected and state.pending == 1), "not told")
    assert outbox.count() == 1


def test_lists_and_accounts_come_once_and_again_when_they_change(tmp_path: Path) -> None:
    """Accounts and a new list are posted once; a list in use is not fetched; a changed one comes whole."""
    hq = made(tmp_path)
    core, in_use = Core(), {}
    account = create_account(tmp_path, key=KEY, user_id="o1", name="One", role=Role.OFFICER, password="long enough")
    with serving(tmp_path) as running:
        at = replace(hq, url=f"http://127.0.0.1:{running.port}")

        def put(*plates: str) -> ListArrived:
            entries = tuple(an_entry(plate, list_id="one") for plate in plates)
            hotlist = describe_list("one", "One", "state", datetime(2026, 1, 1, tzinfo=UTC), entries)
            with at.desk() as desk:
                assert desk.put("/v1/hotlists/one", content=pack_list(hotlist, entries)).status_code == 200
            return ListArrived(hotlist, tuple(map(line_of, entries)))

        first = put("AB1", "CD2")
        with working(at, MemoryOutbox(), core, known_lists=lambda: in_use):
            until(lambda: core.of(ListArrived) == [first], "the list did not come")
            in_use["one"] = first.hotlist
            core.messages.clear()
            until(lambda: len(core.of(LinkState)) > 10, "no link states")
            assert not core.of(ListArrived)
            second = put("EF3")
            until(lambda: core.of(ListArrived) == [second], "the changed list did not come")
        with working(at, MemoryOutbox(), core := Core(), known_lists=lambda: {"one": second.hotlist}):
            until(lambda: core.of(AccountsArrived), "the accounts did not come")
            came = core.of(AccountsArrived)[0]
            assert account in BUNDLES.read(came.content, came.signature).accounts  # beside those of the desks
            until(lambda: len(core.of(LinkState)) > 10, "no link states")
    assert (core.of(ListArrived), len(core.of(AccountsArrived))) == ([], 1)


def test_checks_are_answered_while_the_outbox_is_pushed(hq: Headquarters) -> None:
    """Each query that is asked gets its own answer, in threads of their own."""
    core = Core()
    queries = [a_query("AB12345"), a_query("AB12345", "NY"), a_query("CLEAN1"), a_query("BROKEN1")]
    with working(hq, MemoryOutbox(), core) as worker:
        for query in queries:
            worker.ask(query)
        until(lambda: len(core.of(CheckAnswered)) == 4, "not all checks were answered")
    answers = {message.hit_id: message.answer.answer for message in core.of(CheckAnswered)}
    expected = (CheckAnswer.ACTIVE, CheckAnswer.OTHER_RECORD, CheckAnswer.NO_RECORD, CheckAnswer.MALFORMED)
    assert answers == {query.hit_id: answer for query, answer in zip(queries, expected, strict=True)}


def test_stop_does_not_wait_for_a_silent_switch(hq: Headquarters) -> None:
    """With a check under way that nobody answers, `stop` ends within 2 seconds and its answer is not posted."""
    core = Core()
    with working(hq, MemoryOutbox(), core) as worker:
        worker.ask(a_query("SILENT1"))
        until(lambda: core.said(lambda state: state.connected), "never connected")
    assert not core.of(CheckAnswered)


def test_new_events_do_not_break_the_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """While headquarters is away, wakes do not make it try before the back-off is over."""
    monkeypatch.setattr("mdt_app.sync.worker.random.uniform", lambda _least, most: most)
    core, outbox = Core(), MemoryOutbox()
    outbox.put(an_event())
    nowhere = Headquarters(Path(), "http://127.0.0.1:9", {"car-7": "x"}, {})
    with working(nowhere, outbox, core, pace=replace(PACE, retry_base_s=30.0, retry_most_s=30.0)) as worker:
        until(lambda: core.of(LinkState), "not told")
        began = time.monotonic()
        while time.monotonic() - began < 0.5:
            worker.wake()
            time.sleep(0.005)
        assert len(core.of(LinkState)) == 1


def answering(status: int, content: bytes) -> type[BaseHTTPRequestHandler]:
    """Return a handler that answers everything in this way, as a proxy on the way would."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def a_proxy(status: int, content: bytes) -> Iterator[Headquarters]:
    """Serve one answer to everything on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), answering(status, content)) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield Headquarters(Path(), f"http://127.0.0.1:{server.server_port}", {"car-7": "x"}, {})
        server.shutdown()
        thread.join()


FOREIGN = [
    b"<html>blocked</html>",
    b'{"error":"no"}',
    b'{"reason":"blocked"}',
    b'{"reason":["malformed"]}',
    b'["reason"]',
]


@pytest.mark.parametrize("status", [400, 407, 410, 422, 451])
def test_a_proxys_refusal_parks_nothing(status: int) -> None:
    """A 4xx that is not headquarters' own word counts as 'not reached': the event waits, and the core hears why."""
    for content in FOREIGN:
        outbox, core = MemoryOutbox(), Core()
        outbox.put(an_event())
        with a_proxy(status, content) as proxy, working(proxy, outbox, core):
            until(lambda core=core: core.said(lambda state: str(status) in state.detail), "not told")
            until(lambda core=core: len(core.of(LinkState)) > 3, "not tried again")
        assert (outbox.count(), outbox.parked) == (1, {})
        assert not core.said(lambda state: state.connected or state.last_contact_at is not None)


class BrokenOutbox(MemoryOutbox):
    """An outbox with a fault that nobody foresaw, until it is mended."""

    mended = False

    def count(self) -> int:
        """Fail."""
        if not self.mended:
            raise TimeoutError("AB12345")
        return super().count()


def test_a_turn_that_breaks_is_a_failed_turn(hq: Headquarters) -> None:
    """An error that nobody foresaw is told by its kind alone, and the thread goes on once it has passed."""
    core, outbox = Core(), BrokenOutbox()
    with working(hq, outbox, core):
        until(lambda: core.said(lambda state: not state.connected and "TimeoutError" in state.detail), "not told")
        assert not core.said(lambda state: "AB12345" in state.detail)
        outbox.mended = True
        until(lambda: core.said(lambda state: state.connected), "the thread has ended")


def test_a_core_that_fails_to_listen_ends_no_thread(hq: Headquarters) -> None:
    """A message that the core does not take is followed by others, from the sync thread and for checks."""
    core, deaf = Core(), {LinkState: 3, CheckAnswered: 1}

    def post(message: SyncMessage) -> None:
        if deaf.get(type(message), 0):
            deaf[type(message)] -= 1
            raise RuntimeError
        core.messages.append(message)

    with hq.client() as client:
        worker = SyncWorker(client, MemoryOutbox(), post, pace=replace(PACE, check_threads=1))
        worker.start()
        worker.ask(a_query("CLEAN1"))
        worker.ask(a_query("CLEAN1"))
        until(lambda: core.of(LinkState) and core.of(CheckAnswered), "a thread has ended")
        worker.stop()


def test_a_check_that_breaks_is_answered_all_the_same(hq: Headquarters) -> None:
    """An error that nobody foresaw is a NO_RESPONSE of the link, and the next query is answered by headquarters."""
    core, broken, good = Core(), a_query("AB12345"), a_query("AB12345")
    object.__delattr__(broken, "plate")
    with working(hq, MemoryOutbox(), core, pace=replace(PACE, check_threads=1)) as worker:
        worker.ask(broken)
        worker.ask(good)
        until(lambda: len(core.of(CheckAnswered)) == 2, "a query stays without an answer")
    first, second = (message.answer for message in core.of(CheckAnswered))
    assert (first.answer, first.source, first.check_id) == (CheckAnswer.NO_RESPONSE, LINK_SOURCE, broken.check_id)
    assert second.answer is CheckAnswer.ACTIVE


def test_told_to_wait_the_car_keeps_everything_and_its_link_is_sound(tmp_path: Path) -> None:
    """A headquarters that is busy says 429: nothing is parked or lost, and the screen says busy, not cut off."""
    there = made(tmp_path)
    lanes = {lane: Bounds(1, 0, 0.1) for lane in LANES}
    served = Serving(
        serve, tmp_path, "127.0.0.1", 0, key=KEY, switch_address=None, policy=POLICY, plain=True, lanes=lanes
    )
    core, outbox = Core(), MemoryOutbox()
    outbox.put(an_event())
    with served as running, replace(there, url=f"http://127.0.0.1:{running.port}").client() as client:
        worker = SyncWorker(client, outbox, core.messages.append)
        worker.start()
        until(lambda: core.of(LinkState), "the core is not told")
        worker.stop()
    told = core.of(LinkState)[0]
    assert (told.connected, told.pending, outbox.count()) == (True, 1, 1)
    assert "busy" in told.detail
    assert not outbox.parked
