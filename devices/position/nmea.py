"""NMEA 0183: sentences checked, those of one moment put together to a fix. RMC, GGA, VTG and GSA of any talker."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from enum import StrEnum
from typing import Any

import pynmea2

from devices.position.fixes import Sighting
from mdt_app.domain.position import FixMode

LINE_MOST = 256
"""The standard allows 82 characters; receivers exceed it a little."""
KNOT_MPS = 1852 / 3600
RANGE_ERROR_M = 5.0
"""One unit of HDOP in metres for a usual receiver: an estimate, because NMEA has no accuracy of its own."""
_SENTENCE = re.compile(rb"\$([A-Z0-9]{5}),[\x20-\x7e]*\*[0-9A-Fa-f]{2}")
_ARC_MINUTES = 60
_MEASURED = frozenset("ADFPR")
"""RMC's mode: autonomous, differential, float, precise, real time. Estimated, manual and simulated are no fix."""
_GGA_MEASURED = frozenset({1, 2, 3, 4, 5})


class Fault(StrEnum):
    """Why a sentence was refused."""

    NOT_NMEA = "not_nmea"
    CHECKSUM = "checksum"
    VALUE = "value"
    REPEATED = "repeated"


@dataclass(slots=True)
class _Moment:
    """What the sentences of one moment say. `valid` is False as soon as one of them denies the fix."""

    began_s: float
    at: time_of_day | None = None
    day: date | None = None
    valid: bool | None = None
    lat: float | None = None
    lon: float | None = None
    speed_mps: float | None = None
    course: float | None = None
    hdop: float | None = None
    dimensions: FixMode = FixMode.UNKNOWN
    gsa: FixMode = FixMode.UNKNOWN
    told: set[str] = field(default_factory=set)

    def sighting(self) -> Sighting:
        """Put together; without a date, which only RMC has, the time is unknown."""
        moment = datetime.combine(self.day, self.at, UTC) if self.day and self.at is not None else None
        if not self.valid or self.lat is None or self.lon is None or self.gsa is FixMode.NONE:
            return Sighting(self.began_s, moment, FixMode.NONE)
        mode = max(FixMode.TWO_D, self.gsa or self.dimensions)
        accuracy_m = round(self.hdop * RANGE_ERROR_M, 1) if self.hdop else None
        return Sighting(self.began_s, moment, mode, self.lat, self.lon, self.speed_mps, self.course, accuracy_m)


