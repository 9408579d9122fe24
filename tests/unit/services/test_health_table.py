"""The health table: every device's rate, state and last word, kept where the doctor finds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mdt_app.domain.devices import DeviceHealth, DeviceKind, DeviceState
from mdt_app.domain.notices import FaultChanged, HealthChanged, ReadSeen, SignedIn
from mdt_app.services.doctor import State
from mdt_app.services.health_table import FILE, SILENT_AFTER_S, HealthTable, parts, read_table
from mdt_app.wiring.car_health import CarHealth
from tests.fakes.car import make_read

NOW = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)


def written(folder, *healths: DeviceHealth):
    """The parts as the doctor judges them, at the moment of writing and long after."""
    table = HealthTable(folder / FILE, {"L": 1.0, "sound": 0.2})
    for health in healths:
        table.hear(health, NOW)
    table.write(NOW)
    held = read_table(folder / FILE)
    return parts(held, NOW + timedelta(seconds=1)), parts(held, NOW + timedelta(seconds=SILENT_AFTER_S + 1))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (DeviceState.OK, State.OK),
        (DeviceState.STARTING, State.OK),
        (DeviceState.FAULT, State.FAIL),
        (DeviceState.SILENT, State.FAIL),
        (DeviceState.ENDED, State.WARN),
    ],
)
def test_each_device_is_judged_by_its_last_word(tmp_path, state, expected):
    """State, promised rate and last word are told, with what to do; an old table says that nothing runs."""
    health = DeviceHealth("L", DeviceKind.CAMERA, state, "No picture", frames=90, read=40, skipped=50, unreadable=1)
    now, later = written(tmp_path, health)
    judged = now["camera L"]
    assert judged.state is expected
    for words in (state.value, "last word 2026-11-22T21:14:00", "promised 1 a second", "40 read, 50 skipped"):
        assert words in judged.found
    assert bool(judged.do) is (expected is not State.OK)
    assert later["camera L"].state is State.UNKNOWN


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"at": "x", "devices": []}', '{"at": "2026-11-22", "devices": [{}]}']
)
def test_a_table_that_is_none_is_unknown(tmp_path, content):
    """Missing, empty, cut and foreign files are no word of any device, and no crash."""
    if content is not None:
        (tmp_path / FILE).write_text(content)
    (judged,) = parts(read_table(tmp_path / FILE), NOW).values()
    assert judged.state is State.UNKNOWN
    assert judged.do


def test_the_table_is_written_while_the_car_runs_and_at_its_end(tmp_path):
    """No plate stands in it."""
    health = CarHealth(tmp_path, {"L": 1.0}, lambda _: None)
    health.hear(HealthChanged(DeviceHealth("L", DeviceKind.CAMERA, DeviceState.OK)))
    health.hear(ReadSeen(make_read("4BXR91"), b""))
    health.stop()
    _, rows = read_table(tmp_path / FILE)
    assert [(row.device_id, row.state) for row in rows] == [("L", "ok")]
    assert "4BXR91" not in (tmp_path / FILE).read_text()


def test_a_camera_that_reads_no_more_is_told_once_and_its_recovery_too(tmp_path):
    """Reads for a while, then none of one camera: a quiet fault, taken back when it reads again."""
    now, told = [0.0], []
    health = CarHealth(tmp_path, {}, told.append, lambda: now[0])
    health.hear(SignedIn(None))

    def minutes(count: int, *cameras: str) -> None:
        from dataclasses import replace

        for _ in range(count * 6):
            now[0] += 10.0
            for camera in cameras:
                health.hear(ReadSeen(replace(make_read("4BXR91"), camera_id=camera), b""))

    minutes(40, "L", "R")
    assert told == []
    minutes(10, "R")
    (alarm,) = told
    assert isinstance(alarm, FaultChanged)
    assert alarm.words.startswith("Camera L: reads fell from 6 to")
    assert not alarm.urgent
    minutes(10, "L", "R")
    assert told[1:] == [FaultChanged("reads L", "", urgent=False)]
    health.stop()
