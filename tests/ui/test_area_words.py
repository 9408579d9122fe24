"""An entry's area in US units on the screen and in metres on record."""

from __future__ import annotations

import pytest

from ui.area_words import EXAMPLE, kept, to_edit, told


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("41.7658,-72.6734,2 mi", "41.7658,-72.6734,3219"),
        (" 41.7658, -72.6734, 0.5MI ", "41.7658,-72.6734,805"),
        ("41.7658,-72.6734,500 ft", "41.7658,-72.6734,152"),
        ("41.7658,-72.6734,3000", "41.7658,-72.6734,3000"),
        ("downtown", "downtown"),
        ("", ""),
    ],
)
def test_miles_and_feet_are_kept_in_metres(typed: str, stored: str):
    """What names no unit, or is none at all, goes on as it was typed: the check of the form says what is wrong."""
    assert kept(typed) == stored


def test_what_is_kept_is_told_in_us_units_and_edited_without_loss():
    """Three kilometres are told as 1.86 miles, and stay three kilometres when somebody opens the form again."""
    assert told("41.7658,-72.6734,3000") == "41.7658,-72.6734,1.86 mi"
    assert to_edit("41.7658,-72.6734,3000") == "41.7658,-72.6734,3000"
    assert to_edit(kept(EXAMPLE)) == EXAMPLE
    assert told("") == to_edit("") == ""
