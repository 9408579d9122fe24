"""Numbers that were seen: the very ones, in little memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mdt_app.domain.fingerprints import Fingerprints


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 9)))
def test_each_number_is_new_once(numbers: list[int]) -> None:
    """As a set would say it; -1 and 2**64 - 1 are one number of 64 bits, and 0 stands for 1."""
    seen, known = Fingerprints(), set[int]()
    for number in numbers:
        value = number % 2**64 or 1
        assert seen.add(number) == (value not in known)
        known.add(value)
    assert len(seen) == len(known)


def test_many_numbers_take_little_memory() -> None:
    """Some 16 bytes each, also where they lie close together."""
    seen = Fingerprints()
    assert all(seen.add(hash(f"ncic:V{number:09}")) for number in range(30_000))
    assert not any(seen.add(hash(f"ncic:V{number:09}")) for number in range(0, 30_000, 100))
    assert seen.nbytes <= 24 * len(seen)
