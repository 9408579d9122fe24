"""The position over the real gpsd, fed by gpsfake with a log; skipped where gpsd is not installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

if sys.platform == "win32":
    pytest.skip("gpsd does not exist for Windows", allow_module_level=True)

from devices.position.device import PositionOrder, run_position
from mdt_app.domain.devices import DeviceHealth, DeviceState
from mdt_app.domain.position import PositionFix
from tests.fakes.receivers import burst

PATIENCE_S = 40.0

pytestmark = pytest.mark.skipif(
    not (shutil.which("gpsd") and shutil.which("gpsfake")),
    reason="gpsd and gpsfake are not installed (Debian: gpsd, gpsd-clients)",
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def gpsd(tmp_path):
    """The real gpsd, which hears a log over and over; its port."""
    start = datetime.now(UTC)
    log, port = tmp_path / "drive.nmea", free_port()
    log.write_bytes(b"".join(burst(start + timedelta(seconds=n), 41.7012 + n * 1e-4) for n in range(30)))
    command = [shutil.which("gpsfake"), "-c", "0.05", "-P", str(port), "-S", str(log)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
    yield port
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_fixes_come_through_the_real_gpsd(gpsd):
    """Places of the log arrive as live fixes, and the device says that it is well."""
    heard: list[object] = []
    ending = threading.Event()
    order = PositionOrder("position", f"gpsd://127.0.0.1:{gpsd}")
    device = threading.Thread(target=run_position, args=(order, heard.append, ending))
    device.start()
    try:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            fixes = [m for m in list(heard) if isinstance(m, PositionFix) and m.held]
            well = any(isinstance(m, DeviceHealth) and m.state is DeviceState.OK for m in list(heard))
            if len(fixes) >= 3 and well:
                break
            time.sleep(0.05)
    finally:
        ending.set()
        device.join()
    assert well, [m for m in heard if isinstance(m, DeviceHealth)][-1:]
    assert len(fixes) >= 3
    assert all(41.70 < fix.lat < 41.71 and -72.62 < fix.lon < -72.60 for fix in fixes)
