"""NMEA as it comes from receivers: checked, put together, and never believed beyond what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.position.fixes import FixMaker, Sighting
from devices.position.nmea import Fault, NmeaReader
from mdt_app.domain.position import LIVE_S, FixMode, LastFix, PositionFix
from tests.fakes.receivers import NOON, burst, sentence


def sightings(data: bytes) -> tuple[list[Sighting], NmeaReader]:
    reader = NmeaReader()
    found = [said for line in data.split(b"\n") if line.strip() and (said := reader.take(line))]
    last = reader.flush()
    return [*found, *([last] if last else [])], reader


@pytest.mark.parametrize("talker", ["GP", "GN", "GL", "GA", "BD", "QZ"])
def test_any_talker_gives_one_fix_a_moment(talker):
    """RMC, VTG, GGA and GSA of one moment are one fix in metres a second and degrees, of any satellite system."""
    data = burst(NOON, talker=talker) + burst(NOON + timedelta(seconds=1), talker=talker)
    (first, second), reader = sightings(data)
    assert (first.time, second.time) == (NOON, NOON + timedelta(seconds=1))
    assert (first.lat, first.lon) == (pytest.approx(41.7012, abs=1e-5), pytest.approx(-72.6081, abs=1e-5))
    assert first.speed_mps == pytest.approx(22.4 * 1852 / 3600, abs=1e-3)
    assert (first.course, first.mode, first.accuracy_m) == (84.4, FixMode.THREE_D, 4.5)
    assert reader.sentences == 8
    assert not reader.faults


ALONE = [
    (sentence("GPRMC,120000,A,4142.072,N,07236.486,W,0.0,,221126,,,A"), NOON, FixMode.TWO_D),
    (sentence("GNGGA,120000.00,4142.072,N,07236.486,W,2,09,0.8,12.0,M,,M,,"), None, FixMode.THREE_D),
    (sentence("GNGGA,120000.00,4142.072,N,07236.486,W,1,03,4.0,,M,,M,,"), None, FixMode.TWO_D),
    (b"noise" + sentence("GPRMC,120000,A,4142.072,N,07236.486,W,0.0,,221126,,"), NOON, FixMode.TWO_D),
]


@pytest.mark.parametrize(("data", "time", "mode"), ALONE)
def test_a_sentence_alone_says_what_it_says(data, time, mode):
    """RMC alone is a fix with time, GGA alone one without a date: its time is unknown, not guessed."""
    (said,), _ = sightings(data)
    assert (said.time, said.mode) == (time, mode)


NO_FIX = [
    burst(NOON, valid=False),
    sentence("GPRMC,120000,V,4142.072,N,07236.486,W,0.0,,221126,,,N"),
    sentence("GPRMC,,V,,,,,,,,,,N"),
    sentence("GPRMC,120000,A,4142.072,N,07236.486,W,0.0,,221126,,,E"),
    sentence("GPRMC,120000,A,4142.072,N,07236.486,W,0.0,,221126,,,S"),
    sentence("GPGGA,120000,4142.072,N,07236.486,W,0,00,,,M,,M,,"),
    sentence("GPGGA,120000,4142.072,N,07236.486,W,8,08,1.0,1.0,M,,M,,"),
    sentence("GPRMC,120000,A,4142.072,N,07236.486,W,0,,221126,,,A") + sentence("GPGGA,120000,,,,,0,00,,,M,,M,,"),
    burst(NOON).replace(sentence("GPGSA,A,3,04,05,09,12,,,,,,,,,2.5,0.9,2.1"), b"")
    + sentence("GPGSA,A,1,,,,,,,,,,,,,,,"),
]


@pytest.mark.parametrize("data", NO_FIX)
def test_what_one_sentence_denies_is_no_fix(data):
    """Void, estimated, simulated, or contradicted by another sentence of the moment: no place is given."""
    (said,), _ = sightings(data)
    assert (said.mode, said.lat, said.lon) == (FixMode.NONE, None, None)


FAULTY = [
    (b"$GPRMC,120000,A,4142.072,N,07236.486,W,0.0,,221126,,,A*00", Fault.CHECKSUM),
    (b"$GPRMC,120000,A,4142.072,N,07236.486,W,0.0,,221126,,,A", Fault.NOT_NMEA),
    (b"\x00\xff\x80", Fault.NOT_NMEA),
    (b"$" + b"A" * 400, Fault.NOT_NMEA),
    (sentence("GPRMC,120000,A,4160.000,N,07236.486,W,0.0,,221126,,,A"), Fault.VALUE),
    (sentence("GPRMC,120000,A,9542.072,N,07236.486,W,0.0,,221126,,,A"), Fault.VALUE),
    (sentence("GPRMC,120000,A,0000.000,N,00000.000,W,0.0,,221126,,,A"), Fault.VALUE),
    (sentence("GPRMC,120000,A,4142.072,X,07236.486,W,0.0,,221126,,,A"), Fault.VALUE),
    (sentence("GPRMC,256199,A,4142.072,N,07236.486,W,0.0,,221126,,,A"), Fault.VALUE),
    (sentence("GPRMC,120000,A,4142.072,N,07236.486,W,fast,,221126,,,A"), Fault.VALUE),
]


@pytest.mark.parametrize(("line", "fault"), FAULTY)
def test_a_bad_sentence_is_counted_and_gives_no_place(line, fault):
    """Without a checksum, with a wrong one, or with what is no place on earth: counted, and no fix."""
    found, reader = sightings(line)
    assert reader.faults == {fault: 1}
    assert not any(said.lat for said in found if said.mode >= FixMode.TWO_D)


def test_a_receiver_that_repeats_one_moment_gives_one_fix():
    """A hung receiver says the same moment for ever: it is one fix, which then grows old."""
    found, reader = sightings(burst(NOON) * 20)
    assert len(found) == 1
    assert reader.faults[Fault.REPEATED] == 38


def test_void_words_without_a_time_do_not_spoil_the_next_fix():
    """After a run of empty RMC the first moment with a place is a fix."""
    found, _ = sightings(sentence("GPRMC,,V,,,,,,,,,,N") * 3 + burst(NOON))
    assert [said.mode for said in found] == [FixMode.NONE] * 3 + [FixMode.THREE_D]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=120) | st.sampled_from(burst(NOON).splitlines()), max_size=12))
def test_any_bytes_are_taken_without_a_crash(rows):
    """Noise between, inside or instead of sentences never raises, and gives no place outside the earth."""
    found, _ = sightings(b"\n".join(rows))
    assert all(said.lat is None or (-90 <= said.lat <= 90 and -180 <= said.lon <= 180) for said in found)


FIELDS = st.sampled_from(["", "A", "V", "N", "W", "4142.072", "07236.486", "120000", "221126", "-1", "1e9", "nan", "8"])


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(["RMC", "GGA", "VTG", "GSA", "XXX"]), st.lists(FIELDS | st.text("0123456789.-AV", max_size=9)))
def test_well_summed_nonsense_is_no_place_outside_the_earth(kind, fields):
    """Sentences with a right checksum and any content give a place on earth or none."""
    found, _ = sightings(sentence(",".join([f"GP{kind}", *fields])))
    assert all(said.lat is None or (-90 <= said.lat <= 90 and -180 <= said.lon <= 180) for said in found)


def at(seconds: float, lat: float, lon: float = -72.6) -> Sighting:
    return Sighting(seconds, NOON + timedelta(seconds=seconds), FixMode.THREE_D, lat, lon)


def test_a_jump_that_no_car_makes_is_not_believed():
    """One fix 50 km away is no place; the next one at home is believed again."""
    maker = FixMaker("gps", clock=lambda: 0.0)
    fixes = [maker.make(one) for one in (at(0, 41.7), at(1, 42.2), at(2, 41.7002))]
    assert [fix.held for fix in fixes] == [True, False, True]
    assert fixes[1].lat is None
    assert maker.wild == 1


def test_a_new_place_is_believed_once_it_lasts():
    """After a ferry, or a wrong first fix, five fixes that agree are believed."""
    maker = FixMaker("gps", clock=lambda: 0.0)
    fixes = [maker.make(one) for one in [at(0, 41.7), *(at(n, 42.2) for n in range(1, 7))]]
    assert [fix.held for fix in fixes] == [True, False, False, False, False, True, True]


def test_the_clocks_difference_is_noted_and_steady_only_when_fixes_agree():
    """A receiver an hour ahead is noted after its first word, and called steady after five that agree."""
    maker = FixMaker("gps", clock=lambda: 100.0, now=lambda: NOON)
    ahead = [Sighting(100.0, NOON + timedelta(hours=1, seconds=n * 0.1), FixMode.TWO_D, 41.7, -72.6) for n in range(5)]
    fixes = [maker.make(one) for one in ahead]
    assert fixes[0].clock_offset_s == 3600
    assert [fix.clock_steady for fix in fixes] == [False] * 4 + [True]
    wild = maker.make(Sighting(100.0, datetime(2007, 4, 8, tzinfo=UTC), FixMode.TWO_D, 41.7, -72.6))
    assert not wild.clock_steady
    assert wild.clock_offset_s == pytest.approx(3600, abs=1)


def test_the_last_fix_is_never_live():
    """A fix is live while it is fresh; lost or old it keeps its place and its age, and is not live."""
    last = LastFix()
    assert last.at(0) is None
    assert last.position(0) is None
    last.hear(PositionFix("gps", NOON, 41.7, -72.6, mode=FixMode.TWO_D, age_s=0.2), 10.0)
    assert (last.at(10.5).live, last.at(10.5).age_s) == (True, pytest.approx(0.7))
    assert last.at(10.1 + LIVE_S).live is False
    last.hear(PositionFix("gps", None, mode=FixMode.NONE), 11.0)
    assert (last.at(11.0).live, last.at(71.0).age_s) == (False, pytest.approx(61.2))
    assert last.position(71.0).age_s == pytest.approx(61.2)
    last.hear(PositionFix("gps", NOON, 41.8, -72.6, mode=FixMode.TWO_D), 72.0)
    assert last.at(72.0).live
