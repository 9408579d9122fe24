"""Small counts: hidden, and not to be computed from what is shown beside them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt_app.domain.disclosure import LEAST, shown
from mdt_app.domain.errors import BadInput
from mdt_app.domain.usage import span


@pytest.mark.clause("AUD-6")
@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_count_can_be_computed(counts: dict[str, int]) -> None:
    """Every small count is hidden; whoever knows all that is shown finds several values for each of the hidden ones."""
    told = shown(counts)
    hidden = [name for name, count in told.cells.items() if count is None]
    assert {name for name, count in counts.items() if 0 < count < LEAST} <= set(hidden)
    assert all(told.cells[name] == counts[name] for name in counts if name not in hidden)
    if not hidden:
        assert told.total == sum(counts.values())
        return
    rest = None if told.total is None else told.total - sum(c for c in told.cells.values() if c is not None)
    # Counts of 1 or more with this sum: each can be anything from 1 to what the others leave.
    assert rest is None or rest - len(hidden) + 1 >= LEAST - 1


def test_what_is_large_enough_or_nothing_at_all_is_shown() -> None:
    """Zero tells of nobody; without a small count nothing is hidden."""
    told = shown({"a": 0, "b": LEAST, "c": 900})
    assert (dict(told.cells), told.total, told.hidden) == ({"a": 0, "b": LEAST, "c": 900}, 905, False)


def test_one_small_count_takes_the_smallest_other_with_it() -> None:
    """Else the total would give it away."""
    told = shown({"small": 2, "next": 7, "large": 900})
    assert (dict(told.cells), told.total) == ({"small": None, "next": None, "large": 900}, 909)
    alone = shown({"small": 2})
    assert (dict(alone.cells), alone.total) == ({"small": None}, None)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("2026", "2026-01-01", "2026-12-31"), ("2026-Q1", "2026-01-01", "2026-03-31"),
     ("2026-Q4", "2026-10-01", "2026-12-31"), ("2028-02", "2028-02-01", "2028-02-29")],
)  # fmt: skip
def test_the_days_of_a_period(name: str, first: str, last: str) -> None:
    """A year, a quarter, a month, a leap day included."""
    made = span(name)
    assert (str(made.first), str(made.last)) == (first, last)


@pytest.mark.parametrize("name", ["", "26", "2026-Q5", "2026-13", "2026-Qx", "last month", "2026-11-05"])
def test_what_is_no_period_is_refused(name: str) -> None:
    """In words, and nothing else happens."""
    with pytest.raises(BadInput, match="no period"):
        span(name)
