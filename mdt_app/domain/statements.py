"""Statements: facts that a person gives in own words, with who and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LEAST_WORDS = 3
"""Fewer words are no facts; the record has to say more than 'yes'."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, by whose account, and when (UTC)."""

    words: str
    by: str
    at: datetime


def says_enough(words: str) -> bool:
    """Whether a text can stand as facts: some words, not a sign or two."""
    return sum(any(c.isalpha() for c in word) for word in words.split()) >= LEAST_WORDS
