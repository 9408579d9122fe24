"""Hours, areas, directions and covert entries: what is known silences, what can't be told never does."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdt_app.domain.commands import RecordRead
from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import HotList
from mdt_app.domain.limits import Limits, Outside, metres_between, outside, require_limits
from mdt_app.domain.match_kinds import MatchKind
from mdt_app.domain.notices import HitRaised
from mdt_app.domain.reads import Pictures, Position
from mdt_app.services.list_blocks import prepared
from mdt_app.sync.list_wire import EntryMessage
from tests.fakes.car import Shift, issued, make_entry, make_read, officer

NOW = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
READ = make_read("4BXR91", "CT", captured_at=NOW)
ZONE = "America/New_York"
HARTFORD = (41.7658, -72.6734)


def at(lat: float, lon: float, age_s: float | None = 1.0):
    return replace(READ, position=Position(lat, lon, age_s))


@pytest.mark.parametrize(
    ("hours", "local", "silent"),
    [
        ("22:00-06:00", "23:30", False),
        ("22:00-06:00", "05:59", False),
        ("22:00-06:00", "06:00", True),
        ("22:00-06:00", "21:59", True),
        ("08:00-17:00", "08:00", False),
        ("08:00-17:00", "17:00", True),
    ],
)
@pytest.mark.parametrize("month", [1, 7])
def test_hours_are_the_places_own_over_midnight_and_over_daylight_time(hours, local, silent, month):
    """They follow the zone's own clock, in winter as in summer."""
    here = datetime.fromisoformat(f"2026-{month:02d}-15T{local}:00").replace(tzinfo=ZoneInfo(ZONE))
    found = outside(Limits(hours=f"{hours} {ZONE}"), READ, "rdoe", here.astimezone(UTC))
    assert found == (Outside.HOURS if silent else None)


@given(st.floats(0, 2 * math.pi), st.integers(200, 50_000), st.floats(0, 2))
def test_an_area_is_a_circle(bearing: float, metres: int, share: float):
    """A place within the circle alerts and one beyond does not, in each direction, up to the rounding of the earth."""
    lat = HARTFORD[0] + math.degrees(metres * share * math.cos(bearing) / 6_371_000)
    across = metres * share * math.sin(bearing) / (6_371_000 * math.cos(math.radians(HARTFORD[0])))
    lon = HARTFORD[1] + math.degrees(across)
    away = metres_between(*HARTFORD, lat, lon)
    assert away == pytest.approx(metres * share, rel=0.02, abs=1)
    area = Limits(area=f"{HARTFORD[0]},{HARTFORD[1]},{metres}")
    assert (outside(area, at(lat, lon), "rdoe", NOW) is Outside.AREA) == (away > metres)


@pytest.mark.parametrize(
    ("direction", "silent"),
    [("N", False), ("ne", False), ("350", False), ("67.5", False), ("90", True), ("S", True), ("nan", False)],
)
def test_a_direction_lets_its_neighbours_pass(direction, silent):
    """The winds beside the named one still count; the others do not; words that name none silence nothing."""
    found = outside(Limits(heading="N"), replace(READ, direction=direction), "rdoe", NOW)
    assert found == (Outside.DIRECTION if silent else None)


@pytest.mark.parametrize(
    "read", [READ, at(0, 0, None), at(0, 0, 500.0), replace(READ, direction="incoming"), replace(READ, direction="")]
)
def test_what_cant_be_told_silences_nothing(read):
    """No position, an old one, no direction: the alert comes."""
    limits = Limits(area=f"{HARTFORD[0]},{HARTFORD[1]},100", heading="N")
    assert outside(limits, read, "rdoe", NOW) is None


@pytest.mark.parametrize(
    "limits",
    [
        Limits(hours="22-06"),
        Limits(hours="22:00-06:00"),
        Limits(hours="22:00-06:00 Nowhere/Land"),
        Limits(hours="25:00-06:00 America/New_York"),
        Limits(area="41,-72"),
        Limits(area="91,-72,100"),
        Limits(heading="UP"),
    ],
)
def test_limits_that_cant_be_understood_are_refused_with_how_they_are_written(limits):
    """Each names the remedy."""
    with pytest.raises(BadInput) as refused:
        require_limits(limits)
    assert refused.value.remedy


def test_limits_travel_with_the_entry_and_change_its_line_only_where_they_are():
    """An entry without limits has the line that it always had, so that lists keep their digests."""
    plain = make_entry("4BXR91", "CT")
    limited = replace(plain, limits=Limits(f"22:00-06:00 {ZONE}", "41.7,-72.6,300", "NE", ("rdoe",)))
    assert b"hours" not in EntryMessage.of(plain).line()
    again = EntryMessage.model_validate_json(EntryMessage.of(limited).line()).to_entry(limited.list_id)
    assert again == limited
    require_limits(limited.limits)


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A car with an officer signed in."""
    car = Shift(tmp_path / "store.db")
    car.do(issued(officer(), at=car.clock.now()))
    car.sign_in()
    yield car
    car.core.stop()


def hits(shift: Shift, limits: Limits, **changes) -> int:
    """How many hits a read of an entry with these limits raises."""
    entry = replace(make_entry("4BXR91", "CT"), limits=limits)
    known = HotList("ncic", "NCIC", "NCIC", shift.clock.now() - timedelta(hours=1), 1, "0" * 64)
    shift.do(prepared(known, (entry,)))
    read = replace(make_read("4BXR91", "CT", captured_at=shift.clock.now()), **changes)
    shift.do(RecordRead(read, Pictures(b"x", b"y")))
    return sum(raised.hit.match.kind is MatchKind.EXACT for raised in shift.said(HitRaised))


def reasons(shift: Shift) -> list[str]:
    reader = shift.store.reader()
    try:
        rows = reader.trail.rows(reader.trail.head())
        return [json.loads(row.body)["reason"] for row in rows if "not_alerted" in row.kind]
    finally:
        reader.close()


def test_a_covert_entry_alerts_the_people_named_and_nobody_else(shift: Shift):
    """For another officer there is no hit; that there was a match is on record with its reason."""
    assert hits(shift, Limits(alert_only=("someone",))) == 0
    assert reasons(shift) == ["covert"]
    shift.clock.advance(minutes=20)
    assert hits(shift, Limits(alert_only=("RDoe",))) == 1


def test_an_entry_outside_its_area_is_silent_here_and_on_record(shift: Shift):
    """Forty kilometres off nothing alerts; at the place it does."""
    limits = Limits(area=f"{HARTFORD[0]},{HARTFORD[1]},3000")
    assert hits(shift, limits, position=Position(41.3083, -72.9279, 1.0)) == 0
    assert reasons(shift) == ["outside_area"]
    shift.clock.advance(minutes=20)
    assert hits(shift, limits, position=Position(*HARTFORD, 1.0)) == 1
