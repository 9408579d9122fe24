"""What may be said in public of small counts: those below a threshold are hidden, and nothing lets them be computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""A count from 1 to one less than this could tell of a single person; 0 tells of nobody."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A group of counts as the public sees them; None is a hidden count, and None as the total a hidden total."""

    cells: Mapping[str, int | None]
    total: int | None

    @property
    def hidden(self) -> bool:
        """Whether anything is hidden here."""
        return self.total is None or None in self.cells.values()


def shown(counts: Mapping[str, int], least: int = LEAST) -> Shown:
    """Hide the small counts of a group whose total is shown, and as many others as keep these from being computed.

    At least two counts are hidden, the smallest first, so many that each could have `least - 1` values; where there are
    not as many, the total is hidden as well.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    others = sorted((name for name, count in counts.items() if count >= least), key=lambda name: (counts[name], name))
    while hidden and _too_clear(hidden, counts, least) and others:
        hidden.add(others.pop(0))
    unclear = bool(hidden) and _too_clear(hidden, counts, least)
    cells = {name: None if name in hidden else count for name, count in counts.items()}
    return Shown(cells, None if unclear else sum(counts.values()))


def _too_clear(hidden: set[str], counts: Mapping[str, int], least: int) -> bool:
    """Whether somebody who knows their sum, and that none of them is 0, has fewer than `least - 1` values for each."""
    values = sum(counts[name] for name in hidden) - len(hidden) + 1
    return len(hidden) < 2 or values < least - 1
