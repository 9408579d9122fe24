"""Rows 23, 25 and 27 for the feeds: cut, garbage, 200 reconnects, a killed process, and a long shift; each with its
negative control."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.feeds.listener import RATE_HZ, launch_listener
from devices.feeds.order import FeedSource, ListenerOrder
from devices.hosting import HostedProcess, Send, launch
from mdt_app.domain.devices import CameraRead, DeviceHealth, DeviceKind, DeviceState
from mdt_app.services.supervisor import DeviceSpec, Supervisor

if not sys.platform.startswith("linux"):
    pytest.skip("open handles and memory are counted in /proc", allow_module_level=True)

PAYLOADS = Path(__file__).parents[2] / "unit" / "devices" / "feeds" / "payloads"
FRAME = json.loads((PAYLOADS / "openalpr_frame.json").read_text())
SECRET = "a-secret-of-this-car-1"
PATIENCE_S = 30.0
BACK_WITHIN_S = 2.0
GROWTH_KB = 6_000


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def order(port: int) -> ListenerOrder:
    return ListenerOrder(
        "feeds", "127.0.0.1", port, (FeedSource("north", "openalpr", ("127.0.0.1",), SECRET, camera_id="N"),)
    )


def until(condition: Callable[[], object], seconds: float = PATIENCE_S) -> bool:
    """Wait for a condition; False when it did not come in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def handles(pid: int) -> tuple[int, int]:
    """Open handles and threads of a process."""
    return len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task"))


def memory_kb(pid: int) -> int:
    """Resident memory of a process."""
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmRSS"))


def frame(number: int) -> bytes:
    """A frame of its own: no repeat of another."""
    result = {**FRAME["results"][0], "plate": f"AB{number:05d}"}
    return json.dumps({**FRAME, "uuid": f"u{number}", "results": [result]}).encode()


def post(port: int, body: bytes) -> int:
    """Send one payload on a connection of its own; return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/feed/north", body, {"Authorization": f"Bearer {SECRET}"})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def alone() -> Iterator[Callable[..., tuple[HostedProcess, int, list[object]]]]:
    """Start a device's process without a supervisor; what it says is gathered."""
    started: list[HostedProcess] = []

    def start(process: HostedProcess, port: int) -> tuple[HostedProcess, int, list[object]]:
        started.append(process)
        heard: list[object] = []

        def hear() -> None:
            try:
                while True:
                    heard.append(process.connection.recv())
            except (EOFError, OSError, TypeError):
                return

        threading.Thread(target=hear, daemon=True).start()
        assert until(lambda: heard)
        return process, port, heard

    yield start
    for one in started:
        one.stop()
        one.connection.close()


HEAD = f"POST /feed/north/{SECRET} HTTP/1.1\r\nHost: car\r\nContent-Length: 5000\r\n\r\n".encode()
FAULTS = (b"", b"\x00\xff" * 300, b"GET / HTTP/1.1\r\n", HEAD, HEAD + b"{" * 900, b"POST /feed/x HTTP/9.9\r\n\r\n")


def fault(port: int, number: int) -> None:
    """Connect, say something broken, and go: closed, or reset as a cable pulled out."""
    with socket.create_connection(("127.0.0.1", port), 5) as one:
        one.sendall(FAULTS[number % len(FAULTS)])
        if number % 2:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def is_flat(process: HostedProcess, before: tuple[int, int], seconds: float = 8.0) -> bool:
    """The check of row 23: as many handles and threads as before, once all is settled."""
    return until(lambda: all(now <= then for now, then in zip(handles(process.pid), before, strict=True)), seconds)


def test_200_broken_connections_leave_no_handle_and_no_thread(alone):
    """After 200 connections cut, reset or full of garbage a good payload is read, and nothing is left behind."""
    process, port, heard = alone(launch_listener(order(port := free_port())), port)
    assert post(port, frame(0)) == 200
    before = handles(process.pid)
    for number in range(200):
        fault(port, number)
    assert is_back(port, 5.0)
    assert post(port, frame(1)) == 200
    assert until(lambda: [m.read.key for m in heard if isinstance(m, CameraRead)] == ["AB00000", "AB00001"])
    assert is_flat(process, before)
    counted = [m for m in heard if isinstance(m, DeviceHealth)][-1]
    assert counted.state is DeviceState.OK


def serve_leaking(port: int, send: Send, ending: threading.Event) -> None:
    """A server that keeps every connection: what the check has to find."""
    kept = []
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(0.2)
        send(DeviceHealth("leak", DeviceKind.FEED, DeviceState.OK))
        while not ending.is_set():
            try:
                kept.append(server.accept())
            except TimeoutError:
                continue


