"""Which new password is taken (CJIS IA-5(1)): long enough, none that everybody tries first, none made of the person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mdt_app.domain.errors import BadInput

LEAST = 8
"""Characters in a password, at least."""
_DIFFERENT = 5
_LOOKS = str.maketrans("0134578@$!", "oleastbasi")
"""Digits and signs that people put in a letter's place."""
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv")
_TRIED_FIRST = frozenset(
    [
        "password",
        "passwort",
        "passcode",
        "letmein",
        "welcome",
        "changeme",
        "default",
        "secret",
        "sunshine",
        "princess",
        "superman",
        "batman",
        "football",
        "baseball",
        "basketball",
        "hockey",
        "dragon",
        "monkey",
        "shadow",
        "master",
        "michael",
        "jennifer",
        "jordan",
        "hunter",
        "trustno",
        "starwars",
        "iloveyou",
        "whatever",
        "freedom",
        "computer",
        "internet",
        "access",
        "administrator",
        "admin",
        "police",
        "policeman",
        "officer",
        "patrol",
        "sheriff",
        "deputy",
        "trooper",
        "detective",
        "sergeant",
        "lieutenant",
        "captain",
        "chief",
        "badge",
        "handcuffs",
        "dispatch",
        "justice",
        "liberty",
        "america",
        "connecticut",
        "department",
        "cruiser",
        "blueline",
        "thinblueline",
        "backup",
        "firearm",
        "glock",
        "ranger",
        "marine",
        "semperfi",
        "summer",
        "winter",
        "autumn",
        "spring",
        "january",
        "february",
        "march",
        "april",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "friday",
        "sunday",
    ]
)
_LONGER = "Choose a longer one; four words that you can remember do."
_OTHER = "Choose another one; four words that you can remember do."


def require_fit(password: str, person: Iterable[str]) -> None:
    """Raise BadInput, with what to do, for a password that is no good. `person`: user id and name, no part of it."""
    if len(password) < LEAST:
        raise BadInput(f"The password is shorter than {LEAST} characters.", _LONGER)
    plain = password.casefold()
    if len(set(plain)) < _DIFFERENT or any(plain in run or plain[::-1] in run for run in _RUNS):
        raise BadInput("The password is a row of the same or of neighbouring characters.", _OTHER)
    if any(part in plain for name in person for part in re.split(r"\W+", name.casefold()) if len(part) > 3):
        raise BadInput("The password holds the person's own name or user id.", _OTHER)
    if _bare(plain) in _TRIED_FIRST:
        raise BadInput("The password is one of those that are tried first.", _OTHER)


def _bare(password: str) -> str:
    """The word without what people put before and behind it, with letters for what looks like them."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password).translate(_LOOKS)
