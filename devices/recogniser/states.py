"""Names and mottos that plates carry, and the NCIC code of the state that issued such a plate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

STATE_NAMES = {
    "ALABAMA": "AL", "ALASKA": "AK", "ARIZONA": "AZ", "ARKANSAS": "AR", "CALIFORNIA": "CA", "COLORADO": "CO",
    "CONNECTICUT": "CT", "DELAWARE": "DE", "WASHINGTONDC": "DC", "DISTRICTOFCOLUMBIA": "DC", "FLORIDA": "FL",
    "GEORGIA": "GA", "HAWAII": "HI", "IDAHO": "ID", "ILLINOIS": "IL", "INDIANA": "IN", "IOWA": "IA", "KANSAS": "KS",
    "KENTUCKY": "KY", "LOUISIANA": "LA", "MAINE": "ME", "MARYLAND": "MD", "MASSACHUSETTS": "MA", "MICHIGAN": "MI",
    "MINNESOTA": "MN", "MISSISSIPPI": "MS", "MISSOURI": "MO", "MONTANA": "MT", "NEBRASKA": "NB", "NEVADA": "NV",
    "NEWHAMPSHIRE": "NH", "NEWJERSEY": "NJ", "NEWMEXICO": "NM", "NEWYORK": "NY", "NORTHCAROLINA": "NC",
    "NORTHDAKOTA": "ND", "OHIO": "OH", "OKLAHOMA": "OK", "OREGON": "OR", "PENNSYLVANIA": "PA", "RHODEISLAND": "RI",
    "SOUTHCAROLINA": "SC", "SOUTHDAKOTA": "SD", "TENNESSEE": "TN", "TEXAS": "TX", "UTAH": "UT", "VERMONT": "VT",
    "VIRGINIA": "VA", "WASHINGTON": "WA", "WESTVIRGINIA": "WV", "WISCONSIN": "WI", "WYOMING": "WY",
}  # fmt: skip
"""Full names, letters only. NCIC's code for Nebraska is NB."""

MOTTOS = {
    "HEARTOFDIXIE": "AL", "SWEETHOMEALABAMA": "AL", "THELASTFRONTIER": "AK", "GRANDCANYONSTATE": "AZ",
    "THENATURALSTATE": "AR", "CONSTITUTIONSTATE": "CT", "THEFIRSTSTATE": "DE", "SUNSHINESTATE": "FL",
    "MYFLORIDACOM": "FL", "ALOHASTATE": "HI", "FAMOUSPOTATOES": "ID", "LANDOFLINCOLN": "IL", "VACATIONLAND": "ME",
    "SPORTSMANSPARADISE": "LA", "SPIRITOFAMERICA": "MA",
    "EXPLOREMINNESOTA": "MN", "SHOWMESTATE": "MO", "LIVEFREEORDIE": "NH", "GARDENSTATE": "NJ", "EMPIRESTATE": "NY",
    "LANDOFENCHANTMENT": "NM", "FIRSTINFLIGHT": "NC", "FIRSTINFREEDOM": "NC", "OCEANSTATE": "RI",
    "THELONESTARSTATE": "TX", "GREENMOUNTAINSTATE": "VT", "EVERGREENSTATE": "WA", "WILDWONDERFUL": "WV",
    "AMERICASDAIRYLAND": "WI", "KEYSTONESTATE": "PA", "TREASURESTATE": "MT", "BLUEGRASSSTATE": "KY",
}  # fmt: skip
"""Mottos that name one state only."""

_CODES = {**STATE_NAMES, **MOTTOS}
LEAST_ALIKE = 0.8
"""Less alike than this is not convincing: the state stays unknown."""


def state_of(lines: Sequence[tuple[str, float]]) -> tuple[str | None, float | None]:
    """Return the state that text on the plate names, and how convincing it is (0 to 1); (None, None) when it does not.

    lines: (text, confidence) of the lines on and around one plate. Two states named equally well leave it unknown.
    """
    best: dict[str, float] = {}
    for text, confidence in lines:
        for code, alike in _named(_letters(text)):
            best[code] = max(best.get(code, 0.0), alike * confidence)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 0.45 or (len(ranked) > 1 and ranked[1][1] > 0.9 * ranked[0][1]):
        return None, None
    return ranked[0][0], round(ranked[0][1], 4)


def names_a_state(text: str) -> bool:
    """Return whether the text is a state's name or motto, or close to one."""
    return any(True for _ in _named(_letters(text)))


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z]", "", text.upper().replace("0", "O").replace("1", "I"))


@cache
def _named(letters: str) -> tuple[tuple[str, float], ...]:
    """Return the codes of the states that these letters name, with how alike they are; nothing for short scraps."""
    if not 4 <= len(letters) <= 40:
        return ()
    alike = {name: share for name in _CODES if (share := _alike(letters, name)) >= LEAST_ALIKE}
    if not alike:
        return ()
    best = max(alike, key=lambda name: (alike[name], len(name)))
    # A longer name that holds a shorter one is meant: West Virginia, Arkansas.
    rivals = {name for name in alike if name not in best and alike[name] > alike[best] - 0.05}
    return tuple((_CODES[name], alike[name]) for name in (best, *sorted(rivals)))


def _alike(letters: str, name: str) -> float:
    if name in letters:
        return 0.9 + 0.1 * len(name) / len(letters)
    if abs(len(letters) - len(name)) > 3:
        return 0.0
    return SequenceMatcher(None, letters, name, autojunk=False).ratio()
