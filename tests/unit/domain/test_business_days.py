"""Business days by Connecticut's legal holidays (C.G.S. 1-4), held against published lists of what the state kept."""

from __future__ import annotations

from datetime import date

import pytest

from mdt_app.domain.business_days import business_days_after, holidays, is_business_day

KEPT_2024 = "01-01 01-15 02-12 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"
KEPT_2021 = "01-01 01-18 02-12 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"


@pytest.mark.parametrize(("year", "kept"), [(2024, KEPT_2024), (2021, KEPT_2021)])
def test_the_holidays_of_a_year(year: int, kept: str) -> None:
    """On a Saturday the Friday before, on a Sunday the Monday after; next New Year's can fall into this year."""
    assert sorted(day.strftime("%m-%d") for day in holidays(year)) == kept.split()


@pytest.mark.clause("AUD-5")
@pytest.mark.parametrize(
    ("received", "answered"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),  # a weekend, then Thanksgiving
        (date(2026, 12, 23), date(2026, 12, 30)),  # Christmas on a Friday
        (date(2026, 7, 1), date(2026, 7, 8)),  # the 4th on a Saturday, kept on Friday the 3rd
        (date(2026, 4, 1), date(2026, 4, 7)),  # Good Friday counts: early, never late
        (date(2026, 3, 7), date(2026, 3, 12)),  # received on a Saturday
    ],
)
def test_four_business_days(received: date, answered: date) -> None:
    """The days in which a request for records has to be answered (C.G.S. 1-206(a)); its own day does not count."""
    assert business_days_after(received, 4) == answered
    assert is_business_day(answered)
