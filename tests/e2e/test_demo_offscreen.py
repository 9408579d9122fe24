"""The whole thing as a person would start it: `mdt demo --offscreen`, with all its processes, on real pixels."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from devices.drive.script import DRIVE_PLATES
from tests.fakes.openings import watching
from tests.fakes.road import ncic_line, write_road_pictures

LIMIT_S = 240
LONG = "MDT_SOAK_STEPS" in os.environ
SHARED_PHOTOS = Path("../shared/data/us_e2e")


def mdt(*words: object, cache: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as its own process, without a display, with its folders in the test's own."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | {"XDG_CACHE_HOME": str(cache)}
    command = (sys.executable, "-m", "mdt_app", *map(str, words))
    return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, env=environment, check=False)


def last_line(run: subprocess.CompletedProcess[str]) -> dict:
    assert run.stdout.strip(), run.stderr
    return json.loads(run.stdout.strip().splitlines()[-1])


@pytest.mark.timeout(LIMIT_S + 60)
@pytest.mark.clause("STP-1", "STP-2", "STP-4", "ALR-1", "AUD-1")
def test_pictures_in_stops_out(tmp_path):
    """Listed cars become hits, each is refused once and then stopped; broken input is told, and nothing is lost."""
    cars = [DRIVE_PLATES[i] for i in (1, 3, 8, 10)]
    road = tmp_path / "road"
    road.mkdir()
    write_road_pictures(road, [car.plate for car in cars])
    (road / "001-broken.png").write_bytes(b"this is no picture")
    lines = ["NCIC EXTRACT", *(ncic_line(car, n) for n, car in enumerate(cars[:3], 1)), "garbage"]
    hotlist = tmp_path / "list.txt"
    hotlist.write_text("\n".join(lines))
    shots = tmp_path / "shots"

    demo = mdt(
        "demo",
        *("--offscreen", "--minutes", 3, "--camera", road, "--hotlist", hotlist, "--shots", shots),
        cache=tmp_path / "cache",
    )
    result = last_line(demo)

    assert demo.returncode == 0, demo.stderr
    wanted = {"reads", "hits", "alerts", "refused", "stops", "outbox_pending", "hq_events", "audit"}
    assert result.keys() == wanted
    assert (result["hits"], result["alerts"], result["refused"], result["stops"]) == (3, 3, 3, 3)
    assert (result["outbox_pending"], result["audit"]) == (0, "ok")
    assert result["hq_events"] > result["reads"] >= 4
    assert "3 entries, 1 lines refused" in demo.stderr
    assert "line 5: line too short" in demo.stderr
    assert "1 unreadable" in demo.stderr
    names = {path.stem.split("-", 1)[1] for path in shots.iterdir()}
    assert {"sign-in", "alert", "gate-refused", "verified", "stop-recorded"} <= names
    assert list((tmp_path / "cache").rglob("store.db")) == []


@pytest.mark.timeout(LIMIT_S + 60)
@pytest.mark.skipif(not LONG, reason="the same way as above, on photos; part of the soak")
@pytest.mark.skipif(not SHARED_PHOTOS.exists(), reason="the photos with truth are not part of the project")
def test_real_photos_become_stops(tmp_path):
    """Real road photos with five listed plates give at least three hits that go all the way."""
    rows = [line.split("\t") for line in (SHARED_PHOTOS / "truth.tsv").read_text().splitlines()[1:]]
    states = dict(line.split("\t")[:2] for line in (SHARED_PHOTOS / "states.tsv").read_text().splitlines()[1:])
    known = [(row[0], row[5]) for row in rows if states.get(row[0], "unknown") != "unknown"][:10]
    photos = tmp_path / "photos"
    photos.mkdir()
    for image, _ in known:
        (photos / image).symlink_to((SHARED_PHOTOS / image).resolve())
    lines = [f"V{n:09d}CT005670020261101{plate:10}{states[image]:2}" for n, (image, plate) in enumerate(known[:5], 1)]
    hotlist = tmp_path / "list.txt"
    hotlist.write_text("\n".join(["HEADER", *lines]))
    demo = mdt(
        "demo", "--offscreen", "--minutes", 3, "--camera", photos, "--hotlist", hotlist, cache=tmp_path / "cache"
    )
    assert last_line(demo)["stops"] >= 3, demo.stderr


def test_without_a_display_the_demo_says_so(tmp_path):
    """No window can be opened: the words say it and offer the offscreen way."""
    demo = mdt("demo", cache=tmp_path)
    assert demo.returncode == 1
    assert "no display" in demo.stderr
    assert "--offscreen" in demo.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("HEADER\nnothing that fits\n", "1 lines refused"),
        *([("", "holds no entry"), (None, "can't be read")] if LONG else []),
    ],
)
def test_a_list_without_an_entry_ends_with_words(tmp_path, content, words):
    """A list that can't be used stops the demonstration before anything is started, and says what to do."""
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_text(content)
    demo = mdt("demo", "--offscreen", "--camera", tmp_path, "--hotlist", path, cache=tmp_path / "cache")
    assert demo.returncode == 1
    assert words in demo.stderr
    assert "Traceback" not in demo.stderr


@pytest.mark.timeout(LIMIT_S)
@pytest.mark.skipif(not LONG, reason="the same demonstration once more; part of the soak")
def test_a_camera_that_nobody_answers_is_told(tmp_path):
    """An RTSP address without a camera is said in words; the rest runs, and the exit status tells that nothing came."""
    hotlist = tmp_path / "list.txt"
    hotlist.write_text("HEADER\n" + ncic_line(DRIVE_PLATES[1], 1))
    address = "rtsp://127.0.0.1:9/none"
    demo = mdt(
        *("demo", "--offscreen", "--minutes", 0.1, "--camera", address, "--hotlist", hotlist), cache=tmp_path / "cache"
    )
    result = last_line(demo)
    assert demo.returncode == 1
    assert (result["reads"], result["stops"], result["audit"]) == (0, 0, "ok")
    assert "Camera L:" in demo.stderr


@pytest.mark.timeout(LIMIT_S + 60)
@pytest.mark.skipif(not LONG, reason="the whole demonstration once more; part of the soak")
def test_nothing_is_open_to_others(tmp_path):
    """Car, headquarters and switch listen where docs/ports.md says alone; no file of theirs is another account's."""
    hotlist = tmp_path / "list.txt"
    hotlist.write_text("HEADER\n" + ncic_line(DRIVE_PLATES[1], 1))
    words = ("--offscreen", "--minutes", 0.1, "--camera", "rtsp://127.0.0.1:9/none", "--hotlist", hotlist)
    with watching(tmp_path / "cache" / "patrol-mdt") as seen:
        demo = mdt("demo", *words, cache=tmp_path / "cache")
    assert {"car", "headquarters"} <= {path.split("/")[1] for path in seen.modes if "/" in path}
    assert [f"{path} {mode:o}" for path, mode in seen.modes.items() if mode & 0o077] == []
    if os.geteuid() == 0:  # who may look at processes that forbid to be traced
        said = re.search(r"127.0.0.1:(\d+); the message switch simulator listens at 127.0.0.1:(\d+)", demo.stderr)
        assert seen.listening == {("tcp", "127.0.0.1", int(said[1])), ("tcp", "127.0.0.1", int(said[2]))}
        assert seen.reachable == set()
