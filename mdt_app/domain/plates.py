"""Plates: the key that matching compares, and how a plate is written for the eye."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLATE_LENGTH = 10
"""NCIC's LIC holds 1 to 10 characters."""

_OTHERS = re.compile(r"[^A-Z0-9]")


def match_key(text: str) -> str:
    """Return the key under which a plate is matched: A-Z and 0-9 alone, letter O as zero.

    NCIC extracts write O as 0 everywhere, so the two are equal in every state (standards, section 1).
    An unreadable text gives an empty key, which matches nothing.
    """
    return written(text).replace("O", "0")


def written(text: str) -> str:
    """Return the plate's own characters in upper case, without spaces, hyphens and symbols; O stays O."""
    upper = text.upper()
    return upper if upper.isascii() and upper.isalnum() else _OTHERS.sub("", upper)


def grouped(text: str) -> str:
    """Return the plate as it is grouped on the road, so that an eye can compare it: AB·12345, 4BX·R91."""
    plate = written(text)
    switch = re.fullmatch(r"([A-Z]{2,4})([0-9]{3,5})|([0-9]{3,4})([A-Z]{2,4})", plate)
    if switch:
        return "·".join(part for part in switch.groups() if part)
    return f"{plate[:3]}·{plate[3:]}" if len(plate) in (6, 7) else plate


def spelled(text: str) -> str:
    """Return the plate for the voice, character by character: 'A B 1 2 3'."""
    return " ".join(written(text))


def pattern_key(text: str) -> str:
    """Return the key of a plate of which only a part is known, with ? and * kept; empty when it is a whole plate."""
    if "?" not in text and "*" not in text:
        return ""
    return re.sub(r"\*+", "*", re.sub(r"[^A-Z0-9?*]", "", text.upper()).replace("O", "0"))


CONFUSABLE: tuple[str, ...] = (
    *("0DQ", "1I", "2Z", "5S", "8B", "6G"),
    *("38", "3B", "EF", "EP", "FP", "HK", "HM", "HR", "KM", "KR", "MR"),
    *("VY", "TY", "CG", "4A", "VU", "1L", "7T"),
)
"""Characters that readers take for one another (standards, section 4), O folded to zero."""

LOOKS_LIKE: Mapping[str, frozenset[str]] = {
    character: frozenset("".join(group for group in CONFUSABLE if character in group)) - {character}
    for character in "0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
}
"""Character -> what it can be taken for."""

SUBSTITUTIONS_MOST = 2


def differences(read: str, listed: str) -> tuple[tuple[int, str, str], ...]:
    """Return where two keys of one length differ: place from 0, the read's character, the list's character."""
    return tuple((place, a, b) for place, (a, b) in enumerate(zip(read, listed, strict=True)) if a != b)


def confusable(read: str, listed: str) -> bool:
    """True for keys of one length that differ in one or two places, each by characters that look alike."""
    if len(read) != len(listed):
        return False
    found = differences(read, listed)
    return 1 <= len(found) <= SUBSTITUTIONS_MOST and all(b in LOOKS_LIKE[a] for _, a, b in found)
