"""The state of issue as readers name it, as NCIC's code; what is not certain stays unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from mdt_app.services.code_tables import load_code_tables

_COUNTRIES: Mapping[str, str] = {
    **dict.fromkeys(("US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA"), "US"),
    **dict.fromkeys(("CA", "CAN", "CANADA"), "CA"),
}
_POSTAL: Mapping[tuple[str, str], str] = {
    ("US", "NE"): "NB",
    ("US", "GU"): "GM",
    ("US", "AS"): "AM",
    ("US", "MP"): "MK",
    ("CA", "NB"): "NK",
    ("CA", "QC"): "PQ",
    ("CA", "SK"): "SN",
    ("CA", "NL"): "NF",
    ("CA", "NU"): "XN",
}
"""Where NCIC's code is not the postal one (standards, section 1)."""
_PROVINCES = frozenset({"AB", "BC", "MB", "NK", "NF", "NT", "NS", "XN", "ON", "PE", "PQ", "SN", "YT"})
_AMBIGUOUS = "NB"
"""Without its country: Nebraska to NCIC, New Brunswick to the post."""


def ncic_state(text: str, country: str = "", form: str = "") -> str | None:
    """Return NCIC's code (LIS) for 'us-ct', 'US-CT', 'CT' or 'Connecticut'; None when it is not certain.

    With a country that is neither the United States nor Canada it is always None: its regions share states' letters.
    form 'region': what has no country before it is a country itself, as 'us', and 'ca' for Canada, unless the country
    stands beside it.
    """
    prefixed = re.fullmatch(r"([A-Za-z]{2,3})[-_]([A-Za-z0-9]{1,3})", text.strip())
    alone = form == "region" and not country.strip()
    if prefixed is None and (alone or text.strip().upper() in ("US", "USA")):
        return None
    land, place = prefixed.groups() if prefixed else (country, text)
    return _code(place.strip().upper(), _COUNTRIES.get(land.strip().upper(), "other") if land.strip() else "")


def _code(place: str, land: str) -> str | None:
    if land == "other" or not place:
        return None
    if name := _by_name().get(place):
        return name if _fits(name, land) else None
    lands = (land,) if land else ("US", "CA")
    moved = next((_POSTAL[one, place] for one in lands if (one, place) in _POSTAL), None)
    if not land and place == _AMBIGUOUS:
        return None
    code = moved or place
    return code if code in load_states() and _fits(code, land) else None


def _fits(code: str, land: str) -> bool:
    return not land or (code in _PROVINCES) == (land == "CA")


@cache
def load_states() -> Mapping[str, str]:
    """Return NCIC's states by code."""
    return load_code_tables().states


@cache
def _by_name() -> Mapping[str, str]:
    return {name.upper(): code for code, name in load_states().items()}
