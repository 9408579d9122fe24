"""The values of an event: each taken only when it can be what its field says, else Unclear or Rejected."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from devices.feeds.outcomes import Reason, Rejected
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Box

PLATE_MOST = 20
"""Characters in a plate's text with its blanks and marks; NCIC's own hold ten at most."""
TEXT_MOST = 80
PICTURE_MOST = 4 * 1024 * 1024
CANDIDATES_MOST = 20
_PIXELS_MOST = 100_000
_YEARS = range(2000, 2100)
_JPEG = b"\xff\xd8\xff"
_EPOCH_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0.0, 1.0))
"""From this size on, so many of it are a second: nano-, micro- and milliseconds, seconds."""


class Unclear(ValueError):
    """A value that is there and can't be what its field says."""


def text(value: object) -> str:
    """Return a short printable text. A number is taken as its digits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unclear
    words = str(value).strip()
    if not words or len(words) > TEXT_MOST or not words.isprintable() or not _encodable(words):
        raise Unclear
    return words


def plate(value: object, none_of: Sequence[str]) -> str:
    """Return the plate's text as it was sent. `none_of` are the words for 'no plate'. Raises Rejected."""
    if value is None:
        raise Rejected(Reason.NO_PLATE)
    try:
        raw = text(value)
    except Unclear:
        raise Rejected(Reason.PLATE_TEXT) from None
    if raw.lower() in none_of:
        raise Rejected(Reason.NO_PLATE)
    if len(raw) > PLATE_MOST or not match_key(raw):
        raise Rejected(Reason.PLATE_TEXT)
    return raw


def moment(value: object, form: str) -> datetime:
    """Return a time in UTC: epoch seconds, milli-, micro- or nanoseconds, or ISO 8601 with its zone.

    form 'utc': a time without a zone is UTC, and a date may be written yyyy:MM:dd. Raises Rejected.
    """
    if value is None:
        raise Rejected(Reason.NO_TIME)
    try:
        found = _epoch(number(value)) if _is_number(value) else _iso(text(value), form)
    except (Unclear, ValueError, OverflowError, OSError):
        raise Rejected(Reason.TIME) from None
    if found.tzinfo is None:
        raise Rejected(Reason.TIME_ZONE)
    try:
        found = found.astimezone(UTC)
    except (OverflowError, ValueError):
        raise Rejected(Reason.TIME) from None
    if found.year not in _YEARS:
        raise Rejected(Reason.TIME)
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and bool(re.fullmatch(r"\d+(\.\d+)?", value)))


def _epoch(value: float) -> datetime:
    unit = next(unit for least, unit in _EPOCH_UNITS if value >= least or least == 0.0)
    return datetime.fromtimestamp(value / unit, UTC)


def _iso(words: str, form: str) -> datetime:
    if form == "utc":
        words = re.sub(r"^(\d{4}):(\d\d):(\d\d)", r"\1-\2-\3", words)
    found = datetime.fromisoformat(words)
    return found.replace(tzinfo=UTC) if form == "utc" and found.tzinfo is None else found


def number(value: object) -> float:
    """Return a finite number, also from its digits as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unclear
    try:
        found = float(value)
    except (ValueError, OverflowError):
        raise Unclear from None
    if not math.isfinite(found):
        raise Unclear
    return found


def confidence(value: object, form: str) -> float | None:
    """Return a confidence from 0 to 1; form 'percent' is from 0 to 100. A negative one means 'not known'."""
    found = number(value)
    if found < 0:
        return None
    found = found / 100 if form == "percent" else found
    if found > 1:
        raise Unclear
    return round(found, 6)


def degrees(value: object, most: float) -> float:
    """Return a latitude (`most` 90) or longitude (180)."""
    found = number(value)
    if abs(found) > most:
        raise Unclear
    return found


def candidates(value: object, raw: str) -> tuple[str, ...]:
    """Return the other plates that it could be, the likeliest first; each a text, or an object with `plate`."""
    rows = value if isinstance(value, list) else [value]
    texts = [text(row.get("plate") if isinstance(row, dict) else row) for row in rows[:CANDIDATES_MOST]]
    return tuple(dict.fromkeys(one for one in texts if one != raw and len(one) <= PLATE_MOST))


def _corners(value: object) -> tuple[float, float, float, float]:
    if not isinstance(value, list) or len(value) < 3 or not all(isinstance(point, dict) for point in value):
        raise Unclear
    across, down = [number(p.get("x")) for p in value], [number(p.get("y")) for p in value]
    return min(across), min(down), max(across) - min(across), max(down) - min(down)


def _minmax(value: object) -> tuple[float, float, float, float]:
    if not isinstance(value, dict):
        raise Unclear
    left, top, right, bottom = (number(value.get(name)) for name in ("xmin", "ymin", "xmax", "ymax"))
    return left, top, right - left, bottom - top


def _xywh(value: object) -> tuple[float, float, float, float]:
    """Four numbers as a list, or as one text with commas or blanks between them."""
    parts = re.split(r"\s*,\s*|\s+", value.strip()) if isinstance(value, str) else value
    if not isinstance(parts, list) or len(parts) != 4:
        raise Unclear
    left, top, width, height = (number(one) for one in parts)
    return left, top, width, height


_BOXES: Mapping[str, Callable[[object], tuple[float, float, float, float]]] = {
    "corners": _corners,
    "minmax": _minmax,
    "xywh": _xywh,
}


def box(value: object, form: str) -> Box:
    """Return a rectangle in pixels. A corner that lies a little outside of the picture is drawn in."""
    left, top, width, height = _BOXES[form](value)
    if not (0 < width <= _PIXELS_MOST and 0 < height <= _PIXELS_MOST):
        raise Unclear
    if not (-width < left <= _PIXELS_MOST and -height < top <= _PIXELS_MOST):
        raise Unclear
    return Box(max(0, round(left)), max(0, round(top)), max(1, round(width)), max(1, round(height)))


def picture(value: object) -> bytes:
    """Return a JPEG from its base64 text."""
    if not isinstance(value, str) or len(value) > PICTURE_MOST * 4 // 3 + 4:
        raise Unclear
    try:
        return jpeg(base64.b64decode("".join(value.split()), validate=True))
    except (binascii.Error, ValueError):
        raise Unclear from None


def jpeg(data: bytes) -> bytes:
    """Return the bytes when they begin as a JPEG does and are not too many."""
    if not data.startswith(_JPEG) or len(data) > PICTURE_MOST:
        raise Unclear
    return data


def _encodable(words: str) -> bool:
    """A lone surrogate, which JSON can carry, can be stored nowhere."""
    return not any("\ud800" <= character <= "\udfff" for character in words)
