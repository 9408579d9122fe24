"""What a search can ask of a bulk read, as columns: plate from both ends, state, camera, vehicle, place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from mdt_app.domain.plates import match_key
from mdt_app.services.code_tables import CodeTables, load_code_tables

_PLATE_MOST, _WORD_MOST = 20, 40


def seen_columns(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a read's record; what is missing or makes no sense is empty, and None for a place."""
    plate = match_key(str(body.get("plate") or ""))[:_PLATE_MOST]
    seen = body.get("vehicle")
    vehicle: Mapping[str, Any] = seen if isinstance(seen, Mapping) else {}
    lat, lon = _place(body.get("place"))
    return {
        "plate": plate,
        "backwards": plate[::-1],
        "state": _word(body.get("state"))[:2].upper(),
        "camera": _word(body.get("camera")),
        **{name: folded(name, _word(vehicle.get(name))) for name in ("color", "make", "body")},
        "lat": lat,
        "lon": lon,
    }


def folded(name: str, said: str) -> str:
    """A vehicle's color, make or body in one form, whether it was said as NCIC's code or in words: 'BLK' -> 'black'."""
    codes = _codes()
    words = {"color": codes.color, "make": codes.make, "body": codes.style}[name]
    return words(said).casefold()[:_WORD_MOST] if said else ""


@cache
def _codes() -> CodeTables:
    return load_code_tables()


def _word(value: Any) -> str:
    """Fit for a column: PostgreSQL takes no NUL."""
    return str(value).replace("\x00", "").strip()[:_WORD_MOST] if isinstance(value, str) else ""


def _place(value: Any) -> tuple[float | None, float | None]:
    match value:
        case [int() | float() as lat, int() | float() as lon]:
            fits = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180
            return (float(lat), float(lon)) if fits else (None, None)
    return None, None
