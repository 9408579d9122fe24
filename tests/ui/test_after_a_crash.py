"""A native crash in the middle of a verification: the next start has every answer that was given."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mdt_app.domain.alerts import Feature, Seen
from tests.fakes.cab import Cab
from tests.fakes.car import Shift

_CRASHING = """
import ctypes, sys
from pathlib import Path
from mdt_app.domain import commands as c
from mdt_app.domain.alerts import Feature, Seen
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import Pictures
from tests.fakes.car import Shift, make_read

car = Shift(Path(sys.argv[1]))
car.prepare()
car.do(c.RecordRead(make_read("4BXR91", captured_at=car.clock.now()), Pictures(b"", b"")))
hit_id = car.said(HitRaised)[-1].hit.hit_id
car.do(c.ConfirmPlate(hit_id, "4BXR91", "CT"))
car.do(c.AnswerVehicle(hit_id, Feature.MAKE, Seen.MATCH))
car.do(c.AnswerVehicle(hit_id, Feature.COLOR, Seen.CANT_SEE))
print(hit_id, flush=True)
ctypes.string_at(0)  # a read of address 0: the kernel kills the process
"""
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def crashed(tmp_path: Path) -> tuple[Path, str]:
    """A store whose program was killed by the kernel, and the hit that it had in hand."""
    path = tmp_path / "crashed.db"
    ended = subprocess.run([sys.executable, "-c", _CRASHING, path], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGSEGV, ended.stderr
    return path, ended.stdout.strip()


def test_the_verification_stands_again_after_a_native_crash(qtbot: QtBot, crashed: tuple[Path, str]):
    """Killed by a segmentation fault: after signing in anew the hit waits, with plate, state and both answers."""
    path, hit_id = crashed
    car = Shift(path)
    try:
        cab = Cab(qtbot, car)
        cab.sign_in()
        cab.until(lambda: cab.front == "alert" and cab.window.screens["alert"].hit_id == hit_id)
        cab.open_verification()
        seen = cab.hit(hit_id).verification
        assert (seen.plate_seen, seen.state_seen) == ("4BXR91", "CT")
        assert seen.features == {Feature.MAKE: Seen.MATCH, Feature.COLOR: Seen.CANT_SEE}
        cab.until(lambda: "✓ 1 · What do you see?" in cab.words)
        assert "✓ 1 match" in cab.words
        assert "✓ 3 can't see" in cab.words
    finally:
        car.core.stop()
