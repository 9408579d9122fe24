"""The feeds' listener over real sockets: who may send, how much, how fast, and what comes of it."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.feeds.door import BODY_MOST, BURST
from devices.feeds.listener import RATE_HZ, launch_listener
from devices.feeds.order import FeedSource, ListenerOrder
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.errors import BadInput
from mdt_app.services.supervisor import DeviceSpec, Supervisor

PAYLOADS = Path(__file__).parents[2] / "unit" / "devices" / "feeds" / "payloads"
SECRET = "a-secret-of-this-car-1"
PATIENCE_S = 30.0
FRAME = (PAYLOADS / "openalpr_frame.json").read_bytes()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def sources(**changes: object) -> tuple[FeedSource, ...]:
    """A reader of each kind on this machine, and one that sends from elsewhere."""
    kinds = ("openalpr", "platerecognizer", "axis", "hikvision", "genetec")
    here = tuple(FeedSource(kind, kind, ("127.0.0.1",), SECRET, **changes) for kind in kinds)
    return (*here, FeedSource("away", "openalpr", ("10.9.9.9",), SECRET))


class Listening:
    """A listener under a supervisor, and what it said."""

    def __init__(self, port: int, rows: tuple[FeedSource, ...]) -> None:
        self.port, self.reads, self.health = port, [], []
        order = ListenerOrder("feeds", "127.0.0.1", port, rows)
        spec = DeviceSpec("feeds", DeviceKind.FEED, RATE_HZ, lambda: launch_listener(order))
        self.supervisor = Supervisor([spec], self._post)

    def _post(self, message: object) -> None:
        (self.reads if isinstance(message, CameraRead) else self.health).append(message)

    @property
    def latest(self) -> DeviceHealth:
        return self.health[-1]

    def wait_for(self, condition: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < until, f"waited in vain; last word: {self.health[-1:]}"
            time.sleep(0.02)

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None, method: str = "POST"):
        """Send one request; return the status and what was answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body, {"Authorization": f"Bearer {SECRET}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()


@pytest.fixture
def listen() -> Iterator[Callable[..., Listening]]:
    started: list[Listening] = []

    def start(rows: tuple[FeedSource, ...] | None = None, port: int | None = None) -> Listening:
        one = Listening(port or free_port(), sources() if rows is None else rows)
        started.append(one)
        one.supervisor.start()
        one.wait_for(lambda: any(word.state in (DeviceState.OK, DeviceState.FAULT) for word in one.health))
        return one

    yield start
    for one in started:
        one.supervisor.stop()


def test_a_read_of_every_kind_comes_through(listen):
    """Each kind's event, sent over a socket, is a read of its own camera within a tenth of a second."""
    car = listen()
    names = ["openalpr_frame.json", "platerecognizer_hook.json", "axis_new.json", "hikvision_isapi.xml"]
    for name in [*names, "genetec_autovu.xml"]:
        kind = name.partition("_")[0]
        status, answer = car.post(f"/feed/{kind}", (PAYLOADS / name).read_bytes())
        assert (status, answer["reads"]) == (200, 2 if kind == "openalpr" else 1)
    car.wait_for(lambda: len(car.reads) == 6)
    assert {one.read.source_id for one in car.reads} == {"openalpr", "platerecognizer", "axis", "hikvision", "genetec"}
    assert max(one.latency_s for one in car.reads) < 0.1
    car.wait_for(lambda: car.latest.read == 6)
    assert (car.latest.state, car.latest.frames) == (DeviceState.OK, 5)
    assert "its clock is off" in car.latest.detail


def test_a_camera_of_the_car_is_named_by_the_settings(listen):
    """With a camera id in the settings the reads carry it, not the reader's own."""
    car = listen(sources(camera_id="L"))
    car.post("/feed/axis", (PAYLOADS / "axis_new.json").read_bytes())
    car.wait_for(lambda: car.reads)
    assert car.reads[0].read.camera_id == "L"


def test_repeats_and_bad_events_are_answered_and_counted(listen):
    """A repeat is taken without a read, a bad event is refused with its reason; health counts both."""
    car = listen()
    answers = [car.post("/feed/openalpr", body) for body in (FRAME, FRAME, b"{", b"")]
    assert [status for status, _ in answers] == [200, 200, 422, 422]
    assert [answer["refused"] for _, answer in answers] == [[], [], ["json"], ["empty"]]
    assert (answers[1][1]["reads"], answers[1][1]["repeats"]) == (0, 2)
    car.wait_for(lambda: car.latest.unreadable == 2)
    assert (car.latest.read, car.latest.skipped, car.latest.frames) == (2, 2, 4)
    assert "Reader openalpr: 1 refused" in car.latest.detail


BASIC = base64.b64encode(f"camera:{SECRET}".encode()).decode()
DOORS = [
    ("/feed/openalpr", {}, 200),
    (f"/feed/openalpr/{SECRET}", {"Authorization": ""}, 200),
    ("/feed/openalpr", {"Authorization": f"Basic {BASIC}"}, 200),
    ("/feed/openalpr", {"Authorization": ""}, 403),
    ("/feed/openalpr", {"Authorization": "Bearer "}, 403),
    ("/feed/openalpr", {"Authorization": f"Bearer {SECRET}x"}, 403),
    ("/feed/openalpr", {"Authorization": f"Digest {SECRET}"}, 403),
    ("/feed/openalpr", {"Authorization": "Basic ???"}, 403),
    ("/feed/openalpr/wrong", {}, 403),
    ("/feed/away", {}, 403),
    ("/feed/nobody", {}, 403),
    ("/", {}, 403),
]


def test_only_an_allowed_device_with_its_secret_may_send(listen):
    """Without secret, with a wrong one, from a wrong address or to an unknown name nothing is read."""
    car = listen()
    statuses = [car.post(path, FRAME, headers)[0] for path, headers, _ in DOORS]
    assert statuses == [wanted for _, _, wanted in DOORS]
    assert car.post("/feed/openalpr", b"", method="GET")[0] == 405
    car.wait_for(lambda: car.latest.unreadable == statuses.count(403) + 1)
    assert car.latest.read == 2


def test_a_stranger_is_hung_up_on_before_a_word(listen):
    """A device that no reader's row names gets no answer at all, and is counted."""
    car = listen((FeedSource("away", "openalpr", ("10.9.9.9",), SECRET),))
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        car.post("/feed/away", FRAME)
    car.wait_for(lambda: car.latest.unreadable == 1)


def test_what_is_too_large_or_too_fast_is_refused(listen):
    """More than the limit is refused, said or sent in pieces; more than the burst is told to wait."""
    car = listen()
    connection = http.client.HTTPConnection("127.0.0.1", car.port, timeout=15)
    connection.putrequest("POST", f"/feed/axis/{SECRET}")
    connection.putheader("Content-Length", str(BODY_MOST + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    pieces = (b" " * 1_000_000 for _ in range(9))
    try:
        status = car.post("/feed/axis", pieces, {"Transfer-Encoding": "chunked"})[0]
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # the answer was lost because we still sent: health below shows the reason
    assert status == 413
    statuses = [car.post("/feed/genetec", b"x")[0] for _ in range(int(BURST) * 2)]
    assert statuses[:3] == [422] * 3
    assert 429 in statuses
    car.wait_for(lambda: car.latest.unreadable == 2 + len(statuses))


def test_a_payload_cut_off_is_counted_and_the_next_is_read(listen):
    """A connection cut in mid payload costs that payload alone."""
    car = listen()
    with socket.create_connection(("127.0.0.1", car.port)) as one:
        head = f"POST /feed/openalpr/{SECRET} HTTP/1.1\r\nHost: car\r\nContent-Length: {len(FRAME)}\r\n\r\n"
        one.sendall(head.encode() + FRAME[:200])
    car.wait_for(lambda: car.latest.unreadable == 1)
    assert car.post("/feed/openalpr", FRAME)[1]["reads"] == 2


def test_a_reader_that_never_spoke_is_named_until_it_does(listen):
    """One that promises nothing is no fault; that it has not been heard of is said all the same."""
    car = listen(sources()[:1])
    car.wait_for(lambda: car.latest.detail == "Reader openalpr: no word yet")
    assert car.latest.state is DeviceState.OK
    car.post("/feed/openalpr", FRAME)
    car.wait_for(lambda: "no word yet" not in car.latest.detail)


def test_a_reader_that_breaks_its_promise_to_speak_is_a_fault(listen):
    """Silence is never 'no plates': a reader with heartbeats that stop is named; its next word mends it."""
    car = listen(sources(silent_after_s=1.0)[:1])
    car.wait_for(lambda: car.latest.state is DeviceState.FAULT)
    assert "Reader openalpr: no word for" in car.latest.detail
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(0.2):
            car.post("/feed/openalpr", (PAYLOADS / "openalpr_heartbeat.json").read_bytes())

    beating = threading.Thread(target=beat)
    beating.start()
    try:
        car.wait_for(lambda: car.latest.state is DeviceState.OK)
    finally:
        stop.set()
        beating.join()


def test_an_address_that_is_taken_is_a_fault_until_it_is_free(listen):
    """The listener says that its address is taken, and serves as soon as it is free."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        car = listen(port=other.getsockname()[1])
        car.wait_for(lambda: car.latest.state is DeviceState.FAULT)
        assert "taken" in car.latest.detail
    car.wait_for(lambda: car.latest.state is DeviceState.OK)
    assert car.post("/feed/openalpr", FRAME)[0] == 200


WRONG = [
    ("0.0.0.0", sources(), "own network"),  # noqa: S104 - refused is what it shows
    ("8.8.8.8", sources(), "own network"),
    ("car.example", sources(), "own network"),
    ("127.0.0.1", (FeedSource("a", "openalpr", ("127.0.0.1",), "short"),), "shorter"),
    ("127.0.0.1", (FeedSource("a", "openalpr", (), SECRET),), "no address"),
    ("127.0.0.1", (FeedSource("a", "openalpr", ("reader",), SECRET),), "no address"),
    ("127.0.0.1", (FeedSource("a/b", "openalpr", ("127.0.0.1",), SECRET),), "name"),
    ("127.0.0.1", (FeedSource("a", "unheard", ("127.0.0.1",), SECRET),), "kind"),
    ("127.0.0.1", sources()[:1] * 2, "same name"),
]


@pytest.mark.parametrize(("host", "rows", "named"), WRONG)
def test_an_open_or_unguarded_listener_is_not_started(host, rows, named):
    """An address open to the world, a short secret or a reader without an address is refused in words."""
    with pytest.raises(BadInput, match=named):
        launch_listener(ListenerOrder("feeds", host, 1, rows))


def test_a_secret_is_in_no_text_of_the_order():
    """Printing a reader's row in a log or an error shows no secret."""
    assert SECRET not in repr(ListenerOrder("feeds", "127.0.0.1", 1, sources()))
