"""Searching the car's own reads: what is asked and for what purpose, then what was found; first the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mdt_app.domain.errors import Refused
from mdt_app.domain.plates import match_key
from mdt_app.domain.reads import Read

FOUND_MOST = 100
LEAST_CHARACTERS = 2
"""Fewer characters of a plate would not be a question but a look at everybody."""
WILD = "?*"


@dataclass(frozen=True, slots=True)
class SearchReads:
    """Search the car's own reads by a plate or a part of it, over so many hours back, for this purpose and reason.

    `plate`: letters and digits; '?' stands for one character, '*' for any number of them.
    """

    search_id: str
    plate: str
    hours: int
    purpose: str
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SearchRecorded:
    """The search is on record: only now may its results be read. `pattern` is what keys are held against."""

    search_id: str
    pattern: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What the search found, the newest first. `more`: there are more than FOUND_MOST."""

    search_id: str
    reads: tuple[Read, ...] = field(repr=False)
    more: bool = False


def pattern_of(plate: str) -> str:
    """Return the pattern of match keys. Raises Refused where too little of a plate is given."""
    pattern = "".join(c if c in WILD else match_key(c) for c in plate)
    if sum(c not in WILD for c in pattern) < LEAST_CHARACTERS:
        words, remedy = "This search is too wide.", "Give at least two characters of the plate."
        raise Refused("search_too_wide", words, remedy)
    return pattern
