"""Plates: the key that matching compares, and how a plate is written for the eye."""

from __future__ import annotations

import re

PLATE_LENGTH = 10
"""NCIC's LIC holds 1 to 10 characters."""


def match_key(text: str) -> str:
    """Return the key under which a plate is matched: A-Z and 0-9 alone, letter O as zero.

    NCIC extracts write O as 0 everywhere, so the two are equal in every state (standards, section 1).
    An unreadable text gives an empty key, which matches nothing.
    """
    return re.sub(r"[^A-Z0-9]", "", text.upper()).replace("O", "0")


def written(text: str) -> str:
    """Return the plate's own characters in upper case, without spaces, hyphens and symbols; O stays O."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


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
