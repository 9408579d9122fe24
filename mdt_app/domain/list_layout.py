"""The layout of a hot list's file as a table of columns, and how one line is cut into named fields by it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mdt_app.domain.errors import BadInput

Cut = Mapping[str, str]


class LayoutKind(StrEnum):
    """How the lines of a layout are cut: at fixed places, at a delimiter, or by forms (patterns)."""

    FIXED = "fixed"
    DELIMITED = "delimited"
    FORMS = "forms"


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """Where a line tells its category. A value of the tables is 'category' or 'category|words of the list'.

    `column` names the field, `at` the one character of it that counts (None: all of it). `codes` are whole values,
    `words` are phrases, the first that the value contains. A value '!reason' refuses the line. `default` stands for
    everything else, empty: refuse. `keep_words`: the default's words are the column's own.
    """

    column: str = ""
    at: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    keep_words: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. Columns are (start, end) from 0, end exclusive, or the number of a delimited column.

    `least` is the shortest line in characters, or the fewest columns; `columns_exactly` wants that many columns.
    `header`: the first line is one unless it is an entry (some agencies cut it off). `header_count` and `footer`
    are patterns whose group is the count of records. `names` are headings of columns, for files that name them.
    `splits` cut a field further; `loose` plates may be written with blanks and hyphens; `patterns` with ? and *.
    """

    name: str
    kind: LayoutKind
    columns: Mapping[str, tuple[int, ...]]
    category: CategoryRule
    header: bool = False
    header_count: re.Pattern[str] | None = None
    footer: re.Pattern[str] | None = None
    skip: re.Pattern[str] | None = None
    least: int = 0
    columns_exactly: int = 0
    delimiters: str = ","
    names: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[re.Pattern[str], ...] = ()
    splits: tuple[tuple[str, re.Pattern[str]], ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    dummies: frozenset[str] = frozenset()
    date: str = "%Y%m%d"
    encoding: str = "latin-1"
    state_optional: bool = False
    postal: bool = False
    loose: bool = True
    patterns: bool = False


def cut_line(layout: Layout, text: str) -> Cut | str:
    """Return a line's fields in upper case, stripped; or, as a text, why it can't be cut."""
    cut = _CUTTERS[layout.kind](layout, text.upper())
    if isinstance(cut, str):
        return cut
    found = {name: " ".join(bare.split()) if "  " in bare else bare for name, bare in _stripped(cut)}
    for name, pattern in layout.splits:
        if part := pattern.search(cut.get(name) or ""):
            found |= {key: value.strip() for key, value in part.groupdict().items() if value}
    return {**layout.constants, **found}


def _stripped(cut: Cut) -> Iterator[tuple[str, str]]:
    return ((name, bare) for name, value in cut.items() if (bare := value.strip()))


def with_headings(layout: Layout, first: str) -> Layout | None:
    """Return the layout with its columns as the file's first line names them; None when that line names no plate."""
    columns: dict[str, tuple[int, ...]] = {}
    for number, heading in enumerate(_columns(layout, first)):
        name = layout.names.get(re.sub(r"[^A-Z0-9]", "", heading.upper()))
        if name and name not in columns:
            columns[name] = (number,)
    return replace(layout, columns=columns) if "plate" in columns else None


def settled(layout: Layout, first: str) -> Layout:
    """Return the layout with the delimiter that cuts the file's first line into the most columns."""
    if layout.kind is not LayoutKind.DELIMITED or len(layout.delimiters) == 1:
        return layout
    return replace(layout, delimiters=max(layout.delimiters, key=first.count))


def require_columns(layout: Layout) -> None:
    """Raise BadInput when neither the layout nor the file says which column is the plate."""
    if layout.kind is not LayoutKind.FORMS and "plate" not in layout.columns:
        words = f"Nothing says which column of a '{layout.name}' file is the plate."
        raise BadInput(words, "Name the columns in the first line, or give a table of columns with --columns.")


def _fixed(layout: Layout, text: str) -> dict[str, str] | str:
    if len(text) < layout.least:
        return "line too short"
    return {name: text[place[0] : place[1]] for name, place in layout.columns.items()}


def _delimited(layout: Layout, text: str) -> dict[str, str] | str:
    parts = _columns(layout, text)
    if layout.columns_exactly and len(parts) != layout.columns_exactly:
        return f"not {layout.columns_exactly} columns"
    if len(parts) < layout.least:
        return f"fewer than {layout.least} columns"
    cut = {}
    for name, place in layout.columns.items():
        value = parts[place[0]] if place[0] < len(parts) else ""
        # A column may hold fixed places of its own: (column, start, end).
        cut[name] = value[place[1] : place[2]] if len(place) == 3 else value
    return cut


def _forms(layout: Layout, text: str) -> dict[str, str] | str:
    for form in layout.forms:
        if found := form.search(text):
            return {name: value or "" for name, value in found.groupdict().items()}
    return "line is in no form that this layout knows"


def _columns(layout: Layout, text: str) -> list[str]:
    """Cut at the delimiter; quotes are understood. Where they are broken, every delimiter cuts."""
    if '"' not in text:
        return text.split(layout.delimiters)
    try:
        return next(csv.reader([text], delimiter=layout.delimiters, strict=True), [])
    except csv.Error:
        return text.split(layout.delimiters)


_CUTTERS: Mapping[LayoutKind, Callable[[Layout, str], dict[str, str] | str]] = {
    LayoutKind.FIXED: _fixed,
    LayoutKind.DELIMITED: _delimited,
    LayoutKind.FORMS: _forms,
}
