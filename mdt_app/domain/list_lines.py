"""Reading a hot list line by line: each becomes an entry, a refusal with its reason, or is passed as no entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from sys import intern

from mdt_app.domain.errors import BadInput
from mdt_app.domain.fingerprints import Fingerprints
from mdt_app.domain.hotlist import Entry, PassedLine, RefusedLine, Vehicle, undo_zero
from mdt_app.domain.list_layout import CategoryRule, Cut, Layout, cut_line, require_columns, settled, with_headings
from mdt_app.domain.plates import PLATE_LENGTH, match_key, pattern_key, written

ENDLESS = "\x00"
"""What stands for a line that has no end: of such a file no more than that is taken."""
CODE_MOST = 20
"""Characters of one code or word of the vehicle, at most; longer words are cut."""
WORDS_MOST = 40
KNOWN_LEAST = 3
"""Characters of a plate that an entry of a part has to know: with fewer it would match every other car."""

KNOWN_MOST = 100_000
"""Different vehicles that are kept at hand while a list is read."""

_CODED = (*Vehicle.__slots__, "plate_type")
_DAY = timedelta(days=1)
_EIGHT = re.compile(r"[0-9]{8}")

Line = Entry | RefusedLine | PassedLine


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes that a list may use: states of issue, postal codes that differ from NCIC's, and words for codes.

    `codes` maps, for each field of vehicle and plate, every code and every word to its code ('BLACK' -> 'BLK').
    """

    states: frozenset[str]
    postal: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: dict[tuple[str, ...], tuple[Vehicle, str]] = field(default_factory=dict, compare=False, repr=False)
    """Vehicles by what lists say of them: most of a list's are like one before, and share its place in memory."""

    def vehicle(self, cut: Cut) -> tuple[Vehicle, str]:
        """Return the vehicle of a line in codes, and the plate's type."""
        said = tuple(cut.get(name, "") for name in _CODED)
        if said not in self.known:
            if len(self.known) >= KNOWN_MOST:
                self.known.clear()
            *vehicle, plate_type = map(self.code, _CODED, said)
            self.known[said] = Vehicle(*vehicle), plate_type
        return self.known[said]

    def code(self, name: str, value: str) -> str:
        """Return the code of a value, with zeros for letter O undone; an unknown value comes back, cut to 20."""
        table = self.codes.get(name, {})
        parts = (table.get(part) or table.get(part.replace("0", "O")) or part for part in value.split("/"))
        return intern("/".join(parts)[:CODE_MOST])


def parse_lines(layout: Layout, lines: Iterable[str], list_id: str, vocabulary: Vocabulary) -> Iterator[Line]:
    """Give one result for each line, in their order: lines in = entries + refused + passed, always.

    An entry that stands twice is refused the second time. Raises BadInput at the end when the footer is missing, or
    when header or footer name another count of records, and at the start when nothing says where the plate stands.
    """
    once, counted, footers, told = _Once(), 0, 0, list[int]()
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if number == 1:
            layout, named = _opened(layout, text)
            if named:
                yield PassedLine(1, "header")
                continue
        result = _line(layout, number, text, list_id, vocabulary)
        if isinstance(result, Entry):
            result = once.admitted(result, number)
        if isinstance(result, PassedLine):
            told += _told(layout, result.what, text)
            footers += result.what == "footer"
        else:
            counted += 1
        yield result
    if layout.footer and not footers:
        raise BadInput("The list's footer is missing: it was cut off.", "Fetch it again.")
    if any(count != counted for count in told):
        raise BadInput("The list does not hold as many records as its header or footer says.", "Fetch it again.")


class _Once:
    """Lets every entry pass once. An id that is taken gets a number when its entry says something else."""

    def __init__(self) -> None:
        self._ids, self._contents = Fingerprints(), Fingerprints()
        self._more: dict[str, int] = {}

    def admitted(self, entry: Entry, number: int) -> Entry | RefusedLine:
        """Return the entry under an id of its own, or the refusal of one that stood there already."""
        taken = entry.entry_id
        is_new = self._ids.add(hash(taken))
        if entry.nic:
            return entry if is_new else RefusedLine(number, "entry stands twice")
        said = (entry.vehicle, entry.plate_type, entry.plate_year, entry.ori, entry.entered_on, entry.expires_at)
        if not self._contents.add(hash((taken, *said, entry.words))):
            return RefusedLine(number, "entry stands twice")
        if is_new:
            return entry
        self._more[taken] = self._more.get(taken, 1) + 1
        return replace(entry, entry_id=f"{taken}:{self._more[taken]}")


def _opened(layout: Layout, first: str) -> tuple[Layout, bool]:
    layout = settled(layout, first)
    named = with_headings(layout, first) if layout.names else None
    require_columns(named or layout)
    return named or layout, named is not None


def _told(layout: Layout, what: str, text: str) -> list[int]:
    pattern = {"header": layout.header_count, "footer": layout.footer}.get(what)
    found = pattern.search(text) if pattern else None
    return [int(found.group(1))] if found else []


