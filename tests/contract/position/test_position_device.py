"""The position device over real pseudo terminals and real sockets, each in its own supervised process."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.position import FixMode, PositionFix
from mdt_app.services.supervisor import DeviceSpec, Supervisor

if sys.platform == "win32":
    pytest.skip("pseudo terminals are not there on Windows", allow_module_level=True)

from devices.position.device import RATE_HZ, PositionOrder, launch_position
from devices.position.receiver import SerialReceiver
from devices.serial_port import PortLost, find_port
from mdt_app.domain.errors import BadInput
from tests.fakes.receivers import GpsdSimulator, PtyReceiver

PATIENCE_S = 40.0
TPV = {"class": "TPV", "mode": 3, "lat": 41.7012, "lon": -72.6081, "speed": 11.5, "track": 84.4, "eph": 4.0}


class Tracking:
    """A position device under a supervisor, and what it said."""

    def __init__(self, where: str) -> None:
        self.fixes: list[PositionFix] = []
        self.health: list[DeviceHealth] = []
        launch = PositionOrder("position", where)
        spec = DeviceSpec("position", DeviceKind.POSITION, RATE_HZ, lambda: launch_position(launch))
        self.supervisor = Supervisor([spec], self._post)
        self.supervisor.start()

    def _post(self, message: object) -> None:
        (self.fixes if isinstance(message, PositionFix) else self.health).append(message)

    @property
    def held(self) -> list[PositionFix]:
        return [fix for fix in self.fixes if fix.held]

    def wait_for(self, condition: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < until, f"waited in vain; {len(self.fixes)} fixes, {self.health[-1:]}"
            time.sleep(0.02)

    def wait_state(self, state: DeviceState, words: str = "") -> DeviceHealth:
        self.wait_for(lambda: self.health and self.health[-1].state is state and words in self.health[-1].detail)
        return self.health[-1]


@pytest.fixture
def track() -> Iterator[Callable[[str], Tracking]]:
    started: list[Tracking] = []

    def start(where: str) -> Tracking:
        started.append(Tracking(where))
        return started[-1]

    yield start
    for one in started:
        one.supervisor.stop()


@pytest.fixture
def receiver(tmp_path) -> Iterator[PtyReceiver]:
    one = PtyReceiver(tmp_path)
    yield one
    one.unplug()


@pytest.fixture
def gpsd() -> Iterator[GpsdSimulator]:
    one = GpsdSimulator()
    yield one
    one.close()


def test_a_receiver_on_a_port_gives_live_fixes(track, receiver):
    """A receiver's sentences come as fixes with speed, course, accuracy, a small age, and the clocks' difference."""
    car = track(str(receiver.path))
    with receiver.driving():
        car.wait_for(lambda: len(car.held) >= 6)
        health = car.wait_state(DeviceState.OK)
    fix = car.held[-1]
    assert (fix.mode, fix.course, fix.accuracy_m) == (FixMode.THREE_D, 84.4, 4.5)
    assert fix.speed_mps == pytest.approx(11.524, abs=1e-3)
    assert 0 <= fix.age_s < 1
    assert fix.clock_offset_s is not None
    assert health.unreadable == 0


def test_the_speed_of_the_line_is_searched(track, tmp_path):
    """A receiver that is noise at 9600 and 4800 is found at 38400, and the noise is counted, not believed."""
    receiver = PtyReceiver(tmp_path, speed=38400)
    car = track(str(receiver.path))
    try:
        with receiver.driving():
            car.wait_for(lambda: car.held)
            assert car.wait_state(DeviceState.OK).unreadable > 0
    finally:
        receiver.unplug()


def test_unplugged_is_a_fault_and_plugged_again_is_live(track, receiver):
    """Pulled out, it says so with the last fix's age and tells the core that there is none; then it is back."""
    car = track(str(receiver.path))
    with receiver.driving():
        car.wait_state(DeviceState.OK)
        receiver.unplug()
        car.wait_state(DeviceState.FAULT, "the last one is")
        assert not car.fixes[-1].held
        before = len(car.fixes)
        receiver.plug()
        car.wait_for(lambda: len(car.held) and len(car.fixes) > before and car.fixes[-1].held)
        car.wait_state(DeviceState.OK)


def test_gpsd_gives_fixes_and_is_asked_again(track, gpsd):
    """Reports of a gpsd over TCP are fixes; hung up on, it is a fault, and it is asked again."""
    car = track(f"gpsd://127.0.0.1:{gpsd.port}")
    for _ in range(2):
        assert gpsd.watched.wait(PATIENCE_S)
        before = len(car.held)
        now = datetime.now(UTC).isoformat()
        gpsd.say({"class": "DEVICES"}, {**TPV, "time": now}, b"broken", {"class": "TPV", "mode": 1})
        car.wait_for(lambda before=before: len(car.held) == before + 1)
        gpsd.hang_up()
        car.wait_state(DeviceState.FAULT, "gpsd has hung up")
    assert (car.held[0].accuracy_m, car.held[0].course) == (4.0, 84.4)
    assert abs(car.held[0].clock_offset_s) < 5


def test_a_receiver_that_is_not_there_is_a_fault_in_words(track, tmp_path):
    """A port without a device, and a gpsd that does not answer, say what is done about it."""
    car = track(str(tmp_path / "ttyNONE"))
    car.wait_state(DeviceState.FAULT, "can't be opened")
    assert not car.held


@dataclass(frozen=True)
class Port:
    """A port as the system lists it."""

    device: str
    vid: int | None = None
    pid: int | None = None


def test_a_receiver_is_found_by_its_usb_id():
    """Of the ports that are plugged in now the one with the id is taken; none is said, and looked for again."""
    ports = [Port("COM1"), Port("COM7", 0x1546, 0x01A8), Port("/dev/ttyUSB3", 0x0403, 0x6001)]
    assert find_port("usb:1546:01A8", lambda: ports) == "COM7"
    assert find_port("usb:0403:6001", lambda: ports) == "/dev/ttyUSB3"
    assert find_port("usb", lambda: ports) == "COM7"
    assert find_port("COM3", lambda: ports) == "COM3"
    with pytest.raises(PortLost, match="plugged in"):
        find_port("usb:dead:beef", lambda: ports)


def test_a_receiver_plugged_in_elsewhere_is_found(receiver, tmp_path):
    """Found by its id, a receiver that comes back on another port is read there."""
    plugged: list[Port] = []
    one = SerialReceiver("usb:1546:01a8", lambda: plugged)
    with pytest.raises(PortLost):
        next(one.sightings())
    plugged.append(Port(str(receiver.path), 0x1546, 0x01A8))
    with receiver.driving():
        assert next(said for said in one.sightings() if said is not None).lat is not None


def test_no_process_is_started_for_what_is_no_receiver():
    """A wrong setting is refused where it is made, in words."""
    with pytest.raises(BadInput, match="names no receiver"):
        launch_position(PositionOrder("position", "nonsense"))
