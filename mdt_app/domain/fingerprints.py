"""Whole numbers that were seen, some 16 bytes each: what tells millions of lines apart must not fill the memory."""

from __future__ import annotations

from array import array

_ALL = (1 << 64) - 1
_BEGINNING = 1 << 12
_FULL = 0.7


class Fingerprints:
    """A set of numbers of 64 bits that are evenly spread, as hashes are.

    Two texts have one hash about once in four million lists of three million texts each.
    """

    def __init__(self) -> None:
        self._slots, self._count = array("Q", bytes(8 * _BEGINNING)), 0

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return len(self._slots) * self._slots.itemsize

    def add(self, number: int) -> bool:
        """Take a number; False when it was there."""
        value = number & _ALL or 1  # 0 is an empty place
        place = _place(self._slots, value)
        if self._slots[place]:
            return False
        self._slots[place] = value
        self._count += 1
        if self._count > _FULL * len(self._slots):
            self._grow()
        return True

    def _grow(self) -> None:
        wider = array("Q", bytes(2 * self.nbytes))
        for value in self._slots:
            if value:
                wider[_place(wider, value)] = value
        self._slots = wider


def _place(slots: array[int], value: int) -> int:
    """Where the value stands, or the empty place where it belongs."""
    last = len(slots) - 1
    place = value & last
    while slots[place] not in (0, value):
        place = (place + 1) & last
    return place
