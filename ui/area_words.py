"""An entry's area as people here write and read it, in miles or feet; it is kept and sent in metres."""

from __future__ import annotations

import re

from ui.shift_map import FEET_A_MILE, in_us_units

EXAMPLE = "41.7658,-72.6734,2 mi"
_METRES_A_FOOT = 0.3048
_FEET = {"mi": FEET_A_MILE, "ft": 1}
_TYPED = re.compile(r"(.*,)\s*(\d+(?:\.\d+)?)\s*(mi|ft)", re.IGNORECASE)


def kept(typed: str) -> str:
    """'41.7658,-72.6734,2 mi' as 'latitude,longitude,metres'. What names no unit is in metres and stays as it is."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return typed
    metres = float(found[2]) * _FEET[found[3].lower()] * _METRES_A_FOOT
    return f"{found[1].replace(' ', '')}{metres:.0f}"


def told(area: str) -> str:
    """The area with its radius in miles or feet, rounded to read."""
    place, comma, metres = area.rpartition(",")
    if not metres.isdigit():
        return area
    return f"{place}{comma}{in_us_units(int(metres) / _METRES_A_FOOT)}"


def to_edit(area: str) -> str:
    """The area as it would be typed; in metres where miles or feet would not come out the same again."""
    return told(area) if kept(told(area)) == area else area
