"""Tells US plates from other text on the road: phone numbers, state names, slogans, dealer frames, badges, signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from devices.recogniser.geometry import LineBox
from devices.recogniser.states import names_a_state

LEAST_CHARACTERS, MOST_CHARACTERS = 5, 8
_MODEL_BADGE = re.compile(r"(F|E|C|K|G|S|SL)?[1-9][05]{2,3}(HD|GT|XL)?|[VI][468]|[24]WD|4X4|AWD|[A-Z]?\d\.?\d?[LT]")
_PHONE = re.compile(r"\(?\d{3}[-.) ]{1,2}\d{3}[-. ]\d{4}|\d{3}-\d{4}|1?-?8\d\d-.*|\d{9,}")
_OTHER_TEXT = re.compile(r"\.(com|net|org)|www|mph|limit|exit|taxi|route|\$|%|@|#\d|\d:\d\d|\d/\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was read: `raw` by the network itself, `text` folded to plate characters."""

    box: LineBox
    raw: str
    text: str
    confidence: float


def _too_short(line: Line) -> bool:
    return len(line.text) < LEAST_CHARACTERS


def _too_long(line: Line) -> bool:
    return len(line.text) > MOST_CHARACTERS


def _shape(line: Line) -> bool:
    """A character on a US plate is a fifth (a box that holds the whole plate) to once as wide as the line is high."""
    return not 0.2 < line.box.w / line.box.h / max(1, len(line.text)) < 1.1


def _no_digit(line: Line) -> bool:
    return not any(c.isdigit() for c in line.text)


def _year(line: Line) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", line.text))


def _date(line: Line) -> bool:
    return bool(re.fullmatch(r"20[0-4]\d[01]\d[0-3]\d", line.text))


def _words(line: Line) -> bool:
    """Lower-case words with at most one character mistaken for a digit: slogans, names, stickers."""
    small = sum(c.islower() and c not in "oil" for c in line.raw)
    return small >= 3 and sum(c.isdigit() for c in line.text) <= 1


REJECTIONS: dict[str, Callable[[Line], bool]] = {
    "too few characters for a plate": _too_short,
    "too many characters for a plate": _too_long,
    "not the shape of a plate's line": _shape,
    "no digit": _no_digit,
    "a year": _year,
    "a date": _date,
    "a phone number": lambda line: bool(_PHONE.fullmatch(line.raw.strip())),
    "a state's name or motto": lambda line: names_a_state(line.raw),
    "a badge": lambda line: bool(_MODEL_BADGE.fullmatch(line.text)),
    "text of a sign or a sticker": lambda line: bool(_OTHER_TEXT.search(line.raw)),
    "words": _words,
    "hardly readable": lambda line: line.confidence < 0.35,
}
"""Why a line is no plate, in the order of asking."""


class UsFilter:
    """Asks the table of rejections and counts each by its reason."""

    def __init__(self) -> None:
        self.rejected: Counter[str] = Counter()

    def passes(self, line: Line) -> bool:
        """Return whether the line can be a US plate; otherwise its first reason is counted."""
        for reason, applies in REJECTIONS.items():
            if applies(line):
                self.rejected[reason] += 1
                return False
        return True


def can_be_plate_line(box: LineBox, width: int, height: int) -> bool:
    """Return whether a found line has a size and slant that a plate's characters can have in a picture this large."""
    aspect = box.w / box.h
    inside = 0 < box.x < width and 0 < box.y < height
    return inside and box.h >= 7 and box.w <= 0.6 * width and 1.3 < aspect < 9 and abs(box.angle) < 30