def _line(layout: Layout, number: int, text: str, list_id: str, vocabulary: Vocabulary) -> Line:
    if text == ENDLESS:
        return RefusedLine(number, "the line has no end")
    if not text.strip(" \t,;\x1a"):
        return PassedLine(number, "blank")
    if layout.footer and layout.footer.search(text):
        return PassedLine(number, "footer")
    if layout.skip and layout.skip.search(text):
        return PassedLine(number, "prompt")
    parsed = _parsed(layout, text, list_id, vocabulary)
    if isinstance(parsed, str):
        return PassedLine(1, "header") if layout.header and number == 1 else RefusedLine(number, parsed)
    return parsed


def _parsed(layout: Layout, text: str, list_id: str, vocabulary: Vocabulary) -> Entry | str:
    if not text.isascii() or not text.replace("\t", " ").isprintable():
        return "characters that no list may hold"
    cut = cut_line(layout, text)
    if isinstance(cut, str):
        return cut
    if "\t" in text and any("\t" in value for value in cut.values()):  # a separator elsewhere; no field has it
        return "characters that no list may hold"
    raw = cut.get("plate", "")
    if raw in layout.dummies:
        return "no plate: a dummy"
    category, words = _category(layout.category, cut)
    plate, pattern, state = written(raw), pattern_key(raw), _state(layout, cut.get("state", ""), vocabulary)
    entered_on, expires_on = (_date(layout.date, cut.get(name, "")) for name in ("entered_on", "expires_on"))
    if not category:
        return words
    if not _is_plate(layout, raw, plate, pattern):
        return "plate is not 1 to 10 letters and digits"
    if pattern and len(plate) < KNOWN_LEAST:
        return "too little of the plate is known"
    if state is None:
        return "unknown state"
    if isinstance(entered_on, str) or isinstance(expires_on, str):
        return f"date is not {_readable(layout.date)}"
    nic, (vehicle, plate_type) = written(cut.get("nic", ""))[:CODE_MOST], vocabulary.vehicle(cut)
    return Entry(
        entry_id=f"{list_id}:{nic or category}:{pattern or plate}:{state}",
        list_id=list_id,
        category=category,
        plate=plate,
        key=match_key(plate),
        state=intern(state),
        plate_year=intern(cut.get("plate_year", "").replace("9999", "")[:CODE_MOST]),
        plate_type=plate_type,
        vehicle=vehicle,
        nic=nic,
        ori=intern(cut.get("ori", "")[:CODE_MOST]),
        entered_on=entered_on,
        expires_at=_day_end(expires_on) if expires_on else None,
        cautions=tuple(code[:CODE_MOST] for code in cut.get("cautions", "").split()),
        pattern=pattern,
        words=words,
    )


def _category(rule: CategoryRule, cut: Cut) -> tuple[str, str]:
    """Return category and words; an empty category, and the reason why the line is refused."""
    value = cut.get(rule.column, "")
    code = value if rule.at is None else value[rule.at : rule.at + 1]
    found = rule.codes.get(code) or next((told for phrase, told in rule.words.items() if phrase in value), "")
    if not found and rule.keep_words and value:
        return rule.default, value[:WORDS_MOST]
    category, _, words = (found or rule.default).partition("|")
    if category.startswith("!"):
        return "", category[1:]
    return category, words if category else ("unknown category" if rule.at is None else "unknown file code")


def _state(layout: Layout, text: str, vocabulary: Vocabulary) -> str | None:
    """Return NCIC's code, empty where the layout allows that it is unknown, None where it is none."""
    if not text:
        return "" if layout.state_optional else None
    code = undo_zero(text, vocabulary.states)
    code = vocabulary.postal.get(code, code) if layout.postal else code
    return code if code in vocabulary.states else None


def _is_plate(layout: Layout, raw: str, plate: str, pattern: str) -> bool:
    """True for one to ten letters and digits, with no other sign than those that the layout allows."""
    signs = (" -" if layout.loose else "") + ("?*" if layout.patterns else "")
    others = len(raw) - len(plate) - sum(map(raw.count, signs))
    return 1 <= len(plate) <= PLATE_LENGTH and not others and len(pattern) <= CODE_MOST


@lru_cache(maxsize=4096)
def _date(form: str, text: str) -> date | str | None:
    """Return the date, None where there is none, or the text that is no date."""
    if not text.strip("0/- "):
        return None
    try:
        if form == "%Y%m%d":
            return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if _EIGHT.fullmatch(text) else text
        return datetime.strptime(text.split()[0], form).replace(tzinfo=UTC).date()
    except ValueError:
        return text


def _day_end(day: date) -> datetime | None:
    """An entry is in force to the end of its last day, wherever in the country: midnight in UTC-12. 9999: for ever."""
    return None if day.year == date.max.year else datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + _DAY


def _readable(form: str) -> str:
    return form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD").replace("%y", "YY")
