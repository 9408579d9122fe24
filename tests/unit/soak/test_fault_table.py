"""The campaign's table is whole: every row is there, each names tests that exist, and what nobody tries is said."""

from __future__ import annotations

import pytest

from tests.soak.campaign import _chosen
from tests.soak.rows import ROWS


def test_every_row_of_the_table_is_tried_or_said_to_be_open():
    """27 rows, in order; one without tests says what is missing."""
    assert [row.number for row in ROWS] == list(range(1, 28))
    assert all(row.tests or row.open for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row {row.number}")
def test_each_name_in_the_table_finds_a_test(row):
    """A test that was renamed would fall out of the campaign unseen."""
    for wanted in (*row.tests, *row.controls):
        assert _chosen((wanted,)), wanted