class NmeaReader:
    """Takes lines and gives the moments they tell of, each once. Never raises for what was received.

    A receiver that repeats one moment for ever, as a hung one does, gives nothing: its fix grows old.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._now = _Moment(clock())
        self._last: time_of_day | None = None
        self.sentences = 0
        self.faults: Counter[Fault] = Counter()

    def take(self, line: bytes) -> Sighting | None:
        """Take a line; return the moment before, when this line begins a new one."""
        name, sentence = self._parse(line)
        if sentence is None or name not in _FIELDS:
            return None
        done: Sighting | None = None
        try:
            if name in _TIMED:
                at, told = _time_of(sentence), self._now.told & _TIMED
                if told and (name in told or at != self._now.at):
                    done = self.flush()
                if at is not None and at == self._last:
                    self.faults[Fault.REPEATED] += 1
                    return done
                self._now.at = at
            self._now.began_s = self._now.began_s if self._now.told else self._clock()
            # A sentence counts whole or not at all: a copy is what a wrong value may spoil.
            trial = replace(self._now, told={*self._now.told, name})
            _FIELDS[name](trial, sentence)
            self._now = trial
        except (ValueError, TypeError, AttributeError, IndexError, OverflowError):
            self.faults[Fault.VALUE] += 1
        return done

    def flush(self) -> Sighting | None:
        """The burst is over: return its moment, None when it told of none."""
        done, self._now = self._now, _Moment(self._clock())
        if done.at is None and done.valid is None:
            return None
        self._last = done.at or self._last
        return done.sighting()

    def _parse(self, line: bytes) -> tuple[str, Any]:
        text = line.strip()
        found = _SENTENCE.fullmatch(text[text.rfind(b"$") :]) if len(text) <= LINE_MOST else None
        if found is None:
            self.faults[Fault.NOT_NMEA] += 1
            return "", None
        name = found.group(1)[2:].decode("ascii")
        try:
            sentence = pynmea2.parse(found.group().decode("ascii"), check=True)
        except pynmea2.ChecksumError:
            self.faults[Fault.CHECKSUM] += 1
            return name, None
        except (pynmea2.ParseError, ValueError, TypeError, AttributeError, IndexError):
            self.faults[Fault.NOT_NMEA] += 1
            return name, None
        self.sentences += 1
        return name, sentence


def _time_of(sentence: Any) -> time_of_day | None:
    """The time of day; None for an empty field. Raises TypeError for one that is none."""
    found = sentence.timestamp
    if found in (None, ""):
        return None
    if not isinstance(found, time_of_day):
        raise TypeError
    return found.replace(tzinfo=None)


def _number(value: Any, least: float = -math.inf, most: float = math.inf) -> float | None:
    """Return a number within bounds, None for an empty field. Raises ValueError for anything else."""
    if value in (None, ""):
        return None
    found = float(value)
    if not math.isfinite(found) or not least <= found <= most:
        raise ValueError
    return found


def _place(now: _Moment, sentence: Any) -> None:
    """Take latitude and longitude. Raises ValueError when they are no place on earth."""
    if sentence.lat_dir not in ("N", "S") or sentence.lon_dir not in ("E", "W"):
        raise ValueError
    if any((_number(told) or 0.0) % 100 >= _ARC_MINUTES for told in (sentence.lat, sentence.lon)):
        raise ValueError
    lat, lon = _number(sentence.latitude, -90, 90), _number(sentence.longitude, -180, 180)
    if lat == 0 and lon == 0:
        raise ValueError  # what receivers say that know nothing
    now.lat, now.lon = lat, lon


def _rmc(now: _Moment, sentence: Any) -> None:
    mode = sentence.data[11] if len(sentence.data) > 11 else "A"
    if sentence.status != "A" or (mode and mode not in _MEASURED):
        now.valid = False
    else:
        _place(now, sentence)
        now.valid = now.valid is not False
        speed = _number(sentence.spd_over_grnd, 0, 2000)
        now.speed_mps = round(speed * KNOT_MPS, 3) if speed is not None else now.speed_mps
        course = _number(sentence.true_course, 0, 360)
        now.course = course if course is not None else now.course
    now.day = sentence.datestamp if isinstance(sentence.datestamp, date) else None


def _gga(now: _Moment, sentence: Any) -> None:
    quality = _number(sentence.gps_qual, 0, 9)
    if quality is None or int(quality) not in _GGA_MEASURED:
        now.valid = False
        return
    _place(now, sentence)
    now.valid = now.valid is not False
    now.hdop = _number(sentence.horizontal_dil, 0, 100)
    satellites = _number(sentence.num_sats, 0, 200)
    solid = _number(sentence.altitude) is not None and (satellites is None or satellites >= 4)
    now.dimensions = FixMode.THREE_D if solid else FixMode.TWO_D


def _vtg(now: _Moment, sentence: Any) -> None:
    if now.speed_mps is None:
        knots = _number(sentence.spd_over_grnd_kts, 0, 2000)
        now.speed_mps = round(knots * KNOT_MPS, 3) if knots is not None else None
    if now.course is None:
        now.course = _number(sentence.true_track, 0, 360)


def _gsa(now: _Moment, sentence: Any) -> None:
    found = _number(sentence.mode_fix_type, 1, 3)
    # Receivers of several systems send a GSA for each: the best one counts.
    now.gsa = max(now.gsa, FixMode(int(found))) if found is not None else now.gsa


_TIMED = frozenset({"RMC", "GGA"})
_FIELDS: Mapping[str, Callable[[_Moment, Any], None]] = {"RMC": _rmc, "GGA": _gga, "VTG": _vtg, "GSA": _gsa}
