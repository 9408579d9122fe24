"""Business days: not a Saturday, not a Sunday, and none of Connecticut's legal holidays (C.G.S. 1-4).

Of the days that the Governor or the President appoints for a year only Thanksgiving is known, which is always the
fourth Thursday of November. Good Friday, and a day on which an agency is closed for its own reasons, count as business
days here: what is due is then due early, never late.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

_DATES = ((1, 1), (2, 12), (6, 19), (7, 4), (11, 11), (12, 25))
"""Month and day: New Year, Lincoln, Juneteenth, Independence, Veterans, Christmas."""
_MONDAY, _THURSDAY, _LAST = 0, 3, -1
_MONDAYS = ((1, _MONDAY, 3), (2, _MONDAY, 3), (5, _MONDAY, _LAST), (9, _MONDAY, 1), (10, _MONDAY, 2))
_WEEKDAYS = (*_MONDAYS, (11, _THURSDAY, 4))
"""Month, weekday, and which of them: King, Washington, Memorial, Labor, Columbus, Thanksgiving."""
_SATURDAY, _SUNDAY = 5, 6


@cache
def holidays(year: int) -> frozenset[date]:
    """The days of a year on which its legal holidays are kept."""
    dated = (_kept(date(of, month, day)) for of in (year, year + 1) for month, day in _DATES)
    named = (_named(year, *which) for which in _WEEKDAYS)
    return frozenset(day for day in (*dated, *named) if day.year == year)


def is_business_day(day: date) -> bool:
    """Whether an agency's offices are open on this day, as far as the law says."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def business_days_after(day: date, count: int) -> date:
    """So many business days later; the day itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def _kept(day: date) -> date:
    """A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after."""
    return day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))


def _named(year: int, month: int, weekday: int, number: int) -> date:
    days = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    return date(year, month, days[number - 1 if number > 0 else number])
