"""Where, when and for whom an entry alerts: hours, an area, a direction, the people of a covert entry.

What can't be told (no position, no direction, an old fix) never silences an alert; only what is known does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mdt_app.domain.errors import BadInput
from mdt_app.domain.reads import Read

FIX_OLD_S = 120.0
"""A place that is older says little about where a moving car saw the plate."""
_EARTH_M = 6_371_000.0
_HALF_SECTOR = 67.5
"""Degrees either side of a named direction: a neighbour on the compass rose still counts."""
COMPASS = {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0}
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d) (\S+)")
_AREA_AS = "Write it as latitude,longitude,radius: 41.7658,-72.6734,2 mi, or in metres without a unit."
_AREA = re.compile(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?),(\d{1,6})")


class Outside(StrEnum):
    """Why an entry that a read matches raises no alert here, now, or for this person."""

    HOURS = "outside_hours"
    AREA = "outside_area"
    DIRECTION = "other_direction"
    COVERT = "covert"


@dataclass(frozen=True, slots=True)
class Limits:
    """An entry's limits; empty ones limit nothing.

    hours: '22:00-06:00 America/New_York', over midnight too. area: 'lat,lon,metres', a circle. heading: where the
    vehicle goes, one of the eight winds. alert_only: the user ids whom a covert entry alerts, and nobody else.
    """

    hours: str = ""
    area: str = ""
    heading: str = ""
    alert_only: tuple[str, ...] = ()


NO_LIMITS = Limits()


def require_limits(limits: Limits) -> None:
    """Raise BadInput, naming how it is written, for limits that can't be understood."""
    _hours(limits.hours)
    _area(limits.area)
    if limits.heading and limits.heading not in COMPASS:
        raise BadInput("The direction is none.", f"Write one of {', '.join(COMPASS)}.")


def outside(limits: Limits, read: Read, user_id: str, now: datetime) -> Outside | None:
    """Say why this read raises no alert for this person at `now` (UTC), None when it does."""
    return next(_reasons(limits, read, user_id, now), None)


def _reasons(limits: Limits, read: Read, user_id: str, now: datetime) -> Iterator[Outside]:
    if limits.alert_only and user_id.casefold() not in map(str.casefold, limits.alert_only):
        yield Outside.COVERT
    if limits.hours and not _open(limits.hours, now):
        yield Outside.HOURS
    if limits.area and _away(limits.area, read):
        yield Outside.AREA
    if limits.heading and _goes_elsewhere(limits.heading, read.direction):
        yield Outside.DIRECTION


def _hours(text: str) -> tuple[time, time, ZoneInfo] | None:
    if not text:
        return None
    found = _HOURS.fullmatch(text)
    try:
        zone = ZoneInfo(found[5]) if found else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    if found is None or zone is None:
        raise BadInput("The hours can't be understood.", "Write them as 22:00-06:00 America/New_York.")
    return time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])), zone


def _open(text: str, now: datetime) -> bool:
    known = _hours(text)
    if known is None:
        return True
    first, end, zone = known
    here = now.astimezone(zone).time()
    return first <= here < end if first <= end else here >= first or here < end


def _area(text: str) -> tuple[float, float, float] | None:
    if not text:
        return None
    found = _AREA.fullmatch(text)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise BadInput("The area can't be understood.", _AREA_AS)
    return float(found[1]), float(found[2]), float(found[3])


def _away(text: str, read: Read) -> bool:
    known, place = _area(text), read.position
    if known is None or place is None or place.age_s is None or place.age_s > FIX_OLD_S:
        return False
    lat, lon, metres = known
    return metres_between(lat, lon, place.lat, place.lon) > metres


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way over the ground between two places in degrees, in metres (haversine)."""
    up, across = math.radians(other_lat - lat) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(up) ** 2 + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(across) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(chord)))


def _goes_elsewhere(heading: str, direction: str | None) -> bool:
    """Only a direction in degrees or one of the winds is understood; a reader's own words ('incoming') are not."""
    if not direction:
        return False
    said = COMPASS.get(direction.upper())
    if said is None:
        try:
            said = float(direction)
        except ValueError:
            return False
    if not math.isfinite(said):
        return False
    return abs((said - COMPASS[heading] + 180) % 360 - 180) > _HALF_SECTOR
