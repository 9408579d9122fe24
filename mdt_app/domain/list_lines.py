"""Reading a hot list line by line: each becomes an entry, a refusal with its reason, or is passed as no entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from sys import intern

from mdt_app.domain.errors import BadInput
from mdt_app.domain.hotlist import Entry, PassedLine, RefusedLine, Vehicle, undo_zero
from mdt_app.domain.list_layout import CategoryRule, Cut, Layout, cut_line, require_columns, settled, with_headings
from mdt_app.domain.plates import PLATE_LENGTH, match_key, pattern_key, written

CODE_MOST = 20
"""Characters of one code or word of the vehicle, at most; longer words are cut."""
WORDS_MOST = 40
KNOWN_LEAST = 3
"""Characters of a plate that an entry of a part has to know: with fewer it would match every other car."""

_DAY = timedelta(days=1)

Line = Entry | RefusedLine | PassedLine


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes that a list may use: states of issue, postal codes that differ from NCIC's, and words for codes.

    `codes` maps, for each field of vehicle and plate, every code and every word to its code ('BLACK' -> 'BLK').
    """

    states: frozenset[str]
    postal: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def code(self, name: str, value: str) -> str:
        """Return the code of a value, with zeros for letter O undone; an unknown value comes back, cut to 20."""
        table = self.codes.get(name, {})
        parts = (table.get(part) or table.get(part.replace("0", "O")) or part for part in value.split("/"))
        return intern("/".join(parts)[:CODE_MOST])


def parse_lines(layout: Layout, lines: Iterable[str], list_id: str, vocabulary: Vocabulary) -> Iterator[Line]:
    """Give one result for each line, in their order: lines in = entries + refused + passed, always.

    An entry that stands twice is refused the second time. Raises BadInput at the end when a header or footer names
    another count of records than the file has, and at the start when nothing says where the plate stands.
    """
    seen: dict[str, int] = {}
    counted, told = 0, list[int]()
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if number == 1:
            layout, named = _opened(layout, text)
            if named:
                yield PassedLine(1, "header")
                continue
        result = _line(layout, number, text, list_id, vocabulary)
        if isinstance(result, Entry):
            result = _once(result, number, seen)
        if isinstance(result, PassedLine):
            told += _told(layout, result.what, text)
        else:
            counted += 1
        yield result
    if any(count != counted for count in told):
        raise BadInput("The list does not hold as many records as its header or footer says.", "Fetch it again.")


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
    raw = cut.get("plate", "")
    if raw in layout.dummies:
        return "no plate: a dummy"
    category, words = _category(layout.category, cut)
    state = _state(layout, cut.get("state", ""), vocabulary)
    entered_on, expires_on = (_date(layout, cut.get(name, "")) for name in ("entered_on", "expires_on"))
    checks = (
        (not category, words),
        (not _is_plate(layout, raw), "plate is not 1 to 10 letters and digits"),
        (bool(pattern_key(raw)) and len(written(raw)) < KNOWN_LEAST, "too little of the plate is known"),
        (state is None, "unknown state"),
        (isinstance(entered_on, str) or isinstance(expires_on, str), f"date is not {_readable(layout.date)}"),
    )
    for wrong, reason in checks:
        if wrong:
            return reason
    return _entry(cut, list_id, category, words, raw, state or "", (entered_on, expires_on), vocabulary)


def _entry(
    cut: Cut,
    list_id: str,
    category: str,
    words: str,
    raw: str,
    state: str,
    dates: tuple[date | str | None, date | str | None],
    vocabulary: Vocabulary,
) -> Entry:
    plate, nic = written(raw), written(cut.get("nic", ""))[:CODE_MOST]
    codes = {name: vocabulary.code(name, cut.get(name, "")) for name in (*Vehicle.__slots__, "plate_type")}
    plate_type = codes.pop("plate_type")
    pattern = pattern_key(raw)
    return Entry(
        entry_id=f"{list_id}:{nic or category}:{pattern or plate}:{state}",
        list_id=list_id,
        category=intern(category),
        plate=plate,
        key=match_key(plate),
        state=intern(state),
        plate_year=intern(cut.get("plate_year", "").replace("9999", "")[:CODE_MOST]),
        plate_type=plate_type,
        vehicle=Vehicle(**codes),
        nic=nic,
        ori=intern(cut.get("ori", "")[:CODE_MOST]),
        entered_on=dates[0] if isinstance(dates[0], date) else None,
        expires_at=_day_end(dates[1]) if isinstance(dates[1], date) else None,
        cautions=tuple(cut["cautions"].split()) if cut.get("cautions") else (),
        pattern=pattern,
        words=intern(words),
    )


def _once(entry: Entry, number: int, seen: dict[str, int]) -> Entry | RefusedLine:
    """An id that is taken gets a number when its entry says something else; the very same entry is refused."""
    base, times = entry.entry_id, 1
    content = hash((entry.vehicle, entry.plate_type, entry.plate_year, entry.ori, entry.entered_on, entry.expires_at))
    while entry.entry_id in seen:
        if seen[entry.entry_id] == content or entry.nic:
            return RefusedLine(number, "entry stands twice")
        times += 1
        entry = replace(entry, entry_id=f"{base}:{times}")
    seen[entry.entry_id] = content
    return entry


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


def _is_plate(layout: Layout, raw: str) -> bool:
    text = raw.replace(" ", "").replace("-", "") if layout.loose else raw
    if layout.patterns:
        text = text.replace("?", "").replace("*", "")
    return 1 <= len(text) <= PLATE_LENGTH and written(text) == text and len(pattern_key(raw)) <= CODE_MOST


def _date(layout: Layout, text: str) -> date | str | None:
    """Return the date, None where there is none, or the text that is no date."""
    if not text.strip("0/- "):
        return None
    try:
        if layout.date == "%Y%m%d":
            return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if re.fullmatch(r"\d{8}", text) else text
        return datetime.strptime(text.split()[0], layout.date).replace(tzinfo=UTC).date()
    except ValueError:
        return text


def _day_end(day: date) -> datetime | None:
    """An entry is in force to the end of its last day, wherever in the country: midnight in UTC-12. 9999: for ever."""
    return None if day.year == date.max.year else datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + _DAY


def _readable(form: str) -> str:
    return form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD").replace("%y", "YY")
