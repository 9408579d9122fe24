"""`mdt feed read` and `mdt position read`, as whoever installs a car runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.receivers import GpsdSimulator, PtyReceiver, burst, sentence

PAYLOADS = Path(__file__).parents[2] / "unit" / "devices" / "feeds" / "payloads"
FIELDS = ["time", "lat", "lon", "speed_mps", "course", "mode", "age_s"]


def mdt(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "mdt_app", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, encoding="utf-8")


def rows(done: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_captured_payload_is_shown_as_json_lines():
    """A good payload gives a line of JSON a read, a count on standard error, and status 0."""
    done = mdt("feed", "read", "--kind", "openalpr", PAYLOADS / "openalpr_frame.json")
    assert (done.returncode, [row["raw_text"] for row in rows(done)]) == (0, ["AB12345", "4BXR91"])
    first = rows(done)[0]
    assert (first["captured_at"], first["state"], first["confidence"]) == (
        "2026-11-22T12:00:00.250000+00:00",
        "CT",
        0.925,
    )
    assert "2 reads, 0 repeats dropped" in done.stderr


def test_what_is_refused_is_said_and_ends_with_status_1(tmp_path):
    """Of a good and a broken event the good one is shown, the other's reason said, and the status is 1."""
    good = json.dumps(json.loads((PAYLOADS / "openalpr_frame.json").read_text()))
    (tmp_path / "capture.json").write_text(good + "\n{broken\n")
    done = mdt("feed", "read", "--kind", "openalpr", tmp_path / "capture.json")
    assert (done.returncode, len(rows(done))) == (1, 2)
    assert "refused: json: It is not valid JSON (line 2)" in done.stderr


@pytest.mark.parametrize(("kind", "name"), [("nothing", "axis_new.json"), ("axis", "missing.json")])
def test_a_wrong_kind_or_file_is_said_in_words(kind, name):
    """Neither ends in a trace; both say what to do."""
    done = mdt("feed", "read", "--kind", kind, PAYLOADS / name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("mdt: ")
    assert "Traceback" not in done.stderr


def test_a_log_gives_a_line_a_fix(tmp_path):
    """An NMEA log's fixes are as old as their time says; moments without a fix and bad sentences are counted."""
    start = datetime.now(UTC) - timedelta(hours=2)
    data = b"".join(burst(start + timedelta(seconds=n), 41.7012 + n * 1e-4) for n in range(3))
    data += burst(start + timedelta(seconds=3), valid=False) + sentence("GPRMC,1")[:-4] + b"00\r\n"
    (tmp_path / "drive.nmea").write_bytes(data)
    done = mdt("position", "read", tmp_path / "drive.nmea")
    found = rows(done)
    assert done.returncode == 0
    assert [list(row) for row in found] == [FIELDS] * 3
    assert [row["lat"] for row in found] == [pytest.approx(41.7012 + n * 1e-4, abs=1e-5) for n in range(3)]
    assert {row["mode"] for row in found} == {3}
    assert all(7_190 < row["age_s"] < 7_300 for row in found)
    assert "moments without a fix: 1" in done.stderr
    assert "1 checksum" in done.stderr


def test_a_log_of_gpsd_is_read_as_well(tmp_path):
    """gpsd's JSON gives the same lines; a report without a fix gives none."""
    reports = [
        {"class": "VERSION"},
        {"class": "TPV", "mode": 2, "time": "2026-11-22T12:00:00Z", "lat": 41.7, "lon": -72.6, "speed": 3.0},
        {"class": "TPV", "mode": 1},
    ]
    (tmp_path / "gpsd.json").write_text("\n".join(map(json.dumps, reports)))
    (row,) = rows(mdt("position", "read", tmp_path / "gpsd.json"))
    assert (row["time"], row["mode"], row["speed_mps"], row["course"]) == ("2026-11-22T12:00:00.000Z", 2, 3.0, None)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are not there on Windows")
def test_a_port_is_read_for_as_long_as_asked(tmp_path):
    """A receiver on a port gives a line a fix, with an age of less than a second."""
    receiver = PtyReceiver(tmp_path)
    try:
        with receiver.driving():
            done = mdt("position", "read", receiver.path, "--seconds", "2")
    finally:
        receiver.unplug()
    found = rows(done)
    assert (done.returncode, found != []) == (0, True)
    assert all(0 <= row["age_s"] < 1 for row in found)


def test_gpsd_is_read_and_its_end_is_said():
    """A gpsd that hangs up ends the command with words and what to do."""
    gpsd = GpsdSimulator()
    command = [sys.executable, "-m", "mdt_app", "position", "read", f"gpsd://127.0.0.1:{gpsd.port}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert gpsd.watched.wait(30)
        gpsd.say({"class": "TPV", "mode": 3, "time": datetime.now(UTC).isoformat(), "lat": 41.7, "lon": -72.6})
        assert json.loads(running.stdout.readline())["age_s"] < 1
        gpsd.hang_up()
        assert running.wait(30) == 1
        assert "gpsd has hung up" in running.stderr.read()
    gpsd.close()


def test_what_is_no_receiver_is_said_in_words():
    """Neither a log nor a port: refused with what may be given."""
    done = mdt("position", "read", "nonsense")
    assert done.returncode == 1
    assert "gpsd://host:port" in done.stderr
