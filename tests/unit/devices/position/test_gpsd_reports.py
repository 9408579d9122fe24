"""gpsd's reports: only class and mode are certain, all else may be missing or wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.position.gpsd import Fault, GpsdReader
from devices.position.receiver import open_receiver
from mdt_app.domain.errors import BadInput
from mdt_app.domain.position import FixMode
from tests.fakes.receivers import NOON

TPV = {"class": "TPV", "mode": 3, "time": "2026-11-22T12:00:00.000Z", "lat": 41.7, "lon": -72.6}


def said(**fields: object):
    reader = GpsdReader()
    return reader.take(json.dumps({**TPV, **fields}).encode()), reader


def test_a_whole_report_is_a_fix():
    """Place, speed, track and accuracy come through; epx and epy stand in for eph."""
    found, _ = said(speed=11.5, track=84.4, epx=3.0, epy=4.0)
    assert (found.time, found.mode, found.lat, found.lon) == (NOON, FixMode.THREE_D, 41.7, -72.6)
    assert (found.speed_mps, found.course, found.accuracy_m) == (11.5, 84.4, 5.0)
    assert said(eph=7.25, epx=3.0, epy=4.0)[0].accuracy_m == 7.2


@pytest.mark.parametrize("name", ["eph", "epx"])
def test_an_endless_error_is_refused(name):
    """JSON's Infinity as an accuracy would make every jump of the place one that a car can make."""
    found, reader = said(**{"epx": 3.0, "epy": 4.0, name: float("inf")})
    assert found is None
    assert sum(reader.faults.values()) == 1


@pytest.mark.parametrize("fields", [{"mode": 0}, {"mode": 1}, {"lat": None}, {"lon": None}, {"lat": 0, "lon": 0}])
def test_a_report_without_a_place_is_no_fix(fields):
    """Mode 0 or 1, or a missing place, is no fix, whatever else it says."""
    found, _ = said(**fields)
    assert (found.mode, found.lat) == (FixMode.NONE, None)


@pytest.mark.parametrize(
    "fields", [{"mode": 9}, {"mode": "3"}, {"mode": True}, {"lat": 91}, {"lon": "x"}, {"time": 5}, {"time": "soon"}]
)
def test_a_wrong_value_is_counted(fields):
    """A value that can't be refuses the report and is counted."""
    found, reader = said(**fields)
    assert found is None
    assert reader.faults == {Fault.VALUE: 1}


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=80)
    | st.dictionaries(
        st.sampled_from(["class", "mode", "time", "lat", "lon", "speed", "track", "eph", "epx"]),
        st.sampled_from(["TPV", "SKY"])
        | st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=30),
    ).map(lambda report: json.dumps(report).encode())
)
def test_any_line_is_taken_without_a_crash(line):
    """Random bytes and random reports never raise, and give a place on earth or none."""
    found = GpsdReader().take(line)
    assert found is None or found.lat is None or (-90 <= found.lat <= 90 and -180 <= found.lon <= 180)


NAMED = ["COM3", "com12", r"\\.\COM10", "/dev/ttyUSB0", "usb", "usb:1546:01a8", "gpsd://127.0.0.1:2947", "gpsd://car"]


@pytest.mark.parametrize("where", NAMED)
def test_ports_of_both_systems_and_gpsd_are_taken(where):
    """Windows and Linux name their ports differently; both are receivers, and so are gpsd and a USB id."""
    assert open_receiver(where).reader.sentences == 0


@pytest.mark.parametrize("where", ["", "COM", "COM1234", "port", "usb:12", "gpsd://car:0", "gpsd://car:99999", "LPT1"])
def test_what_names_no_receiver_is_said(where):
    """Anything else is refused in words, before a process is started."""
    with pytest.raises(BadInput, match=r"receiver|gpsd"):
        open_receiver(where)
