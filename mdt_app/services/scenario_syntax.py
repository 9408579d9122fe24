"""What a line of a scenario lacks that is no TOML, told to somebody who has never heard of TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

from mdt_app.domain.errors import BadInput

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_DOUBLE = re.compile(r"Cannot (overwrite|declare|mutate)|twice")
_SHOWN = 60
_Hint = tuple[str, str, str]
_SURE: tuple[_Hint, ...] = (
    (r'[=,\[{]\s*[“”„‘’]|"[^"]*[“”„]\s*(#.*)?$', "has curly quotes", 'write straight ones: "'),
    (r"=\s*\d{1,3}:\d\d\b(?!:)", "has a time with a colon", "write the seconds alone: for 1:30 write 90"),
    (r"=\s*\d+,\d", "has a comma in a number", "write a point, as 12.5"),
    (r"^[^#\"]*[\u00a0\u200b\u2007\u202f]", "has a hidden character of a word processor", "type the line anew"),
    (r'^\s*\w+\s*:\s*["\[{\d]', "has a colon in place of the equals sign", 'write it so: title = "My drill"'),
    (r'^\s*\w+\s+["\[{\d]', "lacks the equals sign", 'write it so: title = "My drill"'),
)
"""What is wrong in whatever line it stands, so that it is told of every line at once."""
_LIKELY: tuple[_Hint, ...] = (
    (r'"\s+"', "has two texts without a comma between", 'write one: "verify", "follow"'),
    (r'"\s*\w+\s*=', "lacks a comma between two parts", 'write one: make = "FORD", style = "4D"'),
    (r",\s*\}", "has a comma before the closing bracket", "take it out"),
    (r"=\s*(#.*)?$", "says nothing after the equals sign", "write a value there, or take the line out"),
    (r"=\s*(?i:yes|no|true|false)\s*(#.*)?$", "is neither yes nor no", "write true or false in small letters"),
    (
        r"=\s*[\d.]+\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|mph)\s*(#.*)?$",
        "has a word after the number",
        "write the number alone, as 90",
    ),
    (r'=\s*"[^"]*$', "has an opening quote and no closing one", 'close it: "'),
    (r"=\s*'[^']*$", "has an opening quote and no closing one", "close it: '"),
    (r'"[^"]*\\', "has a backslash", "write / in its place"),
    (r"^\s*\[\[[^\]]*\]?\s*$|^\s*\[[^\]=]*$", "is a heading without its closing bracket", "close it: [road], [[cars]]"),
    (r"=\s*\{[^}]*$", "goes on in the next line", "write all that stands between { and } in one line"),
    (r'=\s*[A-Za-z0-9][^"\[{]*[A-Za-z]', "has text without quotes", 'put it in quotes, as "CT"'),
)
"""What a line most likely lacks at which reading ended: a pattern, what is wrong, and what to do."""


def toml_refusal(name: str, text: str, error: tomllib.TOMLDecodeError) -> BadInput:
    """Return the refusal of a text that is no TOML: each line that can't be understood, as far as can be told."""
    place, lines = _PLACE.search(str(error)), text.split("\n")
    number = int(place[1]) if place and place[1] else len(lines)
    if _DOUBLE.search(str(error)):
        found = [(number, *_doubled(lines, number))]
    else:
        first = _hinted(lines, number)
        found = sorted({first, *(other for other in _surely(lines) if other[0] != first[0])})
    said = (f"{name}, line {at}: {words} ({remedy})" for at, words, remedy in found)
    places = "this place" if len(found) == 1 else "these places"
    return BadInput("\n".join(said), f"\nCorrect {places}; nothing was started.")


def _surely(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for at, line in enumerate(lines, 1):
        if not line.lstrip().startswith("#") and (hint := _hint(line, _SURE)):
            yield at, *hint


def _hint(line: str, hints: Sequence[_Hint]) -> tuple[str, str] | None:
    for pattern, words, remedy in hints:
        if re.search(pattern, line):
            return f"'{line.strip()[:_SHOWN]}' {words}", remedy
    return None


def _hinted(lines: Sequence[str], number: int) -> tuple[int, str, str]:
    """The line that is at fault, which may stand before the one at which reading ended: an open bracket."""
    for at in (number, number - 1):
        line = lines[at - 1] if 0 < at <= len(lines) else ""
        if hint := _hint(line, (*_SURE, *_LIKELY)):
            return at, *hint
    opened = next((at for at in range(min(number, len(lines)), 0, -1) if _opens(lines[at - 1])), number)
    shown = lines[opened - 1].strip()[:_SHOWN] if lines else ""
    words = "can't be understood from here on"
    return opened, f"'{shown}' {words}" if shown else words, "look for a missing quote, comma, bracket or equals sign"


def _doubled(lines: Sequence[str], number: int) -> tuple[str, str]:
    """What stands a second time, with the line of the first: TOML is understood only after such a line."""
    what = _name(lines[number - 1])
    first = next((at for at in range(number - 1, 0, -1) if _name(lines[at - 1]) == what), 0)
    where = f"; the first is in line {first}" if first else ""
    return f"'{what}' stands here a second time{where}", "take one out; blocks of which there are several have [[...]]"


def _name(line: str) -> str:
    """A line's heading, or its key."""
    return line.partition("#")[0].partition("=")[0].strip()


def _opens(line: str) -> bool:
    return line.count("[") > line.count("]") or line.count("{") > line.count("}")
