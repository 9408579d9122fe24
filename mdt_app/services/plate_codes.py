"""Match keys as whole numbers that sort plates which look alike next to each other.

Each of ten places holds a class of characters that readers confuse (4 bits) and which of the class it is (base 5):
the upper 40 bits are the classes, the lower 24 which ones. Equal upper bits: every place may be a confusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import getitem
from typing import Any

import numpy as np
import numpy.typing as npt

from mdt_app.domain.plates import LOOKS_LIKE, PLATE_LENGTH

Codes = npt.NDArray[np.uint64]

LOOK_BITS = 24
"""Bits below the classes."""
_MEMBERS_MOST = 5


def _classes() -> tuple[str, ...]:
    """The characters in classes: those that can be reached from one another by confusions."""
    classes: list[str] = []
    for character in LOOKS_LIKE:
        if not any(character in known for known in classes):
            reached = {character}
            while more := set().union(*(LOOKS_LIKE[one] for one in reached)) - reached:
                reached |= more
            classes.append("".join(sorted(reached)))
    return tuple(classes)


CLASSES = _classes()


def _weight(place: int) -> int:
    return int(_MEMBERS_MOST ** (PLATE_LENGTH - 1 - place))


def _codes_at(place: int) -> dict[str, int]:
    shift, weight = LOOK_BITS + 4 * (PLATE_LENGTH - 1 - place), _weight(place)
    return {
        character: (number << shift) + member * weight
        for number, known in enumerate(CLASSES, 1)
        for member, character in enumerate(known)
    }


_AT: tuple[Mapping[str, int], ...] = tuple(_codes_at(place) for place in range(PLATE_LENGTH))
_TABLE = np.zeros((PLATE_LENGTH, 256), np.uint64)
for _place, _codes in enumerate(_AT):
    for _character, _code in _codes.items():
        _TABLE[_place, ord(_character)] = _code


def _steps_at(place: int) -> dict[str, tuple[int, ...]]:
    """What the code changes by when one character of this place is confused."""
    codes = _AT[place]
    return {one: tuple(codes[other] - codes[one] for other in sorted(LOOKS_LIKE[one])) for one in LOOKS_LIKE}


_STEPS = tuple(_steps_at(place) for place in range(PLATE_LENGTH))


def encode(key: str) -> int:
    """Return a match key's code; 0, which no plate has, for a text that is no key."""
    if len(key) > PLATE_LENGTH:
        return 0
    try:
        return sum(map(getitem, _AT, key))
    except KeyError:
        return 0


def encode_all(keys: bytes | bytearray) -> Codes:
    """Return the codes of many keys, each of ten ASCII bytes filled up with NUL."""
    places: npt.NDArray[Any] = np.frombuffer(keys, np.uint8).reshape(-1, PLATE_LENGTH)
    codes = np.zeros(len(places), np.uint64)
    for place in range(PLATE_LENGTH):
        codes += _TABLE[place][places[:, place]]
    return codes


def decode(code: int) -> str:
    """Return the key of a code."""
    rest, key = code & ((1 << LOOK_BITS) - 1), ""
    for place in range(PLATE_LENGTH):
        number = code >> (LOOK_BITS + 4 * (PLATE_LENGTH - 1 - place)) & 15
        member, rest = divmod(rest, _weight(place))
        key += CLASSES[number - 1][member] if number else ""
    return key


def look_alikes(key: str, code: int) -> Codes:
    """Return the codes of all keys that differ in one or two places by characters that look alike."""
    steps, places = _steps(key)
    if not len(steps):
        return np.zeros(0, np.uint64)
    pairs = (steps[:, None] + steps)[places[:, None] < places]
    # Wraps around like the subtraction it stands for.
    return np.concatenate((steps, pairs)).view(np.uint64) + np.uint64(code)


def _steps(key: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8]]:
    found: list[int] = []
    places: list[int] = []
    for place, character in enumerate(key):
        steps = _STEPS[place][character]
        found += steps
        places += [place] * len(steps)
    return np.array(found, np.int64), np.array(places, np.int8)


def packed(keys: Iterable[str]) -> Codes:
    """Return the codes of keys given as texts."""
    return encode_all(packable(keys))


def packable(keys: Iterable[str]) -> bytes:
    """Return keys as `encode_all` takes them; of one that is too long the beginning."""
    return "".join([key.ljust(PLATE_LENGTH, "\0")[:PLATE_LENGTH] for key in keys]).encode()
