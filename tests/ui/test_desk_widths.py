"""The columns of a desk's table: all in sight while their headings have room, the longest giving way first."""

from __future__ import annotations

import pytest

from ui.console.widths import fitted


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (900, [200, 400, 300]),  # more than all want: as usual
        (800, [100, 400, 300]),  # as their words want it
        (600, [100, 250, 250]),  # the two longest give way to one width
        (420, [85, 250, 85]),  # a heading is never cut ...
        (300, [60, 250, 70]),  # ... not even where they don't all fit
    ],
)
def test_columns_share_the_room_and_no_heading_is_cut(room: int, widths: list[int]) -> None:
    """Short words stay whole as long as longer ones can give way; nothing is wider than the room without need."""
    assert fitted([60, 250, 70], [100, 400, 300], [200, 0, 0], room) == widths
