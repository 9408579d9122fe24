"""Other plates in the place of real ones: of the same pattern, made up, and misread where the real one was misread."""

from __future__ import annotations

import random
from collections.abc import Iterable

from mdt_app.domain.plates import match_key, written

_LETTERS, _DIGITS = "ABCDEFGHJKLMNPRSTUVWXYZ", "123456789"
"""Without what is taken for one another too easily: a made-up plate is to be plain."""
_TRIES = 100


class Disguise:
    """Gives each real plate another one. `real`: all that may not come out; they never do."""

    def __init__(self, real: Iterable[str], rng: random.Random) -> None:
        self._real, self._rng = {match_key(plate) for plate in real}, rng
        self._given: dict[str, str] = {}
        self._alike: dict[tuple[str, str], str] = {}

    def plate(self, real: str) -> str:
        """The plate that stands for this one: the same each time."""
        key = match_key(real)
        if key not in self._given:
            self._given[key] = self._fresh(written(real))
        return self._given[key]

    def like(self, real: str, entry: str) -> str:
        """The plate that stands for a reading of an entry's plate: it differs from the entry's where the real one does.

        A zero that stands for a letter O is no difference, as everywhere.
        """
        ours, listed, stands = match_key(real), match_key(entry), self.plate(entry)
        if len(ours) != len(listed):
            return self.plate(real)
        if (ours, listed) not in self._alike:
            self._alike[ours, listed] = self._changed(ours, listed, stands) or self.plate(real)
        return self._alike[ours, listed]

    def _changed(self, ours: str, listed: str, stands: str) -> str:
        """The made-up plate, changed where a reading differs from its entry; empty where only real ones come of it."""
        for _ in range(_TRIES):
            pairs = zip(ours, listed, stands, strict=True)
            made = "".join(k if a == b else self._other(a, k) for a, b, k in pairs)
            if match_key(made) not in self._real:
                return made
        return ""

    def _fresh(self, pattern: str) -> str:
        while True:
            made = "".join(self._rng.choice(_DIGITS if c.isdigit() else _LETTERS) for c in pattern)
            if match_key(made) not in self._real and made not in self._given.values():
                return made

    def _other(self, like: str, than: str) -> str:
        return self._rng.choice([c for c in (_DIGITS if like.isdigit() else _LETTERS) if c != than])
