"""Lights, siren and ignition: byte patterns found in a stream, and the device on a real pseudo terminal."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.serial_port import PortLost
from devices.signals.device import SignalOrder, launch_signals, run_signals
from devices.signals.patterns import Change, PatternFinder, load_signals
from mdt_app.domain.devices import DeviceHealth, DeviceState
from mdt_app.domain.errors import BadInput
from mdt_app.domain.signals import CarSignal, Signal
from tests.fakes.serial_line import serial_line

GENERIC = load_signals("generic")
ON = {Signal.LIGHTS: b"@L1\r", Signal.SIREN: b"@S1\r", Signal.IGNITION: b"@I1\r"}
OFF = {signal: data.replace(b"1", b"0") for signal, data in ON.items()}


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.sampled_from([*ON.values(), *OFF.values(), b"?", b"\xff\x00", b"@", b"@L"]), max_size=10),
    cuts=st.lists(st.integers(0, 40), max_size=5),
)
def test_patterns_are_found_wherever_the_stream_is_cut(rows, cuts):
    """The same bytes give the same changes in one piece and in many; every other byte is counted."""
    data = b"".join(rows)
    whole = PatternFinder(GENERIC)
    expected = whole.take(data) + whole.take(b"")
    pieces = PatternFinder(GENERIC)
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    found = [change for a, b in pairwise(edges) for change in pieces.take(data[a:b])]
    assert found + pieces.take(b"") == expected
    assert pieces.unknown == whole.unknown
    assert whole.unknown + 4 * len(expected) == len(data)


def table(tmp_path, *patterns: tuple[str, str]):
    rows = [f'[[patterns]]\nbytes = "{data}"\nsignal = "{signal}"\non = true' for data, signal in patterns]
    path = tmp_path / "own.toml"
    path.write_text("\n".join(['name = "own"', "speed = 9600", *rows]))
    return str(path)


def test_the_longer_of_two_patterns_wins_once_it_is_whole(tmp_path):
    """Where one pattern begins as another does, the end of the burst decides."""
    finder = PatternFinder(load_signals(table(tmp_path, ("01", "lights"), ("01 02", "siren"))))
    assert finder.take(b"\x01") == []
    assert finder.take(b"") == [Change(Signal.LIGHTS, on=True)]
    assert finder.take(b"\x01\x02") == [Change(Signal.SIREN, on=True)]


WRONG = [
    ((("zz", "lights"),), "wrong"),
    ((("", "lights"),), "wrong"),
    ((("01", "horn"),), "wrong"),
    ((("01", "lights"), ("01", "siren")), "two meanings"),
]


@pytest.mark.parametrize(("patterns", "named"), WRONG)
def test_a_wrong_table_is_refused(tmp_path, patterns, named):
    """Bytes that are none, unknown signals and double meanings are refused in words before a port is opened."""
    with pytest.raises(BadInput, match=named):
        launch_signals(SignalOrder("signals", "COM3", table(tmp_path, *patterns)))
    with pytest.raises(BadInput, match="can't be read"):
        load_signals("nothing-of-this-name")


class CutPort:
    """A line that breaks in the middle of a pattern, and is another one when it is back."""

    lines = ([b"@I", PortLost("the port is gone")], [b"1\r", b""])

    def __init__(self, ending: threading.Event) -> None:
        self._ending, self._left = ending, iter(self.lines)

    def __call__(self, *_: object) -> CutPort:
        self._said = iter(next(self._left))
        return self

    def __enter__(self) -> CutPort:
        return self

    def __exit__(self, *_: object) -> None:
        """Closed."""

    def read(self) -> bytes:
        said = next(self._said, None)
        if isinstance(said, PortLost):
            raise said
        if said is None:
            self._ending.set()
        return said or b""


def test_halves_of_two_lines_make_no_signal(monkeypatch):
    """The ignition is not on because one line ended with a half of it, and the next began with the other."""
    ending, heard = threading.Event(), list[object]()
    monkeypatch.setattr("devices.signals.device.OpenPort", CutPort(ending))
    monkeypatch.setattr("devices.signals.device.find_port", lambda port: port)
    run_signals(SignalOrder("signals", "COM3", "generic"), heard.append, ending)
    assert not [said for said in heard if isinstance(said, CarSignal)]
    assert any(isinstance(said, DeviceHealth) and said.state is DeviceState.FAULT for said in heard)


class Head:
    """A control head SIMULATED on a pseudo terminal, and what the device in a thread says of it."""

    def __init__(self, folder) -> None:
        self.heard: list[object] = []
        self._master, self._slave = serial_line()
        self._ending = threading.Event()
        order = SignalOrder("signals", os.ttyname(self._slave), "generic")
        self._thread = threading.Thread(target=run_signals, args=(order, self.heard.append, self._ending))
        self._thread.start()
        self.wait_for(lambda: any(isinstance(m, DeviceHealth) and m.state is DeviceState.OK for m in self.heard))

    def say(self, data: bytes) -> None:
        os.write(self._master, data)

    def signals(self) -> list[tuple[Signal, bool]]:
        return [(m.signal, m.on) for m in self.heard if isinstance(m, CarSignal)]

    def wait_for(self, condition: Callable[[], object]) -> None:
        until = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < until, f"waited in vain; heard {self.heard[-3:]}"
            time.sleep(0.01)

    def close(self) -> None:
        self._ending.set()
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)


@pytest.fixture
def head(tmp_path) -> Iterator[Head]:
    if sys.platform == "win32":
        pytest.skip("pseudo terminals are not there on Windows")
    one = Head(tmp_path)
    yield one
    one.close()


def test_changes_are_said_once_and_go_on_after_ignition_off(head):
    """Each change is one signal, a repeat is none, and what comes after the ignition went off is still heard."""
    for data in (ON[Signal.IGNITION], ON[Signal.LIGHTS] * 3, OFF[Signal.IGNITION], b"noise", OFF[Signal.LIGHTS]):
        head.say(data)
    head.wait_for(lambda: len(head.signals()) == 4)
    head.wait_for(lambda: head.heard[-1] and isinstance(head.heard[-1], DeviceHealth) and head.heard[-1].unreadable)
    wanted = [(Signal.IGNITION, True), (Signal.LIGHTS, True), (Signal.IGNITION, False), (Signal.LIGHTS, False)]
    assert head.signals() == wanted
    health = head.heard[-1]
    assert (health.state, health.read, health.skipped, health.unreadable) == (DeviceState.OK, 4, 2, 5)


def test_a_process_reads_the_port_too(head):
    """The same device runs as a process of its own and ends when it is asked to."""
    device = launch_signals(SignalOrder("signals", os.ttyname(head._slave), "generic"))
    try:
        assert device.connection.poll(20)
        assert device.connection.recv().state in (DeviceState.OK, DeviceState.FAULT)
    finally:
        device.stop()
        device.connection.close()
    assert not device.alive()
