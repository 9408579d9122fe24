"""How wide the columns of a desk's table are: as their words want it, and all in sight while the headings have room."""

from __future__ import annotations

from collections.abc import Sequence


def fitted(least: Sequence[int], wanted: Sequence[int], usual: Sequence[int], room: int) -> list[int]:
    """Each column's pixels: at least `usual` where all have room, else what its words want.

    Where that is more than the room the widest give way to one width, none below `least`, its heading.
    """
    pleasant = [max(sizes) for sizes in zip(least, wanted, usual, strict=True)]
    if sum(pleasant) <= room:
        return pleasant
    needed = [max(sizes) for sizes in zip(least, wanted, strict=True)]
    if sum(needed) <= room:
        return needed
    fits = 0
    for level in sorted({*least, *needed}):
        if sum(_capped(least, needed, level)) <= room:
            fits = level
    widths = _capped(least, needed, fits)
    giving = [place for place, size in enumerate(needed) if widths[place] < size and widths[place] <= fits]
    for place in giving:  # what is left between two levels
        widths[place] += (room - sum(_capped(least, needed, fits))) // len(giving)
    return widths


def _capped(least: Sequence[int], needed: Sequence[int], level: int) -> list[int]:
    return [max(low, min(size, level)) for low, size in zip(least, needed, strict=True)]
