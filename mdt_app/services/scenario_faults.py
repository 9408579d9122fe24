"""What is wrong in a scenario's file, in a trainer's words: the place, the fault, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from mdt_app.domain.errors import BadInput
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.toml_lines import KeyPath, line_of

Fault = tuple[KeyPath, str, str]
"""Where, what is wrong, and what to do."""
_SEE = "see the handbook's page 'How to write a drill'"
_ROWS = ("entries", "cars", "faults", "track", "expected")
_BLOCKS = ("road", "lists", "trainee", "right", "wrong")
_SHAPES: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "write it in"),
    "extra_forbidden": ("is not known here", "mend its spelling, or take it out"),
    "string_type": ("is no text", 'put it in quotes, as "2019"'),
    "tuple_type": ("is no list", 'put it in brackets, each word in quotes, as ["one", "two"]'),
    "float_type": ("is no number", "write a number without quotes, as 12 or 12.5"),
    "float_parsing": ("is no number", "write a number without quotes, as 12 or 12.5"),
    "bool_type": ("is neither yes nor no", "write true or false, without quotes"),
    "bool_parsing": ("is neither yes nor no", "write true or false, without quotes"),
    "too_short": ("is empty", "write at least one"),
    "string_too_short": ("is empty", "write something between the quotes"),
}
"""What is wrong and what to do, by the kind of fault."""
_REMEDIES: Mapping[str, str] = {
    "plate": "write 2 to 8 capital letters and digits, without spaces",
    "reads": "write 2 to 8 capital letters and digits, without spaces",
    "state": "write NCIC's two letters, as CT or NY",
    "reads_state": 'write NCIC\'s two letters, as CT or NY; "" for none',
    "policy": "write postc, newtown or glastonbury",
    "ori": "write nine capital letters and digits",
    "at": "write seconds after the start, as 12 or 12.5",
    "vehicle": 'write it so: { make = "FORD", style = "4D", color = "BLK" }',
}
"""What to write, by the key."""
_BOUNDS = {"greater_than": "more than", "greater_than_equal": "at least", "less_than_equal": "at most"}
_ALIKE = 0.75
"""A word has to be so much like another, of 1, to be taken for that word misspelt."""
_FEW = 8
"""So many names are told beside the one that is meant."""
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d\d)(?:\.\d+)?")
"""A time as people write it: minutes and seconds, hours before them."""
_PLAIN = re.compile(r"[A-Z0-9]{2,8}")


def shape_fault(error: ErrorDetails) -> Fault:
    """Return what is wrong with a value's shape."""
    where, kind = error["loc"], error["type"]
    key = str(next((part for part in reversed(where) if isinstance(part, str)), ""))
    if kind == "missing" and key in (*_ROWS, *_BLOCKS):
        name = ".".join(part for part in where if isinstance(part, str))
        return where, "is missing", f"add a block {f'[[{name}]]' if key in _ROWS else f'[{name}]'}"
    if kind == "tuple_type" and where[-1] in _ROWS:
        return where, "is written as one block", f"put two brackets around it: [[{where[-1]}]]"
    if kind in ("model_type", "dict_type") and key in _BLOCKS:
        name = ".".join(part for part in where if isinstance(part, str))
        return where, "is no block of its own", f"write [{name}] with one bracket at each side"
    if kind in ("model_type", "dict_type"):
        return where, "is written in another way than it has to be", _REMEDIES.get(key, _SEE)
    if kind in ("literal_error", "enum"):
        return where, f"can't be '{error['input']}'", _choose(str(error["input"]), str(error["ctx"]["expected"]))
    if kind in _BOUNDS:
        limit = next(iter(error["ctx"].values()))
        return where, f"can't be {error['input']}", f"write {_BOUNDS[kind]} {limit:g}"
    if kind == "string_pattern_mismatch":
        return where, f"can't be '{error['input']}'", _meant(key, str(error["input"])) or _REMEDIES.get(key, _SEE)
    if kind in ("float_type", "float_parsing") and (clock := _CLOCK.fullmatch(str(error["input"]))):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return where, f"is the time '{clock[0]}'", f"write {hours * 3600 + minutes * 60 + seconds}: seconds alone"
    words, remedy = _SHAPES.get(kind, (f"is wrong: {error['msg'][:1].lower()}{error['msg'][1:]}", _SEE))
    return where, words, _REMEDIES.get(key, remedy) if kind in ("float_type", "float_parsing") else remedy


def code_fault(where: KeyPath, code: str, held: Mapping[str, str]) -> Fault:
    """Return that a code of a vehicle is none, with the one that is most likely meant."""
    words = {name.casefold(): known for known, name in held.items()}
    near = get_close_matches(code.casefold(), words, 1, _ALIKE) or [name for name in words if code.casefold() in name]
    meant = f"write {words[near[0]]} for {near[0]}; " if near and code else ""
    return where, f"'{code}' is no code", f"{meant}the usual ones stand in the handbook, 'How to write a drill'"


def name_fault(where: KeyPath, given: str, what: str, known: Iterable[str]) -> Fault:
    """Return that a name is none of those that are known, with the one that is most likely meant."""
    words = f"'{given}' is {what}" if given else "is missing"
    return where, words, _choose(given, ", ".join(f"'{name}'" for name in known))


def refusal(name: str, lines: dict[KeyPath, int], faults: Sequence[Fault]) -> BadInput:
    """Return the refusal that names line, key and remedy of every fault."""
    told = sorted((line_of(lines, where), _shown(where), words, remedy) for where, words, remedy in faults)
    said = (f"{name}, line {line}: {key} {words} ({remedy})" for line, key, words, remedy in told)
    return BadInput("\n".join(said), "\nCorrect these places; nothing was started.")


def _shown(where: KeyPath) -> str:
    """A place as a trainer counts: 'cars 1, vehicle.make' is that of the first car."""
    said = "".join(f" {part + 1}, " if isinstance(part, int) else f"{part}." for part in where)
    return said.replace(". ", " ").rstrip("., ")


def _meant(key: str, given: str) -> str:
    """What somebody most likely meant by a plate or a state that is written otherwise; empty where nobody can tell."""
    plain = re.sub(r"[^A-Z0-9]", "", given.upper())
    if key in ("plate", "reads") and _PLAIN.fullmatch(plain):
        return f"write {plain}: capital letters and digits alone"
    if key in ("state", "reads_state"):
        states = load_code_tables().states
        named = (
            code for code, name in states.items() if given.strip().casefold() in (code.casefold(), name.casefold())
        )
        return next((f"write {code}, NCIC's two letters" for code in named), "")
    return ""


def _choose(given: str, expected: str) -> str:
    known = re.findall(r"'([^']*)'", expected)
    begun = [name for name in known if given and name.startswith(given)]
    near = begun or get_close_matches(given, known, 1, _ALIKE)
    if not near:
        return f"write one of {expected}"
    return f"write '{near[0]}'" + (f"; there are {expected}" if len(known) <= _FEW else "")
