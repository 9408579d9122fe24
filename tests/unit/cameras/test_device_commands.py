"""The commands for whoever installs cameras and looks after the equipment."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cache.keys import forget_key, obtain_key
from cache.store import CacheStore
from mdt_app.cli import app
from mdt_app.domain.equipment import Aspect, Checked, Finding, Result
from mdt_app.domain.errors import BadInput
from tests.fakes.car import make_read

REGISTRY = """[[cameras]]
id = "L"
source = "rtsp://192.168.10.21/one"
kind = "fixed"
place = "bridge"
lane = "2"
field_of_view_deg = 25
agency_number = "NPD-0412"
"""


def test_a_registry_is_checked_on_the_command_line(tmp_path):
    """A line a camera; a fault ends it with words."""
    path = tmp_path / "cameras.toml"
    path.write_text(REGISTRY)
    done = CliRunner().invoke(app, ["camera", "check", str(path)])
    assert done.exit_code == 0
    assert "NPD-0412" in done.stdout
    path.write_text(REGISTRY.replace("fixed", "flying"))
    done = CliRunner().invoke(app, ["camera", "check", str(path)])
    assert isinstance(done.exception, BadInput)
    assert "cameras.toml:4" in done.exception.words


def test_the_vendor_s_report_is_written_on_the_command_line(tmp_path):
    """With the key of the demonstration's kind; the report names what failed."""
    store = CacheStore(tmp_path / "store.db", obtain_key(tmp_path, allow_file=True).raw)
    with store.transaction() as tx:
        failed = Finding(Aspect.SHARPNESS, Result.FAILED, "blur 0.80, at most 0.55")
        tx.equipment.add(Checked("L", make_read("A").captured_at, "rdoe", (failed,)))
    store.close()
    target = tmp_path / "vendor.csv"
    done = CliRunner().invoke(app, ["equipment", "report", str(tmp_path), str(target), "--key-file"])
    assert done.exit_code == 0, done.output
    assert "1 lines" in done.stdout
    assert "blur 0.80" in target.read_text()
    forget_key(tmp_path)


@pytest.mark.parametrize("words", [["camera", "--help"], ["equipment", "--help"], ["bench", "latency", "--help"]])
def test_each_command_says_what_it_does(words):
    """The help is there."""
    assert CliRunner().invoke(app, words).exit_code == 0
