"""Hot lists: entries, the lists that they stand in, and reading a list's lines by a table of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mdt_app.domain.plates import PLATE_LENGTH, match_key, written


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

    `plate` is the plate as the list writes it; NCIC extracts write letter O as zero.
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


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that could not become an entry: its number from 1, and a reason that is counted."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A fixed-width layout: field name -> (start, end), 0-based, end exclusive; whether the first line is a header."""

    name: str
    columns: Mapping[str, tuple[int, int]]
    header: bool
    least: int
    categories: Mapping[str, str]
    """File letter -> category."""


def parse_fixed(
    layout: Layout, lines: Iterable[str], list_id: str, states: Iterable[str]
) -> Iterator[Entry | RefusedLine]:
    """Read a fixed-width list. Each line gives an entry or a RefusedLine; a header and blank lines give nothing.

    `states` are the known codes of issuing states. A layout's header is a first line that is no entry: some agencies
    cut it off, and then their first entry must not be lost. An entry that stands twice is refused the second time.
    Lines in = entries + refused + header + blank, always.
    """
    known, seen = frozenset(states), set[str]()
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        parsed = _fixed_line(layout, number, text, list_id, known)
        if layout.header and number == 1 and isinstance(parsed, RefusedLine):
            continue
        if isinstance(parsed, Entry):
            if parsed.entry_id in seen:
                parsed = RefusedLine(number, "entry stands twice")
            else:
                seen.add(parsed.entry_id)
        yield parsed


def _fixed_line(layout: Layout, number: int, text: str, list_id: str, states: frozenset[str]) -> Entry | RefusedLine:
    if len(text) < layout.least:
        return RefusedLine(number, "line too short")
    if not text.isascii() or not text.isprintable():
        return RefusedLine(number, "characters that no list may hold")
    cut = {name: text[start:end].strip().upper() for name, (start, end) in layout.columns.items()}
    plate, state = cut["plate"], undo_zero(cut["state"], states)
    category = layout.categories.get(cut["nic"][:1])
    entered_on = _date(cut["entered_on"])
    checks = (
        (not category, "unknown file code"),
        (not plate or len(plate) > PLATE_LENGTH or written(plate) != plate, "plate is not 1 to 10 letters and digits"),
        (state not in states, "unknown state"),
        (bool(cut["entered_on"]) and entered_on is None, "date is not YYYYMMDD"),
    )
    for wrong, reason in checks:
        if wrong:
            return RefusedLine(number, reason)
    vehicle = Vehicle(cut["year"], cut["make"], cut["model"], cut["style"], cut["color"])
    return Entry(
        entry_id=f"{list_id}:{cut['nic'] or number}:{plate}:{state}",
        list_id=list_id,
        category=category or "",
        plate=plate,
        key=match_key(plate),
        state=state,
        plate_year=cut["plate_year"],
        plate_type=cut["plate_type"],
        vehicle=vehicle,
        nic=cut["nic"],
        ori=cut["ori"],
        entered_on=entered_on,
    )


def undo_zero(code: str, known: Iterable[str]) -> str:
    """Return the code with NCIC's zeros turned back into letter O where that makes it a known one (0H -> OH)."""
    letters = code.replace("0", "O")
    return letters if letters in frozenset(known) else code


def _date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 else None
    except ValueError:
        return None