def test_the_check_finds_a_server_that_leaks(alone):
    """Negative control: a server that keeps its connections is found by the same check."""
    from functools import partial

    process, port, _ = alone(launch("leak", partial(serve_leaking, port := free_port())), port)
    before = handles(process.pid)
    for number in range(20):
        fault(port, number)
    assert until(lambda: handles(process.pid)[0] > before[0])
    assert not is_flat(process, before, 2.0)


class Watched:
    """The listener under a supervisor, or, as negative control, on its own; and what was said when."""

    def __init__(self, port: int) -> None:
        self.said: list[tuple[float, DeviceHealth]] = []
        self.devices: list[HostedProcess] = []
        spec = DeviceSpec("feeds", DeviceKind.FEED, RATE_HZ, lambda: self._launch(port))
        self.supervisor = Supervisor([spec], self._post)

    def _launch(self, port: int) -> HostedProcess:
        self.devices.append(launch_listener(order(port)))
        return self.devices[-1]

    def _post(self, message: object) -> None:
        if isinstance(message, DeviceHealth):
            self.said.append((time.monotonic(), message))

    def states(self, after: float) -> list[DeviceState]:
        return [health.state for at, health in self.said if at >= after]


def is_back(port: int, seconds: float) -> bool:
    """The check of row 25's kind: payloads are taken again within the target."""

    def takes() -> bool:
        try:
            return post(port, b"x") == 422
        except OSError:
            return False

    return until(takes, seconds)


def test_a_killed_listener_is_back_and_the_screen_says_so_meanwhile():
    """Killed with SIGKILL, the listener is a fault on the screen and takes payloads again (1.5 s on free cores)."""
    car = Watched(port := free_port())
    car.supervisor.start()
    try:
        assert is_back(port, PATIENCE_S)
        for _ in range(3):
            killed_at = time.monotonic()
            os.kill(car.devices[-1].pid, signal.SIGKILL)
            count = len(car.devices)
            assert until(lambda count=count: len(car.devices) > count, BACK_WITHIN_S)
            assert is_back(port, 3 * BACK_WITHIN_S)  # another process may need the cores just now
            assert DeviceState.FAULT in car.states(killed_at)
            assert until(lambda at=killed_at: car.states(at)[-1] is DeviceState.OK)
    finally:
        car.supervisor.stop()


def test_a_killed_listener_without_supervisor_stays_away(alone):
    """Negative control: with nobody to start it again the same check fails."""
    process, port, _ = alone(launch_listener(order(port := free_port())), port)
    os.kill(process.pid, signal.SIGKILL)
    assert until(lambda: not process.alive())
    assert not is_back(port, 1.0)


def grows(process: HostedProcess, use: Callable[[int], None]) -> int:
    """The check of row 27: memory in kB that 40 payloads more cost, after 15 to warm up."""
    for number in range(15):
        use(number)
    before = memory_kb(process.pid)
    for number in range(15, 55):
        use(number)
    return memory_kb(process.pid) - before


def test_memory_stays_flat_over_many_payloads(alone):
    """55 payloads of 400 kB with 20 reads each, as a busy hour brings, leave the process as large as it was."""
    process, port, heard = alone(launch_listener(order(port := free_port())), port)
    padding = b" " * 400_000

    def use(number: int) -> None:
        frames = b"\n".join(frame(20 * number + one) for one in range(20))
        assert post(port, frames + padding) == 200

    assert grows(process, use) < GROWTH_KB
    assert until(lambda: sum(isinstance(m, CameraRead) for m in heard) == 1_100)


def serve_hoarding(port: int, send: Send, ending: threading.Event) -> None:
    """A server that keeps every payload: what the check has to find."""
    kept = []
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(0.2)
        send(DeviceHealth("hoard", DeviceKind.FEED, DeviceState.OK))
        while not ending.is_set():
            try:
                client, _ = server.accept()
            except TimeoutError:
                continue
            with client:
                while data := client.recv(65_536):
                    kept.append(data)
                client.sendall(b".")


def test_the_check_finds_a_process_that_grows(alone):
    """Negative control: a process that keeps what it was sent grows by more than the limit."""
    from functools import partial

    process, port, _ = alone(launch("hoard", partial(serve_hoarding, port := free_port())), port)

    def use(_: int) -> None:
        with socket.create_connection(("127.0.0.1", port), 5) as one:
            one.sendall(b"x" * 400_000)
            one.shutdown(socket.SHUT_WR)
            assert one.recv(1) == b"."

    assert grows(process, use) > GROWTH_KB
