"""The patterns of the states' numbers (resources/plates/patterns.toml), as a weak hint to what was seen."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


def _plain(pattern: str) -> str:
    return pattern.replace(" ", "").replace("-", "")


PATTERNS: dict[str, tuple[str, ...]] = {
    state: tuple(patterns)
    for state, patterns in tomllib.loads(
        files("resources").joinpath("plates", "patterns.toml").read_text(encoding="utf-8")
    ).items()
}
"""By NCIC's code of the state: @ is a letter, # a digit, a space or dash parts groups."""

_STATES_OF: dict[str, frozenset[str]] = {
    plain: frozenset(state for state, patterns in PATTERNS.items() if plain in map(_plain, patterns))
    for patterns in PATTERNS.values()
    for plain in map(_plain, patterns)
}
"""The states that have each pattern, without its spaces and dashes."""


@lru_cache(4096)
def states_fitting(text: str) -> frozenset[str]:
    """Return the states of which the number fits a pattern; a 0 may be the letter O too."""
    return frozenset().union(*(states for pattern, states in _STATES_OF.items() if _fits_all(text, pattern)))


def fits(text: str, state: str | None = None) -> bool:
    """Return whether a number fits a pattern of the state, or of any; a 0 may be the letter O too."""
    fitting = states_fitting(text)
    return state in fitting if state in PATTERNS else bool(fitting)


def _fits_all(text: str, pattern: str) -> bool:
    return len(pattern) == len(text) and all(map(_fits, text, pattern))


def _fits(character: str, place: str) -> bool:
    return character in "0O" or (character.isdigit() if place == "#" else character.isalpha())


def letter_expected(text: str, place: int) -> bool | None:
    """Return whether the patterns that the text fits have a letter here; None where they differ or none fits."""
    wanted = {p[place] for p in _STATES_OF if _fits_all(text, p)}
    return wanted == {"@"} if len(wanted) == 1 else None
