"""Hot lists: entries, the lists that they stand in, and what becomes of each line of a list's file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from mdt_app.domain.limits import NO_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The vehicle as the entry describes it: NCIC codes (VYR, VMA, VMO, VST, VCO). Empty: the entry does not say."""

    year: str = ""
    make: str = ""
    model: str = ""
    style: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one list. `category` names a row of the alert table; `state` is NCIC's LIS, empty when unknown.

    `plate` is the plate as the list writes it; NCIC extracts write letter O as zero. Where only a part of the plate
    is known, `pattern` holds it with ? for one character and * for any number, and `plate` the known characters.
    `words` are the list's own for a category that the alert table has no row for. `limits`: where, when and for whom
    it alerts.
    """

    entry_id: str
    list_id: str
    category: str
    plate: str
    key: str
    state: str
    plate_year: str = ""
    plate_type: str = ""
    vehicle: Vehicle = Vehicle()
    nic: str = ""
    ori: str = ""
    entered_on: date | None = None
    expires_at: datetime | None = None
    cautions: tuple[str, ...] = ()
    pattern: str = ""
    words: str = ""
    limits: Limits = NO_LIMITS


class EntryLine(NamedTuple):
    """An entry as it travels and is kept: its canonical line, which says all of it, and what matching needs at once.

    A tuple, which is made ten times as fast as an Entry: lists have millions, and most are never looked at.
    """

    list_id: str
    entry_id: str
    category: str
    plate: str
    key: str
    state: str
    pattern: str
    line: bytes


class RemovedEntry(NamedTuple):
    """An entry that is taken out of its list: as much of it as finds it."""

    list_id: str
    entry_id: str
    key: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class FalseHit:
    """A plate whose hits were wrong before, as a dispute found (docs/disputes.md): shown with an alert, never hides it.

    It holds for this plate and state until `expires_at` (UTC); `evidence` is what the decision rests on, in words.
    """

    dispute_id: str
    plate: str
    state: str
    evidence: str
    since: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HotList:
    """A list as a whole: where it comes from, when its extract was made (UTC), and what proves it complete."""

    list_id: str
    name: str
    source: str
    extracted_at: datetime
    count: int
    sha256: str
    version: int = 1


class ReadyEntries(Protocol):
    """Entries in the form that the store takes, or that finds them there."""

    @property
    def count(self) -> int:
        """How many entries."""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that could not become an entry: its number from 1, and a reason that is counted."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class PassedLine:
    """A line that is no entry and need not be one: `what` is header, footer, blank or prompt."""

    number: int
    what: str


def undo_zero(code: str, known: Iterable[str]) -> str:
    """Return the code with NCIC's zeros turned back into letter O where that makes it a known one (0H -> OH)."""
    letters = code.replace("0", "O")
    return letters if letters in frozenset(known) else code
