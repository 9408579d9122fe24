"""The patterns of the states' numbers (resources/plates/patterns.toml), as a weak hint to what was seen."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

PATTERNS: dict[str, tuple[str, ...]] = {
    state: tuple(patterns)
    for state, patterns in tomllib.loads(
        files("resources").joinpath("plates", "patterns.toml").read_text(encoding="utf-8")
    ).items()
}
"""By NCIC's code of the state: @ is a letter, # a digit, a space or dash parts groups."""

_PLAIN = {
    state: frozenset(p.replace(" ", "").replace("-", "") for p in patterns) for state, patterns in PATTERNS.items()
}
_ANY = frozenset().union(*_PLAIN.values())


@lru_cache(4096)
def fits(text: str, state: str | None = None) -> bool:
    """Return whether a number fits a pattern of the state, or of any; a 0 may be the letter O too."""
    patterns = _PLAIN.get(state, _ANY) if state else _ANY
    return any(len(p) == len(text) and all(map(_fits, text, p)) for p in patterns)


def _fits(character: str, place: str) -> bool:
    return character in "0O" or (character.isdigit() if place == "#" else character.isalpha())


def letter_expected(text: str, place: int) -> bool | None:
    """Return whether the patterns that the text fits have a letter here; None where they differ or none fits."""
    wanted = {p[place] for p in _ANY if len(p) == len(text) and all(map(_fits, text, p))}
    return wanted == {"@"} if len(wanted) == 1 else None
