"""The one start path: `mdt run` as a process with its keeper, crashed, started twice, hung, and what it loads."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mdt_app.hq.main import public_key
from mdt_app.hq.serving import serve
from mdt_app.services.crash_notes import FILE, unended
from mdt_app.services.policies import load_policy
from mdt_app.services.policy_source import named_policy
from mdt_app.services.system_notice import ALIVE, READY, STOPPING
from tests.fakes.headquarters import KEY, ORI, Serving, made

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd's notify socket and /proc are Linux's")
RESTART_S = 10.0
DEADLINE_S = 60.0
HEAVY = (
    *("av", "cv2", "devices.cameras.camera", "fastapi", "fido2", "httpx2", "mdt_app.hq", "pyqtgraph", "uvicorn"),
    *("mdt_app.cli", "mdt_app.services.handlers", "mdt_app.sync.account_wire"),
)


@dataclass
class Started:
    """The application's keeper, and the socket on which the system would hear of it."""

    keeper: subprocess.Popen[str]
    ear: socket.socket

    def hear(self, line: str) -> None:
        while self.ear.recv(256).decode() != line:
            pass

    @property
    def application(self) -> int:
        return int(Path(f"/proc/{self.keeper.pid}/task/{self.keeper.pid}/children").read_text().split()[0])


def program(folder: Path, **environment: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MDT_CAR_TOKEN": "token", **environment}
    place = ("--settings", str(folder / "car.toml"), "--folder", str(folder), "--key-file")
    command = (sys.executable, "-m", "mdt_app", "run", *place)
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    """A car whose settings say POSTC, at a headquarters that serves Newtown's policy."""
    hq = made(tmp_path / "hq")
    given = {"policy": load_policy("newtown"), "source": named_policy("newtown"), "plain": True, "switch_address": None}
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear,
        Serving(serve, hq.folder, "127.0.0.1", 0, key=KEY, **given) as running,
    ):
        at = {"headquarters": f"http://127.0.0.1:{running.port}", "headquarters_key": public_key(KEY), "ori": ORI}
        told = {"car_id": "car-7", "unit": "Unit 12", **at}
        (tmp_path / "car.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()))
        ear.bind(str(tmp_path / "told"))
        ear.settimeout(DEADLINE_S)
        known = {"NOTIFY_SOCKET": str(tmp_path / "told"), "MDT_CAR_TOKEN": hq.cars["car-7"]}
        with program(tmp_path, **known) as keeper:
            try:
                yield Started(keeper, ear)
            finally:
                keeper.terminate()
                keeper.communicate()


def test_a_newer_policy_and_a_crash_start_it_again_a_second_start_calls_the_first(started: Started, tmp_path: Path):
    """Row 25: a native crash is back at the sign-in within ten seconds; a second instance is none, and the end is 0.

    Before it headquarters' policy comes, nobody is signed in, and the keeper starts the program again under it: once,
    and that is no crash.
    """
    for line in (READY, ALIVE, READY, ALIVE):
        started.hear(line)
    assert unended(tmp_path) == 0
    still = [started.ear.recv(256).decode() for _ in range(5)]
    assert still == [ALIVE] * 5, "under the new policy there is nothing more to take up"
    second, _ = program(tmp_path).communicate(timeout=DEADLINE_S)
    assert "its window is in front now" in second
    crashed_at = time.monotonic()
    os.kill(started.application, signal.SIGSEGV)
    started.hear(READY)
    assert time.monotonic() - crashed_at < RESTART_S
    started.hear(ALIVE)
    notes = (tmp_path / FILE).read_text()
    assert "Segmentation fault" in notes
    assert "car_start.py" in notes
    assert unended(tmp_path) == 1
    started.keeper.terminate()
    started.hear(STOPPING)
    assert started.keeper.wait(DEADLINE_S) == 0
    assert (tmp_path / FILE).read_text().endswith("ended\n")


HANGS = """
import sys, time
from mdt_app.services.system_notice import ALIVE, READY
from mdt_app.wiring import keeper

def work(say, restarts):
    say(READY)
    time.sleep(1.0)  # it loads: nobody may end it for that
    say(ALIVE)
    if not restarts and sys.argv[1] == "hang":
        time.sleep(60)
    return 0

keeper.HUNG_S, keeper._LOOK_S = 0.4, 0.1
raise SystemExit(keeper.keep(work))
"""


@pytest.mark.parametrize("how", ["hang", "end"])
def test_an_application_that_hangs_is_ended_and_started_again(how: str):
    """One that was ready and falls silent is started anew; the control, which ends in order, is not."""
    done = subprocess.run((sys.executable, "-c", HANGS, how), capture_output=True, text=True, timeout=DEADLINE_S)
    assert done.returncode == 0
    assert ("started again" in done.stderr) == (how == "hang")


def test_what_takes_long_to_load_is_not_loaded_before_the_sign_in():
    """Readers, link, headquarters, plots and security keys come after the sign-in screen; the ratio stands on it."""
    look = "import sys, mdt_app.cli_run, mdt_app.wiring.car_start; print(*sys.modules)"
    loaded = subprocess.run((sys.executable, "-c", look), capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []
    assert "cache.store" in loaded


@pytest.mark.skipif("MDT_SOAK_STEPS" not in os.environ, reason="a minute's measurement; part of the soak")
def test_the_sign_in_screen_is_there_in_one_and_a_half_times_an_empty_window():
    """`mdt bench start`, as anybody runs it."""
    from mdt_app.wiring.bench_start import bench_start

    assert bench_start(9).ratio <= 1.5
